//! The scripts of scenarios: what each is about as programs with boto3, written by hand as tutorials are.
//!
//! They lie in `static/scripts`, a folder for each scenario, and do what its actors do: `tests/python/library.json` says
//! how far that goes. What has none is written from its actors (`topology::scripts_of`).

/// A script of a scenario, or a file that its scripts need.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Script {
    /// The file's name. `set_up.py` is run before all others.
    pub name: &'static str,
    /// What it is run with, as on a command line.
    pub arguments: &'static str,
    /// What is in it.
    pub text: &'static str,
}

/// The scripts of a scenario and its other files, in the order in which to read them; empty if it has none of its own.
pub fn scripts_of(id: &str) -> &'static [Script] {
    let mut all = SCRIPTS.iter();
    all.find(|(known, _)| *known == id)
        .map_or(&[], |(_, scripts)| scripts)
}

static SCRIPTS: &[(&str, &[Script])] = include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{LISTED, find};

    #[test]
    fn each_belongs_to_a_scenario() {
        for (id, scripts) in SCRIPTS {
            let (_, scenario) = find(id).unwrap_or_else(|| panic!("there is no scenario {id}"));
            let sets_up = !scenario.world.set_up.is_empty();
            assert_eq!(scripts[0].name == "set_up.py", sets_up, "{id}");
        }
        let without = LISTED.iter().filter(|row| scripts_of(row.id).is_empty());
        let without: Vec<&str> = without.map(|row| row.id).collect();
        // What Lambda does, and ten workers that wait, are no tutorials.
        assert_eq!(without, ["lambda-batch", "empty-receives"]);
    }

    #[test]
    fn each_says_what_it_does_and_fits_a_narrow_screen() {
        for (id, scripts) in SCRIPTS {
            for script in scripts.iter().filter(|file| file.name.ends_with(".py")) {
                let place = [id, "/", script.name].concat();
                assert!(script.text.starts_with("\"\"\""), "{place}");
                assert!(script.text.lines().all(|line| line.len() <= 100), "{place}");
            }
        }
    }
}
