//! The way to AWS and back: the queues of a world as infrastructure code, its actors as scripts, and queues read
//! from what people have.
//!
//! All of it is text in and text out. It changes no world: what it reads becomes calls that whoever has a world can
//! make. It must never know where the text comes from or goes.

mod attributes;
mod cloudformation;
mod import;
mod labels;
mod python;
mod shell;
mod terraform;
mod value;
mod yaml;

pub use cloudformation::{cloudformation_json, cloudformation_yaml};
pub use import::{Import, ImportError, Note, import};
pub use python::{SET_UP, SourceFile, TOGETHER, boto3_code, scripts_of, side_by_side};
pub use shell::aws_cli_script;
pub use terraform::{terraform, terraform_json};

use crate::json::{self, Json};
use crate::sim::SortedMap;
use crate::sqs::api::{CreateQueueRequest, Request, SetQueueAttributesRequest};
use crate::sqs::{AttributeName, Config, Service};
use crate::world::World;
use value::without_twins;

/// The queues of an account in a region, in the order of their names: all that outlives their messages.
///
/// It is always one that the service accepts, because it comes from a service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Topology {
    config: Config,
    queues: Vec<QueueSpec>,
}

/// What a queue is made from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct QueueSpec {
    name: String,
    attributes: SortedMap<String, String>,
    tags: SortedMap<String, String>,
}

/// A call that makes part of a topology.
enum Step {
    Create(CreateQueueRequest),
    Set(SetQueueAttributesRequest),
}

impl QueueSpec {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The attributes that differ from those of a new queue, as `CreateQueue` takes them.
    pub fn attributes(&self) -> &SortedMap<String, String> {
        &self.attributes
    }

    /// Its tags.
    pub fn tags(&self) -> &SortedMap<String, String> {
        &self.tags
    }

    fn attribute(&self, name: AttributeName) -> Option<&str> {
        self.attributes.get(name.as_str()).map(String::as_str)
    }
}

impl Topology {
    /// No queues, in this account and region.
    pub fn new(account: &str, region: &str) -> Self {
        Self {
            config: Config::new(account, region, 0),
            queues: Vec::new(),
        }
    }

    /// The queues of a world as they are now.
    pub fn of_world(world: &World) -> Self {
        Self::of_service(world.service())
    }

    /// The queues of a service as they are now. A redrive policy whose dead-letter queue is gone leads nowhere, and is
    /// left out.
    pub fn of_service(service: &Service) -> Self {
        let config = service.config();
        let mut queues: Vec<QueueSpec> = service
            .queues()
            .map(|queue| {
                let mut attributes = attributes::changed(queue);
                if queue.dead_letter_queue().is_none() {
                    attributes.remove(AttributeName::RedrivePolicy.as_str());
                }
                if let Some(policy) = attributes.get_mut(AttributeName::Policy.as_str()) {
                    *policy = in_one_form(policy);
                }
                QueueSpec {
                    name: queue.name().to_string(),
                    attributes,
                    tags: queue.tags().clone(),
                }
            })
            .collect();
        queues.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            queues,
            ..Self::new(&config.account, &config.region)
        }
    }

    /// The queues, in the order of their names.
    pub fn queues(&self) -> &[QueueSpec] {
        &self.queues
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.config.region
    }

    /// The calls that make these queues, in an order in which each succeeds: a dead-letter queue comes before its
    /// sources, and what names a queue that is not there yet is set afterwards.
    pub fn calls(&self) -> Vec<Request> {
        let call = |step| match step {
            Step::Create(request) => Request::from(request),
            Step::Set(request) => Request::from(request),
        };
        self.steps().into_iter().map(call).collect()
    }

    fn steps(&self) -> Vec<Step> {
        let mut created = vec![false; self.queues.len()];
        let mut steps = Vec::new();
        // What leads to a queue is set before what keeps others from leading there.
        let mut later = [Vec::new(), Vec::new()];
        for index in self.order() {
            let queue = &self.queues[index];
            let mut attributes = SortedMap::new();
            let mut postponed = [SortedMap::new(), SortedMap::new()];
            for (name, value) in queue.attributes.iter() {
                let is_early = self.named_in(value).iter().all(|named| created[*named])
                    && !self.shuts_out(index, name);
                let is_redrive = name == AttributeName::RedrivePolicy.as_str();
                let place = match (is_early, is_redrive) {
                    (true, _) => &mut attributes,
                    (false, true) => &mut postponed[0],
                    (false, false) => &mut postponed[1],
                };
                place.insert(name.clone(), value.clone());
            }
            created[index] = true;
            steps.push(Step::Create(CreateQueueRequest {
                queue_name: Some(queue.name.clone()),
                attributes,
                tags: queue.tags.clone(),
            }));
            for (later, attributes) in later.iter_mut().zip(postponed) {
                if !attributes.is_empty() {
                    later.push(Step::Set(SetQueueAttributesRequest {
                        queue_url: Some(queue.name.clone()),
                        attributes,
                    }));
                }
            }
        }
        steps.extend(later.into_iter().flatten());
        steps
    }

    /// The queues, each after its dead-letter queue where no ring forbids that.
    fn order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut is_placed = vec![false; self.queues.len()];
        for first in 0..self.queues.len() {
            let mut chain = Vec::new();
            let mut next = Some(first);
            while let Some(index) = next
                && !is_placed[index]
            {
                is_placed[index] = true;
                chain.push(index);
                next = self.dead_letter_queue(index);
            }
            order.extend(chain.into_iter().rev());
        }
        order
    }

    /// The queues whose redrive policies close a ring, so that no order of creation suits them.
    fn ring_closers(&self) -> Vec<usize> {
        let order = self.order();
        let place = |queue: usize| order.iter().position(|other| *other == queue);
        let closes = |queue: &usize| {
            let target = self.dead_letter_queue(*queue);
            target.is_some_and(|target| place(target) >= place(*queue))
        };
        (0..self.queues.len()).filter(closes).collect()
    }

    fn dead_letter_queue(&self, index: usize) -> Option<usize> {
        let text = self.queues[index].attribute(AttributeName::RedrivePolicy)?;
        let policy = json::parse(text).ok()?;
        self.queue_of_arn(policy.get("deadLetterTargetArn")?.as_text()?)
    }

    /// Whether this attribute of a queue keeps out a queue whose dead letters come here.
    fn shuts_out(&self, index: usize, attribute: &str) -> bool {
        attribute == AttributeName::RedriveAllowPolicy.as_str()
            && self.queues[index]
                .attributes
                .get(attribute)
                .is_some_and(|text| {
                    let named = self.named_in(text);
                    let allows_all = text.contains("\"allowAll\"");
                    let sources = (0..self.queues.len())
                        .filter(|source| self.dead_letter_queue(*source) == Some(index));
                    !allows_all && sources.into_iter().any(|source| !named.contains(&source))
                })
    }

    /// The queue that this is the ARN of.
    fn queue_of_arn(&self, text: &str) -> Option<usize> {
        let index = self.queue_of_name(value::name_in_arn(text)?)?;
        (self.arn(&self.queues[index].name) == text).then_some(index)
    }

    fn arn(&self, name: &str) -> String {
        self.config.queue_arn(name)
    }

    fn queue_of_name(&self, name: &str) -> Option<usize> {
        let found = self
            .queues
            .binary_search_by(|queue| queue.name.as_str().cmp(name));
        found.ok()
    }

    /// The queues whose ARNs are texts in this JSON.
    fn named_in(&self, text: &str) -> Vec<usize> {
        let mut named = Vec::new();
        if let Ok(json) = json::parse(text) {
            self.collect_named(&json, &mut named);
        }
        named
    }

    fn collect_named(&self, json: &Json, named: &mut Vec<usize>) {
        match json {
            Json::Text(text) => named.extend(self.queue_of_arn(text)),
            Json::List(values) => values
                .iter()
                .for_each(|json| self.collect_named(json, named)),
            Json::Object(members) => {
                members
                    .iter()
                    .for_each(|(_, json)| self.collect_named(json, named));
            }
            Json::Null | Json::Flag(_) | Json::Number(_) => {}
        }
    }
}

/// JSON as it reads after any reader and writer had it.
fn in_one_form(text: &str) -> String {
    use crate::json::AsMember as _;
    match json::parse(text) {
        Ok(json) => json::compact(&without_twins(json).member()),
        Err(_) => text.to_owned(),
    }
}
