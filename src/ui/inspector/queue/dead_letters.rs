//! Where the dead letters of a queue go, whose come to it, and the tasks that move them back.

use yew::prelude::*;

use super::{link, moment, rows};
use crate::sim::Time;
use crate::sqs::api::{CancelMessageMoveTaskRequest, Request, StartMessageMoveTaskRequest};
use crate::sqs::{MoveTask, MoveTaskStatus, Queue, QueueId, RedriveAllowPolicy};
use crate::ui::describe;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Form, HandCall, Selection, Session};
use crate::ui::text::text;

#[derive(PartialEq)]
pub(super) struct DeadLetters {
    pub(super) id: QueueId,
}

#[derive(PartialEq)]
pub(super) struct Known {
    arn: String,
    /// Where its own go, and after how many receives; the queue may not be there.
    policy: Option<(Option<(QueueId, String)>, u32)>,
    allowed: String,
    sources: Vec<(QueueId, String)>,
    tasks: Vec<Task>,
    /// AWS's text to what was tried last.
    refused: Option<String>,
}

#[derive(PartialEq)]
struct Task {
    handle: String,
    is_running: bool,
    status: String,
    started_at: Time,
    progress: String,
    terms: String,
}

fn task(task: &MoveTask, arn: &str) -> Task {
    let status = task.status();
    let name = status.as_str();
    let reason = status.failure_reason();
    let short = |arn: &str| arn.rsplit(':').next().unwrap_or_default().to_owned();
    let to = task.destination().map_or_else(
        || text!("task-to-sources"),
        |arn| text!("task-to", [("queue", short(arn).into())]),
    );
    let rate = task
        .rate()
        .map(|rate| text!("task-rate", [("count", rate.into())]));
    Task {
        handle: task.handle(arn),
        is_running: status == MoveTaskStatus::Running,
        status: reason.map_or_else(|| name.to_owned(), |reason| format!("{name}: {reason}")),
        started_at: task.started_at(),
        progress: text!(
            "task-progress",
            [
                ("moved", task.moved().into()),
                ("count", task.to_move().into()),
            ],
        ),
        terms: [Some(to), rate]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    }
}

fn allowed(queue: &Queue) -> String {
    match &queue.attributes().redrive_allow_policy {
        None | Some(RedriveAllowPolicy::AllowAll) => text!("allow-all"),
        Some(RedriveAllowPolicy::DenyAll) => text!("deny-all"),
        Some(RedriveAllowPolicy::ByQueue { source_queue_arns }) => {
            let short = |arn: &String| arn.rsplit(':').next().unwrap_or_default().to_owned();
            let names: Vec<_> = source_queue_arns.iter().map(short).collect();
            text!("allow-by-queue", [("queues", names.join(", ").into())])
        }
    }
}

impl Part for DeadLetters {
    type Facts = Option<Known>;

    fn facts(&self, session: &Session) -> Self::Facts {
        let world = session.world();
        let queue = world.queue(self.id)?;
        let named = |id: QueueId| (id, describe::queue(world, id));
        let target = queue.dead_letter_queue().map(named);
        let sources = world
            .queues()
            .filter(|other| other.dead_letter_queue() == Some(self.id));
        let refused = match session.hand_call(Form::MoveTask) {
            Some(HandCall::Answered(_, result)) => {
                result.as_ref().as_ref().err().map(ToString::to_string)
            }
            Some(HandCall::Waiting(_) | HandCall::Cancelled(_)) | None => None,
        };
        Some(Known {
            arn: queue.arn().to_string(),
            policy: queue.max_receive_count().map(|most| (target, most)),
            allowed: allowed(queue),
            sources: sources
                .map(|source| (source.id(), source.name().to_string()))
                .collect(),
            tasks: queue.move_tasks().map(|of| task(of, queue.arn())).collect(),
            refused,
        })
    }

    fn view(&self, known: &Self::Facts, page: &Page) -> Html {
        let Some(known) = known else {
            return html! {};
        };
        html! {
            <>
                <h3>{ "RedrivePolicy" }</h3>
                { policy(known, page) }
                <h3>{ "RedriveAllowPolicy" }</h3>
                <p>{ &known.allowed }</p>
                <p class="note">{ text!("redrive-where") }</p>
                <h3>{ text!("sources") }</h3>
                if known.sources.is_empty() {
                    <p class="note">{ text!("sources-none") }</p>
                } else {
                    <p class="note">{ text!("sources-some") }</p>
                }
                <ul class="links">
                    { for known.sources.iter().map(|(id, name)| html! {
                        <li key={id.0}>{ link(Selection::Queue(*id), name.clone(), page) }</li>
                    }) }
                </ul>
                <h3>{ text!("move-tasks") }</h3>
                { tasks(known, page) }
            </>
        }
    }
}

fn policy(known: &Known, page: &Page) -> Html {
    let Some((target, most)) = &known.policy else {
        return html! { <p>{ text!("redrive-none") }</p> };
    };
    let target = match target {
        Some((id, name)) => link(Selection::Queue(*id), name.clone(), page),
        None => html! { text!("redrive-gone") },
    };
    html! {
        <>
            <p>{ text!("redrive-after", [("count", (*most).into())]) }{ " " }{ target }</p>
        </>
    }
}

fn tasks(known: &Known, page: &Page) -> Html {
    let act = |label: String, request: Request| {
        let form = Form::MoveTask;
        let onclick = page.doing(Action::ByHand { form, request });
        html! { <button class="button" {onclick}>{ label }</button> }
    };
    let start = StartMessageMoveTaskRequest {
        source_arn: Some(known.arn.clone()),
        ..Default::default()
    };
    let cancel = |task: &Task| CancelMessageMoveTaskRequest {
        task_handle: Some(task.handle.clone()),
    };
    html! {
        <>
            { for known.tasks.iter().map(|task| html! {
                <div class="task" key={task.handle.clone()}>
                    <p><strong>{ &task.status }</strong>{ " · " }{ &task.progress }</p>
                    { rows(vec![
                        (text!("task-started"), moment(task.started_at, page)),
                        (text!("task-terms"), html! { &task.terms }),
                    ]) }
                    if task.is_running {
                        { act(text!("task-cancel"), cancel(task).into()) }
                    }
                </div>
            }) }
            <div class="hand">{ act(text!("task-start"), start.into()) }</div>
            <p class="note">{ text!("task-note") }</p>
            if let Some(words) = &known.refused {
                <p class="field-error" role="alert">{ words }</p>
            }
        </>
    }
}
