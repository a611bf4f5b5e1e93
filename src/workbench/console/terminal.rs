//! The terminal: a shell, its screen, and what it waits for on the virtual clock.
//!
//! It knows the page by the bridge, and no browser: a native test drives it against a session.

use super::screen::{Kind, Screen};
use crate::console::{Completions, PROMPT, PROMPT_MORE, Shell, Step, Stream};
use crate::sim::{Span, Time};
use crate::sqs::api::Request;
use crate::workbench::bridge::{self, State, Told};
use crate::workbench::text::text;

pub(super) struct Terminal {
    shell: Shell,
    screen: Screen,
    /// The page when it was last asked.
    page: State,
    wait: Option<Wait>,
    status: Status,
    /// Which of the commands of the past is before the person.
    recalled: Option<usize>,
}

/// What the shell has asked for and does not have yet.
enum Wait {
    /// The answer to a call of this action.
    Call { number: u64, action: &'static str },
    /// This instant.
    Sleep(Time),
}

/// What the terminal is doing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Status {
    /// It wants a command.
    Ready,
    /// It wants the rest of a command.
    Continues,
    /// It wants the answer to this question.
    Asks(String),
    /// It runs commands.
    Runs,
    /// It waits for the answer to a call, which comes at this instant at the latest, as far as is known.
    WaitsForAnswer(Option<Time>),
    /// It sleeps until then.
    Sleeps(Time),
}

impl Terminal {
    /// A terminal in the world that is open.
    pub(super) fn new() -> Self {
        let page = bridge::state();
        Self {
            shell: Shell::new(&page.account, &page.region),
            screen: Screen::default(),
            page,
            wait: None,
            status: Status::Ready,
            recalled: None,
        }
    }

    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    /// The page when it was last looked at.
    pub(super) fn page(&self) -> &State {
        &self.page
    }

    /// What stands before the line that is typed.
    pub(super) fn prompt(&self) -> &str {
        match &self.status {
            Status::Continues => PROMPT_MORE,
            Status::Asks(question) => question,
            Status::Ready => PROMPT,
            // What is typed now is run later.
            Status::Runs | Status::WaitsForAnswer(_) | Status::Sleeps(_) => "",
        }
    }

    /// Whether it does or awaits something that can be stopped.
    pub(super) fn is_busy(&self) -> bool {
        !matches!(self.status, Status::Ready)
    }

    /// Whether it waits for time to pass.
    pub(super) fn awaits_time(&self) -> bool {
        self.wait.is_some()
    }

    /// Takes what was typed. [`Self::run`] is due then.
    pub(super) fn submit(&mut self, text: &str) {
        self.recalled = None;
        self.look();
        if text.trim().is_empty() && self.status == Status::Ready {
            self.screen.typed(self.page.now, PROMPT, "");
            return;
        }
        if let Err(too_long) = self.shell.submit(text) {
            self.note(&too_long.to_string());
        }
    }

    /// Says a word of the playground's own.
    pub(super) fn note(&mut self, text: &str) {
        let line = [text, "\n"].concat();
        self.screen.print(Kind::Note, self.page.now, &line);
    }

    /// Runs until it wants something, or there is no time for more. True if it goes on.
    pub(super) fn run(&mut self, has_time: impl Fn() -> bool) -> bool {
        self.look();
        loop {
            self.shell.set_time(self.page.now);
            match self.shell.next() {
                Step::Typed { prompt, text } => self.screen.typed(self.page.now, &prompt, &text),
                Step::Print { stream, text } => {
                    let kind = match stream {
                        Stream::Output => Kind::Output,
                        Stream::Error => Kind::Error,
                        Stream::Note => Kind::Note,
                    };
                    self.screen.print(kind, self.page.now, &text);
                }
                Step::Clear => self.screen.clear(),
                Step::Call(request) => self.call(&request),
                Step::Sleep { milliseconds } => {
                    let until = self.page.now + Span::from_ms(milliseconds);
                    self.wait = Some(Wait::Sleep(until));
                    self.status = Status::Sleeps(until);
                    self.look_after_wait();
                }
                Step::Ask { prompt } => self.status = Status::Asks(prompt),
                Step::Again => {
                    if !has_time() {
                        self.status = Status::Runs;
                        return true;
                    }
                }
                Step::Waiting => return false,
                Step::Prompt { continues } => {
                    self.status = if continues {
                        Status::Continues
                    } else {
                        Status::Ready
                    };
                    return false;
                }
            }
        }
    }

    /// After a change of the session: goes on if what was awaited is there. True if [`Self::run`] is due.
    pub(super) fn notice_change(&mut self) -> bool {
        let opened = self.page.opened;
        self.look();
        if opened != self.page.opened {
            return self.arrive_elsewhere();
        }
        self.look_after_wait()
    }

    /// Ends what runs and forgets what was to be run. A call that waits is given up.
    pub(super) fn interrupt(&mut self) {
        if let Some(Wait::Call { number, .. }) = self.wait.take() {
            bridge::cancel(number);
        }
        self.recalled = None;
        self.shell.interrupt();
    }

    pub(super) fn clear(&mut self) {
        self.screen.clear();
    }

    /// Keeps a file for `file://`.
    pub(super) fn add_file(&mut self, name: &str, bytes: Vec<u8>) {
        self.look();
        let count = bytes.len();
        let words = match self.shell.add_file(name, bytes) {
            Ok(()) => text!(
                "console-file",
                [("name", name.into()), ("bytes", count.into())]
            ),
            Err(too_long) => too_long.to_string(),
        };
        self.note(&words);
    }

    /// What the word at the cursor, in bytes, can become.
    pub(super) fn complete(&self, line: &str, cursor: usize) -> Completions {
        let urls: Vec<String> = bridge::queues().into_iter().map(|(_, url)| url).collect();
        self.shell.complete(line, cursor, &urls)
    }

    /// The command before the one that is before the person.
    pub(super) fn older(&mut self) -> Option<String> {
        let history = self.shell.history();
        let place = self.recalled.unwrap_or(history.len()).checked_sub(1)?;
        self.recalled = Some(place);
        history.get(place).cloned()
    }

    /// The command after it; nothing after the last.
    pub(super) fn newer(&mut self) -> Option<String> {
        let place = self.recalled? + 1;
        let command = self.shell.history().get(place).cloned();
        self.recalled = command.as_ref().map(|_| place);
        Some(command.unwrap_or_default())
    }

    /// Whether a command of the past is before the person.
    pub(super) fn is_recalling(&self) -> bool {
        self.recalled.is_some()
    }

    /// What was typed is not run, and stays to be seen.
    pub(super) fn forget_line(&mut self, text: &str) {
        self.recalled = None;
        self.look();
        let text = [text, "^C"].concat();
        self.screen.typed(self.page.now, PROMPT, &text);
    }

    fn look(&mut self) {
        self.page = bridge::state();
    }

    fn call(&mut self, request: &Request) {
        let action = request.action();
        match bridge::call(request) {
            Ok((_, Told::Answered(_, result))) => self.shell.answer(result),
            Ok((number, Told::Waiting)) => {
                self.wait = Some(Wait::Call { number, action });
                self.status = Status::WaitsForAnswer(self.latest_answer(request));
            }
            Ok((_, Told::Gone)) => self.lose_call(),
            Err(why) => {
                self.interrupt();
                self.note(&why);
            }
        }
    }

    /// When a long poll is over, where it says so itself.
    fn latest_answer(&self, request: &Request) -> Option<Time> {
        if let Request::ReceiveMessage(receive) = request {
            let seconds = u64::try_from(receive.wait_time_seconds?).ok()?;
            Some(self.page.now + Span::from_secs(seconds))
        } else {
            None
        }
    }

    /// Hands the shell what it waits for, if it is there.
    fn look_after_wait(&mut self) -> bool {
        match self.wait {
            None => return false,
            Some(Wait::Sleep(until)) => {
                if !until.is_due(self.page.now) {
                    return false;
                }
                self.wait = None;
                self.shell.woken();
            }
            Some(Wait::Call { number, action }) => match bridge::answer(number, action) {
                Told::Waiting => return false,
                Told::Answered(_, result) => {
                    self.wait = None;
                    self.shell.answer(result);
                }
                Told::Gone => self.lose_call(),
            },
        }
        true
    }

    fn lose_call(&mut self) {
        self.wait = None;
        self.interrupt();
        self.note(&text!("console-call-gone"));
    }

    /// Another world was opened: nothing of the old one comes any more.
    fn arrive_elsewhere(&mut self) -> bool {
        let was_waiting = self.wait.is_some();
        if was_waiting {
            // Its number may be that of another call in this world.
            self.wait = None;
            self.interrupt();
            self.note(&text!("console-other-world"));
        }
        was_waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::session::{Action, Session};
    use crate::ui::store::{Store, Subscription};
    use crate::workbench::bridge::tests::page;

    /// A terminal at an empty world.
    struct Test {
        store: Store,
        _listening: Subscription,
        terminal: Terminal,
    }

    impl Test {
        fn new() -> Self {
            let (store, listening) = page();
            Self {
                terminal: Terminal::new(),
                store,
                _listening: listening,
            }
        }

        fn type_in(&mut self, text: &str) {
            self.terminal.submit(text);
            self.run();
        }

        fn run(&mut self) {
            while self.terminal.run(|| false) {}
        }

        /// Lets virtual time pass.
        fn pass(&mut self, seconds: u64) {
            let now = self.store.read(Session::now);
            self.go_to(now + Span::from_secs(seconds));
        }

        fn go_to(&mut self, at: Time) {
            self.store.dispatch(Action::Seek(at));
            if self.terminal.notice_change() {
                self.run();
            }
        }

        fn waiting_calls(&self) -> usize {
            self.store.read(|session| session.world().calls().count())
        }

        /// All that stands on the screen.
        fn screen(&self) -> String {
            let blocks = self.terminal.screen().blocks();
            let shown = blocks.map(|block| {
                let end = if block.kind == Kind::Typed { "\n" } else { "" };
                [&*block.prompt, &*block.text, end].concat()
            });
            shown.collect()
        }
    }

    const CREATE: &str = "aws sqs create-queue --queue-name jobs";
    const URL: &str =
        "URL=$(aws sqs get-queue-url --queue-name jobs --query QueueUrl --output text)";

    #[test]
    fn commands_are_run_one_after_the_other_and_are_calls_by_hand() {
        let mut test = Test::new();
        let send = "aws sqs send-message --queue-url $URL --message-body '<b>hi</b>'";
        test.type_in(&[CREATE, URL, send].join("\n"));
        assert_eq!(test.terminal.status(), &Status::Ready);
        let screen = test.screen();
        let md5 = "\"MD5OfMessageBody\": ";
        for part in ["$ aws sqs create-queue", "/jobs\"", "$ URL=", md5] {
            assert!(screen.contains(part), "no {part} in {screen}");
        }
        let calls = test.store.read(|session| session.undo_and_redo_counts().0);
        assert_eq!(calls, 3);
    }

    #[test]
    fn a_long_poll_waits_on_the_virtual_clock() {
        let mut test = Test::new();
        let receive =
            "aws sqs receive-message --queue-url $URL --wait-time-seconds 20 && echo done";
        test.type_in(&[CREATE, URL, receive].join("\n"));
        let now = test.store.read(Session::now);
        let until = now + Span::from_secs(20);
        assert_eq!(test.terminal.status(), &Status::WaitsForAnswer(Some(until)));
        test.pass(19);
        assert!(test.terminal.awaits_time());
        test.pass(1);
        assert_eq!(test.terminal.status(), &Status::Ready);
        assert!(test.screen().ends_with("done\n"), "{}", test.screen());
    }

    #[test]
    fn a_sleep_lasts_as_long_as_it_says_and_can_be_interrupted() {
        let mut test = Test::new();
        let now = test.store.read(Session::now);
        test.type_in("sleep 5; echo up\nsleep 60; echo never");
        assert_eq!(
            test.terminal.status(),
            &Status::Sleeps(now + Span::from_secs(5))
        );
        test.pass(5);
        assert!(test.screen().contains("\nup\n"));
        assert!(matches!(test.terminal.status(), Status::Sleeps(_)));
        test.terminal.interrupt();
        test.run();
        test.pass(100);
        assert_eq!(test.terminal.status(), &Status::Ready);
        assert!(!test.screen().contains("\nnever\n"));
    }

    #[test]
    fn an_interrupt_gives_up_the_call_that_waits() {
        let mut test = Test::new();
        let receive = "aws sqs receive-message --queue-url $URL --wait-time-seconds 20; echo never";
        test.type_in(&[CREATE, URL, receive].join("\n"));
        assert_eq!(test.waiting_calls(), 1);
        test.terminal.interrupt();
        test.run();
        assert_eq!(test.waiting_calls(), 0);
        assert_eq!(test.terminal.status(), &Status::Ready);
        assert!(test.screen().ends_with("^C\n"), "{}", test.screen());
    }

    #[test]
    fn a_call_that_never_was_or_another_world_ends_what_waits() {
        let mut test = Test::new();
        let start = test.store.read(Session::now);
        test.pass(3);
        let receive = "aws sqs receive-message --queue-url $URL --wait-time-seconds 20; echo later";
        test.type_in(&[CREATE, URL, receive].join("\n"));
        test.go_to(start);
        assert_eq!(test.terminal.status(), &Status::Ready);
        assert!(test.screen().contains(&text!("console-call-gone")));

        test.type_in("sleep 5; echo later");
        test.store.dispatch(Action::OpenScenario(0));
        assert!(test.terminal.notice_change());
        test.run();
        assert!(test.screen().contains(&text!("console-other-world")));
        assert!(!test.screen().contains("\nlater\n"));
    }

    #[test]
    fn more_than_it_takes_is_refused_with_a_word() {
        let mut test = Test::new();
        test.type_in(&"echo x\n".repeat(1_500_000));
        assert_eq!(test.terminal.status(), &Status::Ready);
        assert!(test.screen().contains("more than"), "{}", test.screen());
    }

    #[test]
    fn the_past_comes_back_with_the_arrows() {
        let mut test = Test::new();
        test.type_in("echo one\necho two");
        let terminal = &mut test.terminal;
        assert_eq!(terminal.newer(), None);
        assert_eq!(terminal.older().as_deref(), Some("echo two"));
        assert_eq!(terminal.older().as_deref(), Some("echo one"));
        assert_eq!(terminal.older(), None);
        assert_eq!(terminal.newer().as_deref(), Some("echo two"));
        assert_eq!(terminal.newer().as_deref(), Some(""));
        assert_eq!(terminal.older().as_deref(), Some("echo two"));
    }
}
