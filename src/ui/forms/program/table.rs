//! What a person reads at each setting of a program, and how it is typed: one row for each.
//!
//! It knows no program. A setting without a row is shown too, by its name and as JSON.

use super::value::{Kind, Piece, Widget};
use crate::ui::text::place_of_text;

/// What is known of a setting.
pub(super) struct Row {
    /// The kinds of programs that have it so; all if there is none.
    kinds: &'static [&'static str],
    pub(super) name: &'static str,
    pub(super) widget: Widget,
    pub(super) shown: Shown,
    /// The places of its texts.
    pub(super) label: usize,
    pub(super) hint: usize,
}

/// Where a setting is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shown {
    /// Among those that are used most.
    First,
    /// There with a FIFO queue, else among the rest.
    FirstForFifo,
    /// Among the rest.
    More,
}

/// A kind of program that can be chosen.
pub(in crate::ui::forms) struct Choosable {
    /// As the JSON of programs names it.
    pub(in crate::ui::forms) word: &'static str,
    /// The places of its texts.
    pub(in crate::ui::forms) label: usize,
    pub(in crate::ui::forms) hint: usize,
}

/// The kinds of programs, as they are offered.
pub(in crate::ui::forms) static KINDS: [Choosable; 5] = [
    Choosable {
        word: "producer",
        label: place_of_text!("role-producer"),
        hint: place_of_text!("kind-producer-hint"),
    },
    Choosable {
        word: "consumer",
        label: place_of_text!("role-consumer"),
        hint: place_of_text!("kind-consumer-hint"),
    },
    Choosable {
        word: "lambda",
        label: place_of_text!("kind-lambda"),
        hint: place_of_text!("kind-lambda-hint"),
    },
    Choosable {
        word: "monitor",
        label: place_of_text!("role-monitor"),
        hint: place_of_text!("kind-monitor-hint"),
    },
    Choosable {
        word: "script",
        label: place_of_text!("role-script"),
        hint: place_of_text!("kind-script-hint"),
    },
];

const fn number(name: &'static str, label: usize) -> Piece {
    Piece {
        name,
        label,
        is_number: true,
    }
}

const fn words(name: &'static str, label: usize) -> Piece {
    Piece {
        name,
        label,
        is_number: false,
    }
}

const fn kind(word: &'static str, label: usize, pieces: &'static [Piece]) -> Kind {
    Kind {
        word,
        label,
        pieces,
    }
}

/// [`Spread`](crate::world::Spread)
const SPREAD: Widget = Widget::Choice(&[
    kind(
        "",
        place_of_text!("spread-fixed"),
        &[number("", place_of_text!("spread-ms"))],
    ),
    kind(
        "uniform",
        place_of_text!("spread-between"),
        &[
            number("min", place_of_text!("spread-from-ms")),
            number("max", place_of_text!("spread-to-ms")),
        ],
    ),
    kind(
        "exponential",
        place_of_text!("spread-random"),
        &[number("mean", place_of_text!("spread-mean-ms"))],
    ),
]);

/// [`AfterWork`](crate::world::AfterWork)
const AFTER_WORK: Widget = Widget::Choice(&[
    kind("delete", place_of_text!("after-work-delete"), &[]),
    kind("delete_batch", place_of_text!("after-work-batch"), &[]),
    kind("keep", place_of_text!("after-work-keep"), &[]),
]);

/// [`OnFailure`](crate::world::OnFailure)
const ON_FAILURE: Widget = Widget::Choice(&[
    kind("leave", place_of_text!("on-failure-leave"), &[]),
    kind("retry_now", place_of_text!("on-failure-retry"), &[]),
]);

/// [`Poison`](crate::world::Poison)
const POISON: Widget = Widget::Choice(&[
    kind("", place_of_text!("poison-none"), &[]),
    kind(
        "body_contains",
        place_of_text!("poison-body"),
        &[words("", place_of_text!("poison-text"))],
    ),
    kind(
        "message_attribute",
        place_of_text!("poison-attribute"),
        &[
            words("name", place_of_text!("attribute-name")),
            words("value", place_of_text!("attribute-string")),
        ],
    ),
]);

/// Rows: the kinds of programs, the setting, how it is typed, where it is shown, its label, its hint.
macro_rules! rows {
    ($([$($kind:ident)*] $name:ident $widget:ident $shown:ident $label:literal $hint:literal;)*) => {
        &[$(Row {
            kinds: &[$(stringify!($kind)),*],
            name: stringify!($name),
            widget: $widget,
            shown: Shown::$shown,
            label: place_of_text!($label),
            hint: place_of_text!($hint),
        }),*]
    };
}

/// All settings, in the order in which they are shown.
static ROWS: &[Row] = {
    use Widget::{Attributes, Check, Json, Line, Lines, Number, Queue};
    rows! {
        [] queue Queue First "queue" "set-queue-hint";

        [producer] pause_ms SPREAD First "set-send-pause" "set-send-pause-hint";
        [] body Line First "set-body" "set-template-hint";
        [] count Number First "set-count" "set-count-hint";
        [] message_group_id Line FirstForFifo "set-group" "set-group-hint";
        [] message_deduplication_id Line FirstForFifo "set-deduplication" "set-deduplication-hint";
        [producer] batch_size Number More "set-send-batch" "set-send-batch-hint";
        [] delay_seconds Number More "set-delay" "set-delay-hint";
        [] message_attributes Attributes More "set-attributes" "set-attributes-hint";
        [] bodies Lines More "set-bodies" "set-bodies-hint";
        [] start Number More "set-start" "set-start-hint";

        [] work_ms SPREAD First "set-work" "set-work-hint";
        [lambda] batch_size Number First "set-invocation" "set-invocation-hint";
        [] after_work AFTER_WORK First "set-after-work" "set-after-work-hint";
        [] max_number_of_messages Number First "set-receive-count" "set-receive-count-hint";
        [] visibility_timeout Number First "set-visibility" "set-visibility-hint";
        [] wait_time_seconds Number First "set-wait" "set-wait-hint";
        [] concurrency Number First "set-workers" "set-workers-hint";
        [consumer] pause_ms SPREAD More "set-receive-pause" "set-receive-pause-hint";
        [] stop_after_empty Number More "set-stop" "set-stop-hint";
        [] heartbeat_seconds Number More "set-heartbeat" "set-heartbeat-hint";
        [] heartbeat_extends_seconds Number More "set-extends" "set-extends-hint";
        [] crash_percent Number More "set-crash" "set-crash-hint";
        [] restart_after_ms Number More "set-restart" "set-restart-hint";

        [] batch_window_seconds Number More "set-window" "set-window-hint";
        [] pollers Number More "set-pollers" "set-pollers-hint";
        [] maximum_concurrency Number More "set-source-limit" "set-source-limit-hint";
        [] function_concurrency Number More "set-function-limit" "set-function-limit-hint";
        [] report_batch_item_failures Check More "set-report" "set-report-hint";

        [] poison POISON More "set-poison" "set-poison-hint";
        [] on_failure ON_FAILURE More "set-on-failure" "set-on-failure-hint";
        [] idempotent Check More "set-idempotent" "set-idempotent-hint";

        [monitor] pause_ms Number First "set-monitor-pause" "set-monitor-pause-hint";
        [] steps Json First "set-steps" "set-steps-hint";
    }
};

/// The rows for a kind of program.
pub(super) fn rows_of(kind: &str) -> impl Iterator<Item = &'static Row> {
    let suits = move |row: &&Row| row.kinds.is_empty() || row.kinds.contains(&kind);
    ROWS.iter().filter(suits)
}
