//! `cargo xtask test --only clients`: programs that nobody here wrote, against the local server.
//!
//! Each client is a folder in the tools' folder, named by the hash of its lock file, so that a change of the lock makes
//! a new one and an old clone still finds its own.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{browser, repo, shell};

/// A list of Python packages, the script that uses them, and the clocks to run it by.
struct Python {
    name: &'static str,
    script: &'static str,
    clocks: &'static [&'static str],
}

const PYTHONS: &[Python] = &[
    Python {
        name: "current",
        script: "checks.py",
        clocks: &["virtual", "real"],
    },
    Python {
        name: "query",
        script: "checks.py",
        clocks: &["virtual"],
    },
    Python {
        name: "cli",
        script: "cli.py",
        clocks: &["virtual"],
    },
    Python {
        name: "infrastructure",
        script: "",
        clocks: &[],
    },
];

/// The lists of packages whose clients are also handed the calls that the page writes for them.
const TAKE_CALLS: &[&str] = &["current", "cli"];

/// The lists of packages that are handed what people take away: queues as code, actors as scripts.
const TAKE_EXPORTS: &[&str] = &["current", "cli", "infrastructure"];

/// Runs all clients, each against a server of its own, also if one of them fails.
///
/// # Errors
/// If something is missing and cannot be installed, or a client finds fault with the server.
pub(crate) fn check() -> Result<()> {
    set_up()?;
    let serve = build_server()?;
    let mut failures = Vec::new();
    let mut run = |command: &mut Command, clock: &str| -> Result<()> {
        let server = Server::start(&serve, clock)?;
        let outcome = shell::run(command.env("SQS_ENDPOINT", &server.url));
        failures.extend(outcome.err().map(|error| format!("{error:#}")));
        Ok(())
    };
    for python in PYTHONS {
        let interpreter = virtual_environment(python.name)?;
        for clock in python.clocks {
            let mut command = Command::new(&interpreter);
            run(command.arg(folder("python").join(python.script)), clock)?;
        }
    }
    let mut command = Command::new(virtual_environment("cli")?);
    run(command.arg(folder("python").join("console.py")), "virtual")?;
    let mut command = Command::new(virtual_environment("current")?);
    let cases = repo::root().join("tests/python/cpython.py");
    run(command.arg(cases), "real")?;
    let javascript = node_packages()?;
    // Node looks for packages beside the script.
    let script = "checks.mjs";
    fs::copy(folder("javascript").join(script), javascript.join(script))?;
    let mut node = Command::new("node");
    run(
        node.args(["--test", script]).current_dir(&javascript),
        "virtual",
    )?;
    let exports = written_by_example("exports")?;
    for name in TAKE_EXPORTS {
        let mut command = Command::new(virtual_environment(name)?);
        let script = folder("python").join("exports.py");
        run(command.arg(script).env("SQS_EXPORTS", &exports), "virtual")?;
    }
    let calls = written_by_example("calls")?;
    for name in TAKE_CALLS {
        let mut command = Command::new(virtual_environment(name)?);
        let script = folder("python").join("calls.py");
        let outcome = shell::run(command.arg(script).env("SQS_CALLS", &calls));
        failures.extend(outcome.err().map(|error| format!("{error:#}")));
    }
    if !failures.is_empty() {
        bail!("{}", failures.join("; "));
    }
    Ok(())
}

/// Installs what is missing.
///
/// # Errors
/// If something is missing and cannot be installed; the error says what to do.
pub(crate) fn set_up() -> Result<()> {
    for python in PYTHONS {
        virtual_environment(python.name)?;
    }
    node_packages()?;
    Ok(())
}

fn folder(language: &str) -> PathBuf {
    repo::root().join("tests/clients").join(language)
}

/// Builds the server, without the page, and returns where it is.
pub(crate) fn build_server() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--locked", "--no-default-features"])
        .args(["--features", "serve", "--bin", "serve"])
        .current_dir(repo::root());
    shell::run(&mut cargo)?;
    let name = format!("serve{}", std::env::consts::EXE_SUFFIX);
    Ok(repo::target().join("debug").join(name))
}

/// Lets the core write what the clients are handed, and returns the file where it is.
pub(crate) fn written_by_example(name: &str) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["run", "--quiet", "--locked", "--no-default-features"])
        .args(["--example", name])
        .current_dir(repo::root());
    let written = repo::target().join(format!("{name}.json"));
    fs::write(&written, shell::read(&mut cargo)?)
        .with_context(|| format!("cannot write {}", written.display()))?;
    Ok(written)
}

/// The Python of the environment that has these packages.
fn virtual_environment(name: &str) -> Result<PathBuf> {
    let lock = folder("python").join(format!("requirements-{name}.txt"));
    let folder = locked_folder(&format!("python-{name}"), &lock)?;
    let python = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    install_once(&folder, &format!("the Python packages `{name}`"), || {
        let creator = python_3()?;
        let mut venv = Command::new(creator);
        shell::run(venv.args(["-m", "venv", "--clear"]).arg(&folder)).context(
            "a virtual environment cannot be made; install venv: `apt-get install python3-venv`",
        )?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(&lock);
        shell::run(&mut pip)
    })?;
    Ok(python)
}

/// The command of a Python 3.
///
/// # Errors
/// If there is none and it cannot be installed.
pub(crate) fn python_3() -> Result<&'static str> {
    let find = || {
        ["python3", "python"].into_iter().find(|name| {
            let three = "import sys; sys.exit(sys.version_info < (3, 10))";
            shell::which(name).is_some() && shell::succeeds(Command::new(name).args(["-c", three]))
        })
    };
    if let Some(name) = find() {
        return Ok(name);
    }
    browser::apt_install(&["python3", "python3-venv"]);
    find().context(
        "Python 3.10 or newer is missing (only the client tests need it); install it: \
         `apt-get install python3 python3-venv`, or as https://www.python.org says",
    )
}

/// The folder that has the packages of the JavaScript client.
fn node_packages() -> Result<PathBuf> {
    browser::node()?;
    let from = folder("javascript");
    let folder = locked_folder("javascript", &from.join("package-lock.json"))?;
    install_once(&folder, "the packages of the JavaScript client", || {
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            fs::copy(from.join(file), folder.join(file))
                .with_context(|| format!("cannot copy {file}"))?;
        }
        let mut npm = Command::new(shell::node_script("npm"));
        shell::run(
            npm.args(["ci", "--no-audit", "--no-fund"])
                .current_dir(&folder),
        )
    })?;
    Ok(folder)
}

/// The folder of a client, made if it is not there.
fn locked_folder(name: &str, lock: &Path) -> Result<PathBuf> {
    let text = fs::read(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let folder = repo::tools().join(format!("client-{name}-{:016x}", hasher.finish()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn install_once(folder: &Path, what: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = folder.join("installed");
    if stamp.is_file() {
        return Ok(());
    }
    shell::say(&format!(
        "{what} are missing: installing them into {}",
        folder.display()
    ));
    install()?;
    fs::write(&stamp, "").with_context(|| format!("cannot write {}", stamp.display()))
}

/// A running server; it ends with this.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
}

impl Server {
    /// Starts a server on a free port.
    ///
    /// # Errors
    /// If it does not start, or does not say where it listens.
    pub(crate) fn start(program: &Path, clock: &str) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["--port", "0", "--clock", clock])
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("its output is piped")?;
        let mut server = Self {
            child,
            url: String::new(),
        };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        match line.trim_end().strip_prefix("listening on ") {
            Some(url) => url.clone_into(&mut server.url),
            None => bail!("the server says `{line}`, not where it listens"),
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}
