//! `aws configure`: any keys will do, for there is no account.

use crate::console::Stream;
use crate::console::host::{Host, State};
use crate::console::shell::Streams;

const NAMES: [(&str, &str); 4] = [
    ("aws_access_key_id", "AWS Access Key ID"),
    ("aws_secret_access_key", "AWS Secret Access Key"),
    ("region", "Default region name"),
    ("output", "Default output format"),
];

/// What a profile says of a name.
pub(super) fn setting(state: &State, profile: &str, name: &str) -> Option<String> {
    let key = (profile.to_owned(), name.to_owned());
    state.settings.values.get(&key).cloned()
}

/// The profile of a call: its option's, or the environment's.
pub(super) fn profile(state: &State, option: Option<&str>) -> String {
    let variable = state
        .variable("AWS_PROFILE")
        .or(state.variable("AWS_DEFAULT_PROFILE"));
    option.or(variable).unwrap_or("default").to_owned()
}

/// Runs `aws configure`, with the words that follow.
pub(super) async fn run(
    host: &Host,
    streams: &Streams,
    words: &[String],
    option: Option<&str>,
) -> u8 {
    let profile = profile(&host.state(), option);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => ask(host, &profile).await,
        ["list"] => list(host, streams, &profile, option),
        ["list-profiles"] => {
            let state = host.state();
            let mut profiles: Vec<String> = state
                .settings
                .values
                .keys()
                .map(|(profile, _)| profile.clone())
                .collect();
            profiles.dedup();
            drop(state);
            for profile in profiles {
                streams.output(host, &format!("{profile}\n"));
            }
            0
        }
        ["get", name] => {
            let (profile, name) = scoped(&profile, name);
            let value = setting(&host.state(), &profile, &name);
            match value {
                Some(value) => {
                    streams.output(host, &format!("{value}\n"));
                    0
                }
                None => 1,
            }
        }
        ["set", name, value] => {
            let key = scoped(&profile, name);
            host.state()
                .settings
                .values
                .insert(key, (*value).to_owned());
            0
        }
        ["help"] => {
            streams.output(
                host,
                "aws configure                  asks for keys (any will do), region and output format\n\
                 aws configure list             tells what is set\n\
                 aws configure get NAME         tells one of them: region, output\n\
                 aws configure set NAME VALUE   sets it\n",
            );
            0
        }
        ["get"] => super::usage(
            host,
            streams,
            "the following arguments are required: varname",
        ),
        ["set"] => super::usage(
            host,
            streams,
            "the following arguments are required: varname, value",
        ),
        ["set", _] => super::usage(host, streams, "the following arguments are required: value"),
        [other, ..] => {
            let problem = format!("`aws configure {other}` is not here; there are: list, get, set");
            super::usage(host, streams, &problem)
        }
    }
}

/// A name that may begin with its profile.
fn scoped(profile: &str, name: &str) -> (String, String) {
    let parts: Vec<&str> = name.split('.').collect();
    let (profile, name) = match parts.as_slice() {
        ["profile", profile, rest @ ..] if !rest.is_empty() => (*profile, rest.join(".")),
        ["default", rest @ ..] if !rest.is_empty() => ("default", rest.join(".")),
        _ => (profile, name.to_owned()),
    };
    (profile.to_owned(), name)
}

async fn ask(host: &Host, profile: &str) -> u8 {
    host.print(
        Stream::Note,
        "No account is needed here: any keys will do, and none leaves this page.\n",
    );
    for (name, question) in NAMES {
        let old = setting(&host.state(), profile, name);
        let shown = match &old {
            Some(value) if name.starts_with("aws_") => masked(value),
            Some(value) => value.clone(),
            None => "None".to_owned(),
        };
        let answer = host.ask(format!("{question} [{shown}]: ")).await;
        let answer = answer.trim();
        if !answer.is_empty() {
            let key = (profile.to_owned(), name.to_owned());
            host.state().settings.values.insert(key, answer.to_owned());
        }
    }
    0
}

fn masked(value: &str) -> String {
    let count = value.chars().count();
    let end: String = value.chars().skip(count.saturating_sub(4)).collect();
    format!("{}{end}", "*".repeat(16))
}

fn list(host: &Host, streams: &Streams, profile: &str, option: Option<&str>) -> u8 {
    let state = host.state();
    let mut text = String::new();
    let mut row = |name: &str, value: &str, kind: &str, place: &str| {
        text.push_str(&format!("{name:>10} {value:>24} {kind:>16}    {place}\n"));
    };
    row("Name", "Value", "Type", "Location");
    row("----", "-----", "----", "--------");
    match (option, state.variable("AWS_PROFILE")) {
        (Some(profile), _) => row("profile", profile, "manual", "--profile"),
        (None, Some(profile)) => row("profile", profile, "env", "AWS_PROFILE"),
        (None, None) => row("profile", "<not set>", "None", "None"),
    }
    for (shown, name, variables) in [
        (
            "access_key",
            "aws_access_key_id",
            &["AWS_ACCESS_KEY_ID"][..],
        ),
        (
            "secret_key",
            "aws_secret_access_key",
            &["AWS_SECRET_ACCESS_KEY"][..],
        ),
        (
            "region",
            "region",
            &["AWS_REGION", "AWS_DEFAULT_REGION"][..],
        ),
    ] {
        let secret = |value: &str| {
            if name == "region" {
                value.to_owned()
            } else {
                masked(value)
            }
        };
        let set = variables
            .iter()
            .find_map(|name| Some((name, state.variable(name)?)));
        if let Some((variable, value)) = set {
            row(shown, &secret(value), "env", variable);
        } else if let Some(value) = setting(&state, profile, name) {
            row(shown, &secret(&value), "config-file", "~/.aws/config");
        } else {
            row(shown, "<not set>", "None", "None");
        }
    }
    drop(state);
    streams.output(host, &text);
    0
}
