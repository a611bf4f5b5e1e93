//! Options and words of a command line, taken apart as Python's argparse does: abbreviations, `--name=value`,
//! values in any number, and what is left over.

use std::collections::BTreeMap;

use super::matches::close_matches;
use super::python;

/// How many values an option takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Count {
    /// None: it is there or not.
    None,
    One,
    /// One, or this if there is none.
    Optional(&'static str),
    Any,
}

/// An option.
#[derive(Clone, Debug)]
pub(super) struct OptionSpec {
    /// With its hyphens.
    pub(super) name: String,
    pub(super) count: Count,
    pub(super) is_required: bool,
    pub(super) is_integer: bool,
    /// Anything, if there are none.
    pub(super) choices: &'static [&'static str],
    /// What is taken beside the choices.
    pub(super) also: &'static [&'static str],
}

impl OptionSpec {
    pub(super) fn new(name: &str, count: Count) -> Self {
        Self {
            name: name.to_owned(),
            count,
            is_required: false,
            is_integer: false,
            choices: &[],
            also: &[],
        }
    }
}

/// The one word that a command line has beside its options.
#[derive(Clone, Debug)]
pub(super) struct WordSpec {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    /// Anything, if there are none.
    pub(super) choices: Vec<String>,
}

/// A command line, taken apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Parsed {
    pub(super) options: BTreeMap<String, Vec<String>>,
    pub(super) word: Option<String>,
    /// What nobody knows, in order.
    pub(super) rest: Vec<String>,
}

impl Parsed {
    pub(super) fn has(&self, name: &str) -> bool {
        self.options.contains_key(name)
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.options.get(name)?.first().map(String::as_str)
    }
}

/// What an argument is taken for.
enum Class<'a> {
    Value,
    /// `--`
    Dashes,
    Unknown,
    Option {
        spec: &'a OptionSpec,
        /// After an equals sign.
        value: Option<String>,
    },
}

/// Takes a command line apart.
///
/// # Errors
/// argparse's complaint.
pub(super) fn parse(
    arguments: &[String],
    options: &[OptionSpec],
    word: &WordSpec,
) -> Result<Parsed, String> {
    let mut classes = Vec::new();
    let mut only_values = false;
    for argument in arguments {
        if only_values {
            classes.push(Class::Value);
        } else if argument == "--" {
            only_values = true;
            classes.push(Class::Dashes);
        } else {
            classes.push(classify(argument, options)?);
        }
    }
    let mut line = Line {
        arguments,
        classes: &classes,
        parsed: Parsed::default(),
        word,
        awaits_word: true,
    };
    let is_option = |class: &Class<'_>| matches!(class, Class::Option { .. } | Class::Unknown);
    let mut at = 0;
    while let Some(offset) = classes[at..].iter().position(is_option) {
        let next = at + offset;
        if at != next {
            let end = line.take_word(at)?;
            if end > at {
                at = end;
                continue;
            }
            line.parsed.rest.extend_from_slice(&arguments[at..next]);
            at = next;
        }
        at = line.take_option(at)?;
    }
    let end = line.take_word(at)?;
    line.parsed.rest.extend_from_slice(&arguments[end..]);
    let parsed = line.parsed;
    let mut missing: Vec<&str> = options
        .iter()
        .filter(|option| option.is_required && !parsed.has(&option.name))
        .map(|option| option.name.as_str())
        .collect();
    if word.is_required && parsed.word.is_none() {
        missing.push(word.name);
    }
    if missing.is_empty() {
        Ok(parsed)
    } else {
        Err(format!(
            "the following arguments are required: {}",
            missing.join(", ")
        ))
    }
}

fn classify<'a>(argument: &str, options: &'a [OptionSpec]) -> Result<Class<'a>, String> {
    if !argument.starts_with('-') {
        return Ok(Class::Value);
    }
    let exact = |name: &str| options.iter().find(|option| option.name == name);
    if let Some(spec) = exact(argument) {
        return Ok(Class::Option { spec, value: None });
    }
    if argument.len() == 1 {
        return Ok(Class::Value);
    }
    let (name, value) = match argument.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (argument, None),
    };
    if value.is_some()
        && let Some(spec) = exact(name)
    {
        return Ok(Class::Option { spec, value });
    }
    if argument.starts_with("--") {
        let begins: Vec<&OptionSpec> = options
            .iter()
            .filter(|option| option.name.starts_with(name))
            .collect();
        match begins.as_slice() {
            [] => {}
            [spec] => return Ok(Class::Option { spec, value }),
            several => {
                let names: Vec<&str> = several.iter().map(|spec| spec.name.as_str()).collect();
                return Err(format!(
                    "ambiguous option: {argument} could match {}",
                    names.join(", ")
                ));
            }
        }
    }
    if is_negative_number(argument) || argument.contains(' ') {
        return Ok(Class::Value);
    }
    Ok(Class::Unknown)
}

fn is_negative_number(text: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = &text[1..];
    match digits.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction) && !fraction.is_empty(),
        None => !digits.is_empty() && is_digits(digits),
    }
}

struct Line<'a> {
    arguments: &'a [String],
    classes: &'a [Class<'a>],
    parsed: Parsed,
    word: &'a WordSpec,
    awaits_word: bool,
}

impl Line<'_> {
    /// Takes the word, if it is here and still awaited; returns where to go on.
    fn take_word(&mut self, at: usize) -> Result<usize, String> {
        if !self.awaits_word {
            return Ok(at);
        }
        let dashes = self.dashes(at);
        if !matches!(self.classes.get(at + dashes), Some(Class::Value)) {
            self.awaits_word = self.word.is_required;
            return Ok(at);
        }
        self.awaits_word = false;
        let value = &self.arguments[at + dashes];
        check_choice(self.word.name, value, &self.word.choices)?;
        self.parsed.word = Some(value.clone());
        Ok(at + dashes + 1)
    }

    fn dashes(&self, at: usize) -> usize {
        usize::from(matches!(self.classes.get(at), Some(Class::Dashes)))
    }

    fn take_option(&mut self, at: usize) -> Result<usize, String> {
        let Class::Option { spec, value } = &self.classes[at] else {
            self.parsed.rest.push(self.arguments[at].clone());
            return Ok(at + 1);
        };
        let (values, end) = if let Some(value) = value {
            if spec.count == Count::None {
                let value = python::repr_text(value);
                return Err(format!(
                    "argument {}: ignored explicit argument {value}",
                    spec.name
                ));
            }
            (vec![value.clone()], at + 1)
        } else {
            self.values(spec, at + 1)?
        };
        for value in &values {
            if spec.is_integer && python::integer(value).is_none() {
                let value = python::repr_text(value);
                return Err(format!(
                    "argument {}: invalid int value: {value}",
                    spec.name
                ));
            }
            let choices: Vec<String> = spec.choices.iter().map(|it| (*it).to_owned()).collect();
            if !spec.also.contains(&value.as_str()) {
                check_choice(&spec.name, value, &choices)?;
            }
        }
        self.parsed.options.insert(spec.name.clone(), values);
        Ok(end)
    }

    fn values(&self, spec: &OptionSpec, begin: usize) -> Result<(Vec<String>, usize), String> {
        let mut end = begin + self.dashes(begin);
        let first = end;
        let is_value = |at: usize| matches!(self.classes.get(at), Some(Class::Value));
        match spec.count {
            Count::None => return Ok((Vec::new(), begin)),
            Count::One if is_value(first) => end += 1,
            Count::One => return Err(format!("argument {}: expected one argument", spec.name)),
            Count::Optional(_) if is_value(first) => end += 1,
            Count::Optional(default) => return Ok((vec![default.to_owned()], begin)),
            Count::Any => {
                while is_value(end) {
                    end += 1;
                }
            }
        }
        Ok((self.arguments[first..end].to_vec(), end))
    }
}

fn check_choice(name: &str, value: &str, choices: &[String]) -> Result<(), String> {
    if choices.is_empty() || choices.iter().any(|choice| choice == value) {
        return Ok(());
    }
    let mut parts = vec!["Invalid choice, valid choices are:\n".to_owned()];
    for pair in choices.chunks(2) {
        let padded: Vec<String> = pair.iter().map(|choice| format!("{choice:<40}")).collect();
        parts.push(padded.join(" | "));
    }
    let possible = close_matches(value, choices);
    if !possible.is_empty() {
        let value = python::repr_text(value);
        parts.push(format!("\n\nInvalid choice: {value}, maybe you meant:\n"));
        parts.extend(possible.iter().map(|word| format!("  * {word}")));
    }
    Err(format!("argument {name}: {}", parts.join("\n")))
}
