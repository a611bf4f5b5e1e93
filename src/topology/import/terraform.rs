//! Queues in Terraform's JSON: a state or a plan as `terraform show -json` prints them, and configurations in
//! `.tf.json` files.

use super::expression::{Evaluator, Scope};
use super::{Draft, Found, attribute_text};
use crate::json::Json;
use crate::topology::Topology;
use crate::topology::attributes::{Row, TABLE};

const QUEUE: &str = "aws_sqs_queue";
/// Resources that set one attribute of a queue, with the argument that has it.
const PARTS: [(&str, &str); 3] = [
    ("aws_sqs_queue_policy", "policy"),
    ("aws_sqs_queue_redrive_policy", "redrive_policy"),
    ("aws_sqs_queue_redrive_allow_policy", "redrive_allow_policy"),
];
/// Arguments and attributes that make nothing of a queue that we have.
const PASSED_OVER: [&str; 17] = [
    "arn",
    "id",
    "url",
    "tags_all",
    "name",
    "name_prefix",
    "region",
    "timeouts",
    "depends_on",
    "lifecycle",
    "provider",
    "count",
    "for_each",
    "tags",
    "dynamic",
    "provisioner",
    "connection",
];
/// How deep modules may lie in each other.
const MODULES_DEPTH_MAX: usize = 20;

/// A resource, wherever it was found.
struct Resource<'a> {
    address: String,
    kind: &'a str,
    label: &'a str,
    arguments: &'a [(String, Json)],
}

/// Reads a state or a plan.
pub(super) fn read_state(document: &Json, found: &mut Found<'_>) {
    let mut resources = Vec::new();
    for values in ["planned_values", "values"] {
        let root = document
            .get(values)
            .and_then(|values| values.get("root_module"));
        if let Some(root) = root {
            collect_module(root, MODULES_DEPTH_MAX, &mut resources);
            break;
        }
    }
    let is_queue = |resource: &&Resource<'_>| resource.kind == QUEUE;
    for resource in resources.iter().filter(is_queue).take(super::QUEUES_MAX) {
        for name in unknown_arguments(document, &resource.address) {
            let place = format!("{}.{name}", resource.address);
            found.note(
                place,
                "The plan does not know this yet, so it is left out; the state has it once the plan is applied.",
            );
        }
    }
    read_resources(&resources, &Evaluator::new(&Nothing), found);
}

/// The arguments that matter and are known only after a plan is applied.
fn unknown_arguments(document: &Json, address: &str) -> Vec<&'static str> {
    let Some(Json::List(changes)) = document.get("resource_changes") else {
        return Vec::new();
    };
    let is_it = |change: &&Json| change.get("address").and_then(Json::as_text) == Some(address);
    let change = changes
        .iter()
        .find(is_it)
        .and_then(|change| change.get("change"));
    let unknown = change.and_then(|change| change.get("after_unknown"));
    let is_unknown =
        |name: &str| unknown.and_then(|unknown| unknown.get(name)) == Some(&Json::Flag(true));
    let names = TABLE.iter().map(|row| row.terraform);
    names.filter(|name| is_unknown(name)).collect()
}

fn collect_module<'a>(module: &'a Json, depth: usize, resources: &mut Vec<Resource<'a>>) {
    let list = |name: &str| match module.get(name) {
        Some(Json::List(values)) => &values[..],
        _ => &[],
    };
    for resource in list("resources") {
        let text = |name: &str| {
            resource
                .get(name)
                .and_then(Json::as_text)
                .unwrap_or_default()
        };
        if text("mode") != "data" {
            resources.push(Resource {
                address: text("address").to_owned(),
                kind: text("type"),
                label: text("name"),
                arguments: resource
                    .get("values")
                    .and_then(Json::members)
                    .unwrap_or_default(),
            });
        }
    }
    if depth > 0 {
        for child in list("child_modules") {
            collect_module(child, depth - 1, resources);
        }
    }
}

/// Reads a configuration.
pub(super) fn read_configuration(document: &Json, found: &mut Found<'_>) {
    let mut resources = Vec::new();
    for kinds in blocks(document.get("resource")) {
        for (kind, labelled) in kinds {
            for labels in blocks(Some(labelled)) {
                for (label, body) in labels {
                    for arguments in blocks(Some(body)) {
                        resources.push(Resource {
                            address: format!("{kind}.{label}"),
                            kind,
                            label,
                            arguments,
                        });
                    }
                }
            }
        }
    }
    if document.get("module").is_some() {
        found.note("module", "Modules are not read; their queues are left out.");
    }
    let mut scope = Configuration {
        document,
        home: found.home,
        queues: Vec::new(),
    };
    let queues = resources.iter().filter(|resource| resource.kind == QUEUE);
    for resource in queues.take(super::QUEUES_MAX) {
        let name =
            name_of(resource, &Evaluator::new(&scope)).unwrap_or_else(|_| default_name(resource));
        scope.queues.push((resource.label, name));
    }
    read_resources(&resources, &Evaluator::new(&scope), found);
}

/// Objects that stand alone or in a list.
fn blocks(json: Option<&Json>) -> Vec<&[(String, Json)]> {
    match json {
        Some(Json::Object(members)) => vec![members],
        Some(Json::List(values)) => values.iter().filter_map(Json::members).collect(),
        _ => Vec::new(),
    }
}

/// What the templates in a configuration can refer to.
struct Configuration<'a> {
    document: &'a Json,
    home: &'a Topology,
    /// The queues' labels and names.
    queues: Vec<(&'a str, String)>,
}

impl Scope for Configuration<'_> {
    fn reference(&self, path: &[String]) -> Option<Json> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let of_blocks = |block: &str, name: &str| {
            let blocks = blocks(self.document.get(block));
            let named = blocks
                .into_iter()
                .flatten()
                .find(|(other, _)| other == name);
            named.map(|(_, value)| value.clone())
        };
        match path[..] {
            [QUEUE, label, attribute] => {
                let (_, name) = self.queues.iter().find(|(other, _)| *other == label)?;
                let text = match attribute {
                    "arn" => self.home.arn(name),
                    "id" | "url" => self.home.config.queue_url(name),
                    "name" => name.clone(),
                    _ => return None,
                };
                Some(Json::Text(text))
            }
            ["var", name] => {
                let variable = of_blocks("variable", name)?;
                blocks(Some(&variable))
                    .into_iter()
                    .flatten()
                    .find_map(|(member, value)| (member == "default").then(|| value.clone()))
            }
            ["local", name] => of_blocks("locals", name),
            _ => None,
        }
    }
}

/// What a state can refer to: all of it is told already.
struct Nothing;

impl Scope for Nothing {
    fn reference(&self, _path: &[String]) -> Option<Json> {
        None
    }

    fn has_templates(&self) -> bool {
        false
    }
}

fn read_resources(resources: &[Resource<'_>], evaluator: &Evaluator<'_>, found: &mut Found<'_>) {
    for resource in resources {
        if resource.kind == QUEUE {
            let draft = queue(resource, evaluator, found);
            found.add(draft);
        } else if PARTS.iter().all(|(kind, _)| *kind != resource.kind) {
            let message = format!("{} is not a queue, and is left out.", resource.kind);
            found.note(&*resource.address, message);
        }
    }
    for resource in resources {
        let part = PARTS.iter().find(|(kind, _)| *kind == resource.kind);
        let row = part.and_then(|(_, name)| TABLE.iter().find(|row| row.terraform == *name));
        if let Some(row) = row {
            set_part(resource, row, evaluator, found);
        }
    }
}

fn argument<'a>(resource: &Resource<'a>, name: &str) -> Option<&'a Json> {
    let mut arguments = resource.arguments.iter();
    arguments
        .find(|(other, _)| other == name)
        .map(|(_, value)| value)
}

/// The queue's name.
///
/// # Errors
/// Why it is not known.
fn name_of(resource: &Resource<'_>, evaluator: &Evaluator<'_>) -> Result<String, String> {
    match argument(resource, "name").map(|name| evaluator.evaluate(name)) {
        Some(Ok(Json::Text(name))) if (1..=80).contains(&name.len()) => Ok(name),
        Some(Err(why)) => Err(why),
        None | Some(Ok(Json::Null)) => Err("The queue has no name.".into()),
        Some(Ok(_)) => Err("The name is no text of 1 to 80 characters.".into()),
    }
}

fn default_name(resource: &Resource<'_>) -> String {
    let is_fifo = argument(resource, "fifo_queue") == Some(&Json::Flag(true));
    let label: String = resource.label.chars().take(75).collect();
    format!("{label}{}", if is_fifo { ".fifo" } else { "" })
}

fn queue(resource: &Resource<'_>, evaluator: &Evaluator<'_>, found: &mut Found<'_>) -> Draft {
    let place = &resource.address;
    let name = name_of(resource, evaluator).unwrap_or_else(|why| {
        let name = default_name(resource);
        found.note(
            format!("{place}.name"),
            format!("{why} It is called {name}."),
        );
        name
    });
    let mut draft = Draft {
        place: place.clone(),
        name,
        ..Draft::default()
    };
    for (name, value) in resource.arguments {
        let place = format!("{place}.{name}");
        if ["count", "for_each"].contains(&name.as_str()) {
            found.note(&*place, "This is not evaluated: there is one queue.");
        }
        let row = TABLE.iter().find(|row| row.terraform == name);
        if row.is_none() && name != "tags" {
            if !PASSED_OVER.contains(&name.as_str()) {
                found.note(place, "This argument is unknown, and is left out.");
            }
            continue;
        }
        let value = match evaluator.evaluate(value) {
            // Providers write what is not set as nothing or as an empty text.
            Ok(Json::Null) => continue,
            Ok(Json::Text(text)) if text.is_empty() => continue,
            Ok(value) => value,
            Err(why) => {
                found.note(place, format!("{why} It is left out."));
                continue;
            }
        };
        let Some(row) = row else {
            tags(&place, value, &mut draft, found);
            continue;
        };
        match attribute_text(row.kind, value) {
            Some(text) if text == "false" && is_of_fifo(row) => {}
            Some(text) => {
                draft.attributes.insert(row.name.as_str().to_owned(), text);
            }
            None => found.note(place, "This has the wrong type, and is left out."),
        }
    }
    draft
}

/// Whether `false` is what a standard queue has, and cannot be told.
fn is_of_fifo(row: &Row) -> bool {
    ["fifo_queue", "content_based_deduplication"].contains(&row.terraform)
}

fn tags(place: &str, value: Json, draft: &mut Draft, found: &mut Found<'_>) {
    let Json::Object(tags) = value else {
        return found.note(place, "Tags are an object; they are left out.");
    };
    for (key, value) in tags {
        match value {
            Json::Text(text) | Json::Number(text) => {
                draft.tags.insert(key, text);
            }
            Json::Null | Json::Flag(_) | Json::List(_) | Json::Object(_) => {
                found.note(place, "A tag that is no text is left out.");
            }
        }
    }
}

fn set_part(resource: &Resource<'_>, row: &Row, evaluator: &Evaluator<'_>, found: &mut Found<'_>) {
    let place = resource.address.clone();
    let evaluated = |name: &str| argument(resource, name).map(|value| evaluator.evaluate(value));
    let document = match evaluated(row.terraform) {
        Some(Ok(value)) => attribute_text(row.kind, value),
        Some(Err(why)) => return found.note(place, format!("{why} It is left out.")),
        None => None,
    };
    let Some(document) = document else {
        return found.note(place, format!("There is no {}.", row.terraform));
    };
    let url = match evaluated("queue_url") {
        Some(Ok(Json::Text(url))) => url,
        _ => String::new(),
    };
    let name = url.rsplit('/').next().unwrap_or_default();
    if !found.set(name, row.name.as_str(), document) {
        found.note(place, "Its queue is not among those that are read.");
    }
}
