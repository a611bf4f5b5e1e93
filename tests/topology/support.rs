//! Services with queues, given or by chance.

use proptest::collection::vec;
use proptest::prelude::*;
use sqs_playground::json::{self, AsMember as _};
use sqs_playground::sim::{SortedMap, Time};
use sqs_playground::sqs::api::{
    CallId, Caller, CreateQueueRequest, Request, SetQueueAttributesRequest,
};
use sqs_playground::sqs::{Config, Outbox, Service};
use sqs_playground::topology::Topology;

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "eu-west-1";

pub(crate) fn home() -> Topology {
    Topology::new(ACCOUNT, REGION)
}

pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// Makes calls, and returns what became of each.
pub(crate) fn perform(service: &mut Service, requests: &[Request]) -> Vec<Result<(), String>> {
    let call = |(request, number)| {
        let mut out = Outbox::default();
        let call = CallId(number);
        service.call(Time::default(), call, Caller::PERSON, request, &mut out);
        let reply = out.replies.pop().expect("it is answered at once");
        reply.result.map(|_| ()).map_err(|error| error.message)
    };
    requests.iter().zip(1..).map(call).collect()
}

pub(crate) fn service() -> Service {
    Service::new(&Config::new(ACCOUNT, REGION, 1))
}

fn map(pairs: &[(&str, &str)]) -> SortedMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub(crate) fn create(name: &str, attributes: &[(&str, &str)], tags: &[(&str, &str)]) -> Request {
    Request::from(CreateQueueRequest {
        queue_name: Some(name.into()),
        attributes: map(attributes),
        tags: map(tags),
    })
}

/// The topology that these calls make, all of which succeed.
pub(crate) fn topology(requests: &[Request]) -> Topology {
    let mut service = service();
    for (request, result) in requests.iter().zip(perform(&mut service, requests)) {
        assert_eq!(result, Ok(()), "{request:?}");
    }
    Topology::of_service(&service)
}

/// A topology with all that there is: a dead-letter queue that names its sources, a policy, tags, a FIFO queue, a ring,
/// and texts that are hard to quote.
pub(crate) fn rich() -> Topology {
    let mut requests: Vec<Request> = Vec::new();
    let json = json::parse(include_str!("rich.json")).expect("it is JSON");
    json::fill(requests.place(), json).expect("it is a list of calls");
    topology(&requests)
}

const NAMES: [&str; 8] = ["a", "a-b", "a_b", "A-B", "2nd", "---", "orders", "true"];

/// Calls of all kinds. Some make no sense; what succeeds makes the topology.
pub(crate) fn requests() -> impl Strategy<Value = Vec<Request>> {
    let is_fifo = any::<bool>();
    let create = (0..NAMES.len(), is_fifo, attributes(), tags()).prop_map(
        |(name, is_fifo, mut attributes, tags)| {
            if is_fifo {
                attributes.push(("FifoQueue".into(), "true".into()));
            }
            Request::from(CreateQueueRequest {
                queue_name: Some(name_of(name, is_fifo)),
                attributes: attributes.into_iter().collect(),
                tags: tags.into_iter().collect(),
            })
        },
    );
    let set = (0..NAMES.len(), is_fifo, attributes()).prop_map(|(name, is_fifo, attributes)| {
        Request::from(SetQueueAttributesRequest {
            queue_url: Some(name_of(name, is_fifo)),
            attributes: attributes.into_iter().take(1).collect(),
        })
    });
    vec(prop_oneof![create, set], 1..30)
}

fn name_of(index: usize, is_fifo: bool) -> String {
    format!("{}{}", NAMES[index], if is_fifo { ".fifo" } else { "" })
}

fn attributes() -> impl Strategy<Value = Vec<(String, String)>> {
    let number = prop_oneof![
        (Just("DelaySeconds"), 0..=900_u32),
        (Just("VisibilityTimeout"), 0..=43_200_u32),
        (Just("MaximumMessageSize"), 1024..=1_048_576_u32),
        (Just("MessageRetentionPeriod"), 60..=1_209_600_u32),
        (Just("ReceiveMessageWaitTimeSeconds"), 0..=20_u32),
        (Just("KmsDataKeyReusePeriodSeconds"), 60..=86_400_u32),
    ];
    let arn = || {
        (0..NAMES.len(), any::<bool>()).prop_map(|(index, is_fifo)| arn(&name_of(index, is_fifo)))
    };
    let redrive = (arn(), 1..=1000_u32).prop_map(|(arn, count)| {
        format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{count}}}"#)
    });
    let allow = prop_oneof![
        Just(r#"{"redrivePermission":"allowAll"}"#.to_owned()),
        Just(r#"{"redrivePermission":"denyAll"}"#.to_owned()),
        vec(arn(), 1..4).prop_map(|arns| {
            format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":{arns:?}}}"#)
        }),
    ];
    let policy = (arn(), text(), text()).prop_map(|(arn, key, value)| {
        let quoted = |text: &str| json::compact(&json::Member::Text(text));
        format!(
            r#"{{"Statement":[{{"Resource":"{arn}",{}:[{},-1.5e3,true,[],{{}}]}}]}}"#,
            quoted(&key),
            quoted(&value)
        )
    });
    let one = prop_oneof![
        6 => number.prop_map(|(name, value)| (name, value.to_string())),
        1 => any::<bool>().prop_map(|flag| ("ContentBasedDeduplication", flag.to_string())),
        1 => any::<bool>().prop_map(|flag| ("SqsManagedSseEnabled", flag.to_string())),
        1 => Just(("DeduplicationScope", "messageGroup".to_owned())),
        1 => Just(("FifoThroughputLimit", "perMessageGroupId".to_owned())),
        1 => text().prop_map(|text| ("KmsMasterKeyId", text)),
        3 => redrive.prop_map(|text| ("RedrivePolicy", text)),
        2 => allow.prop_map(|text| ("RedriveAllowPolicy", text)),
        2 => policy.prop_map(|text| ("Policy", text)),
    ];
    vec(one.prop_map(|(name, value)| (name.to_owned(), value)), 0..5)
}

fn tags() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(("[a-zé 0-9_.:/=+@-]{1,6}", "[a-zé 0-9_.:/=+@-]{0,6}"), 0..4)
}

/// Texts that mean something to the one or the other reader.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let special = prop_oneof![
        Just("${"),
        Just("%{"),
        Just("$${"),
        Just("$"),
        Just("}"),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("\n"),
        Just(": "),
        Just(" #"),
        Just("- "),
        Just("~"),
        Just("yes"),
        Just("null"),
        Just("1e3"),
        Just("{{a}}"),
        Just("!Ref"),
        Just("&a"),
        Just("*"),
        Just("\u{85}"),
        Just("\u{2028}"),
        Just("\u{feff}"),
        Just("\u{0}"),
        Just("\u{7f}"),
        Just("🎈"),
        Just("Fn::Sub"),
        Just("é"),
        Just("\t"),
        Just("\u{e000}"),
    ];
    let part = prop_oneof![
        special.prop_map(str::to_owned),
        "[a-z ]{0,3}",
        any::<char>().prop_map(String::from)
    ];
    vec(part, 0..5).prop_map(|parts| parts.concat())
}
