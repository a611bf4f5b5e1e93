//! What the page's address asks of its look. What it asks of a run is the workbench's business.
//!
//! Options are pairs of the query and of the fragment, such as `?embed=1&panels=timeline#run=1.abc`.

use super::theme::Theme;

/// What is opened when the page opens: where a store keeps the last run, and what an address has of one.
const RUN: [&str; 5] = ["run", "at", "play", "speed", "lang"];

/// How much of the page there is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum View {
    /// All of it.
    Full,
    /// The stage, the clock and the transport, within another page.
    Embed,
    /// The same, large.
    Present,
}

/// The panels that can be left out, each with its name in the address and in the style sheet.
const PANELS: [(&str, &str); 3] = [
    ("scenarios", " no-rail"),
    ("inspector", " no-inspector"),
    ("timeline", " no-dock"),
];

/// What an address asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Address {
    /// How much of the page there is.
    pub view: View,
    /// The panels that are left out, as classes of the style sheet; none if the address says nothing.
    pub without: Option<String>,
    /// Not the remembered one.
    pub theme: Option<Theme>,
    /// Whether it says something of a run.
    pub has_run: bool,
}

/// The pairs of an address: of its query (`?…`), then of its fragment (`#…`).
pub fn pairs<'a>(query: &'a str, fragment: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let both = [query, fragment].into_iter();
    both.flat_map(|part| part.trim_start_matches(['?', '#']).split('&'))
        .filter_map(|pair| pair.split_once('='))
}

/// Whether a value means yes.
pub fn is_yes(value: &str) -> bool {
    matches!(value, "1" | "true" | "yes")
}

impl Address {
    /// Reads an address. What it does not know it passes over.
    pub fn read(query: &str, fragment: &str) -> Self {
        let mut address = Self {
            view: View::Full,
            without: None,
            theme: None,
            has_run: false,
        };
        for (name, value) in pairs(query, fragment) {
            match name {
                "embed" if is_yes(value) => address.view = View::Embed,
                "present" if is_yes(value) => address.view = View::Present,
                "panels" => address.without = Some(without(value)),
                "theme" => address.theme = Theme::named(value).or(address.theme),
                _ => address.has_run |= RUN.contains(&name),
            }
        }
        address
    }
}

/// The classes that leave out all panels but these.
pub(crate) fn without(panels: &str) -> String {
    let all = PANELS.into_iter();
    all.filter(|(name, _)| !panels.contains(name))
        .map(|(_, class)| class)
        .collect()
}

/// The query without what asks for less than all of the page.
pub(crate) fn in_full(query: &str) -> String {
    let all = query.trim_start_matches('?').split('&');
    let rest = all.filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !matches!(name, "embed" | "present" | "panels")
    });
    let rest: Vec<&str> = rest.collect();
    ["?", &rest.join("&")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, fragment: &str, view: View, without: Option<&str>, theme: Option<Theme>) {
        let address = Address::read(query, fragment);
        let without = without.map(str::to_owned);
        assert_eq!(
            (address.view, address.without, address.theme),
            (view, without, theme)
        );
    }

    #[test]
    fn an_address_asks_for_a_view() {
        check("", "", View::Full, None, None);
        check("?embed=1", "", View::Embed, None, None);
        check("?embed=0&present=yes", "#", View::Present, None, None);
        check(
            "",
            "#embed=true&theme=dark",
            View::Embed,
            None,
            Some(Theme::Dark),
        );
        let all_but_timeline = Some(" no-rail no-inspector");
        check("?panels=timeline", "", View::Full, all_but_timeline, None);
        check(
            "?panels=stage",
            "",
            View::Full,
            Some(" no-rail no-inspector no-dock"),
            None,
        );
        check(
            "?panels=scenarios%2Cinspector,timeline",
            "",
            View::Full,
            Some(""),
            None,
        );
    }

    #[test]
    fn what_is_unknown_is_passed_over() {
        for query in [
            "?",
            "?&&&=&==",
            "?embed",
            "?embed=2",
            "?theme=pink",
            "?utm_source=x",
            "?%",
            "?é=é",
        ] {
            check(query, "#<script>alert(1)</script>", View::Full, None, None);
        }
        // Of two themes the last that there is counts.
        check(
            "?theme=light&theme=pink",
            "",
            View::Full,
            None,
            Some(Theme::Light),
        );
    }

    #[test]
    fn what_concerns_a_run_is_noted() {
        for pair in ["run=1.x", "at=90", "play=1", "speed=5", "lang=de"] {
            let fragment = ["#a=b&", pair].concat();
            assert!(Address::read("", &fragment).has_run, "{pair}");
        }
        assert!(!Address::read("?embed=1&theme=dark", "#top").has_run);
    }

    #[test]
    fn an_embedded_page_leads_to_the_full_one() {
        assert_eq!(
            in_full("?embed=1&theme=dark&panels=timeline&speed=5"),
            "?theme=dark&speed=5"
        );
        assert_eq!(in_full(""), "?");
    }
}
