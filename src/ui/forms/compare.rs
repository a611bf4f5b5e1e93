//! What would be otherwise: settings to change, to see two worlds side by side.

use std::str::FromStr;

use yew::prelude::*;

use super::fields::{Complaint, Entry, Typed};
use super::parts::{Choice, chosen as chosen_by, dialog, form, option, submit_button};
use super::program::{self, settings};
use crate::json::{self, AsMember, Json};
use crate::sqs::{AttributeName, Mode, Queue};
use crate::timeline::Change;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Action, Notice, Session};
use crate::ui::shell::Panel;
use crate::ui::text::text;
use crate::world::Actor;

/// The names of the fields: which setting, and its value. So many can be changed at once.
const ROWS: [(&str, &str); 4] = [
    ("setting-1", "value-1"),
    ("setting-2", "value-2"),
    ("setting-3", "value-3"),
    ("setting-4", "value-4"),
];

/// The attributes that are worth a comparison.
const ATTRIBUTES: [AttributeName; 8] = [
    AttributeName::VisibilityTimeout,
    AttributeName::ReceiveMessageWaitTimeSeconds,
    AttributeName::DelaySeconds,
    AttributeName::MessageRetentionPeriod,
    AttributeName::RedrivePolicy,
    AttributeName::ContentBasedDeduplication,
    AttributeName::DeduplicationScope,
    AttributeName::FifoThroughputLimit,
];

/// Settings that belong together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    label: String,
    settings: Vec<Setting>,
}

/// Something that can be changed, as it is now.
#[derive(Clone, Debug, PartialEq)]
struct Setting {
    label: &'static str,
    change: Change,
}

#[derive(PartialEq)]
pub(crate) struct CompareForm;

impl Part for CompareForm {
    type Facts = Vec<Group>;

    fn facts(&self, session: &Session) -> Vec<Group> {
        let world = session.world();
        let config = world.config();
        let own = Group {
            label: text!("compare-world"),
            settings: vec![
                Setting {
                    label: "mode",
                    change: Change::Mode(config.mode),
                },
                Setting {
                    label: "seed",
                    change: Change::Seed(config.seed),
                },
            ],
        };
        let mut groups = vec![own];
        groups.extend(world.queues().map(of_queue));
        groups.extend(world.actors().map(of_actor));
        groups
    }

    fn view(&self, groups: &Vec<Group>, page: &Page) -> Html {
        let typed: Typed = page.draft();
        let chosen = |row: &(&'static str, &str)| !typed.text(row.0).is_empty();
        // One more row than are in use.
        let count = ROWS.iter().rposition(chosen).map_or(1, |last| last + 2);
        let rows = ROWS.into_iter().take(count);
        let fields = html! {
            <>
                <p class="note">{ text!("compare-hint") }</p>
                { for rows.map(|row| show_row(row, groups, &typed, page)) }
                { typed.complaint() }
            </>
        };
        let submit_button = submit_button(text!("compare"));
        let form = form(page.submitting(submit), fields, submit_button);
        dialog("compare", text!("compare"), form)
    }
}

fn show_row(
    (setting, value): (&'static str, &'static str),
    groups: &[Group],
    typed: &Typed,
    page: &Page,
) -> Html {
    let chosen = typed.text(setting);
    let known = groups.iter().flat_map(|group| &group.settings);
    let current = known
        .into_iter()
        .find(|known| key_of(&known.change) == chosen);
    let current = current.map(|known| value_of(&known.change));
    let untouched = current.clone().unwrap_or_default();
    let onchange = page.edit(move |typed: &mut Typed, event: Event| {
        typed.forget(value);
        typed.set(setting, chosen_by(&event));
    });
    let entry = Entry {
        label: text!("compare-value").into(),
        hint: match &current {
            Some(now) if now.is_empty() => text!("compare-unset").into(),
            Some(now) => text!("compare-now", [("value", now.as_str().into())]).into(),
            None => AttrValue::default(),
        },
        untouched: untouched.into(),
        ..Entry::new(format!("compare-{value}"), value)
    };
    // What another row is about is not to be set twice.
    let is_free = |key: &str| {
        let mut others = ROWS.iter().filter(|(other, _)| *other != setting);
        !others.any(|(other, _)| typed.text(other) == key)
    };
    let of_group = |group: &Group| {
        let settings = group.settings.iter();
        let settings = settings.filter(|known| is_free(&key_of(&known.change)));
        let settings = settings.map(|known| {
            let label = format!("{}: {}", group.label, known.label);
            option(key_of(&known.change), label, chosen)
        });
        html! { <optgroup label={group.label.clone()}>{ for settings }</optgroup> }
    };
    let none = option(String::new(), text!("compare-choose"), chosen);
    let choice = Choice {
        id: format!("compare-{setting}"),
        label: text!("compare-setting"),
        described: None,
        options: [none]
            .into_iter()
            .chain(groups.iter().map(of_group))
            .collect(),
        onchange,
        after: html! {},
    };
    html! {
        <div class="field-grid" key={setting}>
            { choice.show() }
            if current.is_some() {
                { entry.show(typed, page) }
            }
        </div>
    }
}

fn of_queue(queue: &Queue) -> Group {
    let is_for_fifo = |name: &AttributeName| {
        matches!(
            name,
            AttributeName::ContentBasedDeduplication
                | AttributeName::DeduplicationScope
                | AttributeName::FifoThroughputLimit
        )
    };
    let suits = |name: &AttributeName| queue.is_fifo() || !is_for_fifo(name);
    let setting = |name: AttributeName| Setting {
        label: name.as_str(),
        change: Change::Attribute {
            queue: queue.name().to_string(),
            name: name.as_str().into(),
            value: queue.attributes().print(name).unwrap_or_default(),
        },
    };
    Group {
        label: queue.name().to_string(),
        settings: ATTRIBUTES.into_iter().filter(suits).map(setting).collect(),
    }
}

fn of_actor(actor: &Actor) -> Group {
    let (_, settings) = settings(actor.program());
    let setting = |setting: &program::Setting| Setting {
        label: setting.name,
        change: Change::Program {
            actor: actor.name().to_owned(),
            setting: setting.name.into(),
            value: match &setting.value {
                Json::Null => String::new(),
                Json::Text(text) => text.clone(),
                value @ (Json::Flag(_) | Json::Number(_) | Json::List(_) | Json::Object(_)) => {
                    json::compact(&value.member())
                }
            },
        },
    };
    Group {
        label: actor.name().to_owned(),
        settings: settings.iter().map(setting).collect(),
    }
}

/// Tells a setting from all others, whatever its value.
fn key_of(change: &Change) -> String {
    match change {
        Change::Mode(_) => "mode".into(),
        Change::Seed(_) => "seed".into(),
        Change::Attribute { queue, name, .. } => format!("queue {queue} {name}"),
        Change::Program { actor, setting, .. } => format!("actor {setting} {actor}"),
    }
}

fn value_of(change: &Change) -> String {
    match change {
        Change::Mode(mode) => mode.to_string(),
        Change::Seed(seed) => seed.to_string(),
        Change::Attribute { value, .. } | Change::Program { value, .. } => value.clone(),
    }
}

/// The same change with another value; None if the value is not one of its kind.
fn with_value(change: &Change, given: &str) -> Option<Change> {
    let mut change = change.clone();
    match &mut change {
        Change::Mode(mode) => *mode = Mode::from_str(given).ok()?,
        Change::Seed(seed) => *seed = given.trim().parse().ok()?,
        Change::Attribute { value, .. } | Change::Program { value, .. } => {
            *value = given.trim().to_owned();
        }
    }
    Some(change)
}

/// What a change says, in one line.
pub(crate) fn in_words(change: &Change) -> String {
    let (of, what) = match change {
        Change::Mode(_) => (text!("compare-world"), "mode"),
        Change::Seed(_) => (text!("compare-world"), "seed"),
        Change::Attribute { queue, name, .. } => (queue.clone(), name.as_str()),
        Change::Program { actor, setting, .. } => (actor.clone(), setting.as_str()),
    };
    let value = value_of(change);
    let value = if value.is_empty() {
        text!("none")
    } else {
        value
    };
    format!("{of}: {what} = {value}")
}

fn submit(page: &Page) {
    let mut typed: Typed = page.draft();
    let complaint = match changes(&typed, page) {
        Ok(changes) => {
            page.store.dispatch(Action::Compare(changes));
            page.store.read(|session| match session.notice() {
                Some(Notice::Refused(why)) => Some(Complaint::of_all(why.clone())),
                Some(_) | None => None,
            })
        }
        Err(complaint) => Some(complaint),
    };
    if complaint.is_some() {
        page.store.dispatch(Action::DismissNotice);
        typed.complain(complaint);
        page.set_draft(typed);
    } else {
        page.shell.show(Panel::Stage);
        page.shell.close();
    }
}

/// What was chosen. What was not touched is no change.
fn changes(typed: &Typed, page: &Page) -> Result<Vec<Change>, Complaint> {
    let groups = page.store.read(|session| CompareForm.facts(session));
    let known = groups.iter().flat_map(|group| &group.settings);
    let mut changes = Vec::new();
    for (setting, value) in ROWS {
        let Some(given) = typed.given(value) else {
            continue;
        };
        let now = known
            .clone()
            .find(|known| key_of(&known.change) == typed.text(setting));
        if let Some(now) = now {
            let change = with_value(&now.change, given);
            let wrong = || Complaint::at_field(value, text!("compare-wrong"));
            changes.push(change.ok_or_else(wrong)?);
        }
    }
    if changes.is_empty() {
        return Err(Complaint::of_all(text!("compare-nothing")));
    }
    Ok(changes)
}
