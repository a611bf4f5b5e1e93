//! `test` and `[`.

use crate::console::host::Host;

/// Whether a condition holds.
///
/// # Errors
/// What is wrong with it.
pub(super) fn test(host: &Host, words: &[String]) -> Result<bool, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(false),
        ["!", rest @ ..] if !rest.is_empty() => {
            let rest: Vec<String> = rest.iter().map(|word| (*word).to_owned()).collect();
            Ok(!test(host, &rest)?)
        }
        [text] => Ok(!text.is_empty()),
        ["-z", text] => Ok(text.is_empty()),
        ["-n", text] => Ok(!text.is_empty()),
        ["-f" | "-e" | "-r", path] => Ok(host.state().file(path).is_some()),
        ["-s", path] => Ok(host
            .state()
            .file(path)
            .is_some_and(|bytes| !bytes.is_empty())),
        [left, "=" | "==", right] => Ok(left == right),
        [left, "!=", right] => Ok(left != right),
        [left, operator, right] if operator.starts_with('-') => compare(left, operator, right),
        [operator, ..] => Err(format!("{operator}: unary operator expected")),
    }
}

fn compare(left: &str, operator: &str, right: &str) -> Result<bool, String> {
    let number = |text: &str| {
        let number = text.trim().parse::<i64>();
        number.map_err(|_| format!("{text}: integer expression expected"))
    };
    let (left, right) = (number(left)?, number(right)?);
    Ok(match operator {
        "-eq" => left == right,
        "-ne" => left != right,
        "-lt" => left < right,
        "-le" => left <= right,
        "-gt" => left > right,
        "-ge" => left >= right,
        _ => return Err(format!("{operator}: binary operator expected")),
    })
}
