//! Calls as statements. Queues are named by variables, because only the service knows their URLs and ARNs.

use super::code::{Code, is_random, template};
use super::files::Program;
use crate::json::{self, AsMember as _, Json};
use crate::sim::SortedMap;
use crate::sqs::Config;
use crate::sqs::api::Request;
use crate::topology::labels::{Style, distinct, label};
use crate::topology::value::{name_in_arn, without_twins};

/// What a program knows of queues so far.
pub(super) struct Calls<'a> {
    config: &'a Config,
    /// The variables' names without their ends, by the queues' names.
    labels: SortedMap<String, String>,
    /// Queues that are there for sure.
    created: SortedMap<String, ()>,
    urls: SortedMap<String, ()>,
    arns: SortedMap<String, ()>,
}

/// How a step is repeated: the variable that counts from 1, or the one number that it has.
pub(super) type Number<'a> = Option<&'a str>;

impl<'a> Calls<'a> {
    /// For these calls, where some queues are there.
    pub(super) fn new<'r>(
        config: &'a Config,
        created: &SortedMap<String, ()>,
        requests: impl Iterator<Item = &'r Request>,
    ) -> Self {
        let mut names: Vec<String> = created.keys().cloned().collect();
        for request in requests {
            names.extend(request.queue_named().map(|queue| name_of(queue).to_owned()));
        }
        names.sort_unstable();
        names.dedup();
        let labels = distinct(
            names.iter().map(String::as_str),
            |name| label(name, Style::Snake),
            Style::Snake,
        );
        Self {
            config,
            labels: names.into_iter().zip(labels).collect(),
            created: created.clone(),
            urls: SortedMap::new(),
            arns: SortedMap::new(),
        }
    }

    /// Has the program say how many queues it has made.
    pub(super) fn tell_queues(&self, program: &mut Program) {
        let made = match self.created.len() {
            1 => "1 queue is there".to_owned(),
            count => format!("{count} queues are there"),
        };
        program.line(0, &format!("print(\"{made}\")"));
    }

    /// The queues that are there in the end.
    pub(super) fn created(self) -> SortedMap<String, ()> {
        self.created
    }

    /// The lines that make a call, and before them those that find out what it needs.
    pub(super) fn statement(
        &mut self,
        request: &Request,
        n: Number<'_>,
        program: &mut Program,
    ) -> String {
        let mut lines = self.prepare(request);
        let call = self.call(request, n, program);
        let name = request
            .queue_named()
            .map(name_of)
            .unwrap_or_default()
            .to_owned();
        let variable = self.labels.get(&name).cloned().unwrap_or_default();
        if let Request::CreateQueue(_) | Request::GetQueueUrl(_) = request {
            self.created.insert(name.clone(), ());
            self.urls.insert(name, ());
            let before = format!("{variable}_url = ");
            let call = call.print(0, before.len() + 12);
            lines.push_str(&format!("{before}{call}[\"QueueUrl\"]"));
        } else if let Some(shown) = shown(request) {
            let call = call.print(0, "response = ".len());
            lines.push_str(&format!("response = {call}\nprint({shown})"));
        } else {
            lines.push_str(&call.print(0, 0));
        }
        lines
    }

    /// The lines that find out the URLs and ARNs that a call needs.
    pub(super) fn prepare(&mut self, request: &Request) -> String {
        let mut lines = String::new();
        if let Some(queue) = request.queue_reference() {
            self.find_url(name_of(queue), &mut lines);
        }
        let mut arns = Vec::new();
        let members = request.shape().members();
        let texts = members.map(|(_, member)| json::compact(&member));
        for text in texts {
            if let Ok(json) = json::parse(&text) {
                self.collect_arns(&json, &mut arns);
            }
        }
        for name in arns {
            if self.arns.insert(name.clone(), ()).is_none() {
                self.find_url(&name, &mut lines);
                let variable = self.labels.get(&name).cloned().unwrap_or_default();
                lines.push_str(&format!(
                    "{variable}_arn = sqs.get_queue_attributes(\n    QueueUrl={variable}_url, \
                     AttributeNames=[\"QueueArn\"]\n)[\"Attributes\"][\"QueueArn\"]\n"
                ));
            }
        }
        lines
    }

    fn find_url(&mut self, name: &str, lines: &mut String) {
        if self.urls.insert(name.to_owned(), ()).is_none() {
            let variable = self.labels.get(name).cloned().unwrap_or_default();
            let call = Code::Call(
                "sqs.get_queue_url".into(),
                vec![("QueueName".into(), Code::text(name))],
            );
            lines.push_str(&format!(
                "{variable}_url = {}[\"QueueUrl\"]\n",
                call.print(0, 0)
            ));
        }
    }

    /// The queues that are there and whose ARNs are in it, or in JSON that is a text in it.
    fn collect_arns(&self, json: &Json, names: &mut Vec<String>) {
        match json {
            Json::Text(text) => {
                if let Some(name) = self.queue_of_arn(text) {
                    names.push(name.to_owned());
                } else if text.starts_with('{')
                    && let Ok(json) = json::parse(text)
                {
                    self.collect_arns(&json, names);
                }
            }
            Json::List(values) => values
                .iter()
                .for_each(|json| self.collect_arns(json, names)),
            Json::Object(members) => members
                .iter()
                .for_each(|(_, json)| self.collect_arns(json, names)),
            Json::Null | Json::Flag(_) | Json::Number(_) => {}
        }
    }

    fn queue_of_arn<'t>(&self, text: &'t str) -> Option<&'t str> {
        let name = name_in_arn(text)?;
        let is_there = self.created.contains_key(name);
        (is_there && self.config.queue_arn(name) == text).then_some(name)
    }

    /// The call itself.
    pub(super) fn call(&self, request: &Request, n: Number<'_>, program: &mut Program) -> Code {
        let is_send = matches!(request, Request::SendMessage(_));
        let members = request.shape().members();
        let mut needs_json = false;
        let mut arguments = Vec::new();
        for (name, member) in members {
            if matches!(member, json::Member::Absent) {
                continue;
            }
            let is_filled =
                ["MessageBody", "MessageGroupId", "MessageDeduplicationId"].contains(&name);
            let is_document = ["Policy", "RedrivePolicy", "RedriveAllowPolicy"];
            let spell = |of: &str, text: &str| {
                if of == "QueueUrl" {
                    let variable = self.labels.get(name_of(text))?;
                    return Some(Code::Plain(format!("{variable}_url")));
                }
                if let (true, true, Some(n)) = (is_send, is_filled && of == name, n) {
                    return Some(template(text, n));
                }
                if is_document.contains(&of) && name == "Attributes" {
                    return self.document(text);
                }
                self.arn(text)
            };
            let code = Code::of_member(name, &member, &spell);
            needs_json = needs_json || code_uses_json(&code);
            arguments.push((name.to_owned(), code));
            if let (true, true, json::Member::Text(text)) = (is_send, is_filled, &member)
                && is_random(text)
            {
                program.import("random");
            }
        }
        if needs_json {
            program.import("json");
        }
        Code::Call(format!("sqs.{}", method(request)), arguments)
    }

    fn arn(&self, text: &str) -> Option<Code> {
        let name = self.queue_of_arn(text)?;
        let variable = self.labels.get(name)?;
        Some(Code::Plain(format!("{variable}_arn")))
    }

    /// JSON in a text as code that makes it, if it is an object.
    fn document(&self, text: &str) -> Option<Code> {
        let Ok(json @ Json::Object(_)) = json::parse(text) else {
            return None;
        };
        let spell = |_: &str, text: &str| Some(self.arn(text).unwrap_or_else(|| Code::text(text)));
        let value = Code::of_member("", &without_twins(json).member(), &spell);
        Some(Code::Call(
            "json.dumps".into(),
            vec![(String::new(), value)],
        ))
    }
}

fn code_uses_json(code: &Code) -> bool {
    match code {
        Code::Plain(_) => false,
        Code::List(values) => values.iter().any(code_uses_json),
        Code::Map(members) => members.iter().any(|(_, value)| code_uses_json(value)),
        Code::Call(function, _) => function.starts_with("json."),
    }
}

/// The method of the client.
fn method(request: &Request) -> String {
    let call = crate::cli::boto3_call(request);
    let name = call.strip_prefix("sqs.").unwrap_or_default();
    name.split('(').next().unwrap_or_default().to_owned()
}

/// The queue's name in what a request names it by.
pub(super) fn name_of(url_or_name: &str) -> &str {
    url_or_name.rsplit('/').next().unwrap_or_default()
}

/// What of the answer is worth a look, as code.
fn shown(request: &Request) -> Option<String> {
    let name = match request.action() {
        "SendMessage" => return Some("f\"sent {response['MessageId']}\"".into()),
        "GetQueueAttributes" => "Attributes",
        "ListDeadLetterSourceQueues" => "queueUrls",
        "ListMessageMoveTasks" => "Results",
        "ListQueueTags" => "Tags",
        "ListQueues" => "QueueUrls",
        "ReceiveMessage" => "Messages",
        "StartMessageMoveTask" => "TaskHandle",
        _ => return None,
    };
    Some(format!("response.get(\"{name}\")"))
}
