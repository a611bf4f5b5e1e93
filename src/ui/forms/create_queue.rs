//! Create a queue.

use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

use super::fields::{Complaint, ask};
use crate::json::{self, AsMember, Member};
use crate::sim::SortedMap;
use crate::sqs::AttributeName;
use crate::sqs::api::CreateQueueRequest;
use crate::ui::session::{Action, Form, Selection};
use crate::ui::shell::use_shell;
use crate::ui::store::{use_selector, use_store};
use crate::ui::text::text;
use crate::ui::widgets::{DialogFrame, Field, FieldKind};

const NAME: &str = "QueueName";
const RECEIVES: &str = "maxReceiveCount";

/// The attributes that are offered, with what they are when left empty.
const OFFERED: [(AttributeName, &str); 5] = [
    (AttributeName::VisibilityTimeout, "30"),
    (AttributeName::DelaySeconds, "0"),
    (AttributeName::ReceiveMessageWaitTimeSeconds, "0"),
    (AttributeName::MessageRetentionPeriod, "345600"),
    (AttributeName::MaximumMessageSize, "1048576"),
];

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Typed {
    name: String,
    fifo: bool,
    content_based: bool,
    attributes: [String; OFFERED.len()],
    /// The ARN of the dead-letter queue.
    dead_letter_target: String,
    receives: String,
}

impl Typed {
    fn request(&self) -> CreateQueueRequest {
        let offered = OFFERED.iter().zip(&self.attributes);
        let mut attributes: SortedMap<_, _> = offered
            .filter(|(_, typed)| !typed.is_empty())
            .map(|((name, _), typed)| (name.as_str().to_owned(), typed.clone()))
            .collect();
        let mut set = |name: AttributeName, value: String| {
            attributes.insert(name.as_str().to_owned(), value);
        };
        if self.fifo {
            set(AttributeName::FifoQueue, "true".into());
            if self.content_based {
                set(AttributeName::ContentBasedDeduplication, "true".into());
            }
        }
        if !self.dead_letter_target.is_empty() {
            let policy = Member::Map(vec![
                ("deadLetterTargetArn", self.dead_letter_target.member()),
                ("maxReceiveCount", self.receives.member()),
            ]);
            set(AttributeName::RedrivePolicy, json::compact(&policy));
        }
        CreateQueueRequest {
            queue_name: Some(self.name.clone()),
            attributes,
            ..Default::default()
        }
    }
}

#[component]
pub(crate) fn CreateQueueForm() -> Html {
    let (store, shell) = (use_store(), use_shell());
    let typed = use_state(Typed::default);
    let complaint = use_state(|| None::<Complaint>);
    let targets = use_selector(|session| {
        let queues = session.world().queues();
        queues
            .map(|queue| (queue.arn().to_string(), queue.name().to_string()))
            .collect::<Vec<_>>()
    });
    let onclose = use_callback(shell.clone(), |(), shell| shell.close());
    let onsubmit = use_callback((store, shell, typed.clone(), complaint.clone()), {
        |event: SubmitEvent, (store, shell, typed, complaint)| {
            event.prevent_default();
            match ask(store, Form::CreateQueue, typed.request()) {
                Some(Err(error)) => complaint.set(Some(complain(&error))),
                Some(Ok(_)) | None => {
                    let created = store.read(|session| {
                        let mut queues = session.world().queues();
                        queues
                            .find(|queue| **queue.name() == *typed.name)
                            .map(|queue| queue.id())
                    });
                    if let Some(id) = created {
                        store.dispatch(Action::Select(Selection::Queue(id)));
                    }
                    shell.close();
                }
            }
        }
    });
    let edit = |change: fn(&mut Typed, String)| {
        let typed = typed.clone();
        Callback::from(move |value| {
            let mut next = (*typed).clone();
            change(&mut next, value);
            typed.set(next);
        })
    };
    let toggle = |change: fn(&mut Typed, bool)| {
        let typed = typed.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let mut next = (*typed).clone();
            change(&mut next, input.checked());
            typed.set(next);
        })
    };
    let wrong = |field| Complaint::about(complaint.as_ref(), field);
    html! {
        <DialogFrame id="create-queue" title={text("create-queue")} {onclose}>
            <form {onsubmit} novalidate={true}>
                <Field id="queue-name" label={NAME} value={typed.name.clone()} autofocus={true}
                    hint={text("queue-name-hint")} error={wrong(NAME)}
                    onchange={edit(|typed, value| typed.name = value)} />
                <label class="check">
                    <input type="checkbox" checked={typed.fifo}
                        onchange={toggle(|typed, on| typed.fifo = on)} />
                    <span>{ text("fifo-choice") }</span>
                </label>
                if typed.fifo {
                    <label class="check">
                        <input type="checkbox" checked={typed.content_based}
                            onchange={toggle(|typed, on| typed.content_based = on)} />
                        <span>{ AttributeName::ContentBasedDeduplication.as_str() }</span>
                    </label>
                }
                <div class="field-grid">
                    { for OFFERED.iter().enumerate().map(|(at, (name, default))| {
                        let typed_here = typed.clone();
                        let onchange = Callback::from(move |value| {
                            let mut next = (*typed_here).clone();
                            next.attributes[at] = value;
                            typed_here.set(next);
                        });
                        html! {
                            <Field key={name.as_str()} id={format!("queue-{}", name.as_str())}
                                label={name.as_str()} value={typed.attributes[at].clone()}
                                kind={FieldKind::Number} hint={empty_means(default)}
                                error={wrong(name.as_str())} {onchange} />
                        }
                    }) }
                </div>
                if !targets.is_empty() {
                    <DeadLetterChoice targets={(*targets).clone()}
                        target={typed.dead_letter_target.clone()} receives={typed.receives.clone()}
                        error={wrong("RedrivePolicy")}
                        ontarget={edit(|typed, value| typed.dead_letter_target = value)}
                        onreceives={edit(|typed, value| typed.receives = value)} />
                }
                if let Some(words) = Complaint::about_all(complaint.as_ref()) {
                    <p class="field-error" role="alert">{ words }</p>
                }
                <div class="dialog-end">
                    <button class="button primary" type="submit">{ text("create-queue") }</button>
                </div>
            </form>
        </DialogFrame>
    }
}

fn empty_means(value: &str) -> String {
    crate::ui::text::text_with("empty-means", [("value", value.into())])
}

fn complain(error: &crate::sqs::Error) -> Complaint {
    let mut fields = vec!["RedrivePolicy"];
    fields.extend(OFFERED.iter().map(|(name, _)| name.as_str()));
    fields.push(NAME);
    // AWS speaks of the name in several ways.
    Complaint::of(error, &fields)
        .at(RECEIVES, "RedrivePolicy")
        .at("edrive", "RedrivePolicy")
        .at("queue name", NAME)
        .at("Queue name", NAME)
        .at("queue already exists", NAME)
        .at(".fifo", NAME)
        .at("alphanumeric", NAME)
}

#[derive(PartialEq, Properties)]
struct DeadLetterChoiceProps {
    /// ARNs and names.
    targets: Vec<(String, String)>,
    target: AttrValue,
    receives: AttrValue,
    error: Option<AttrValue>,
    ontarget: Callback<String>,
    onreceives: Callback<String>,
}

#[component]
fn DeadLetterChoice(props: &DeadLetterChoiceProps) -> Html {
    let onchange = use_callback(props.ontarget.clone(), |event: Event, ontarget| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            ontarget.emit(select.value());
        }
    });
    html! {
        <div class="field-grid">
            <div class="field">
                <label for="queue-dead-letters">{ text("dead-letter-queue") }</label>
                <select id="queue-dead-letters" {onchange}>
                    <option value="" selected={props.target.is_empty()}>{ text("none") }</option>
                    { for props.targets.iter().map(|(arn, name)| html! {
                        <option value={arn.clone()} selected={*props.target == **arn}>{ name }</option>
                    }) }
                </select>
            </div>
            if !props.target.is_empty() {
                <Field id="queue-receives" label={RECEIVES} value={&props.receives}
                    kind={FieldKind::Number} error={props.error.clone()}
                    onchange={&props.onreceives} />
            }
        </div>
    }
}
