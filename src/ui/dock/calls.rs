//! The log of calls, the newest first: all that are kept, of which those in view are there.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::choice::choice;
use super::scroll::{Scroller, row_pixels};
use crate::sqs::api::CallId;
use crate::timeline::CallRecord;
use crate::ui::describe::{self, Outcome};
use crate::ui::format;
use crate::ui::page::Page;
use crate::ui::part::Part;
use crate::ui::session::{Selection, Session};
use crate::ui::text::text;
use crate::world::EventKind;

/// The height of a row: `.call-row` in the style sheet has the same.
const ROW_REM: f64 = 1.75;

/// What answers can be looked for.
const OUTCOMES: [Outcome; 3] = [Outcome::Fine, Outcome::Empty, Outcome::Error];

/// Which calls to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    words: String,
    only: Option<Outcome>,
}

/// The calls that pass a filter, kept up to date by what is new alone.
#[derive(Default)]
struct Found {
    filter: Filter,
    /// The run, and which edition of its log.
    run: (u64, u64),
    /// The first event that was not looked at.
    next: u64,
    /// By their numbers, in order.
    calls: Vec<u64>,
}

/// One call.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    id: CallId,
    at: String,
    caller: String,
    /// Where in a script's code it was made.
    line: Option<String>,
    action: &'static str,
    queue: String,
    outcome: Outcome,
    answer: String,
}

#[derive(PartialEq)]
pub(super) struct CallLog {
    pub filter: Filter,
    pub onfilter: Callback<Filter>,
}

impl Part for CallLog {
    /// When to look again.
    type Facts = u64;

    fn facts(&self, session: &Session) -> u64 {
        session.beat()
    }

    fn view(&self, _: &u64, page: &Page) -> Html {
        let filter = &self.filter;
        let kept = page.kept::<Kept>();
        let Kept {
            found, scroller, ..
        } = &mut *kept.borrow_mut();
        let onscroll = scroller.onscroll(page.again());
        let (total, known, rows, selected, forgotten) = page.store.read(|session| {
            found.update(session, filter);
            let (total, known) = found.counts(session);
            let rows: Vec<(usize, Row)> = scroller
                .in_view()
                .of(total)
                .filter_map(|place| Some((place, row(session, found.nth(session, place)?)?)))
                .collect();
            let forgotten = describe::forgotten(session);
            (total, known, rows, session.selection(), forgotten)
        });
        let changed = |filter: Filter| {
            let onfilter = self.onfilter.clone();
            move |change: &dyn Fn(&mut Filter)| {
                let mut next = filter.clone();
                change(&mut next);
                onfilter.emit(next);
            }
        };
        let oninput = {
            let changed = changed(filter.clone());
            Callback::from(move |event: InputEvent| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    changed(&|filter| filter.words = input.value());
                }
            })
        };
        let onchoose = {
            let changed = changed(filter.clone());
            Callback::from(move |value: String| {
                let mut choices = OUTCOMES.into_iter();
                let only = choices.find(|only| only.name() == value);
                changed(&|filter| filter.only = only);
            })
        };
        let onclick = {
            let page = page.clone();
            Callback::from(move |event: MouseEvent| {
                let Some(element) = event.target_dyn_into::<Element>() else {
                    return;
                };
                let call = element.get_attribute("data-call");
                if let Some(call) = call.and_then(|call| call.parse().ok()) {
                    page.select(Selection::Call(CallId(call)));
                } else if let Some(line) = element.get_attribute("data-line") {
                    page.show_line(&line);
                }
            })
        };
        let outcomes = OUTCOMES.map(|only| (only.name().to_owned(), only.words()));
        let only = filter.only.map_or("", Outcome::name);
        html! {
            <>
                <div class="dock-head">
                    <span class="note">
                        { text!("calls-count", [("shown", total.into()), ("known", known.into())]) }
                    </span>
                    <input type="search" class="search" value={filter.words.clone()} {oninput}
                        placeholder={text!("calls-search")} aria-label={text!("calls-search")} />
                    { choice(text!("calls-only"), Some(text!("calls-all")), outcomes.to_vec(), only, onchoose) }
                </div>
                <div class="dock-body calls" role="table" tabindex="0" aria-label={text!("calls-list")}
                    aria-rowcount={(total + 1).to_string()} ref={scroller.node.clone()} {onscroll} {onclick}>
                    <div class="calls-head" role="rowgroup">
                        <div class="call-cells" role="row" aria-rowindex="1">
                            <span role="columnheader">{ text!("call-time") }</span>
                            <span role="columnheader">{ text!("call-caller") }</span>
                            <span role="columnheader" class="wide line">{ text!("call-line") }</span>
                            <span role="columnheader">{ text!("call-action") }</span>
                            <span role="columnheader" class="wide">{ text!("call-queue") }</span>
                            <span role="columnheader">{ text!("call-answer") }</span>
                        </div>
                    </div>
                    <div class="virtual" role="rowgroup" style={format!("height:calc({total} * {ROW})")}>
                        { for rows.into_iter().map(|(place, row)| {
                            let is_selected = selected == Selection::Call(row.id);
                            row_html(place, row, is_selected)
                        }) }
                    </div>
                    if let Some(words) = forgotten {
                        <p class="empty-note">{ words }</p>
                    } else if total == 0 {
                        <p class="empty-note">{ text!("calls-none") }</p>
                    }
                </div>
            </>
        }
    }

    fn shown(&self, page: &Page) {
        let kept = page.kept::<Kept>();
        let mut kept = kept.borrow_mut();
        kept.scroller.watch(ROW_REM, page.again());
        let total = page.store.read(|session| kept.found.counts(session).0);
        let before = kept.total.replace(total).unwrap_or(total);
        // Whoever reads older calls is not pushed away from them by new ones.
        let more = total as f64 - before as f64;
        if let Some(element) = kept.scroller.element().filter(|_| more > 0.0) {
            let top = f64::from(element.scroll_top());
            if top > 0.0 {
                element.set_scroll_top((top + more * row_pixels(ROW_REM)) as i32);
            }
        }
    }
}

/// What the table keeps while it is in front.
#[derive(Default)]
struct Kept {
    found: Found,
    scroller: Rc<Scroller>,
    /// How many calls there were when it was shown.
    total: Option<usize>,
}

/// The height of a row, as the style sheet takes it.
const ROW: &str = "1.75rem";

fn row_html(place: usize, row: Row, selected: bool) -> Html {
    let class = if selected {
        "call-cells call-row selected"
    } else {
        "call-cells call-row"
    };
    let outcome = format!("outcome {}", row.outcome.name());
    html! {
        <div key={row.id.0} {class} role="row" aria-rowindex={(place + 2).to_string()}
            style={format!("top:calc({place} * {ROW})")}>
            <span role="cell" class="mono">{ row.at }</span>
            <span role="cell">{ row.caller }</span>
            <span role="cell" class="wide line">
                if let Some(line) = row.line {
                    <button class="link mono" data-line={line.clone()}>{ line }</button>
                }
            </span>
            <span role="cell">
                <button class="link" data-call={row.id.0.to_string()} aria-pressed={selected.to_string()}>
                    { row.action }
                </button>
            </span>
            <span role="cell" class="wide">{ row.queue }</span>
            <span role="cell"><span class={outcome}>{ row.answer }</span></span>
        </div>
    }
}

impl Found {
    fn update(&mut self, session: &Session, filter: &Filter) {
        let log = session.timeline().log();
        let end = session.world().event_count();
        let run = (session.opened(), log.edition());
        if *filter == Filter::default() {
            *self = Self::default();
            return;
        }
        if self.run != run || self.filter != *filter || end < self.next {
            *self = Self {
                filter: filter.clone(),
                run,
                ..Self::default()
            };
        }
        let words = filter.words.to_ascii_lowercase();
        for event in log.since(self.next).take_while(|event| event.id.0 < end) {
            if let EventKind::CallSent { call, .. }
            | EventKind::CallAnswered { call, .. }
            | EventKind::CallDropped { call, .. } = event.kind
            {
                let record = log.call(call, end);
                let passes = record.is_some_and(|record| self.passes(session, &record, &words));
                match (self.calls.binary_search(&call.0), passes) {
                    (Err(place), true) => self.calls.insert(place, call.0),
                    (Ok(place), false) => {
                        self.calls.remove(place);
                    }
                    (Ok(_), true) | (Err(_), false) => {}
                }
            }
        }
        self.next = end;
        let first = log.call_numbers(end).start;
        let forgotten = self.calls.partition_point(|call| *call < first);
        self.calls.drain(..forgotten);
    }

    fn passes(&self, session: &Session, call: &CallRecord<'_>, words: &str) -> bool {
        if self.filter.only.is_some_and(|only| outcome(call) != only) {
            return false;
        }
        let EventKind::CallSent {
            caller,
            queue,
            request,
            ..
        } = &call.sent.kind
        else {
            return false;
        };
        let world = session.world();
        let has = |text: &str| text.to_ascii_lowercase().contains(words);
        let error = match call.answered.map(|event| &event.kind) {
            Some(EventKind::CallAnswered { result, .. }) => result.as_ref().as_ref().err(),
            _ => None,
        };
        words.is_empty()
            || has(request.action())
            || has(&describe::caller(world, *caller))
            || queue.is_some_and(|queue| has(&describe::queue(world, queue)))
            || request.queue_named().is_some_and(has)
            || error.is_some_and(|error| has(error.code.query_code()))
    }

    /// How many pass, and how many there are.
    fn counts(&self, session: &Session) -> (usize, usize) {
        let end = session.world().event_count();
        let numbers = session.timeline().log().call_numbers(end);
        let known = (numbers.end - numbers.start) as usize;
        if self.filter == Filter::default() {
            (known, known)
        } else {
            (self.calls.len(), known)
        }
    }

    /// The newest is the first.
    fn nth<'a>(&self, session: &'a Session, place: usize) -> Option<CallRecord<'a>> {
        let log = session.timeline().log();
        let end = session.world().event_count();
        let number = if self.filter == Filter::default() {
            log.call_numbers(end).end.checked_sub(1 + place as u64)?
        } else {
            self.calls[self.calls.len().checked_sub(1 + place)?]
        };
        log.call(CallId(number), end)
    }
}

fn outcome(call: &CallRecord<'_>) -> Outcome {
    match call.answered.map(|event| &event.kind) {
        Some(EventKind::CallAnswered { result, .. }) => Outcome::of(Some(result)),
        Some(_) => Outcome::Dropped,
        None => Outcome::Waiting,
    }
}

fn row(session: &Session, call: CallRecord<'_>) -> Option<Row> {
    let EventKind::CallSent {
        caller,
        queue,
        request,
        line,
        ..
    } = &call.sent.kind
    else {
        return None;
    };
    let world = session.world();
    let outcome = outcome(&call);
    let answer = match call.answered.map(|event| &event.kind) {
        Some(EventKind::CallAnswered {
            result, messages, ..
        }) => match (&**result, outcome) {
            (Err(error), _) => error.code.query_code().to_owned(),
            (Ok(_), Outcome::Fine) if !messages.is_empty() => {
                let keys: Vec<String> = messages.iter().map(|key| key.0.to_string()).collect();
                text!(
                    "answer-messages",
                    [
                        ("count", messages.len().into()),
                        ("messages", keys.join(", ").into()),
                    ],
                )
            }
            (Ok(_), _) => outcome.words(),
        },
        _ => outcome.words(),
    };
    let named = || {
        request
            .queue_named()
            .map(|name| name.rsplit('/').next().unwrap_or(name).into())
    };
    Some(Row {
        id: call.id,
        at: format::elapsed(call.sent.at.since(session.start())),
        caller: describe::caller(world, *caller),
        line: line
            .as_ref()
            .map(|line| describe::source_line(world, *caller, line)),
        action: request.action(),
        queue: queue
            .map(|id| describe::queue(world, id))
            .or_else(named)
            .unwrap_or_default(),
        outcome,
        answer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Span;
    use crate::ui::session::Action;

    fn shown(found: &Found, session: &Session) -> Vec<String> {
        let (total, _) = found.counts(session);
        (0..total)
            .filter_map(|place| row(session, found.nth(session, place)?))
            .map(|row| format!("{} {} {:?}", row.id.0, row.action, row.outcome))
            .collect()
    }

    /// What looking at everything anew finds.
    fn naive(session: &Session, filter: &Filter) -> Vec<String> {
        let mut found = Found::default();
        found.update(session, filter);
        shown(&found, session)
    }

    #[test]
    fn what_is_new_alone_keeps_the_list_up_to_date_both_ways() {
        let filters = [
            Filter::default(),
            Filter {
                words: "receiveMESSAGE".into(),
                only: None,
            },
            Filter {
                words: String::new(),
                only: Some(Outcome::Empty),
            },
            Filter {
                words: "test_queue".into(),
                only: Some(Outcome::Fine),
            },
        ];
        for filter in filters {
            let (mut session, mut found) = (Session::of("first-messages"), Found::default());
            for seconds in [0, 1, 5, 11, 14, 13, 40, 2, 59] {
                session.apply(Action::Seek(session.start() + Span::from_secs(seconds)));
                found.update(&session, &filter);
                assert_eq!(
                    shown(&found, &session),
                    naive(&session, &filter),
                    "{seconds} s"
                );
            }
            assert!(!shown(&found, &session).is_empty(), "{filter:?}");
        }
    }

    #[test]
    fn the_newest_call_comes_first() {
        let mut session = Session::of("first-messages");
        session.apply(Action::Seek(session.start() + Span::from_secs(12)));
        let rows = naive(&session, &Filter::default());
        assert!(rows.len() > 100);
        assert_eq!(rows.last().map(String::as_str), Some("1 CreateQueue Fine"));
    }
}
