//! Staying awake for a moment after an answer, in case the client's next request is about to come.
//!
//! To wake up a thread that sleeps on an idle core can take longer than a request, above all in a
//! virtual machine. So a thread with few clients keeps asking its sockets for a while before it
//! sleeps: briefly, only after an answer, and only as long as this finds something.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::task::yield_now;

/// How long to stay awake after an answer: what a fast client takes, twice.
const WINDOW: Duration = Duration::from_micros(50);

/// What one thread does between an answer and its sleep.
#[derive(Default)]
pub(crate) struct Linger {
    answers: Cell<u64>,
    answered: Notify,
}

impl Linger {
    /// Says that an answer is about to go out, and the thread may stay awake after it.
    pub(crate) fn answered(&self) {
        self.answers.set(self.answers.get() + 1);
        self.answered.notify_one();
    }

    /// Keeps its thread awake after answers; for ever.
    pub(crate) async fn run(&self) {
        let mut hope = Hope::default();
        loop {
            for _ in 0..=hope.answers_to_pass {
                self.answered.notified().await;
            }
            let found = self.stay_awake().await;
            hope.learn(found);
        }
    }

    /// Until nothing has come for as long as the window; whether anything came.
    async fn stay_awake(&self) -> bool {
        let before = self.answers.get();
        let mut seen = before;
        let mut since = Instant::now();
        loop {
            let is_over = since.elapsed() >= WINDOW;
            // The runtime asks its sockets, without waiting, before it comes back here. The core is
            // not offered to other processes meanwhile: one that computes would keep it for
            // milliseconds, while a sleeper that wakes up gets it back at once.
            yield_now().await;
            if self.answers.get() != seen {
                seen = self.answers.get();
                since = Instant::now();
            } else if is_over {
                return seen != before;
            }
        }
    }
}

/// Whether it is worth to stay awake, from how it went: for a slow client hardly ever.
#[derive(Debug, Default)]
struct Hope {
    answers_to_pass: u32,
}

impl Hope {
    /// So it costs a slow client's server one window in so many answers.
    const PASS_MAX: u32 = 255;

    fn learn(&mut self, found: bool) {
        self.answers_to_pass = if found {
            0
        } else {
            (self.answers_to_pass * 2 + 1).min(Self::PASS_MAX)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_client_is_given_up_step_by_step() {
        let mut hope = Hope::default();
        let mut passed = Vec::new();
        for _ in 0..9 {
            passed.push(hope.answers_to_pass);
            hope.learn(false);
        }
        assert_eq!(passed, [0, 1, 3, 7, 15, 31, 63, 127, 255]);
        assert_eq!(hope.answers_to_pass, Hope::PASS_MAX);
        hope.learn(true);
        assert_eq!(hope.answers_to_pass, 0);
    }

    #[tokio::test]
    async fn it_sleeps_when_nothing_comes_and_stays_when_something_does() {
        let linger = Linger::default();
        assert!(!linger.stay_awake().await);
        let answer = async { linger.answered() };
        let (found, ()) = tokio::join!(linger.stay_awake(), answer);
        assert!(found);
    }
}
