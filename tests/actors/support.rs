//! A world from JSON, played.

use sqs_playground::json::{self, AsMember};
use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{Caller, SendMessageRequest};
use sqs_playground::sqs::{Message, Queue};
use sqs_playground::timeline::{Recording, Timeline};
use sqs_playground::world::{
    Activity, Actor, ActorConfig, Config, EventKind, InputKind, Program, ProgramChange, Rejection,
    RunningChange, Tally, check_invariants,
};

/// A queue `q`.
pub(crate) const ONE_QUEUE: &str = r#"[{"CreateQueue":{"QueueName":"q"}}]"#;

/// A queue `q` with a visibility timeout, from which a message goes to `dead` after so many receives.
pub(crate) fn with_dead_letters(visibility: u32, receives: u32) -> String {
    format!(
        r#"[{{"CreateQueue":{{"QueueName":"dead"}}}},
        {{"CreateQueue":{{"QueueName":"q","Attributes":{{"VisibilityTimeout":"{visibility}","RedrivePolicy":
        "{{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:123456789012:dead\",\"maxReceiveCount\":{receives}}}"}}}}}}]"#
    )
}

/// The program of a JSON text.
pub(crate) fn program(text: &str) -> Program {
    let mut program = Program::default();
    let value = json::parse(text).expect("it is JSON");
    json::fill(program.place(), value).expect("it is a program");
    program
}

/// The configuration of these set-up calls and of these actors, each a name and a program.
pub(crate) fn config(set_up: &str, actors: &[(&str, &str)]) -> Config {
    let mut config = Config::new(7);
    let text = format!(
        r#"{{"seed":7,"network":{{"latency_ms_min":10,"latency_ms_max":10}},"set_up":{set_up}}}"#
    );
    let value = json::parse(&text).expect("it is JSON");
    json::fill(config.place(), value).expect("it is a configuration");
    config.actors = actors.iter().map(|actor| actor_config(*actor)).collect();
    config
}

pub(crate) fn actor_config((name, text): (&str, &str)) -> ActorConfig {
    ActorConfig {
        name: name.into(),
        start_after_ms: 0,
        program: program(text),
    }
}

/// A world that is played.
pub(crate) struct Stage {
    pub(crate) timeline: Timeline,
}

impl Stage {
    pub(crate) fn new(set_up: &str, actors: &[(&str, &str)]) -> Self {
        Self {
            timeline: Timeline::new(Recording::new(config(set_up, actors))),
        }
    }

    /// Plays on to so many milliseconds after the start.
    pub(crate) fn play_to(&mut self, ms: u64) -> &mut Self {
        let at = self.at(ms);
        assert!(self.timeline.now() <= at, "this is no seek");
        self.timeline.advance(at, usize::MAX);
        assert_eq!(check_invariants(self.timeline.world()), Ok(()));
        self
    }

    pub(crate) fn at(&self, ms: u64) -> Time {
        self.timeline.start() + Span::from_ms(ms)
    }

    pub(crate) fn act(&mut self, kind: InputKind) -> Result<(), Rejection> {
        let acted = self.timeline.act(kind);
        assert_eq!(check_invariants(self.timeline.world()), Ok(()));
        acted.map(|_| ())
    }

    /// Sends to `q` by hand, which takes no time.
    pub(crate) fn send(&mut self, body: &str) {
        let request = SendMessageRequest {
            queue_url: Some("q".into()),
            message_body: Some(body.into()),
            ..Default::default()
        };
        let call = InputKind::Call(std::sync::Arc::new(request.into()));
        self.act(call).expect("a call is no nonsense");
    }

    pub(crate) fn edit(&mut self, actor: &str, text: &str) {
        let change = ProgramChange {
            caller: self.actor(actor).caller(),
            program: program(text),
        };
        let change = InputKind::SetProgram(change);
        self.act(change).expect("it stays of its kind");
    }

    pub(crate) fn set_running(&mut self, actor: &str, running: bool) {
        let caller = self.actor(actor).caller();
        let change = InputKind::SetRunning(RunningChange { caller, running });
        self.act(change).expect("the actor is there");
    }

    pub(crate) fn remove(&mut self, actor: &str) -> Caller {
        let caller = self.actor(actor).caller();
        self.act(InputKind::RemoveActor(caller))
            .expect("the actor is there");
        caller
    }

    #[track_caller]
    pub(crate) fn actor(&self, name: &str) -> &Actor {
        let mut actors = self.timeline.world().actors();
        let found = actors.find(|actor| actor.name() == name);
        found.expect("there is an actor of this name")
    }

    #[track_caller]
    pub(crate) fn tally(&self, actor: &str) -> &Tally {
        self.actor(actor).tally()
    }

    #[track_caller]
    pub(crate) fn is_finished(&self, actor: &str) -> bool {
        *self.actor(actor).activity() == Activity::Finished
    }

    #[track_caller]
    pub(crate) fn queue(&self, name: &str) -> &Queue {
        let service = self.timeline.world().service();
        service.find_queue(name).expect("the queue is there")
    }

    /// Delayed, visible, in flight.
    #[track_caller]
    pub(crate) fn counts(&self, queue: &str) -> [usize; 3] {
        let counts = self.queue(queue).counts();
        [counts.delayed, counts.visible, counts.in_flight]
    }

    /// The bodies in a queue, in the order of sending.
    #[track_caller]
    pub(crate) fn bodies(&self, queue: &str) -> Vec<String> {
        let mut messages: Vec<&Message> = self.queue(queue).messages().collect();
        messages.sort_by_key(|message| message.key());
        let body = |message: &&Message| message.body().to_string();
        messages.iter().map(body).collect()
    }

    /// What happened so far, as far as `pick` takes it.
    pub(crate) fn events<T>(&self, pick: impl Fn(&EventKind) -> Option<T>) -> Vec<(Time, T)> {
        let end = self.timeline.world().event_count();
        let events = self.timeline.log().before(end);
        events
            .filter_map(|event| Some((event.at, pick(&event.kind)?)))
            .collect()
    }
}
