//! Files: their names, and what stands around a program.

use crate::cli::text_literal;
use crate::topology::labels::{Style, distinct, label};

/// A file of source code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SourceFile {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl SourceFile {
    /// Whether it is a program that does something, and does not only set up.
    pub fn is_program(&self) -> bool {
        self.name.ends_with(".py") && self.name != super::SET_UP
    }
}

/// A program that is being written.
pub(super) struct Program {
    name: String,
    region: String,
    about: Vec<String>,
    imports: Vec<&'static str>,
    /// Of `random`, if it is used.
    seed: Option<String>,
    /// Before the client is made.
    start_after: Option<String>,
    functions: String,
    body: String,
}

impl Program {
    pub(super) fn new(name: &str, region: &str) -> Self {
        Self {
            name: name.to_owned(),
            region: region.to_owned(),
            about: Vec::new(),
            imports: Vec::new(),
            seed: None,
            start_after: None,
            functions: String::new(),
            body: String::new(),
        }
    }

    /// Adds a sentence to what it says of itself.
    pub(super) fn about(&mut self, sentence: &str) {
        self.about.push(documented(sentence));
    }

    /// Needs a module of the standard library, or `ClientError`.
    pub(super) fn import(&mut self, module: &'static str) {
        if !self.imports.contains(&module) {
            self.imports.push(module);
        }
    }

    /// What its luck comes from.
    pub(super) fn set_seed(&mut self, seed: &str) {
        self.seed = Some(text_literal(seed));
    }

    pub(super) fn set_start_after(&mut self, seconds: String) {
        self.import("time");
        self.start_after = Some(seconds);
    }

    /// Adds a function, or something else that stands by itself.
    pub(super) fn function(&mut self, text: &str) {
        self.functions.push_str("\n\n");
        self.functions.push_str(text);
        self.functions.push('\n');
    }

    /// Adds lines, so many levels in.
    pub(super) fn line(&mut self, level: usize, lines: &str) {
        self.body.push_str(&indented(level, lines));
    }

    pub(super) fn finish(mut self) -> SourceFile {
        let mut text = String::from("\"\"\"");
        text.push_str(&self.about.join("\n\n"));
        text.push_str(&format!(
            "\n\nCredentials come from the environment. To run it on a local server in place of AWS:\n    \
             AWS_ENDPOINT_URL=http://127.0.0.1:9324 python {}\n\"\"\"\n\n",
            self.name
        ));
        self.imports.sort_unstable();
        let (errors, modules): (Vec<&str>, Vec<&str>) =
            self.imports.iter().partition(|name| **name == CLIENT_ERROR);
        for module in &modules {
            text.push_str(&format!("import {module}\n"));
        }
        if !modules.is_empty() {
            text.push('\n');
        }
        text.push_str("import boto3\n");
        if !errors.is_empty() {
            text.push_str("from botocore.exceptions import ClientError\n");
        }
        text.push('\n');
        if modules.contains(&"random")
            && let Some(seed) = &self.seed
        {
            text.push_str(&format!(
                "random.seed({seed})  # the same luck in every run\n"
            ));
        }
        let region = text_literal(&self.region);
        text.push_str(&format!(
            "sqs = boto3.client(\"sqs\", region_name={region})\n"
        ));
        if let Some(seconds) = &self.start_after {
            text.push_str(&format!(
                "time.sleep({seconds})  # it starts later than others\n"
            ));
        }
        let is_apart = !self.functions.is_empty();
        text.push_str(&self.functions);
        text.push_str(if is_apart { "\n\n" } else { "\n" });
        text.push_str(self.body.trim_start_matches('\n'));
        SourceFile {
            name: self.name,
            text,
        }
    }
}

/// The one name that comes from a module.
pub(super) const CLIENT_ERROR: &str = "ClientError";

/// Lines so many levels in; empty ones stay empty.
pub(super) fn indented(level: usize, lines: &str) -> String {
    let mut text = String::new();
    for line in lines.lines() {
        if !line.is_empty() {
            text.push_str(&"    ".repeat(level));
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A text as it stands in the documentation of a program.
fn documented(text: &str) -> String {
    let literal = text_literal(text);
    let inside = &literal[1..literal.len() - 1];
    // One of the two marks is escaped in the literal, the other ends the documentation.
    let mut documented = String::new();
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => documented.push_str("\\\""),
            '\\' => documented.extend(['\\'].into_iter().chain(letters.next())),
            _ => documented.push(letter),
        }
    }
    documented
}

/// Modules that a script must not hide by its name.
const MODULES: &str = " abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb \
    binascii bisect boto3 botocore builtins bz2 cgi cgitb chunk cmath cmd code codecs codeop collections colorsys \
    compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses \
    dateutil datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler \
    fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib \
    grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io ipaddress itertools jmespath json \
    keyword linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing \
    netrc nis nntplib ntpath numbers opcode operator optparse os pathlib pdb pickle pickletools pipes pkgutil \
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pyexpat queue \
    quopri random re readline reprlib resource rlcompleter runpy s3transfer sched secrets select selectors shelve \
    shlex shutil signal site six smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants \
    sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny \
    tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize tomllib trace \
    traceback tracemalloc tty turtle types typing tzdata unicodedata unittest urllib urllib3 uu uuid venv warnings \
    wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo ";

/// A file name for each actor: each once, none that of a module, and none that of the set-up.
pub(super) fn file_names<'a>(actors: impl Iterator<Item = &'a str>) -> Vec<String> {
    let stem = |name: &str| {
        let mut stem: String = label(name, Style::Snake).chars().take(60).collect();
        if MODULES.contains(&format!(" {stem} ")) {
            stem.push_str("_program");
        }
        stem
    };
    let names = ["set_up"].into_iter().chain(actors);
    let stems = distinct(names, stem, Style::Snake);
    stems
        .into_iter()
        .skip(1)
        .map(|stem| format!("{stem}.py"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_free_and_differ() {
        let names = [
            "Slow producer",
            "slow-producer",
            "queue",
            "set up",
            "🎈",
            "test",
            "../../etc",
        ];
        assert_eq!(
            file_names(names.into_iter()),
            [
                "slow_producer.py",
                "slow_producer_2.py",
                "queue_program.py",
                "set_up_2.py",
                "queue_program_2.py",
                "test_program.py",
                "etc.py"
            ]
        );
    }

    #[test]
    fn documentation_does_not_end_early() {
        assert_eq!(documented(r#"a""" \ 'b'"#), r#"a\"\"\" \\ 'b'"#);
        assert_eq!(
            documented("it's \"so\"\n\u{202e}"),
            "it's \\\"so\\\"\\n\\u202e"
        );
    }
}
