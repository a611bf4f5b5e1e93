//! A topology as a CloudFormation template.

use super::Topology;
use super::attributes::TABLE;
use super::labels::{Style, labels};
use super::value::Value;
use super::yaml;
use crate::json::{self, AsMember as _, Json};
use crate::sqs::AttributeName;

/// The queues as a CloudFormation template in JSON.
pub fn cloudformation_json(topology: &Topology) -> String {
    let mut text = json::pretty(&template(topology).member());
    text.push('\n');
    text
}

/// The queues as a CloudFormation template in YAML.
pub fn cloudformation_yaml(topology: &Topology) -> String {
    yaml::print(&template(topology))
}

fn template(topology: &Topology) -> Json {
    let writer = Writer {
        topology,
        labels: labels(topology, Style::Pascal),
        closers: topology.ring_closers(),
    };
    let mut resources = Vec::new();
    let mut policies = Vec::new();
    for (index, label) in writer.labels.iter().enumerate() {
        let policy = writer.policy(index);
        resources.push((label.clone(), writer.queue(index)));
        policies.extend(policy.map(|policy| (label, policy)));
    }
    for (label, policy) in policies {
        let mut name = format!("{label}Policy");
        while resources.iter().any(|(other, _)| *other == name) {
            name.push_str("Document");
        }
        resources.push((name, policy));
    }
    let mut template = vec![("AWSTemplateFormatVersion".into(), text("2010-09-09"))];
    template.push(("Description".into(), text(&writer.description())));
    template.push(("Resources".into(), Json::Object(resources)));
    Json::Object(template)
}

struct Writer<'a> {
    topology: &'a Topology,
    /// By the queues' indexes.
    labels: Vec<String>,
    closers: Vec<usize>,
}

impl Writer<'_> {
    fn description(&self) -> String {
        let mut description = "Queues of Amazon SQS, from the SQS Playground.".to_owned();
        if let Some(first) = self.closers.first() {
            description
                .push_str(" Redrive policies form a ring: create the stack without the one of ");
            description.push_str(&self.labels[*first]);
            description.push_str(" first, then update it.");
        }
        description
    }

    fn queue(&self, index: usize) -> Json {
        let queue = &self.topology.queues[index];
        let mut properties = vec![("QueueName".to_owned(), text(&queue.name))];
        for row in &TABLE {
            if row.name == AttributeName::Policy {
                continue;
            }
            let Some(value) = Value::of_attribute(row, queue, self.topology) else {
                continue;
            };
            let is_ring = self.closers.contains(&index);
            // The sources of dead letters depend on their queue, so that must not depend on them.
            let is_backward = row.name == AttributeName::RedriveAllowPolicy
                || (is_ring && row.name == AttributeName::RedrivePolicy);
            let arn = if is_backward {
                Arn::Built
            } else {
                Arn::Attribute
            };
            properties.push((row.name.as_str().to_owned(), self.json(value, arn)));
        }
        if !queue.tags.is_empty() {
            let tag = |(key, value): (&String, &String)| {
                Json::Object(vec![
                    ("Key".into(), text(key)),
                    ("Value".into(), text(value)),
                ])
            };
            let tags = queue.tags.iter().map(tag).collect();
            properties.push(("Tags".into(), Json::List(tags)));
        }
        resource("AWS::SQS::Queue", properties)
    }

    fn policy(&self, index: usize) -> Option<Json> {
        let row = TABLE.iter().find(|row| row.name == AttributeName::Policy)?;
        let queue = &self.topology.queues[index];
        let policy = Value::of_attribute(row, queue, self.topology)?;
        let reference = vec![("Ref".into(), text(&self.labels[index]))];
        let properties = vec![
            ("Queues".into(), Json::List(vec![Json::Object(reference)])),
            ("PolicyDocument".into(), self.json(policy, Arn::Attribute)),
        ];
        Some(resource("AWS::SQS::QueuePolicy", properties))
    }

    fn json(&self, value: Value, arn: Arn) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Flag(flag) => Json::Flag(flag),
            Value::Number(digits) => Json::Number(digits),
            Value::Text(text) => Json::Text(text),
            Value::Arn(index) => self.arn(index, arn),
            Value::List(values) => {
                let values = values.into_iter();
                Json::List(values.map(|value| self.json(value, arn)).collect())
            }
            Value::Map(members) => {
                let members = members.into_iter();
                let named = |(name, value)| (name, self.json(value, arn));
                Json::Object(members.map(named).collect())
            }
        }
    }

    fn arn(&self, index: usize, arn: Arn) -> Json {
        let (function, value) = match arn {
            Arn::Attribute => {
                let parts = vec![text(&self.labels[index]), text("Arn")];
                ("Fn::GetAtt", Json::List(parts))
            }
            Arn::Built => {
                let name = &self.topology.queues[index].name;
                let here = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}";
                ("Fn::Sub", Json::Text(format!("{here}:{name}")))
            }
        };
        Json::Object(vec![(function.into(), value)])
    }
}

/// How to name the ARN of a queue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Arn {
    /// As an attribute of the queue, which must be made before.
    Attribute,
    /// By its parts, be the queue there or not.
    Built,
}

fn resource(kind: &str, properties: Vec<(String, Json)>) -> Json {
    Json::Object(vec![
        ("Type".into(), text(kind)),
        ("Properties".into(), Json::Object(properties)),
    ])
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}
