//! The console: a terminal for commands of the AWS CLI, as a panel of the dock.
//!
//! There is one, and it lives as long as the page: what runs goes on while another tab is in front. It listens to the
//! session only while it waits for something there.

mod line;
mod panel;
mod screen;
mod terminal;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::Callback;

use super::bridge;
use crate::ui::listeners::Subscription;
pub(super) use panel::Panel;
use terminal::Terminal;

/// How long it runs before the page has its turn, in milliseconds.
const TURN_MS: f64 = 12.0;

thread_local! {
    static CONSOLE: Rc<Console> = Rc::new(Console {
        terminal: RefCell::new(Terminal::new()),
        line: RefCell::default(),
        listening: RefCell::default(),
        next_turn: RefCell::default(),
        onchange: RefCell::default(),
        changes: Cell::default(),
    });
}

/// The console, for whoever shows it and for what drives it.
struct Console {
    terminal: RefCell<Terminal>,
    /// What was typed and not yet submitted; kept here while the panel is not shown.
    line: RefCell<String>,
    listening: RefCell<Option<Subscription>>,
    /// When it goes on after the page had its turn.
    next_turn: RefCell<Option<Timeout>>,
    /// Told of each change, while the panel is shown.
    onchange: RefCell<Callback<()>>,
    changes: Cell<u64>,
}

/// The console.
fn console() -> Rc<Console> {
    CONSOLE.with(Rc::clone)
}

/// Puts a command where the next one is typed.
pub(super) fn suggest(command: &str) {
    let console = console();
    console.line.replace(command.to_owned());
    console.tell();
}

impl Console {
    /// Looks at the terminal.
    fn read<T>(&self, look: impl FnOnce(&Terminal) -> T) -> T {
        look(&self.terminal.borrow())
    }

    /// Does something with the terminal, and has it run.
    fn act(self: &Rc<Self>, act: impl FnOnce(&mut Terminal)) {
        act(&mut self.terminal.borrow_mut());
        self.go_on();
    }

    /// Runs for a while. Then the page has its turn.
    fn go_on(self: &Rc<Self>) {
        let (goes_on, awaits_time) = {
            let mut terminal = self.terminal.borrow_mut();
            let end = clock() + TURN_MS;
            (terminal.run(|| clock() < end), terminal.awaits_time())
        };
        let next_turn = goes_on.then(|| {
            let console = Rc::clone(self);
            Timeout::new(0, move || console.go_on())
        });
        self.next_turn.replace(next_turn);
        let listening = awaits_time.then(|| {
            let console = Rc::clone(self);
            bridge::listen(move || console.notice_change())
        });
        self.listening.replace(listening);
        self.tell();
    }

    fn notice_change(self: &Rc<Self>) {
        // Its own calls are changes, too.
        let Ok(mut terminal) = self.terminal.try_borrow_mut() else {
            return;
        };
        let was_playing = terminal.page().playing;
        let is_run_due = terminal.notice_change();
        let is_playing = terminal.page().playing;
        drop(terminal);
        if is_run_due {
            self.go_on();
        } else if was_playing != is_playing {
            self.tell();
        }
    }

    fn tell(&self) {
        self.changes.set(self.changes.get() + 1);
        let onchange = self.onchange.borrow().clone();
        onchange.emit(());
    }
}

/// Wall time, in milliseconds.
fn clock() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now())
}
