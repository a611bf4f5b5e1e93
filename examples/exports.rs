//! Prints topologies and scenarios as the files that people take away, as JSON, for `tests/clients/python/exports.py` to
//! run and to check.

use serde_json::{Value, json};
use sqs_playground::json::{self as our_json, AsMember as _};
use sqs_playground::scenario::library;
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{CallId, Caller, Request};
use sqs_playground::sqs::{Mode, Outbox, Service};
use sqs_playground::topology::{
    Topology, aws_cli_script, boto3_code, cloudformation_json, cloudformation_yaml, scripts_of,
    terraform, terraform_json,
};
use sqs_playground::world::{Activity, Actor, Config, Tally, World};

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

/// How long worlds are played, in seconds.
const SECONDS: u64 = 30;

/// A world after that time.
fn played(config: &Config) -> World {
    let mut world = World::new(config);
    let end = config.start + Span::from_secs(SECONDS);
    world.handle_timeout(end, &mut sqs_playground::world::Outbox::default());
    world
}

/// The programs of the actors, and what the actors have done.
fn scripts(name: &str, config: &Config, world: &World) -> Value {
    let files = scripts_of(config).into_iter();
    let files: Vec<Value> = files
        .map(|file| json!({ "name": file.name, "text": file.text }))
        .collect();
    let done = |actor: &Actor| {
        let error = if let Activity::Failed { error } = actor.activity() {
            Some(error.code.query_code())
        } else {
            None
        };
        let Tally {
            sent,
            received,
            deleted,
            ..
        } = actor.tally();
        json!({
            "name": actor.name(),
            "error": error,
            "sent": sent,
            "received": received,
            "deleted": deleted,
        })
    };
    let actors: Vec<Value> = world.actors().map(done).collect();
    json!({
        "name": name,
        "seconds": SECONDS,
        "is_strict": config.mode == Mode::Strict,
        "files": files,
        "actors": actors,
    })
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
    let mut topologies = vec![exports("rich", &rich())];
    let mut programs = Vec::new();
    let library = library().into_iter();
    let worlds = library.map(|scenario| (scenario.id, scenario.world));
    for (name, config) in [("zoo".to_owned(), zoo())].into_iter().chain(worlds) {
        let world = played(&config);
        topologies.push(exports(&name, &Topology::of_world(&world)));
        programs.push(scripts(&name, &config, &world));
    }
    println!(
        "{}",
        json!({ "topologies": topologies, "scripts": programs })
    );
}
