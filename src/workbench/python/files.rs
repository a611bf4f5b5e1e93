//! The files of the Python panel: scripts, and what lies beside them. The browser keeps them.

use crate::json::{self, Json, Member};
use crate::share::workspaces::Store as _;
use crate::topology::{SET_UP, TOGETHER};
use crate::workbench::local::Local;

/// Where the browser keeps them.
const KEY: &str = "sqs-playground/python-files";
/// The most files.
pub(super) const FILES_MAX: usize = 32;

/// A file; its name tells what it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct File {
    /// Unique, without a folder.
    pub(super) name: String,
    pub(super) text: String,
    /// Of a script: what follows its name on a command line.
    pub(super) arguments: String,
}

impl File {
    /// Whether it can be run.
    pub(super) fn is_script(&self) -> bool {
        self.name.ends_with(".py")
    }
}

/// Where files came from, if they were not typed or pasted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Origin {
    /// The scenario; empty for a world of one's own.
    pub(super) title: String,
    /// Whether they belong to the scenario, or were written from the actors.
    pub(super) is_own: bool,
}

/// All files, at least one, and which is in front.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Files {
    all: Vec<File>,
    front: usize,
    origin: Option<Origin>,
}

impl Files {
    /// What the browser has kept, or else two scripts to begin with.
    pub(super) fn kept() -> Self {
        let kept = Local.get(KEY).ok().flatten();
        kept.and_then(|text| Self::from_json(&text))
            .unwrap_or_else(Self::examples)
    }

    fn examples() -> Self {
        let file = |name: &str, text: &str| File {
            name: name.to_owned(),
            text: text.to_owned(),
            arguments: String::new(),
        };
        Self {
            all: vec![
                file("producer.py", include_str!("producer.py")),
                file("consumer.py", include_str!("consumer.py")),
            ],
            front: 0,
            origin: None,
        }
    }

    fn from_json(text: &str) -> Option<Self> {
        let kept = json::parse(text).ok()?;
        let Json::List(list) = kept.get("files")? else {
            return None;
        };
        let file = |file: &Json| {
            let text = |name| Some(file.get(name)?.as_text()?.to_owned());
            Some(File {
                name: text("name")?,
                text: text("text")?,
                arguments: text("arguments")?,
            })
        };
        let all: Vec<File> = list.iter().filter_map(file).collect();
        let origin = kept.get("origin").and_then(|origin| {
            Some(Origin {
                title: origin.get("title")?.as_text()?.to_owned(),
                is_own: *origin.get("own")? == Json::Flag(true),
            })
        });
        (!all.is_empty()).then_some(Self {
            all,
            front: 0,
            origin,
        })
    }

    fn json(&self) -> String {
        let files = self.all.iter().map(|file| {
            Member::Map(vec![
                ("name", Member::Text(&file.name)),
                ("text", Member::Text(&file.text)),
                ("arguments", Member::Text(&file.arguments)),
            ])
        });
        let mut kept = vec![("files", Member::List(files.collect()))];
        if let Some(Origin { title, is_own }) = &self.origin {
            let origin = vec![
                ("title", Member::Text(title)),
                ("own", Member::Flag(*is_own)),
            ];
            kept.push(("origin", Member::Map(origin)));
        }
        json::compact(&Member::Map(kept))
    }

    /// Has the browser keep them. If it can't, they are there until the page ends.
    pub(super) fn keep(&self) {
        let _best_effort = Local.set(KEY, &self.json());
    }

    pub(super) fn all(&self) -> &[File] {
        &self.all
    }

    pub(super) fn front(&self) -> &File {
        &self.all[self.front]
    }

    pub(super) fn front_mut(&mut self) -> &mut File {
        &mut self.all[self.front]
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !self.is_free(name)
    }

    /// Where they came from.
    pub(super) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Brings a file to the front.
    pub(super) fn show(&mut self, name: &str) {
        if let Some(place) = self.all.iter().position(|file| file.name == name) {
            self.front = place;
        }
    }

    /// Adds an empty script, in front.
    pub(super) fn add(&mut self) {
        if self.all.len() < FILES_MAX {
            let mut numbers = 1..;
            let name = numbers.find_map(|number| {
                let name = format!("script_{number}.py");
                self.is_free(&name).then_some(name)
            });
            self.all.push(File {
                name: name.unwrap_or_default(),
                ..File::default()
            });
            self.front = self.all.len() - 1;
        }
    }

    /// Calls the file in front otherwise; false if it can't be called that.
    pub(super) fn rename(&mut self, name: &str) -> bool {
        let name = name.trim();
        let is_name = !name.is_empty()
            && name.len() <= 64
            && !name.contains(['/', '\\', '\0'])
            && name != "."
            && name != "..";
        let can = is_name && (self.front().name == name || self.is_free(name));
        if can {
            self.front_mut().name = name.to_owned();
        }
        can
    }

    /// Takes the file in front away, unless it is the only one.
    pub(super) fn remove(&mut self) {
        if self.all.len() > 1 {
            self.all.remove(self.front);
            self.front = self.front.min(self.all.len() - 1);
        }
    }

    /// Has these instead of all files.
    pub(super) fn replace(&mut self, files: Vec<File>, origin: Origin) {
        if !files.is_empty() {
            self.all = files;
            self.front = 0;
            self.origin = Some(origin);
        }
    }

    /// The scripts that are run together: those that no other file imports. Where there is one that runs the others, it
    /// alone, after what makes the queues.
    pub(super) fn mains(&self) -> Vec<String> {
        let runs_all = !self.is_free(TOGETHER);
        let is_main = |file: &&File| {
            if runs_all {
                return file.name == SET_UP || file.name == TOGETHER;
            }
            let module = file.name.trim_end_matches(".py");
            file.is_script() && !self.all.iter().any(|other| imports(&other.text, module))
        };
        let mains = self.all.iter().filter(is_main);
        mains.map(|file| file.name.clone()).collect()
    }

    fn is_free(&self, name: &str) -> bool {
        !self.all.iter().any(|file| file.name == name)
    }
}

/// Whether a script imports a module, as far as its lines tell.
fn imports(text: &str, module: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let names = line.strip_prefix("import ").or_else(|| {
            let rest = line.strip_prefix("from ")?;
            rest.split(" import").next()
        });
        names.is_some_and(|names| {
            let mut names = names.split(',');
            names.any(|name| name.split_whitespace().next() == Some(module))
        })
    })
}

/// The words of a command line: blanks divide, quotation marks keep together.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match quote {
            Some(mark) if mark == character => quote = None,
            Some(_) => word.get_or_insert_default().push(character),
            None if matches!(character, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            None if character.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again() {
        let mut files = Files::examples();
        files.add();
        assert!(files.rename("data.json") && !files.rename("producer.py"));
        assert!(!files.rename("a/b") && !files.rename(" "));
        files.front_mut().text = "{\"é\": \"\\n\"}\n".to_owned();
        let found = Files::from_json(&files.json()).expect("it is there");
        assert_eq!(found.all(), files.all());
        assert_eq!(Files::from_json("{\"files\":[]}"), None);
    }

    #[test]
    fn a_module_is_no_script_of_its_own() {
        let mut files = Files::examples();
        files.add();
        files.rename("helpers.py");
        files.add();
        files.rename("main.py");
        files.front_mut().text = "import json, helpers\nfrom producers import x\n".to_owned();
        assert_eq!(files.mains(), ["producer.py", "consumer.py", "main.py"]);
        files.add();
        files.rename(TOGETHER);
        assert_eq!(files.mains(), [TOGETHER]);
    }

    #[test]
    fn where_they_came_from_is_kept() {
        let mut files = Files::examples();
        assert_eq!(files.origin(), None);
        let origin = Origin {
            title: "Slow \"and\" fast".to_owned(),
            is_own: true,
        };
        files.replace(vec![File::default()], origin.clone());
        let found = Files::from_json(&files.json()).expect("it is there");
        assert_eq!(found.origin(), Some(&origin));
        assert_eq!(found, files);
    }

    #[test]
    fn arguments_are_words() {
        assert_eq!(words(" -n 5 'a b' --x=\"\" "), ["-n", "5", "a b", "--x="]);
        assert!(words("  ").is_empty());
        assert_eq!(words("''"), [""]);
    }
}
