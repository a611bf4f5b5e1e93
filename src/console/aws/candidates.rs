//! What the word at the cursor of an `aws` command can become.

use super::model::{Kind, OPERATIONS, Operation, QUEUE_ATTRIBUTES, option_name};
use super::options;
use crate::console::host::State;

/// Words that can stand behind these; those that do not begin as typed are left out later.
pub(in crate::console) fn candidates(
    state: &State,
    words: &[&str],
    word: &str,
    queue_urls: &[String],
) -> Vec<String> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.starts_with("--"))
        .collect();
    let operation = words
        .iter()
        .position(|word| *word == "sqs")
        .and_then(|at| words[at..].iter().find_map(|word| Operation::find(word)));
    let option = words.iter().rev().find(|word| word.starts_with("--"));
    let is_value = words.last().is_some_and(|last| last.starts_with("--"));
    if let Some(option) = option
        && !word.starts_with("--")
    {
        let found = values(state, operation, option, word, queue_urls);
        if is_value || !found.is_empty() {
            return found;
        }
    }
    if word.starts_with("--") {
        let mut names: Vec<String> = options::global().into_iter().map(|it| it.name).collect();
        if let Some(operation) = operation {
            let own = options::of(operation, true).into_iter();
            let own = own.map(|it| it.name);
            names.extend(own.filter(|name| !words.contains(&name.as_str())));
        }
        return names;
    }
    match (plain.first(), operation) {
        (None, _) => texts(&["configure", "help", "sqs", "sts"]),
        (Some(&"sqs"), None) => {
            let mut names: Vec<String> = OPERATIONS.iter().map(Operation::command).collect();
            names.push("help".to_owned());
            names
        }
        (Some(&"sqs"), Some(operation)) if word.is_empty() => {
            let needed = operation
                .input
                .members
                .iter()
                .filter(|member| member.is_required);
            let needed = needed.map(|member| format!("--{}", option_name(member.name)));
            needed
                .filter(|name| !words.contains(&name.as_str()))
                .collect()
        }
        (Some(&"configure"), _) => texts(&["get", "help", "list", "set"]),
        (Some(&"sts"), _) => texts(&["get-caller-identity"]),
        _ => Vec::new(),
    }
}

fn values(
    state: &State,
    operation: Option<&'static Operation>,
    option: &str,
    word: &str,
    queue_urls: &[String],
) -> Vec<String> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    if word.starts_with("file") {
        let scheme = if word.starts_with("fileb") {
            "fileb"
        } else {
            "file"
        };
        return state
            .files
            .keys()
            .map(|name| format!("{scheme}://{name}"))
            .collect();
    }
    let names = || queue_urls.iter().filter_map(|url| url.rsplit('/').next());
    match option {
        // By name, too: who types a name means its URL.
        "--queue-url" => {
            let by_name = queue_urls.iter().filter(|url| {
                url.rsplit('/')
                    .next()
                    .is_some_and(|name| name.starts_with(word))
            });
            let urls: Vec<String> = queue_urls
                .iter()
                .filter(|url| url.starts_with(word))
                .cloned()
                .collect();
            if urls.is_empty() {
                by_name
                    .map(|url| url.rsplit('/').next().unwrap_or(url).to_owned())
                    .collect()
            } else {
                urls
            }
        }
        "--queue-name" | "--queue-name-prefix" => names().map(str::to_owned).collect(),
        "--output" => texts(&["json", "table", "text", "yaml"]),
        "--color" => texts(&["auto", "off", "on"]),
        "--region" => vec![state.region.clone()],
        "--query" => operation.map_or(Vec::new(), |operation| {
            let members = operation.output.members.iter();
            members.map(|member| member.name.to_owned()).collect()
        }),
        "--generate-cli-skeleton" => texts(&["input", "output"]),
        "--actions" => OPERATIONS
            .iter()
            .map(|operation| operation.name.to_owned())
            .collect(),
        "--attributes" => {
            let (before, _) = word
                .rsplit_once(',')
                .map_or(("", word), |(before, last)| (before, last));
            let comma = if before.is_empty() { "" } else { "," };
            let names = QUEUE_ATTRIBUTES.iter().skip(1);
            names
                .map(|name| format!("{before}{comma}{name}="))
                .collect()
        }
        _ => {
            let member = operation.and_then(|operation| {
                let mut members = operation.input.members.iter();
                members.find(|member| format!("--{}", option_name(member.name)) == option)
            });
            match member.map(|member| member.kind) {
                Some(Kind::List(Kind::Word(words))) => texts(words),
                _ => Vec::new(),
            }
        }
    }
}
