//! The commands beside `aws`.

use super::expand;
use super::filters;
use super::run::{Flow, Streams};
use super::test_command;
use super::words::is_name;
use crate::console::host::{Host, Variable};
use crate::console::{Step, aws};

/// What `help` says.
const HELP: &str = "\
This terminal runs the AWS CLI for Amazon SQS against the playground. No account is needed, nothing costs anything.

  aws sqs help                       the commands of SQS
  aws sqs create-queue help          one command's options
  aws configure                      keys (any will do), region, output format

Try:
  aws sqs create-queue --queue-name my-queue
  URL=$(aws sqs get-queue-url --queue-name my-queue --query QueueUrl --output text)
  aws sqs send-message --queue-url $URL --message-body hello
  aws sqs receive-message --queue-url $URL --wait-time-seconds 10

Also here: variables, $(...), ;, &&, ||, |, >, <<EOF, for, while, if, sleep (virtual seconds), echo, printf, date, seq,
test, cat, ls, head, tail, grep, wc, sort, uniq, tr, export, unset, env, history, clear, time.
Drop a file on the page to use it as file://NAME. Tab completes, Ctrl-C interrupts.
";

/// The names of all commands, for completion.
pub(in crate::console) const NAMES: &[&str] = &[
    "aws", "break", "cat", "clear", "continue", "date", "echo", "env", "exit", "export", "false",
    "for", "grep", "head", "help", "history", "if", "let", "ls", "printf", "read", "seq", "set",
    "sleep", "sort", "tail", "test", "time", "tr", "true", "uniq", "unset", "until", "wc", "which",
    "while",
];

/// Runs the command that these words name.
pub(super) async fn call(host: &Host, streams: &Streams, words: &[String]) -> Flow {
    let (name, arguments) = words.split_first().expect("a command has a name");
    let status = match name.as_str() {
        "aws" => aws::run(host, streams, arguments).await,
        "sleep" => sleep(host, streams, arguments).await,
        "time" if !arguments.is_empty() => return Box::pin(timed(host, streams, arguments)).await,
        "command" | "builtin" | "sudo" if !arguments.is_empty() => {
            return Box::pin(call(host, streams, arguments)).await;
        }
        "break" => return Flow::Break(count(arguments)),
        "continue" => return Flow::Continue(count(arguments)),
        "exit" | "return" => {
            let status = arguments.first().and_then(|text| text.parse::<i64>().ok());
            if let Some(status) = status {
                host.state().status = u8::try_from(status.rem_euclid(256)).unwrap_or(0);
            }
            return Flow::Exit;
        }
        "clear" | "reset" => {
            host.push(Step::Clear);
            0
        }
        _ => match immediate(host, streams, name, arguments) {
            Some(status) => status,
            None => unknown(host, streams, name),
        },
    };
    host.state().status = status;
    Flow::Next
}

fn count(arguments: &[String]) -> u32 {
    let count = arguments.first().and_then(|text| text.parse().ok());
    count.unwrap_or(1)
}

fn unknown(host: &Host, streams: &Streams, name: &str) -> u8 {
    let hint = match name {
        "jq" => " (the AWS CLI's own --query does most of what it does)",
        "python" | "python3" | "pip" | "pip3" => {
            " (Python has a place of its own in the playground)"
        }
        "vi" | "vim" | "nano" | "emacs" => {
            " (drop a file on the page, or write one with cat > NAME <<EOF)"
        }
        "curl" | "wget" | "ssh" | "docker" | "terraform" => {
            " (there is no network and no other program here)"
        }
        _ => " (`help' says what is here)",
    };
    streams.error(host, &format!("bash: {name}: command not found{hint}\n"));
    127
}

/// What takes no time.
fn immediate(host: &Host, streams: &Streams, name: &str, arguments: &[String]) -> Option<u8> {
    let output = |text: &str| streams.output(host, text);
    let error = |text: String| {
        streams.error(host, &text);
        1
    };
    Some(match name {
        ":" | "true" | "set" | "shopt" | "stty" | "trap" | "wait" | "unalias" | "cd" => 0,
        "false" => 1,
        "echo" => {
            output(&echo(arguments));
            0
        }
        "printf" => match arguments.split_first() {
            Some((format, values)) => {
                output(&printf(format, values));
                0
            }
            None => error("printf: usage: printf format [arguments]\n".to_owned()),
        },
        "pwd" => {
            output("/home/you\n");
            0
        }
        "whoami" => {
            output("you\n");
            0
        }
        "help" | "man" => {
            output(HELP);
            0
        }
        "history" => {
            let state = host.state();
            let mut text = String::new();
            for (at, command) in state.history.iter().enumerate() {
                text.push_str(&format!("{:5}  {command}\n", at + 1));
            }
            drop(state);
            output(&text);
            0
        }
        "date" => {
            let now = host.state().now;
            match filters::date(now, arguments) {
                Ok(text) => {
                    output(&text);
                    0
                }
                Err(problem) => error(format!("date: {problem}\n")),
            }
        }
        "export" | "declare" | "local" | "readonly" => export(host, streams, arguments),
        "unset" => {
            let mut state = host.state();
            for name in arguments {
                state.variables.remove(name);
            }
            0
        }
        "env" | "printenv" => env(host, streams, arguments),
        "let" => match expand::evaluate(host, &arguments.join(" ")) {
            Ok(value) => u8::from(value == 0),
            Err(problem) => error(format!("bash: {problem}\n")),
        },
        "test" | "[" => {
            let mut arguments = arguments.to_vec();
            if name == "[" && arguments.pop().as_deref() != Some("]") {
                streams.error(host, "bash: [: missing `]'\n");
                return Some(2);
            }
            match test_command::test(host, &arguments) {
                Ok(holds) => u8::from(!holds),
                Err(problem) => {
                    streams.error(host, &format!("bash: {name}: {problem}\n"));
                    2
                }
            }
        }
        "read" => read(host, streams, arguments),
        "which" | "type" => {
            let name = arguments.first().map_or("", String::as_str);
            let is_here = NAMES.contains(&name);
            if is_here {
                output(&format!("/usr/bin/{name}\n"));
            }
            u8::from(!is_here)
        }
        "ls" => {
            let names: Vec<String> = host.state().files.keys().cloned().collect();
            for name in names {
                output(&format!("{name}\n"));
            }
            0
        }
        "rm" => {
            let mut status = 0;
            for path in arguments.iter().filter(|path| !path.starts_with('-')) {
                let name = crate::console::host::file_name(path);
                if host.state().files.remove(&name).is_none() {
                    status = error(format!(
                        "rm: cannot remove '{path}': No such file or directory\n"
                    ));
                }
            }
            status
        }
        _ => return filters::call(host, streams, name, arguments),
    })
}

async fn sleep(host: &Host, streams: &Streams, arguments: &[String]) -> u8 {
    if arguments.is_empty() {
        streams.error(host, "sleep: missing operand\n");
        return 1;
    }
    let mut total: u64 = 0;
    for argument in arguments {
        match milliseconds(argument) {
            Some(milliseconds) => total = total.saturating_add(milliseconds),
            None => {
                streams.error(
                    host,
                    &format!("sleep: invalid time interval ‘{argument}’\n"),
                );
                return 1;
            }
        }
    }
    if total > 0 {
        host.sleep(total).await;
    }
    0
}

/// A time as `sleep` takes it: `5`, `0.5`, `2m`.
fn milliseconds(text: &str) -> Option<u64> {
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h', 'd']) {
        Some(number) => (
            number,
            match text.chars().last()? {
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                _ => 1,
            },
        ),
        None => (text, 1),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let thousandths: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    // A year of virtual time is as good as forever.
    let milliseconds = whole.checked_mul(1_000)?.checked_add(thousandths)?;
    Some(milliseconds.checked_mul(unit)?.min(366 * 86_400_000))
}

async fn timed(host: &Host, streams: &Streams, arguments: &[String]) -> Flow {
    let before = host.state().now;
    let flow = call(host, streams, arguments).await;
    let passed = host.state().now.since(before).as_ms();
    let (minutes, seconds) = (passed / 60_000, passed / 1_000 % 60);
    let thousandths = passed % 1_000;
    streams.error(
        host,
        &format!("\nreal\t{minutes}m{seconds}.{thousandths:03}s\n"),
    );
    flow
}

fn echo(arguments: &[String]) -> String {
    let mut arguments = arguments;
    let (mut ends_line, mut escapes) = (true, false);
    while let Some((first, rest)) = arguments.split_first()
        && first.len() > 1
        && first.starts_with('-')
        && first[1..].chars().all(|c| "neE".contains(c))
    {
        ends_line &= !first.contains('n');
        escapes |= first.contains('e');
        arguments = rest;
    }
    let mut text = arguments.join(" ");
    if escapes {
        text = unescaped(&text);
    }
    if ends_line {
        text.push('\n');
    }
    text
}

/// A text with `\n` and its like.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some('r') => plain.push('\r'),
            Some('\\') => plain.push('\\'),
            Some('"') => plain.push('"'),
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    plain
}

/// `%s`, `%d` and `%%`, again and again until no value is left.
fn printf(format: &str, values: &[String]) -> String {
    let format = unescaped(format);
    let mut text = String::new();
    let mut values = values.iter();
    loop {
        let mut chars = format.chars().peekable();
        let mut has_taken = false;
        while let Some(c) = chars.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            let mut width = String::new();
            while let Some(digit) = chars.peek().filter(|c| c.is_ascii_digit()) {
                width.push(*digit);
                chars.next();
            }
            match chars.next() {
                Some('%') => text.push('%'),
                Some('s' | 'd' | 'i' | 'q' | 'b') => {
                    has_taken = true;
                    let value = values.next().map_or("", String::as_str);
                    let columns = width.parse::<usize>().unwrap_or(0).min(1_000);
                    let fill = if width.starts_with('0') { '0' } else { ' ' };
                    for _ in value.chars().count()..columns {
                        text.push(fill);
                    }
                    text.push_str(value);
                }
                Some(other) => text.extend(['%', other]),
                None => text.push('%'),
            }
        }
        if !has_taken || values.len() == 0 {
            return text;
        }
    }
}

fn export(host: &Host, streams: &Streams, arguments: &[String]) -> u8 {
    let mut status = 0;
    for argument in arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'))
    {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), None),
        };
        if !is_name(name) {
            let problem = format!("bash: export: `{argument}': not a valid identifier\n");
            streams.error(host, &problem);
            status = 1;
            continue;
        }
        let mut state = host.state();
        let variable: &mut Variable = state.variables.entry(name.to_owned()).or_default();
        variable.is_exported = true;
        if let Some(value) = value {
            value.clone_into(&mut variable.value);
        }
    }
    status
}

fn env(host: &Host, streams: &Streams, arguments: &[String]) -> u8 {
    let state = host.state();
    let text = if let Some(name) = arguments.first() {
        match state.variable(name) {
            Some(value) => format!("{value}\n"),
            None => return 1,
        }
    } else {
        let exported = state.variables.iter().filter(|(_, it)| it.is_exported);
        exported
            .map(|(name, variable)| format!("{name}={}\n", variable.value))
            .collect()
    };
    drop(state);
    streams.output(host, &text);
    0
}

fn read(host: &Host, streams: &Streams, arguments: &[String]) -> u8 {
    let names: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let Some(line) = streams.read_line() else {
        return 1;
    };
    let mut rest = line.trim();
    let mut state = host.state();
    let Some((last, first)) = names.split_last() else {
        state.set_variable("REPLY", line);
        return 0;
    };
    for name in first {
        let (word, others) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        state.set_variable(name, word.to_owned());
        rest = others.trim_start();
    }
    state.set_variable(last, rest.to_owned());
    0
}
