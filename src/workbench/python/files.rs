//! The files of the Python panel: scripts, and what lies beside them. The browser keeps them.

use crate::json::{self, Json, Member};
use crate::share::workspaces::Store as _;
use crate::topology::{SET_UP, TOGETHER};
use crate::workbench::local::Local;

/// Where the browser keeps them.
const KEY: &str = "sqs-playground/python-files";
/// The most files.
pub(super) const FILES_MAX: usize = 32;
/// The most characters of a name.
pub(super) const NAME_MAX: usize = 64;

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

/// Why a file can't be called so.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Misnomer {
    Empty,
    /// It would be in a folder, or be one.
    Folder,
    Long,
    Taken,
}

/// A file that was taken away, and where it stood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Removed {
    pub(super) file: File,
    place: usize,
}

/// All files, at least one, and which is in front.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Files {
    all: Vec<File>,
    front: usize,
    origin: Option<Origin>,
    /// What files were called, and are called now, since the page began: calls know them by what they were called.
    renamed: Vec<(String, String)>,
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
            renamed: Vec::new(),
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
            renamed: Vec::new(),
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

    /// What a file is called now that had a name, unless it is gone.
    pub(super) fn now_called(&self, name: &str) -> Option<&str> {
        let renamed = || {
            let (_, now) = self.renamed.iter().find(|(was, _)| was == name)?;
            self.all.iter().find(|file| file.name == *now)
        };
        let file = self.all.iter().find(|file| file.name == name);
        file.or_else(renamed).map(|file| &*file.name)
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
            let name = name.unwrap_or_default();
            self.renamed.retain(|(_, now)| *now != name);
            self.all.push(File {
                name,
                ..File::default()
            });
            self.front = self.all.len() - 1;
        }
    }

    /// What the file in front would be called, or why it can't be called that.
    pub(super) fn name_for<'a>(&self, name: &'a str) -> Result<&'a str, Misnomer> {
        let name = name.trim();
        if name.is_empty() {
            Err(Misnomer::Empty)
        } else if name.contains(['/', '\\', '\0']) || name == "." || name == ".." {
            Err(Misnomer::Folder)
        } else if name.chars().count() > NAME_MAX {
            Err(Misnomer::Long)
        } else if self.front().name != name && !self.is_free(name) {
            Err(Misnomer::Taken)
        } else {
            Ok(name)
        }
    }

    /// Calls the file in front otherwise, unless it can't be called that.
    pub(super) fn rename(&mut self, name: &str) -> Result<(), Misnomer> {
        let name = self.name_for(name)?.to_owned();
        let was = std::mem::replace(&mut self.front_mut().name, name.clone());
        if was != name {
            self.renamed.retain(|(_, now)| *now != name);
            for (_, now) in self.renamed.iter_mut().filter(|(_, now)| *now == was) {
                now.clone_from(&name);
            }
            self.renamed
                .retain(|(known, _)| *known != was && *known != name);
            self.renamed.push((was, name));
        }
        Ok(())
    }

    /// Takes the file in front away, unless it is the only one.
    pub(super) fn remove(&mut self) -> Option<Removed> {
        if self.all.len() < 2 {
            return None;
        }
        let place = self.front;
        let file = self.all.remove(place);
        self.front = place.min(self.all.len() - 1);
        Some(Removed { file, place })
    }

    /// Puts a file back, in front.
    pub(super) fn put_back(&mut self, Removed { file, place }: Removed) {
        if self.is_free(&file.name) {
            self.front = place.min(self.all.len());
            self.all.insert(self.front, file);
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
        assert_eq!(files.rename("data.json"), Ok(()));
        files.front_mut().text = "{\"é\": \"\\n\"}\n".to_owned();
        let found = Files::from_json(&files.json()).expect("it is there");
        assert_eq!(found.all(), files.all());
        assert_eq!(Files::from_json("{\"files\":[]}"), None);
    }

    #[test]
    fn a_module_is_no_script_of_its_own() {
        let mut files = Files::examples();
        files.add();
        assert_eq!(files.rename("helpers.py"), Ok(()));
        files.add();
        assert_eq!(files.rename("main.py"), Ok(()));
        files.front_mut().text = "import json, helpers\nfrom producers import x\n".to_owned();
        assert_eq!(files.mains(), ["producer.py", "consumer.py", "main.py"]);
        files.add();
        assert_eq!(files.rename(TOGETHER), Ok(()));
        assert_eq!(files.mains(), [TOGETHER]);
    }

    #[test]
    fn a_name_that_cannot_be_is_told_why() {
        let mut files = Files::examples();
        let long = "é".repeat(NAME_MAX + 1);
        for (name, why) in [
            ("consumer.py", Misnomer::Taken),
            (" ", Misnomer::Empty),
            ("a/b.py", Misnomer::Folder),
            ("..", Misnomer::Folder),
            (&*long, Misnomer::Long),
        ] {
            assert_eq!(files.rename(name), Err(why), "{name}");
        }
        assert_eq!(files.front().name, "producer.py");
        let longest = "é".repeat(NAME_MAX);
        assert_eq!(files.rename(&[" ", &*longest].concat()), Ok(()));
        assert_eq!(files.front().name, longest);
        assert_eq!(files.rename(&longest), Ok(()));
    }

    #[test]
    fn a_file_is_found_by_what_it_was_called() {
        let mut files = Files::examples();
        for name in ["a.py", "b.py"] {
            assert_eq!(files.rename(name), Ok(()));
        }
        assert_eq!(files.now_called("producer.py"), Some("b.py"));
        assert_eq!(files.now_called("a.py"), Some("b.py"));
        assert_eq!(files.now_called("b.py"), Some("b.py"));
        assert_eq!(files.now_called("c.py"), None);
        assert_eq!(files.rename("producer.py"), Ok(()));
        assert_eq!(files.now_called("producer.py"), Some("producer.py"));
        assert_eq!(files.now_called("b.py"), Some("producer.py"));
        // Who has a name now goes first, and is not taken for who had it.
        files.show("consumer.py");
        assert_eq!(files.rename("b.py"), Ok(()));
        assert_eq!(files.now_called("b.py"), Some("b.py"));
        files.remove();
        files.add();
        assert_eq!(files.rename("script_2.py"), Ok(()));
        assert_eq!(files.now_called("consumer.py"), None);
    }

    #[test]
    fn what_is_removed_is_put_back_where_it_was() {
        let mut files = Files::examples();
        files.front_mut().arguments = "-n 5".to_owned();
        let before = files.clone();
        let removed = files.remove().expect("there is another");
        assert_eq!(removed.file.name, "producer.py");
        assert_eq!(files.front().name, "consumer.py");
        assert_eq!(files.remove(), None);
        files.put_back(removed.clone());
        assert_eq!(files, before);
        files.put_back(removed);
        assert_eq!(files, before);
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
