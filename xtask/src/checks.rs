//! `cargo xtask test`: everything that has to hold, one check after the other, and what came of it.

use std::fs;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::cli::Selection;
use crate::site::Site;
use crate::{browser, build, clients, pins, python, repo, shell, tools};

/// One thing that has to hold. Each sets up what it needs, so that it can be run alone.
struct Check {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<()>,
}

/// All checks: what is quick comes first, what needs the optimised page comes last.
const CHECKS: &[Check] = &[
    Check {
        name: "setup",
        about: "every tool is there, or is installed",
        run: setup,
    },
    Check {
        name: "fmt",
        about: "the code is formatted",
        run: fmt,
    },
    Check {
        name: "clippy",
        about: "no lint complains, on any target",
        run: clippy,
    },
    Check {
        name: "docs",
        about: "the documentation builds without a warning",
        run: docs,
    },
    Check {
        name: "native",
        about: "the tests that need no browser",
        run: native,
    },
    Check {
        name: "clients",
        about: "boto3, the AWS CLI, the SDK for JavaScript, and linters of infrastructure code (tests/clients)",
        run: clients::check,
    },
    Check {
        name: "core",
        about: "the core builds alone, natively and as WebAssembly, without a warning",
        run: core,
    },
    Check {
        name: "core-wasm",
        about: "the core imports nothing and computes the same as WebAssembly",
        run: core_wasm,
    },
    Check {
        name: "wasm",
        about: "the tests in a browser from within (tests/web.rs)",
        run: wasm,
    },
    Check {
        name: "python",
        about: "Python scripts in a browser (tests/python)",
        run: python_scripts,
    },
    Check {
        name: "page",
        about: "the optimised page builds and keeps to its budget",
        run: build::build_and_weigh,
    },
    Check {
        name: "e2e",
        about: "the optimised page in a browser (tests/e2e)",
        run: e2e,
    },
];

/// Checks that are run only if they are named.
const MORE_CHECKS: &[Check] = &[Check {
    name: "python-firefox",
    about: "the core of the Python scripts in Firefox; only if it is named by --only",
    run: python_firefox,
}];

/// Prints what there is to check.
pub(crate) fn list() {
    for check in CHECKS.iter().chain(MORE_CHECKS) {
        println!("{:10} {}", check.name, check.about);
    }
}

/// Runs the selected checks, all of them even if one fails, and prints a summary.
///
/// # Errors
/// If a name is not that of a check.
pub(crate) fn run(selection: &Selection) -> Result<ExitCode> {
    for name in selection.only.iter().chain(&selection.skip) {
        if !CHECKS
            .iter()
            .chain(MORE_CHECKS)
            .any(|check| check.name == name)
        {
            bail!("there is no check `{name}`; `cargo xtask test --list` lists them");
        }
    }
    let mut summary = Summary::default();
    let usual = CHECKS.iter().filter(|check| selection.includes(check.name));
    let more = MORE_CHECKS
        .iter()
        .filter(|check| selection.only.iter().any(|name| name == check.name));
    for check in usual.chain(more) {
        println!("\n=== {}: {}", check.name, check.about);
        let begin = Instant::now();
        let outcome = (check.run)();
        if let Err(error) = &outcome {
            println!("{} FAILED: {error:#}", check.name);
        }
        summary.add(check.name, begin.elapsed(), &outcome);
    }
    print!("\n{}", summary.text());
    Ok(if summary.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What came of the checks so far.
#[derive(Default)]
struct Summary {
    lines: String,
    passed: u32,
    failed: u32,
}

impl Summary {
    fn add(&mut self, name: &str, time: Duration, outcome: &Result<()>) {
        let result = match outcome {
            Ok(()) => "passed".to_owned(),
            Err(error) => format!("FAILED: {error:#}"),
        };
        *(if outcome.is_ok() {
            &mut self.passed
        } else {
            &mut self.failed
        }) += 1;
        self.lines += &format!("{name:10} {:>7.1} s  {result}\n", time.as_secs_f64());
    }

    /// A line per check, and at the very end, alone on its line, the count.
    fn text(&self) -> String {
        format!(
            "{}{} passed, {} failed\n",
            self.lines, self.passed, self.failed
        )
    }
}

fn setup() -> Result<()> {
    tools::set_up_lint_tools()?;
    tools::set_up_page()?;
    browser::set_up_tests()?;
    if python::is_wanted() {
        python::set_up()?;
    }
    clients::set_up()
}

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(args).current_dir(repo::root());
    command
}

fn fmt() -> Result<()> {
    tools::set_up_lint_tools()?;
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Result<()> {
    tools::set_up_lint_tools()?;
    tools::set_up_wasm_target()?;
    let lint = |args: &[&str]| {
        shell::run(
            cargo(&["clippy", "--locked"])
                .args(args)
                .args(["--", "--deny", "warnings"]),
        )
    };
    lint(&["--workspace", "--all-targets"])?;
    lint(&[
        "--target",
        tools::WASM,
        "--lib",
        "--bin",
        "app",
        "--bin",
        "workbench",
        "--test",
        "web",
    ])
}

fn docs() -> Result<()> {
    let mut doc = cargo(&["doc", "--locked", "--workspace", "--no-deps"]);
    shell::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))
}

fn native() -> Result<()> {
    shell::run(&mut cargo(&[
        "test",
        "--locked",
        "--workspace",
        "--no-fail-fast",
    ]))
}

fn core() -> Result<()> {
    tools::set_up_lint_tools()?;
    tools::set_up_wasm_target()?;
    let lint = |args: &[&str]| {
        let core = ["clippy", "--locked", "--no-default-features", "--lib"];
        shell::run(cargo(&core).args(args).args(["--", "--deny", "warnings"]))
    };
    lint(&[])?;
    lint(&["--target", tools::WASM])
}

fn core_wasm() -> Result<()> {
    browser::node()?;
    tools::set_up_wasm_target()?;
    let alone = ["--locked", "--no-default-features", "--example"];
    shell::run(
        cargo(&["build", "--release", "--target", tools::WASM])
            .args(alone)
            .arg("core_wasm"),
    )?;
    let module = repo::target()
        .join(tools::WASM)
        .join("release/examples/core_wasm.wasm");

    let native = shell::read(cargo(&["run", "--quiet"]).args(alone).arg("digests"))?;
    let digests = repo::target().join("digests.json");
    fs::write(&digests, native).with_context(|| format!("cannot write {}", digests.display()))?;

    let mut node = Command::new("node");
    shell::run(
        node.arg("tests/core_wasm.mjs")
            .arg(module)
            .arg(digests)
            .current_dir(repo::root()),
    )
}

fn wasm() -> Result<()> {
    let tests = repo::root().join("tests/web.rs");
    let text =
        fs::read_to_string(&tests).with_context(|| format!("cannot read {}", tests.display()))?;
    if text.lines().any(|line| line.trim() == "#[test]") {
        bail!(
            "tests/web.rs has a plain #[test], which is skipped without a word; make it a #[wasm_bindgen_test]"
        );
    }
    let tools = tools::set_up_page()?;
    let settings = repo::target().join("webdriver.json");
    let chromium = browser::chromium()?;
    fs::write(
        &settings,
        browser::webdriver_json(&chromium.to_string_lossy()),
    )
    .with_context(|| format!("cannot write {}", settings.display()))?;
    let mut cargo = tools.command("cargo")?;
    cargo
        .args([
            "test",
            "--locked",
            "--no-default-features",
            "--features",
            "page",
        ])
        .args(["--target", tools::WASM, "--test", "web"])
        .env("CHROMEDRIVER", browser::chromedriver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        // The runner's own trace would bury what the test has said.
        .env("RUST_BACKTRACE", "0");
    shell::run(&mut cargo)
}

fn python_scripts() -> Result<()> {
    if !python::is_wanted() {
        println!("Python is left out.");
        return Ok(());
    }
    let library = clients::written_by_example("library")?;
    for script in ["run.mjs", "library.mjs"] {
        let mut node = run_python_scripts(script)?;
        shell::run(
            node.env("LIBRARY", &library)
                .env("CHROMIUM", browser::chromium()?)
                .env("CHROMIUM_ARGS", pins::CHROMIUM_ARGS.join(" ")),
        )?;
    }
    Ok(())
}

fn python_firefox() -> Result<()> {
    let mut node = run_python_scripts("run.mjs")?;
    shell::run(node.arg("--firefox").env("FIREFOX", browser::firefox()?))
}

/// The command that runs a script of `tests/python`, with what it needs.
fn run_python_scripts(script: &str) -> Result<Command> {
    browser::npm_packages()?;
    tools::set_up_wasm_target()?;
    let bundle = python::set_up()?;
    shell::run(
        cargo(&["build", "--locked", "--release", "--target", tools::WASM]).args([
            "--no-default-features",
            "--example",
            "sqs_wasm",
        ]),
    )?;
    let service = repo::target()
        .join(tools::WASM)
        .join("release/examples/sqs_wasm.wasm");
    let mut node = Command::new("node");
    node.arg(format!("tests/python/{script}"))
        .current_dir(repo::root())
        .env("PYTHON_BUNDLE", bundle.path)
        .env("SQS_WASM", service);
    Ok(node)
}

fn e2e() -> Result<()> {
    browser::npm_packages()?;
    build::build(&tools::set_up_page()?)?;
    let site = Site::bind(0)?;
    site.start(&repo::dist());
    let mut npx = Command::new(shell::node_script("npx"));
    npx.args(["playwright", "test"])
        .current_dir(repo::e2e())
        .env("CHROMIUM", browser::chromium()?)
        .env("CHROMIUM_ARGS", pins::CHROMIUM_ARGS.join(" "))
        .env("SQS_PLAYGROUND_URL", site.url());
    shell::run(&mut npx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn the_summary_ends_with_the_count_alone_on_a_line() {
        let mut summary = Summary::default();
        summary.add("fmt", Duration::from_millis(440), &Ok(()));
        summary.add(
            "core-wasm",
            Duration::from_secs(120),
            &Err(anyhow!("it imports something")),
        );
        summary.add("e2e", Duration::from_millis(7_500), &Ok(()));
        let expect = "\
fmt            0.4 s  passed
core-wasm    120.0 s  FAILED: it imports something
e2e            7.5 s  passed
2 passed, 1 failed
";
        assert_eq!(summary.text(), expect);
    }

    #[test]
    fn a_check_that_does_not_exist_is_not_silently_skipped() {
        let selection = Selection {
            only: vec!["fmtt".to_owned()],
            skip: Vec::new(),
        };
        let error = run(&selection).expect_err("there is no such check");
        assert!(
            error.to_string().contains("there is no check `fmtt`"),
            "{error}"
        );
    }
}
