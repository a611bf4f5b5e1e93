//! Commands that make text of text: `cat`, `grep` and their kind, as far as they end a tutorial's pipes.

use super::run::Streams;
use crate::console::host::{CAPTURED_BYTES_MAX, Host};
use crate::sim::Time;

/// Runs one, if it is one.
pub(super) fn call(host: &Host, streams: &Streams, name: &str, arguments: &[String]) -> Option<u8> {
    let known = [
        "cat", "head", "tail", "grep", "wc", "sort", "uniq", "tr", "seq", "basename", "tee",
    ];
    if !known.contains(&name) {
        return None;
    }
    let (options, mut operands): (Vec<&String>, Vec<&String>) = arguments
        .iter()
        .partition(|argument| argument.starts_with('-') && argument.len() > 1);
    let result = match name {
        "seq" => seq(arguments),
        "basename" => Ok(operands.first().map_or(String::new(), |path| {
            format!("{}\n", crate::console::host::file_name(path))
        })),
        "head" | "tail" => {
            let count = line_count(&options, &mut operands);
            input(host, streams, &operands).map(|text| ends(name, &text, count))
        }
        "grep" => match operands.split_first() {
            Some((pattern, files)) => {
                let text = input(host, streams, files);
                return Some(finish(
                    host,
                    streams,
                    name,
                    text.map(|text| grep(&options, pattern, &text)),
                ));
            }
            None => Err("usage: grep [OPTION]... PATTERNS [FILE]...".to_owned()),
        },
        "tr" => Ok(tr(&options, &operands, &streams.read_all())),
        "tee" => {
            let text = streams.read_all();
            let mut kept = Ok(text.clone());
            for path in operands {
                let added = host.state().add_file(path, text.clone().into_bytes());
                if let Err(problem) = added {
                    kept = Err(problem.to_string());
                }
            }
            kept
        }
        _ => input(host, streams, &operands).map(|text| whole(name, &options, &text)),
    };
    Some(finish(host, streams, name, result))
}

fn finish(host: &Host, streams: &Streams, name: &str, result: Result<String, String>) -> u8 {
    match result {
        Ok(text) => {
            streams.output(host, &text);
            u8::from(name == "grep" && text.is_empty())
        }
        Err(problem) => {
            streams.error(host, &format!("{name}: {problem}\n"));
            1
        }
    }
}

/// What the named files hold, or what comes through the pipe.
fn input(host: &Host, streams: &Streams, paths: &[&String]) -> Result<String, String> {
    if paths.is_empty() {
        return Ok(streams.read_all());
    }
    let mut text = String::new();
    for path in paths {
        if path.as_str() == "-" {
            text.push_str(&streams.read_all());
            continue;
        }
        match host.state().file(path) {
            Some(bytes) => text.push_str(&String::from_utf8_lossy(bytes)),
            None => return Err(format!("{path}: No such file or directory")),
        }
    }
    Ok(text)
}

/// The count of `-n 5`, `-n5` or `-5`; the operand is taken out.
fn line_count(options: &[&String], operands: &mut Vec<&String>) -> usize {
    for option in options {
        let digits = option.trim_start_matches("-n").trim_start_matches('-');
        if let Ok(count) = digits.parse() {
            return count;
        }
        if *option == "-n" && !operands.is_empty() {
            return operands.remove(0).parse().unwrap_or(10);
        }
    }
    10
}

fn ends(name: &str, text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let chosen = if name == "head" {
        &lines[..count.min(lines.len())]
    } else {
        &lines[lines.len().saturating_sub(count)..]
    };
    chosen.iter().map(|line| format!("{line}\n")).collect()
}

/// Lines that have the pattern in them: plain text, with `^` and `$` at its ends.
fn grep(options: &[&String], pattern: &str, text: &str) -> String {
    let has = |flag: char| options.iter().any(|option| option.contains(flag));
    let fold = |text: &str| {
        if has('i') {
            text.to_lowercase()
        } else {
            text.to_owned()
        }
    };
    let pattern = fold(pattern);
    let (start, end) = (pattern.starts_with('^'), pattern.ends_with('$'));
    let plain = pattern.trim_start_matches('^').trim_end_matches('$');
    let is_match = |line: &&str| {
        let line = fold(line);
        let found = match (start, end) {
            (true, true) => line == plain,
            (true, false) => line.starts_with(plain),
            (false, true) => line.ends_with(plain),
            (false, false) => line.contains(plain),
        };
        found != has('v')
    };
    let lines: Vec<&str> = text.lines().filter(is_match).collect();
    if has('c') {
        return format!("{}\n", lines.len());
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn whole(name: &str, options: &[&String], text: &str) -> String {
    let has = |flag: char| options.iter().any(|option| option.contains(flag));
    let mut lines: Vec<&str> = text.lines().collect();
    match name {
        "wc" => {
            let counts = [
                ('l', text.matches('\n').count()),
                ('w', text.split_whitespace().count()),
                ('c', text.len()),
            ];
            let wanted = |(flag, _): &&(char, usize)| options.is_empty() || has(*flag);
            let shown: Vec<String> = counts
                .iter()
                .filter(wanted)
                .map(|(_, count)| count.to_string())
                .collect();
            return format!("{}\n", shown.join(" "));
        }
        "sort" => {
            if has('n') {
                lines.sort_by_key(|line| line.trim().parse::<i64>().unwrap_or(0));
            } else {
                lines.sort_unstable();
            }
            if has('r') {
                lines.reverse();
            }
            if has('u') {
                lines.dedup();
            }
        }
        "uniq" => lines.dedup(),
        _ => return text.to_owned(),
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn tr(options: &[&String], operands: &[&String], text: &str) -> String {
    let set = |at: usize| -> Vec<char> {
        let set = operands.get(at).map_or("", |set| set.as_str());
        let set = set.replace("\\n", "\n").replace("\\t", "\t");
        let ranges = set
            .replace("a-z", "abcdefghijklmnopqrstuvwxyz")
            .replace("A-Z", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            .replace("[:lower:]", "abcdefghijklmnopqrstuvwxyz")
            .replace("[:upper:]", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        ranges.chars().collect()
    };
    let (from, to) = (set(0), set(1));
    if options.iter().any(|option| option.contains('d')) {
        return text.chars().filter(|c| !from.contains(c)).collect();
    }
    let change = |c: char| match from.iter().position(|from| *from == c) {
        Some(at) => *to.get(at).or(to.last()).unwrap_or(&c),
        None => c,
    };
    text.chars().map(change).collect()
}

fn seq(arguments: &[String]) -> Result<String, String> {
    let number = |text: &String| {
        let number = text.parse::<i64>();
        number.map_err(|_| format!("invalid floating point argument: ‘{text}’"))
    };
    let numbers: Result<Vec<i64>, String> = arguments.iter().map(number).collect();
    let (first, step, last) = match numbers?.as_slice() {
        [last] => (1, 1, *last),
        [first, last] => (*first, 1, *last),
        [first, step, last] => (*first, *step, *last),
        _ => return Err("missing operand".to_owned()),
    };
    if step == 0 {
        return Err("invalid Zero increment value: ‘0’".to_owned());
    }
    let mut text = String::new();
    let mut at = first;
    while (step > 0 && at <= last) || (step < 0 && at >= last) {
        text.push_str(&format!("{at}\n"));
        if text.len() > CAPTURED_BYTES_MAX {
            return Err("too many numbers".to_owned());
        }
        let Some(next) = at.checked_add(step) else {
            break;
        };
        at = next;
    }
    Ok(text)
}

/// The time, in UTC: as `date` prints it, or by a format.
pub(super) fn date(now: Time, arguments: &[String]) -> Result<String, String> {
    const LAST: i64 = 253_402_300_799;
    let seconds = i64::try_from(now.as_secs()).unwrap_or(LAST).min(LAST);
    let date = ::time::OffsetDateTime::from_unix_timestamp(seconds)
        .map_err(|_| "the time is out of range".to_owned())?;
    let format = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix('+'));
    let format = format.unwrap_or("%a %b %e %T UTC %Y");
    let mut text = String::new();
    let mut chars = format
        .replace("%F", "%Y-%m-%d")
        .replace("%T", "%H:%M:%S")
        .chars()
        .collect::<Vec<_>>()
        .into_iter();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let Some(field) = chars.next() else { break };
        text.push_str(&match field {
            's' => seconds.to_string(),
            'Y' => format!("{:04}", date.year()),
            'm' => format!("{:02}", u8::from(date.month())),
            'd' => format!("{:02}", date.day()),
            'e' => format!("{:2}", date.day()),
            'H' => format!("{:02}", date.hour()),
            'M' => format!("{:02}", date.minute()),
            'S' => format!("{:02}", date.second()),
            'N' => format!("{:03}000000", now.as_ms() % 1_000),
            '3' => {
                chars.next();
                format!("{:03}", now.as_ms() % 1_000)
            }
            'a' => date.weekday().to_string()[..3].to_owned(),
            'b' => date.month().to_string()[..3].to_owned(),
            'Z' => "UTC".to_owned(),
            'z' => "+0000".to_owned(),
            '%' => "%".to_owned(),
            other => format!("%{other}"),
        });
    }
    text.push('\n');
    Ok(text)
}
