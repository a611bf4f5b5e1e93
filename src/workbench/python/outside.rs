//! The line that runs a script outside of the browser, with the local server.

use yew::prelude::*;

use super::files::File;
use super::python;
use crate::ui::widgets::{Icon, copy};
use crate::workbench::text::text;
use crate::workbench::{bridge, files};

/// The element that has the line.
const LINE: &str = "python-outside";
/// What starts the local server, in a clone of the project; it listens where the line says.
const SERVER: &str = "cargo run --release --bin serve";
const ENDPOINT: &str = "http://127.0.0.1:9324";

/// The line. The server takes any credentials; a key that is an account's number is that account's. boto3 will not do
/// without them, and without a region where the script names none.
fn line(file: &File, region: &str, account: &str) -> String {
    let mut line = format!(
        "AWS_ENDPOINT_URL={ENDPOINT} AWS_DEFAULT_REGION={region} AWS_ACCESS_KEY_ID={account} \
         AWS_SECRET_ACCESS_KEY=any python {}",
        quoted(&file.name)
    );
    if !file.arguments.is_empty() {
        line += " ";
        line += &file.arguments;
    }
    line
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        ["'", &word.replace('\'', "'\\''"), "'"].concat()
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct OutsideProps {
    pub file: File,
    /// How many files there are.
    pub count: usize,
}

/// The line with a button that copies it.
#[component]
pub(super) fn Outside(props: &OutsideProps) -> Html {
    let copied = use_state(|| None);
    let state = bridge::state();
    let line = line(&props.file, &state.region, &state.account);
    let words = match *copied {
        Some(ref shown) if *shown == (line.clone(), false) => text!("copied"),
        Some(ref shown) if *shown == (line.clone(), true) => text!("copy-by-hand"),
        Some(_) | None => text!("copy"),
    };
    let onclick = {
        let line = line.clone();
        move |_: MouseEvent| {
            let (copied, line) = (copied.clone(), line.clone());
            copy(LINE, &line.clone(), move |by_hand| {
                copied.set(Some((line.clone(), by_hand)));
            });
        }
    };
    html! {
        <div class="python-outside">
            <p>{ text!("python-outside", [("command", SERVER.into())]) }</p>
            <pre id={LINE} tabindex="0" role="region" aria-label={text!("python-outside-line")}>{ line }</pre>
            <button type="button" class="button small" {onclick}>
                { Icon::Copy.show() }<span aria-live="polite">{ words }</span>
            </button>
            <button type="button" class="button small" onclick={save_all}>{ text!("python-save", [("count", props.count.into())]) }</button>
        </div>
    }
}

/// Has the browser save each file of the panel.
fn save_all(_: MouseEvent) {
    for file in python().files.borrow().all() {
        files::save(&file.name, &file.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_one_that_a_shell_takes() {
        let mut file = File {
            name: "producer.py".to_owned(),
            ..File::default()
        };
        let expect = "AWS_ENDPOINT_URL=http://127.0.0.1:9324 AWS_DEFAULT_REGION=eu-west-1 \
                      AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=any python ";
        let line = |file: &File| line(file, "eu-west-1", "123456789012");
        assert_eq!(line(&file), [expect, "producer.py"].concat());
        file.name = "it's mine.py".to_owned();
        file.arguments = "-n 5".to_owned();
        assert_eq!(line(&file), [expect, "'it'\\''s mine.py' -n 5"].concat());
    }
}
