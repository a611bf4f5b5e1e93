//! A topology as a Terraform configuration, in Terraform's own language and in its JSON.

use super::Topology;
use super::attributes::TABLE;
use super::labels::{Style, labels};
use super::value::Value;
use crate::json::{self, AsMember as _, Json};
use crate::sqs::AttributeName;

/// The queues in Terraform's own language: what `main.tf` is.
pub fn terraform(topology: &Topology) -> String {
    let mut text = format!(
        "# Queues of Amazon SQS, from the SQS Playground.\n\n\
         terraform {{\n  required_providers {{\n    aws = {{\n      source = \"hashicorp/aws\"\n    }}\n  }}\n}}\n\n\
         provider \"aws\" {{\n  region = {}\n}}\n",
        quoted(topology.region())
    );
    let configuration = Configuration::of(topology);
    for resource in &configuration.resources {
        let Resource { kind, label, .. } = resource;
        text.push_str(&format!("\nresource \"{kind}\" \"{label}\" {{\n"));
        let lines = resource.arguments.iter();
        let lines =
            lines.map(|(name, argument)| ((*name).to_owned(), configuration.expression(argument)));
        text.push_str(&aligned(&lines.collect::<Vec<_>>(), "  "));
        text.push_str("}\n");
    }
    text
}

/// The queues in Terraform's JSON: what `main.tf.json` is.
pub fn terraform_json(topology: &Topology) -> String {
    let configuration = Configuration::of(topology);
    let mut kinds: Vec<(String, Json)> = Vec::new();
    for resource in &configuration.resources {
        let arguments = resource.arguments.iter().map(|(name, argument)| {
            let json = configuration.argument_json(argument);
            ((*name).to_owned(), json)
        });
        let member = (resource.label.clone(), Json::Object(arguments.collect()));
        let known = kinds.iter_mut().find(|(kind, _)| kind == resource.kind);
        if let Some((_, Json::Object(labelled))) = known {
            labelled.push(member);
        } else {
            kinds.push((resource.kind.to_owned(), Json::Object(vec![member])));
        }
    }
    let object = |members: Vec<(&str, Json)>| {
        let members = members.into_iter();
        Json::Object(
            members
                .map(|(name, json)| (name.to_owned(), json))
                .collect(),
        )
    };
    let text = |text: &str| Json::Text(text.to_owned());
    let source = object(vec![("source", text("hashicorp/aws"))]);
    let providers = object(vec![("aws", source)]);
    let region = object(vec![("region", text(topology.region()))]);
    let whole = object(vec![
        ("terraform", object(vec![("required_providers", providers)])),
        ("provider", object(vec![("aws", region)])),
        ("resource", Json::Object(kinds)),
    ]);
    let mut printed = json::pretty(&whole.member());
    printed.push('\n');
    printed
}

/// The resources in their order.
struct Configuration {
    labels: Vec<String>,
    resources: Vec<Resource>,
}

struct Resource {
    kind: &'static str,
    label: String,
    arguments: Vec<(&'static str, Argument)>,
}

enum Argument {
    /// A value.
    Plain(Value),
    /// The JSON of a value.
    Encoded(Value),
    /// The URL of the queue with this index.
    Url(usize),
    /// These queues come first.
    After(Vec<usize>),
}

impl Configuration {
    fn of(topology: &Topology) -> Self {
        let labels = labels(topology, Style::Snake);
        let closers = topology.ring_closers();
        let mut queues = Vec::new();
        let mut others = Vec::new();
        for (index, queue) in topology.queues.iter().enumerate() {
            let name = Value::Text(queue.name.clone());
            let mut arguments = vec![("name", Argument::Plain(name))];
            for row in &TABLE {
                let Some(value) = Value::of_attribute(row, queue, topology) else {
                    continue;
                };
                let text = queue.attribute(row.name).unwrap_or_default();
                let shuts_out = topology.shuts_out(index, row.name.as_str());
                let is_backward = !topology.named_in(text).is_empty() || shuts_out;
                let apart = if row.name == AttributeName::Policy {
                    Some("aws_sqs_queue_policy")
                } else if row.name == AttributeName::RedrivePolicy {
                    let closes_a_ring = closers.contains(&index);
                    closes_a_ring.then_some("aws_sqs_queue_redrive_policy")
                } else if row.name == AttributeName::RedriveAllowPolicy {
                    is_backward.then_some("aws_sqs_queue_redrive_allow_policy")
                } else {
                    None
                };
                let argument = if row.kind == super::attributes::Kind::Document {
                    Argument::Encoded(value)
                } else {
                    Argument::Plain(value)
                };
                let Some(kind) = apart else {
                    arguments.push((row.terraform, argument));
                    continue;
                };
                let mut apart = vec![
                    ("queue_url", Argument::Url(index)),
                    (row.terraform, argument),
                ];
                if shuts_out {
                    let sources = 0..topology.queues.len();
                    let is_source =
                        |source: &usize| topology.dead_letter_queue(*source) == Some(index);
                    apart.push((
                        "depends_on",
                        Argument::After(sources.filter(is_source).collect()),
                    ));
                }
                others.push(Resource {
                    kind,
                    label: labels[index].clone(),
                    arguments: apart,
                });
            }
            if !queue.tags.is_empty() {
                let tags = queue.tags.iter();
                let tags = tags.map(|(key, value)| (key.clone(), Value::Text(value.clone())));
                arguments.push(("tags", Argument::Plain(Value::Map(tags.collect()))));
            }
            queues.push(Resource {
                kind: "aws_sqs_queue",
                label: labels[index].clone(),
                arguments,
            });
        }
        queues.extend(others);
        Self {
            labels,
            resources: queues,
        }
    }

    /// An argument in Terraform's own language.
    fn expression(&self, argument: &Argument) -> String {
        match argument {
            Argument::Plain(value) => self.hcl(value, 2),
            Argument::Encoded(value) => format!("jsonencode({})", self.hcl(value, 2)),
            Argument::Url(index) => format!("aws_sqs_queue.{}.url", self.labels[*index]),
            Argument::After(queues) => {
                let name = |queue: &usize| format!("aws_sqs_queue.{}", self.labels[*queue]);
                format!(
                    "[{}]",
                    queues.iter().map(name).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    fn hcl(&self, value: &Value, indent: usize) -> String {
        let inner = " ".repeat(indent + 2);
        let outer = " ".repeat(indent);
        match value {
            Value::Null => "null".into(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(digits) => digits.clone(),
            Value::Text(text) => quoted(text),
            Value::Arn(index) => format!("aws_sqs_queue.{}.arn", self.labels[*index]),
            Value::List(values) if values.is_empty() => "[]".into(),
            Value::Map(members) if members.is_empty() => "{}".into(),
            Value::List(values) => {
                let mut text = String::from("[\n");
                for value in values {
                    text.push_str(&format!("{inner}{},\n", self.hcl(value, indent + 2)));
                }
                text + &outer + "]"
            }
            Value::Map(members) => {
                let lines = members.iter().map(|(name, value)| {
                    let name = if is_identifier(name) {
                        name.clone()
                    } else {
                        quoted(name)
                    };
                    (name, self.hcl(value, indent + 2))
                });
                let text = String::from("{\n") + &aligned(&lines.collect::<Vec<_>>(), &inner);
                text + &outer + "}"
            }
        }
    }

    fn argument_json(&self, argument: &Argument) -> Json {
        match argument {
            Argument::Plain(value) => self.json(value, escaped),
            // The templates in it are filled in before Terraform hands the text on.
            Argument::Encoded(value) => {
                Json::Text(json::compact(&self.json(value, escaped).member()))
            }
            Argument::Url(index) => {
                Json::Text(format!("${{aws_sqs_queue.{}.url}}", self.labels[*index]))
            }
            Argument::After(queues) => {
                let name =
                    |queue: &usize| Json::Text(format!("aws_sqs_queue.{}", self.labels[*queue]));
                Json::List(queues.iter().map(name).collect())
            }
        }
    }

    fn json(&self, value: &Value, escape: fn(&str) -> String) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Flag(flag) => Json::Flag(*flag),
            Value::Number(digits) => Json::Number(digits.clone()),
            Value::Text(text) => Json::Text(escape(text)),
            Value::Arn(index) => {
                Json::Text(format!("${{aws_sqs_queue.{}.arn}}", self.labels[*index]))
            }
            Value::List(values) => Json::List(
                values
                    .iter()
                    .map(|value| self.json(value, escape))
                    .collect(),
            ),
            Value::Map(members) => {
                let named =
                    |(name, value): &(String, Value)| (escape(name), self.json(value, escape));
                Json::Object(members.iter().map(named).collect())
            }
        }
    }
}

/// Names and values on lines. Of neighbours that take one line each, the equals signs stand below each other.
fn aligned(lines: &[(String, String)], indent: &str) -> String {
    let is_long = |(_, value): &(String, String)| value.contains('\n');
    let mut text = String::new();
    for group in lines.chunk_by(|one, next| !is_long(one) && !is_long(next)) {
        let width = group.iter().map(|(name, _)| name.chars().count()).max();
        let width = width.unwrap_or(0);
        for (name, value) in group {
            text.push_str(&format!("{indent}{name:width$} = {value}\n"));
        }
    }
    text
}

/// Whether a key of an object needs no quotation marks.
fn is_identifier(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_keyword = [
        "for", "if", "in", "null", "true", "false", "else", "endif", "endfor",
    ]
    .contains(&text);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_word) && !is_keyword
}

/// A text in which nothing is a template.
fn escaped(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in escaped(text).chars() {
        let code = u32::from(c);
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if (c.is_control() || is_unseen(c)) && code < 0x1_0000 => {
                quoted.push_str(&format!("\\u{code:04x}"));
            }
            _ if is_unseen(c) => quoted.push_str(&format!("\\U{code:08x}")),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What does not show, or steers how other text shows.
fn is_unseen(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_template() {
        assert_eq!(quoted("a ${b} %{c} $d 100%"), r#""a $${b} %%{c} $d 100%""#);
        assert_eq!(quoted("\"\\\n\u{0}\u{2028}🎈"), r#""\"\\\n\u0000\u2028🎈""#);
    }

    #[test]
    fn keys_that_mean_something_are_quoted() {
        for (key, plain) in [
            ("team", true),
            ("for", false),
            ("a-b", false),
            ("1a", false),
            ("", false),
        ] {
            assert_eq!(is_identifier(key), plain, "{key}");
        }
    }
}
