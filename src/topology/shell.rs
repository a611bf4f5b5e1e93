//! A topology as a script of AWS CLI commands.

use super::labels::{Style, labels};
use super::{Step, Topology};
use crate::cli::shell_word;
use crate::json::{self, Member};
use crate::sim::SortedMap;

/// A script for bash that makes the queues, each in its turn.
pub fn aws_cli_script(topology: &Topology) -> String {
    let region = shell_word(topology.region());
    let mut script = format!(
        "#!/usr/bin/env bash\n\
         # Creates queues of Amazon SQS, from the SQS Playground.\n\
         #\n\
         # On a local server instead of AWS:\n\
         #     AWS_ENDPOINT_URL=http://127.0.0.1:9324 bash create_queues.sh\n\
         set -euo pipefail\n\
         export AWS_DEFAULT_REGION={region} AWS_REGION={region} AWS_PAGER=\n\
         # Version 1 of the CLI does not look at the variable by itself, for SQS.\n\
         aws() {{ command aws ${{AWS_ENDPOINT_URL:+--endpoint-url \"$AWS_ENDPOINT_URL\"}} \"$@\"; }}\n"
    );
    let mut writer = Writer {
        topology,
        labels: labels(topology, Style::Snake),
        has_arn: vec![false; topology.queues.len()],
    };
    for step in topology.steps() {
        script.push('\n');
        match step {
            Step::Create(request) => {
                let name = request.queue_name.unwrap_or_default();
                let mut options = vec![format!("--queue-name {}", shell_word(&name))];
                writer.prepare(&request.attributes, &mut script);
                options.extend(writer.attributes(&request.attributes));
                if !request.tags.is_empty() {
                    let tags = pairs(&request.tags).unwrap_or_else(|| document(&request.tags));
                    options.push(format!("--tags {tags}"));
                }
                let label = writer.label_of(&name);
                let command = written(
                    "aws sqs create-queue",
                    &options,
                    " --query QueueUrl --output text",
                );
                script.push_str(&format!("{label}_url=$({command})\n"));
            }
            Step::Set(request) => {
                let name = request.queue_url.unwrap_or_default();
                writer.prepare(&request.attributes, &mut script);
                let mut options = vec![format!("--queue-url \"${}_url\"", writer.label_of(&name))];
                options.extend(writer.attributes(&request.attributes));
                script.push_str(&written("aws sqs set-queue-attributes", &options, ""));
                script.push('\n');
            }
        }
    }
    script
}

struct Writer<'a> {
    topology: &'a Topology,
    labels: Vec<String>,
    /// The queues whose ARN is in a variable.
    has_arn: Vec<bool>,
}

impl Writer<'_> {
    fn label_of(&self, name: &str) -> &str {
        let index = self.topology.queue_of_name(name);
        &self.labels[index.expect("the calls are about the topology's queues")]
    }

    /// Asks for the ARNs that the attributes need.
    fn prepare(&mut self, attributes: &SortedMap<String, String>, script: &mut String) {
        for text in attributes.values() {
            for index in self.topology.named_in(text) {
                if !std::mem::replace(&mut self.has_arn[index], true) {
                    let label = &self.labels[index];
                    script.push_str(&format!(
                        "{label}_arn=$(aws sqs get-queue-attributes --queue-url \"${label}_url\" \\\n    \
                         --attribute-names QueueArn --query Attributes.QueueArn --output text)\n"
                    ));
                }
            }
        }
    }

    fn attributes(&self, attributes: &SortedMap<String, String>) -> Option<String> {
        if attributes.is_empty() {
            return None;
        }
        if let Some(pairs) = pairs(attributes) {
            return Some(format!("--attributes {pairs}"));
        }
        // In JSON in JSON: an ARN between quotation marks is all of a text.
        let mut text = document(attributes);
        for (index, queue) in self.topology.queues.iter().enumerate() {
            if self.has_arn[index] {
                let arn = self.topology.arn(&queue.name);
                let variable = format!("\\\"'\"${}_arn\"'\\\"", self.labels[index]);
                text = text.replace(&format!("\\\"{arn}\\\""), &variable);
            }
        }
        Some(format!("--attributes {text}"))
    }
}

/// A command, on several lines if it is long.
fn written(command: &str, options: &[String], last: &str) -> String {
    let columns: usize = options
        .iter()
        .map(|option| option.chars().count() + 1)
        .sum();
    let is_long = command.len() + columns + last.len() > 90;
    let between = if is_long { " \\\n    " } else { " " };
    let mut text = command.to_owned();
    for option in options {
        text.push_str(between);
        text.push_str(option);
    }
    if is_long && !last.is_empty() {
        text.push_str(" \\\n   ");
    }
    text + last
}

/// Names and values of plain words, in the CLI's shorthand.
fn pairs(map: &SortedMap<String, String>) -> Option<String> {
    let is_word = |text: &String| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain)
    };
    let mut pairs = Vec::new();
    for (name, value) in map.iter() {
        if !is_word(name) || !is_word(value) {
            return None;
        }
        pairs.push(format!("{name}={value}"));
    }
    Some(pairs.join(","))
}

fn document(map: &SortedMap<String, String>) -> String {
    let members = map
        .iter()
        .map(|(name, value)| (name.as_str(), Member::Text(value)));
    shell_word(&json::compact(&Member::Map(members.collect())))
}
