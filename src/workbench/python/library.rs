//! The world of the page as scripts: those that its scenario has, or what its actors are written as.

use super::files::{File, Origin};
use crate::scenario::{self, Scenario, place_of};
use crate::share::{Document, distil};
use crate::sqs::api::Caller;
use crate::timeline::Recording;
use crate::topology::{SourceFile, scripts_of, side_by_side};
use crate::workbench::keeper;
use crate::world::{Config, InputKind, Program};

/// Calls by hand that make another world of it.
const CHANGING: [&str; 7] = [
    "AddPermission",
    "CreateQueue",
    "DeleteQueue",
    "RemovePermission",
    "SetQueueAttributes",
    "TagQueue",
    "UntagQueue",
];

/// What there is to show of the world.
pub(super) struct Offer {
    pub(super) files: Vec<File>,
    pub(super) origin: Origin,
    /// The same world without actors and queues: the same luck, network and mode.
    pub(super) empty: Recording,
}

impl Offer {
    /// What the page has now, with what was done in it up to the playhead; nothing if nobody acts in it.
    pub(super) fn now() -> Option<Self> {
        keeper::check(true);
        Self::of(&keeper::with(|keeper| keeper.document.clone())?)
    }

    fn of(document: &Document) -> Option<Self> {
        let scenario = document.scenario.as_ref();
        let own = scenario.filter(|_| !is_changed(document));
        let own = own.map(own_scripts).unwrap_or_default();
        let is_own = !own.is_empty();
        let world = distil(document, "").world;
        let files = if is_own { own } else { written(&world) };
        (!files.is_empty()).then(|| Self {
            files,
            origin: Origin {
                title: scenario.map_or_else(String::new, |scenario| scenario.title.clone()),
                is_own,
            },
            empty: Recording::new(Config {
                set_up: Vec::new(),
                actors: Vec::new(),
                ..world
            }),
        })
    }

    /// Only where they would come from: nothing if it is no scenario.
    pub(super) fn origin() -> Option<Origin> {
        keeper::with(|keeper| {
            let scenario = keeper.document.scenario.as_ref()?;
            Some(Origin {
                title: scenario.title.clone(),
                is_own: !own_scripts(scenario).is_empty(),
            })
        })
        .flatten()
    }
}

/// Whether other queues or other actors were made of the world by hand, up to the playhead. What scripts did in it is no
/// change: they are run again.
fn is_changed(document: &Document) -> bool {
    let recording = &document.recording;
    let is_first = |caller: Caller| caller.0 as usize <= recording.config.actors.len();
    let done = recording.inputs.iter();
    let mut done = done.take_while(|input| input.at <= document.at);
    done.any(|input| match &input.kind {
        InputKind::Call(request) => CHANGING.contains(&request.action()),
        InputKind::AddActor(actor) => !matches!(actor.program, Program::Outside(_)),
        InputKind::SetProgram(change) => is_first(change.caller),
        InputKind::RenameActor(change) => is_first(change.caller),
        InputKind::RemoveActor(caller) => is_first(*caller),
        InputKind::SetRunning(_)
        | InputKind::CancelCall(_)
        | InputKind::OutsideCall(_)
        | InputKind::OutsideWait(_)
        | InputKind::OutsideStopWait(_)
        | InputKind::OutsideEnd(_) => false,
    })
}

/// The scripts that belong to a scenario, as long as it is as the library has it.
fn own_scripts(scenario: &Scenario) -> Vec<File> {
    if place_of(scenario).is_none() {
        return Vec::new();
    }
    let scripts = scenario::scripts_of(&scenario.id).iter();
    let file = |script: &scenario::Script| File {
        name: script.name.to_owned(),
        text: script.text.to_owned(),
        arguments: script.arguments.to_owned(),
    };
    scripts.map(file).collect()
}

fn written(world: &Config) -> Vec<File> {
    let mut files = scripts_of(world);
    if !files.iter().any(SourceFile::is_program) {
        return Vec::new();
    }
    files.extend(side_by_side(&files));
    let file = |SourceFile { name, text }| File {
        name,
        text,
        ..File::default()
    };
    files.into_iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{find, library};
    use crate::sim::Span;
    use crate::sqs::Mode;
    use crate::sqs::api::{DeleteQueueRequest, Request, SendMessageRequest};
    use crate::timeline::Timeline;
    use crate::world::{NameChange, ProgramChange};

    fn offer(document: &Document) -> Offer {
        Offer::of(document).expect("somebody acts in it")
    }

    fn names(offer: &Offer) -> Vec<&str> {
        offer.files.iter().map(|file| &*file.name).collect()
    }

    fn document(id: &str) -> Document {
        let (_, scenario) = find(id).expect("the library has it");
        Document::of_scenario(scenario)
    }

    /// The document after something that was done by hand a second after the start.
    fn after(mut document: Document, done: InputKind) -> Document {
        let mut timeline = Timeline::new(document.recording);
        document.at = document.at + Span::from_secs(1);
        timeline.advance(document.at, usize::MAX);
        timeline.act(done).expect("it can be done");
        document.recording = timeline.recording().clone();
        document
    }

    #[test]
    fn each_scenario_has_an_offer() {
        for scenario in library() {
            let id = scenario.id.clone();
            let (start, seed) = (scenario.world.start, scenario.world.seed);
            let offer = offer(&Document::of_scenario(scenario));
            assert_eq!(offer.origin.is_own, !scenario::scripts_of(&id).is_empty());
            let empty = &offer.empty.config;
            assert!(empty.actors.is_empty() && empty.set_up.is_empty());
            assert_eq!((empty.start, empty.seed), (start, seed));
        }
        let chaos = offer(&document("at-least-once"));
        assert_eq!(chaos.empty.config.mode, Mode::Chaos);
        assert!(Offer::of(&Document::new(Recording::new(Config::new(1)))).is_none());
    }

    #[test]
    fn its_own_scripts_are_not_those_of_a_changed_world() {
        let is_own = |document: &Document| offer(document).origin.is_own;
        let mut fifo = document("fifo");
        assert!(is_own(&fifo));
        assert_eq!(
            names(&offer(&fifo)),
            ["set_up.py", "producer.py", "consumer.py"]
        );
        // Other luck is no other scenario, and neither is a message that was sent by hand.
        fifo.recording.config.seed = 99;
        if let Some(scenario) = &mut fifo.scenario {
            scenario.world.seed = 99;
        }
        assert!(is_own(&fifo));
        let request = Request::SendMessage(SendMessageRequest {
            queue_url: Some("mynewq.fifo".into()),
            message_body: Some("by hand".into()),
            message_group_id: Some("g".into()),
            ..SendMessageRequest::default()
        });
        assert!(is_own(&after(
            document("fifo"),
            InputKind::Call(request.into())
        )));
        let request = Request::DeleteQueue(DeleteQueueRequest {
            queue_url: Some("mynewq-dlq.fifo".into()),
        });
        assert!(!is_own(&after(
            document("fifo"),
            InputKind::Call(request.into())
        )));
        let (_, scenario) = find("fifo").expect("the library has it");
        let program = scenario.switches[0].program.clone();
        let caller = Caller(2);
        let change = InputKind::SetProgram(ProgramChange { caller, program });
        let switched = offer(&after(document("fifo"), change));
        assert_eq!(
            (switched.origin.is_own, &*switched.origin.title),
            (false, "FIFO")
        );
        let consumer = switched
            .files
            .iter()
            .find(|file| file.name == "consumer.py");
        assert!(consumer.is_some_and(|file| file.text.contains("time.sleep(7)")));
        let name = "eater".to_owned();
        let rename = InputKind::RenameActor(NameChange { caller, name });
        let renamed = offer(&after(document("fifo"), rename));
        assert_eq!(names(&renamed), ["set_up.py", "producer.py", "eater.py"]);
    }
}
