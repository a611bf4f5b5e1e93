//! Queues in a CloudFormation template.

use super::functions::{Budget, Scope, evaluate};
use super::{Draft, Found, attribute_text};
use crate::json::Json;
use crate::sqs::AttributeName;
use crate::topology::Topology;
use crate::topology::attributes::{Kind, TABLE};

const QUEUE: &str = "AWS::SQS::Queue";
const POLICY: &str = "AWS::SQS::QueuePolicy";
const INLINE_POLICY: &str = "AWS::SQS::QueueInlinePolicy";

/// Reads a template.
pub(super) fn read(template: &Json, found: &mut Found<'_>) {
    let resources = template
        .get("Resources")
        .and_then(Json::members)
        .unwrap_or_default();
    let mut names = Names {
        template,
        home: found.home,
        queues: Vec::new(),
        budget: Budget::default(),
    };
    let kind_of = |resource: &Json| {
        resource
            .get("Type")
            .and_then(Json::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    for (label, resource) in resources {
        let place = format!("Resources.{label}");
        match kind_of(resource).as_str() {
            QUEUE if names.queues.len() < super::QUEUES_MAX => {
                let name = queue_name(&place, label, resource, &names, found);
                names.queues.push((label.clone(), name));
            }
            QUEUE => found.note(place, "There are too many queues; this one is left out."),
            POLICY | INLINE_POLICY => {}
            "" => found.note(place, "This has no type, and is left out."),
            kind => found.note(place, format!("{kind} is not a queue, and is left out.")),
        }
    }
    for (label, resource) in resources {
        let Some((_, name)) = names.queues.iter().find(|(queue, _)| queue == label) else {
            continue;
        };
        let place = format!("Resources.{label}");
        if resource.get("Condition").is_some() {
            found.note(
                &*place,
                "Conditions are not evaluated; the queue is made in any case.",
            );
        }
        let draft = queue(place, name.clone(), resource, &names, found);
        found.add(draft);
    }
    for (label, resource) in resources {
        let kind = kind_of(resource);
        if kind == POLICY || kind == INLINE_POLICY {
            policy(&format!("Resources.{label}"), resource, &names, found);
        }
    }
}

/// What the functions of this template can refer to.
struct Names<'a> {
    template: &'a Json,
    home: &'a Topology,
    /// The queues' logical ids and names.
    queues: Vec<(String, String)>,
    budget: Budget,
}

impl Names<'_> {
    fn queue(&self, label: &str) -> Option<&str> {
        let mut queues = self.queues.iter();
        queues
            .find(|(queue, _)| queue == label)
            .map(|(_, name)| name.as_str())
    }
}

impl Scope for Names<'_> {
    fn reference(&self, name: &str) -> Option<Json> {
        let config = &self.home.config;
        let text = match name {
            "AWS::Region" => config.region.clone(),
            "AWS::AccountId" => config.account.clone(),
            "AWS::Partition" => config.queue_arn("").split(':').nth(1)?.to_owned(),
            "AWS::StackName" => "stack".to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            _ => match self.queue(name) {
                Some(name) => config.queue_url(name),
                None => {
                    let parameter = self.template.get("Parameters")?.get(name)?;
                    return parameter
                        .get("Default")
                        .filter(|value| is_short(value))
                        .cloned();
                }
            },
        };
        Some(Json::Text(text))
    }

    fn attribute(&self, resource: &str, attribute: &str) -> Option<String> {
        let name = self.queue(resource)?;
        match attribute {
            "Arn" => Some(self.home.arn(name)),
            "QueueName" => Some(name.to_owned()),
            "QueueUrl" => Some(self.home.config.queue_url(name)),
            _ => None,
        }
    }

    fn mapped(&self, map: &str, top: &str, second: &str) -> Option<Json> {
        let mapping = self.template.get("Mappings")?.get(map)?;
        mapping
            .get(top)?
            .get(second)
            .filter(|value| is_short(value))
            .cloned()
    }

    fn budget(&self) -> &Budget {
        &self.budget
    }
}

/// Whether it is a value that parameters and mappings may have: no more is repeated.
fn is_short(value: &Json) -> bool {
    match value {
        Json::Text(text) | Json::Number(text) => text.len() <= 4096,
        Json::List(values) => values.len() <= 10 && values.iter().all(is_short),
        Json::Flag(_) => true,
        Json::Null | Json::Object(_) => false,
    }
}

/// The queue's name; CloudFormation makes one up where there is none, and we take the logical id.
fn queue_name(
    place: &str,
    label: &str,
    resource: &Json,
    names: &Names<'_>,
    found: &mut Found<'_>,
) -> String {
    let properties = resource.get("Properties");
    let given = properties.and_then(|properties| properties.get("QueueName"));
    let message = match given.map(|name| evaluate(name, names)) {
        Some(Ok(Some(Json::Text(name)))) if name.len() <= 80 => return name,
        Some(Err(why)) => why,
        Some(Ok(Some(_))) => "QueueName is no text of at most 80 characters.".into(),
        None | Some(Ok(None)) => "The queue has no QueueName.".into(),
    };
    let is_fifo = properties.and_then(|properties| properties.get("FifoQueue"));
    let is_fifo = is_fifo
        .is_some_and(|flag| matches!(flag, Json::Flag(true)) || flag.as_text() == Some("true"));
    let name = format!("{label}{}", if is_fifo { ".fifo" } else { "" });
    found.note(
        format!("{place}.QueueName"),
        format!("{message} It is called {name}."),
    );
    name
}

fn queue(
    place: String,
    name: String,
    resource: &Json,
    names: &Names<'_>,
    found: &mut Found<'_>,
) -> Draft {
    let mut draft = Draft {
        place,
        name,
        ..Draft::default()
    };
    let properties = resource
        .get("Properties")
        .and_then(Json::members)
        .unwrap_or_default();
    for (name, value) in properties {
        let place = format!("{}.{name}", draft.place);
        let value = match evaluate(value, names) {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(_) if name == "QueueName" => continue,
            Err(why) => {
                found.note(place, format!("{why} It is left out."));
                continue;
            }
        };
        let mut rows = TABLE.iter().filter(|row| row.name != AttributeName::Policy);
        match (name.as_str(), rows.find(|row| row.name.as_str() == name)) {
            ("QueueName", _) => {}
            ("Tags", _) => tags(&place, value, &mut draft, found),
            (_, Some(row)) => match attribute_text(row.kind, value) {
                // No queue can be told that it is none.
                Some(text) if name == "FifoQueue" && text == "false" => {}
                Some(text) => {
                    draft.attributes.insert(name.clone(), text);
                }
                None => found.note(place, "This has the wrong type, and is left out."),
            },
            (_, None) => found.note(place, "This property is unknown, and is left out."),
        }
    }
    draft
}

fn tags(place: &str, value: Json, draft: &mut Draft, found: &mut Found<'_>) {
    let Json::List(tags) = value else {
        return found.note(place, "Tags are a list; they are left out.");
    };
    for tag in tags {
        let text = |name: &str| match tag.get(name)? {
            Json::Text(text) | Json::Number(text) => Some(text.clone()),
            Json::Flag(flag) => Some(flag.to_string()),
            Json::Null | Json::List(_) | Json::Object(_) => None,
        };
        match (text("Key"), text("Value")) {
            (Some(key), Some(value)) => {
                draft.tags.insert(key, value);
            }
            _ => found.note(
                place,
                "A tag has a Key and a Value; one that has not is left out.",
            ),
        }
    }
}

fn policy(place: &str, resource: &Json, names: &Names<'_>, found: &mut Found<'_>) {
    let property = |name: &str| resource.get("Properties")?.get(name);
    let document = property("PolicyDocument").map(|document| evaluate(document, names));
    let document = match document {
        Some(Ok(Some(document))) => attribute_text(Kind::Document, document),
        Some(Err(why)) => return found.note(place, format!("{why} The policy is left out.")),
        Some(Ok(None)) | None => None,
    };
    let Some(document) = document else {
        return found.note(place, "There is no PolicyDocument.");
    };
    let queues = match (property("Queues"), property("Queue")) {
        (Some(Json::List(queues)), _) => queues.iter().collect(),
        (_, Some(queue)) => vec![queue],
        _ => Vec::new(),
    };
    if queues.is_empty() {
        return found.note(place, "There is no list of Queues.");
    }
    for queue in queues {
        let url = evaluate(queue, names).ok().flatten();
        let name = url
            .as_ref()
            .and_then(Json::as_text)
            .and_then(|url| url.rsplit('/').next());
        if !name.is_some_and(|name| found.set(name, "Policy", document.clone())) {
            found.note(place, "One of its queues is not in this template.");
        }
    }
}
