//! What an address asks of a run, and addresses that ask for it: pure.

use super::moment::moment;
use crate::sim::{Span, Time};
use crate::ui::address::is_yes;
use crate::ui::playback::Speed;
use crate::ui::theme::Theme;

/// The names of panels in an address.
pub(super) const PANELS: [&str; 4] = ["stage", "scenarios", "inspector", "timeline"];
/// The languages that there are.
pub(super) const LANGUAGES: [&str; 1] = ["en"];

/// What an address asks of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Options {
    /// The run itself, as a link.
    pub(super) link: Option<String>,
    /// Where to start, as it is written.
    pub(super) at: Option<String>,
    pub(super) play: bool,
    pub(super) speed: Option<Speed>,
    /// What it asks for and there is not, as it is written.
    pub(super) unknown: Vec<String>,
}

impl Options {
    /// Reads an address, its query and its fragment. Names that are not ours are passed over.
    pub(super) fn read(query: &str, fragment: &str) -> Self {
        let mut options = Self::default();
        let parts = [query, fragment].map(|part| part.trim_start_matches(['?', '#']));
        let pairs = parts
            .iter()
            .flat_map(|part| form_urlencoded::parse(part.as_bytes()));
        for (name, value) in pairs {
            let is_known = match &*name {
                "run" => {
                    options.link = Some(value.to_string());
                    true
                }
                "at" => {
                    let is_moment = moment(&value, Time::default()).is_some();
                    options.at = is_moment.then(|| value.to_string()).or(options.at);
                    is_moment
                }
                "speed" => {
                    let speed = speed(&value);
                    options.speed = speed.or(options.speed);
                    speed.is_some()
                }
                "play" => {
                    options.play = is_yes(&value);
                    is_yes(&value) || is_no(&value)
                }
                "embed" | "present" => is_yes(&value) || is_no(&value),
                "theme" => Theme::named(&value).is_some(),
                "lang" => LANGUAGES.contains(&&*value),
                "panels" => value.split(',').all(|panel| PANELS.contains(&panel)),
                _ => true,
            };
            if !is_known {
                options.unknown.push(format!("{name}={value}"));
            }
        }
        options
    }

    /// Where to start in a run that begins there.
    pub(super) fn instant(&self, start: Time) -> Option<Time> {
        moment(self.at.as_deref()?, start)
    }
}

/// How much of the page an address asks for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Shows {
    #[default]
    All,
    Embed,
    Present,
}

/// An address to make.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    pub(super) shows: Shows,
    /// The panels beside the stage; none for what the view has by itself.
    pub(super) panels: Option<Vec<&'static str>>,
    pub(super) theme: Option<Theme>,
    /// Where to start, since the start of the run.
    pub(super) at: Option<Span>,
    pub(super) play: bool,
    pub(super) speed: Option<Speed>,
}

impl Wanted {
    /// The address of a link, on the page at `base`.
    pub(super) fn address(&self, base: &str, link: &str) -> String {
        let mut query = Vec::new();
        match self.shows {
            Shows::All => {}
            Shows::Embed => query.push("embed=1".to_owned()),
            Shows::Present => query.push("present=1".to_owned()),
        }
        if let Some(panels) = &self.panels {
            query.push(format!(
                "panels={}",
                [&["stage"], &panels[..]].concat().join(",")
            ));
        }
        if let Some(theme) = self.theme {
            query.push(format!("theme={}", theme.name()));
        }
        let mut fragment = vec![format!("run={link}")];
        if let Some(at) = self.at {
            let (seconds, ms) = (at.as_ms() / 1000, at.as_ms() % 1000);
            let decimals = format!(".{ms:03}");
            let decimals = decimals.trim_end_matches('0').trim_end_matches('.');
            fragment.push(format!("at={seconds}{decimals}"));
        }
        if self.play {
            fragment.push("play=1".to_owned());
        }
        if let Some(speed) = self.speed {
            let factor = f64::from(speed.thousandths()) / 1000.0;
            fragment.push(format!("speed={factor}"));
        }
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        format!("{base}{query}#{}", fragment.join("&"))
    }
}

/// The fragment of an address without what was asked of a run.
pub(super) fn without_run(fragment: &str) -> String {
    let pairs = fragment.trim_start_matches('#').split('&');
    let rest: Vec<&str> = pairs
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !matches!(name, "run" | "at" | "play" | "speed")
        })
        .collect();
    rest.join("&")
}

fn is_no(value: &str) -> bool {
    matches!(value, "0" | "false" | "no")
}

fn speed(value: &str) -> Option<Speed> {
    let factor: f64 = value.parse().ok()?;
    let thousandths = (factor * 1000.0).round();
    let is_within = (0.0..=f64::from(u32::MAX)).contains(&thousandths);
    Speed::of_thousandths(is_within.then_some(thousandths as u32)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_and_how_to_play() {
        let options = Options::read(
            "?embed=1&theme=dark",
            "#run=1.abc_-&at=1%3A30.5&play=1&speed=10",
        );
        assert_eq!(options.link.as_deref(), Some("1.abc_-"));
        let start = Time::from_ms(1000);
        assert_eq!(options.instant(start), Some(Time::from_ms(91_500)));
        assert!(options.play);
        assert_eq!(options.speed, Speed::of_thousandths(10_000));
        assert!(options.unknown.is_empty());
    }

    #[test]
    fn what_there_is_not_is_told_and_passed_over() {
        let query = "?speed=11&speed=x&speed=nan&speed=1e300&at=soon&play=maybe&theme=pink&lang=xx&panels=stage,cellar&embed=2&utm=1";
        let options = Options::read(query, "#top&<img src=x>=1&%zz=%zz");
        let unknown = [
            "speed=11",
            "speed=x",
            "speed=nan",
            "speed=1e300",
            "at=soon",
            "play=maybe",
            "theme=pink",
            "lang=xx",
            "panels=stage,cellar",
            "embed=2",
        ];
        assert_eq!(options.unknown, unknown);
        let nothing = Options {
            unknown: options.unknown.clone(),
            ..Options::default()
        };
        assert_eq!(options, nothing);
    }

    #[test]
    fn an_address_that_is_made_is_read_again() {
        let wanted = Wanted {
            shows: Shows::Embed,
            panels: Some(vec!["timeline"]),
            theme: Some(Theme::Light),
            at: Some(Span::from_ms(72_050)),
            play: true,
            speed: Speed::of_thousandths(500),
        };
        let address = wanted.address("https://example.org/play/", "1.x");
        let expected = "https://example.org/play/?embed=1&panels=stage,timeline&theme=light#run=1.x&at=72.05&play=1&speed=0.5";
        assert_eq!(address, expected);
        let (query, fragment) = address.split_once('#').expect("it has a fragment");
        let query = query.split_once('?').expect("it has a query").1;
        let options = Options::read(query, fragment);
        assert_eq!(
            options.instant(Time::default()),
            Some(Time::from_ms(72_050))
        );
        assert_eq!((options.play, options.speed), (true, wanted.speed));
        assert!(options.unknown.is_empty());
        for speed in Speed::OFFERED {
            let wanted = Wanted {
                speed: Some(speed),
                ..Wanted::default()
            };
            let options = Options::read("", &wanted.address("", "1.x"));
            assert_eq!(options.speed, Some(speed));
        }
    }

    #[test]
    fn an_opened_link_leaves_the_rest_of_the_fragment() {
        assert_eq!(without_run("#run=1.x&at=5&theme=dark&play=1"), "theme=dark");
        assert_eq!(without_run("#run=1.x"), "");
    }
}
