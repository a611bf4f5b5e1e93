//! From drafts to queues: a service makes them, so that all of SQS's rules hold, in SQS's words.

use super::{Draft, Found, Import, ImportError, NOTES_MAX, Note};
use crate::json::{self, AsMember as _, Json};
use crate::sim::{SortedMap, Time};
use crate::sqs::api::{CallId, Caller, CreateQueueRequest, Request, SetQueueAttributesRequest};
use crate::sqs::{AttributeName, Outbox, Service};
use crate::topology::Topology;
use crate::topology::value::name_in_arn;

/// What may need other queues, in the order in which it is set.
const DOCUMENTS: [AttributeName; 3] = [
    AttributeName::RedrivePolicy,
    AttributeName::RedriveAllowPolicy,
    AttributeName::Policy,
];

/// Makes the queues of the drafts.
pub(super) fn build(mut found: Found<'_>) -> Result<Import, ImportError> {
    let drafts = std::mem::take(&mut found.queues);
    let home = found.home;
    let mut maker = Maker::new(home);
    let mut made: Vec<Draft> = Vec::new();
    for mut draft in drafts {
        if home.queue_of_name(&draft.name).is_some() {
            found.note(
                draft.place,
                format!(
                    "There is a queue {} already; this one is left out.",
                    draft.name
                ),
            );
            continue;
        }
        if made.iter().any(|other| other.name == draft.name) {
            found.note(
                draft.place,
                format!("There are two queues {}; the first counts.", draft.name),
            );
            continue;
        }
        let documents = take_documents(&mut draft.attributes);
        let request = CreateQueueRequest {
            queue_name: Some(draft.name.clone()),
            attributes: draft.attributes.clone(),
            tags: draft.tags.clone(),
        };
        match maker.call(&Request::from(request)) {
            Ok(()) => {
                draft.attributes = documents;
                made.push(draft);
            }
            Err(why) => found.note(draft.place, format!("SQS refuses this queue: {why}")),
        }
    }
    for name in DOCUMENTS.map(AttributeName::as_str) {
        for draft in &made {
            let Some(document) = draft.attributes.get(name) else {
                continue;
            };
            let document = at_home(document, home, &made);
            let attributes = [(name.to_owned(), document)].into_iter().collect();
            let request = SetQueueAttributesRequest {
                queue_url: Some(draft.name.clone()),
                attributes,
            };
            if let Err(why) = maker.call(&Request::from(request)) {
                let place = format!("{}.{name}", draft.place);
                found.note(
                    place,
                    format!("It is left out, because SQS refuses it: {why}"),
                );
            }
        }
    }
    finish(found.notes, maker.topology(&made))
}

fn finish(mut notes: Vec<Note>, topology: Topology) -> Result<Import, ImportError> {
    if notes.len() > NOTES_MAX {
        notes.truncate(NOTES_MAX);
        notes.push(Note {
            place: "…".into(),
            message: "There is more of this kind.".into(),
        });
    }
    if topology.queues.is_empty() {
        return Err(ImportError::NoQueues(notes));
    }
    Ok(Import { topology, notes })
}

fn take_documents(attributes: &mut SortedMap<String, String>) -> SortedMap<String, String> {
    let taken = DOCUMENTS.iter().filter_map(|name| {
        let value = attributes.remove(name.as_str())?;
        Some((name.as_str().to_owned(), value))
    });
    taken.collect()
}

/// A service of its own, that has the queues of the home.
struct Maker {
    service: Service,
    calls: u64,
}

impl Maker {
    fn new(home: &Topology) -> Self {
        let mut maker = Self {
            service: Service::new(&home.config),
            calls: 0,
        };
        for call in home.calls() {
            maker.call(&call).expect("a topology comes from a service");
        }
        maker
    }

    fn call(&mut self, request: &Request) -> Result<(), String> {
        self.calls += 1;
        let mut out = Outbox::default();
        let (call, caller) = (CallId(self.calls), Caller::PERSON);
        self.service
            .call(Time::default(), call, caller, request, &mut out);
        let reply = out.replies.pop().expect("these calls are answered at once");
        reply.result.map(|_| ()).map_err(|error| error.message)
    }

    /// What was made, without the home.
    fn topology(&self, made: &[Draft]) -> Topology {
        let mut topology = Topology::of_service(&self.service);
        topology
            .queues
            .retain(|queue| made.iter().any(|draft| draft.name == queue.name));
        topology
    }
}

/// The document with the ARNs of queues that are made, or are at home, as they are there.
fn at_home(document: &str, home: &Topology, made: &[Draft]) -> String {
    let Ok(json) = json::parse(document) else {
        return document.to_owned();
    };
    let arn = |text: &str| {
        let name = name_in_arn(text)?;
        let is_there =
            home.queue_of_name(name).is_some() || made.iter().any(|draft| draft.name == name);
        is_there.then(|| home.arn(name))
    };
    json::compact(&moved(json, &arn).member())
}

fn moved(json: Json, arn: &dyn Fn(&str) -> Option<String>) -> Json {
    match json {
        Json::Text(text) => Json::Text(arn(&text).unwrap_or(text)),
        Json::List(values) => Json::List(values.into_iter().map(|json| moved(json, arn)).collect()),
        Json::Object(members) => {
            let members = members.into_iter();
            Json::Object(
                members
                    .map(|(name, json)| (name, moved(json, arn)))
                    .collect(),
            )
        }
        Json::Null | Json::Flag(_) | Json::Number(_) => json,
    }
}
