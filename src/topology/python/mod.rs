//! Topologies and actors as programs for boto3, as a person would write them: the client, `time.sleep`, and nothing
//! but the standard library beside it.

mod actors;
mod calls;
mod code;
mod consumer;
mod files;
mod lambda;
mod producer;

use super::Topology;
use crate::sim::SortedMap;
use crate::world::{ActorConfig, Config, Program as Actor};
use calls::Calls;
pub use files::SourceFile;
use files::{Program, file_names};

/// A program that makes the queues.
pub fn boto3_code(topology: &Topology) -> String {
    let mut program = Program::new("create_queues.py", topology.region());
    program.about("Creates queues of Amazon SQS, dead-letter queues first.");
    let mut calls = Calls::new(&topology.config, &SortedMap::new(), topology.calls().iter());
    for request in &topology.calls() {
        let lines = calls.statement(request, None, &mut program);
        program.line(0, &lines);
    }
    calls.tell_queues(&mut program);
    program.finish().text
}

/// What makes the queues; it is run before the others.
pub const SET_UP: &str = "set_up.py";
/// What runs the others side by side.
pub const TOGETHER: &str = "all_together.py";
/// The most programs that need nothing to run them together.
const APART_MAX: usize = 4;

/// The actors of a world as programs, each in a file of its own, and before them what is set up. They run with
/// `python`, and do what the actors do; only what is left to chance comes out otherwise.
pub fn scripts_of(config: &Config) -> Vec<SourceFile> {
    let mut files = Vec::new();
    // What runs elsewhere has its own files.
    let is_ours = |actor: &&ActorConfig| !matches!(actor.program, Actor::Outside(_));
    let actors: Vec<&ActorConfig> = config.actors.iter().filter(is_ours).collect();
    let names = file_names(actors.iter().map(|actor| actor.name.as_str()));
    let service = crate::sqs::Config::new(&*config.account, &*config.region, config.seed);
    let mut set_up = SortedMap::new();
    if !config.set_up.is_empty() {
        let mut program = Program::new(SET_UP, &config.region);
        program.about("Sets up what the other programs need; it is run before them.");
        let mut calls = Calls::new(&service, &set_up, config.set_up.iter());
        for request in &config.set_up {
            let lines = calls.statement(request, None, &mut program);
            program.line(0, &lines);
        }
        calls.tell_queues(&mut program);
        set_up = calls.created();
        files.push(program.finish());
    }
    for (actor, name) in actors.into_iter().zip(names) {
        let mut program = Program::new(&name, &config.region);
        actors::write(actor, &service, &set_up, config.seed, &mut program);
        files.push(program.finish());
    }
    files
}

/// One program that runs many others side by side, each in a thread, where only so many can run by themselves. Nothing if
/// they are few.
pub fn side_by_side(files: &[SourceFile]) -> Option<SourceFile> {
    let modules = files.iter().filter(|file| file.is_program());
    let modules = modules.filter_map(|file| file.name.strip_suffix(".py"));
    let modules: Vec<String> = modules.map(|name| format!("    \"{name}\",\n")).collect();
    if modules.len() <= APART_MAX {
        return None;
    }
    Some(SourceFile {
        name: TOGETHER.into(),
        text: format!(
            "\"\"\"Runs the other programs side by side, each in a thread: to import one is to run it.\"\"\"\n\n\
             import importlib\nimport threading\n\nPROGRAMS = [\n{}]\n\n\
             threads = [\n    threading.Thread(name=name, target=importlib.import_module, args=(name,), daemon=True)\n    \
             for name in PROGRAMS\n]\n\
             for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\n",
            modules.concat()
        ),
    })
}
