//! Prints topologies and scenarios as the files that people take away, as JSON, for `tests/clients/python/exports.py` to
//! run and to check.

use serde_json::{Value, json};
use sqs_playground::json::{self as our_json, AsMember as _};
use sqs_playground::scenario::library;
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{CallId, Caller, Request};
use sqs_playground::sqs::{Outbox, Service};
use sqs_playground::topology::{
    Topology, aws_cli_script, boto3_code, cloudformation_json, cloudformation_yaml, scripts_of,
    terraform, terraform_json,
};
use sqs_playground::world::{Config, World};

fn exports(name: &str, topology: &Topology) -> Value {
    let queues = topology.queues().iter().map(|queue| {
        let pairs = |map: &sqs_playground::sim::SortedMap<String, String>| {
            map.iter()
                .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
                .collect::<serde_json::Map<_, _>>()
        };
        let value = json!({ "attributes": pairs(queue.attributes()), "tags": pairs(queue.tags()) });
        (queue.name().to_owned(), value)
    });
    json!({
        "name": name,
        "region": topology.region(),
        "queues": queues.collect::<serde_json::Map<_, _>>(),
        "cloudformation_json": cloudformation_json(topology),
        "cloudformation_yaml": cloudformation_yaml(topology),
        "terraform": terraform(topology),
        "terraform_json": terraform_json(topology),
        "aws_cli": aws_cli_script(topology),
        "boto3": boto3_code(topology),
    })
}

/// All that there is, and texts that are hard to quote.
fn rich() -> Topology {
    let mut requests: Vec<Request> = Vec::new();
    let text = include_str!("../tests/topology/rich.json");
    let json = our_json::parse(text).expect("it is JSON");
    our_json::fill(requests.place(), json).expect("it is a list of calls");
    let config = sqs_playground::sqs::Config::new("123456789012", "eu-west-1", 1);
    let mut service = Service::new(&config);
    for (request, number) in requests.iter().zip(1..) {
        let mut out = Outbox::default();
        let call = CallId(number);
        service.call(Time::default(), call, Caller::PERSON, request, &mut out);
        let reply = out.replies.pop().expect("it is answered at once");
        reply.result.expect("it succeeds");
    }
    Topology::of_service(&service)
}

/// The queues of a world after a minute.
fn played(config: &Config) -> Topology {
    let mut world = World::new(config);
    let end = config.start + Span::from_secs(60);
    world.handle_timeout(end, &mut sqs_playground::world::Outbox::default());
    Topology::of_world(&world)
}

fn scripts(name: &str, config: &Config) -> Value {
    let files = scripts_of(config).into_iter();
    let files: Vec<Value> = files
        .map(|file| json!({ "name": file.name, "text": file.text }))
        .collect();
    json!({ "name": name, "files": files })
}

/// Actors with every setting, and texts that are hard to quote.
fn zoo() -> Config {
    let mut config = Config::new(7);
    let json = our_json::parse(include_str!("../tests/topology/zoo.json")).expect("it is JSON");
    our_json::fill(config.place(), json).expect("it is a world");
    config.check().expect("it keeps the limits");
    config
}

fn main() {
    let library = library();
    let mut topologies = vec![exports("rich", &rich()), exports("zoo", &played(&zoo()))];
    let mut programs = vec![scripts("zoo", &zoo())];
    for scenario in &library {
        topologies.push(exports(&scenario.id, &played(&scenario.world)));
        programs.push(scripts(&scenario.id, &scenario.world));
    }
    println!(
        "{}",
        json!({ "topologies": topologies, "scripts": programs })
    );
}
