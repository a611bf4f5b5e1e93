//! The commands of `clients/console.txt` as the real AWS CLI has answered them: status, output and complaints, to
//! the byte. That `golden/console.txt` is what it says is checked by `cargo xtask test --only clients`.

use super::driver::Driver;

const COMMANDS: &str = include_str!("../clients/console.txt");
const GOLDEN: &str = include_str!("../golden/console.txt");

fn shown(mark: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let (text, end) = match text.strip_suffix('\n') {
        Some(text) => (text, ""),
        None => (text, "\\"),
    };
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| format!("{mark}{line}"))
        .collect();
    format!("{}{end}\n", lines.join("\n"))
}

/// What the console makes of the commands, as the golden file is written.
fn transcript() -> Vec<String> {
    let mut driver = Driver::new("http://127.0.0.1:00000");
    let mut blocks = Vec::new();
    let mut lines = COMMANDS.lines();
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut command = format!("{line}\n");
        if line.ends_with("<<'EOF'") {
            for line in lines.by_ref() {
                command.push_str(line);
                command.push('\n');
                if line == "EOF" {
                    break;
                }
            }
        }
        driver.run(&command);
        let (output, error) = (driver.output.clone(), driver.error.clone());
        if line.ends_with("<<'EOF'") || line.starts_with("sleep ") {
            assert_eq!(output + &error, "", "{line}");
            continue;
        }
        let status = driver.run("echo $?");
        blocks.push(format!(
            "$ {line}\n{}{}= {status}",
            shown("1>", &output),
            shown("2>", &error)
        ));
    }
    blocks
}

#[test]
fn the_console_answers_as_the_cli_does() {
    let ours = transcript();
    let theirs: Vec<&str> = GOLDEN.split("\n\n$ ").collect();
    assert!(theirs.len() >= 150, "{} commands", theirs.len());
    assert_eq!(ours.len(), theirs.len());
    let mut wrong = Vec::new();
    for (ours, theirs) in ours.iter().zip(theirs) {
        let theirs = format!("$ {}\n", theirs.trim_start_matches("$ ").trim_end());
        if *ours != theirs {
            wrong.push(format!("--- the CLI\n{theirs}--- the console\n{ours}"));
        }
    }
    let count = wrong.len();
    assert!(count == 0, "{count} answers differ:\n{}", wrong.join("\n"));
}
