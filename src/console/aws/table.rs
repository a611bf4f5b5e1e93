//! `--output table`.

use super::python;
use crate::json::Json;

/// How wide a table may be before its rows are turned.
const COLUMNS: usize = 80;

/// A table of a value, under a title.
///
/// # Errors
/// The CLI's complaint about rows of unlike lengths.
pub(super) fn table(title: &str, value: &Json) -> Result<String, String> {
    let mut table = Table::default();
    if !table.build(Some(title), value, 0)? {
        return Ok(String::new());
    }
    Ok(table.render())
}

#[derive(Default)]
struct Table {
    sections: Vec<Section>,
}

#[derive(Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    indent: usize,
    columns: Option<usize>,
    widths: Vec<usize>,
}

fn is_scalar(value: &Json) -> bool {
    !matches!(value, Json::List(_) | Json::Object(_))
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Flag(false) => true,
        Json::Flag(true) => false,
        Json::Number(digits) => digits.bytes().all(|byte| b"0.-".contains(&byte)),
        Json::Text(text) => text.is_empty(),
        Json::List(values) => values.is_empty(),
        Json::Object(members) => members.is_empty(),
    }
}

fn shown(value: &Json) -> String {
    python::text(value, false)
}

/// The names of members, those of scalars apart from the others, in order.
fn grouped(members: &[(String, Json)]) -> (Vec<&str>, Vec<&str>) {
    let mut names: (Vec<&str>, Vec<&str>) = Default::default();
    for (name, value) in members {
        if is_scalar(value) {
            names.0.push(name);
        } else {
            names.1.push(name);
        }
    }
    names.0.sort_unstable();
    names.1.sort_unstable();
    names
}

impl Table {
    fn begin(&mut self, title: &str, indent: usize) {
        self.sections.push(Section {
            title: title.to_owned(),
            indent,
            ..Section::default()
        });
    }

    fn current(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        self.sections.last_mut().expect("there is one now")
    }

    fn build(&mut self, title: Option<&str>, value: &Json, indent: usize) -> Result<bool, String> {
        if is_empty(value) {
            return Ok(false);
        }
        if let Some(title) = title {
            self.begin(title, indent);
        }
        match value {
            Json::List(values) => {
                if matches!(values.first(), Some(Json::Object(_))) {
                    self.build_list(values, indent, title.unwrap_or_default())?;
                } else {
                    self.build_rows(values)?;
                }
            }
            Json::Object(members) => self.build_object(members, indent)?,
            Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => {}
        }
        Ok(true)
    }

    fn build_rows(&mut self, values: &[Json]) -> Result<(), String> {
        for value in values {
            match value {
                Json::List(row) if row.iter().all(is_scalar) => {
                    self.current().add_row(row.iter().map(shown).collect())?;
                }
                Json::Object(row) => {
                    let names = row.iter().map(|(name, _)| name.clone());
                    self.current().add_row(names.collect())?;
                }
                Json::List(_) => {
                    self.build(None, value, 0)?;
                }
                Json::Null | Json::Flag(_) | Json::Number(_) | Json::Text(_) => {
                    self.current().add_row(vec![shown(value)])?;
                }
            }
        }
        Ok(())
    }

    fn build_object(&mut self, members: &[(String, Json)], indent: usize) -> Result<(), String> {
        let (headers, more) = grouped(members);
        let value = |name: &str| members.iter().find(|(other, _)| other == name);
        let shown = |name: &&str| value(name).map_or(String::new(), |(_, value)| shown(value));
        if let [header] = headers.as_slice() {
            let row = vec![(*header).to_owned(), shown(header)];
            self.current().add_row(row)?;
        } else if !headers.is_empty() {
            self.current().add_header(&headers);
            let row = headers.iter().map(shown).collect();
            self.current().add_row(row)?;
        }
        for name in more {
            if let Some((_, value)) = value(name) {
                self.build(Some(name), value, indent + 1)?;
            }
        }
        Ok(())
    }

    fn build_list(&mut self, values: &[Json], indent: usize, title: &str) -> Result<(), String> {
        let (mut headers, mut more) = (Vec::new(), Vec::new());
        for members in values.iter().filter_map(Json::members) {
            let (scalars, others) = grouped(members);
            headers.extend(scalars);
            more.extend(others);
        }
        for names in [&mut headers, &mut more] {
            names.sort_unstable();
            names.dedup();
        }
        self.current().add_header(&headers);
        for (at, value) in values.iter().enumerate() {
            if at > 0 && !more.is_empty() {
                self.begin(title, indent);
                self.current().add_header(&headers);
            }
            let shown = |name: &&str| value.get(name).map_or(String::new(), shown);
            let row = headers.iter().map(shown).collect();
            self.current().add_row(row)?;
            for name in &more {
                if let Some(value) = value.get(name) {
                    self.build(Some(name), value, indent + 1)?;
                }
            }
        }
        Ok(())
    }

    fn width(&self) -> usize {
        let widths = self.sections.iter().map(Section::total_width);
        widths.max().unwrap_or(0)
    }

    fn render(mut self) -> String {
        if self.width() > COLUMNS {
            for section in &mut self.sections {
                section.turn();
            }
        }
        let width = self.width();
        let mut output = format!("{}\n", "-".repeat(width));
        for section in &self.sections {
            let edge = "|".repeat(section.indent);
            for line in section.lines(width - section.indent * 2) {
                output.push_str(&format!("{edge}{line}{edge}\n"));
            }
        }
        output
    }
}

impl Section {
    fn add_header(&mut self, headers: &[&str]) {
        self.headers = headers.iter().map(|header| (*header).to_owned()).collect();
        let headers = self.headers.clone();
        self.widen(&headers);
        self.columns.get_or_insert(headers.len());
    }

    fn add_row(&mut self, row: Vec<String>) -> Result<(), String> {
        let columns = *self.columns.get_or_insert(row.len());
        if row.len() != columns {
            let count = row.len();
            return Err(format!(
                "Row should have {columns} elements, instead it has {count}"
            ));
        }
        self.widen(&row);
        self.rows.push(row);
        Ok(())
    }

    fn widen(&mut self, row: &[String]) {
        self.widths.resize(row.len().max(self.widths.len()), 0);
        for (width, text) in self.widths.iter_mut().zip(row) {
            *width = (*width).max(length(text));
        }
    }

    /// A single row becomes a column.
    fn turn(&mut self) {
        if self.rows.len() != 1 || self.headers.is_empty() {
            return;
        }
        let headers = std::mem::take(&mut self.headers);
        let row = self.rows.remove(0);
        self.columns = Some(2);
        self.widths.clear();
        for (header, value) in headers.into_iter().zip(row) {
            let row = vec![header, value];
            self.widen(&row);
            self.rows.push(row);
        }
    }

    fn total_width(&self) -> usize {
        let columns: usize = self.widths.iter().map(|width| width + 4).sum();
        let total = columns + 2 + 2 * self.indent;
        total.max(length(&self.title) + 2 + 2 * self.indent)
    }

    /// The widths of the columns so that together they are as wide as this.
    fn column_widths(&self, width: usize) -> Vec<usize> {
        let padded: Vec<usize> = self.widths.iter().map(|width| width + 4).collect();
        let sum: usize = padded.iter().sum();
        if padded.is_empty() {
            return padded;
        }
        let mut scaled: Vec<usize> = padded
            .iter()
            .map(|padded| {
                let (whole, rest) = (width * padded / sum, width * padded % sum);
                let is_up = rest * 2 > sum || rest * 2 == sum && whole % 2 == 1;
                whole + usize::from(is_up)
            })
            .collect();
        let mut at = 0;
        while scaled.iter().sum::<usize>() > width {
            let index = at % scaled.len();
            scaled[index] -= 1;
            at += 1;
        }
        at = 0;
        while scaled.iter().sum::<usize>() < width {
            let index = scaled.len() - 1 - at % scaled.len();
            scaled[index] += 1;
            at += 1;
        }
        scaled
    }

    fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.title.is_empty() {
            lines.push(centred(&self.title, width, "|"));
            if self.headers.is_empty() && self.rows.is_empty() {
                lines.push(format!("+{}+", "-".repeat(width - 2)));
            }
        }
        let widths = self.column_widths(width);
        if !self.headers.is_empty() {
            lines.push(break_line(&widths));
            let mut line = String::new();
            for (at, (width, header)) in widths.iter().zip(&self.headers).enumerate() {
                line.push_str(&centred(header, *width, if at == 0 { "|" } else { "" }));
            }
            lines.push(line);
        }
        if !self.rows.is_empty() && !widths.is_empty() {
            lines.push(break_line(&widths));
            for row in &self.rows {
                let mut line = String::new();
                for (at, (width, text)) in widths.iter().zip(row).enumerate() {
                    line.push_str(&left(text, *width, if at == 0 { "|" } else { "" }));
                }
                lines.push(line);
            }
            lines.push(break_line(&widths));
        }
        lines
    }
}

fn break_line(widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, width) in widths.iter().enumerate() {
        let begin = if at == 0 { "+" } else { "" };
        let count = width.saturating_sub(1 + begin.len());
        line.push_str(&format!("{begin}{}+", "-".repeat(count)));
    }
    line
}

fn centred(text: &str, width: usize, edge: &str) -> String {
    let length = length(text);
    let before = (width / 2).saturating_sub(length / 2 + 1);
    let after = width.saturating_sub(1 + edge.len() + before + length);
    format!("{edge}{}{text}{}|", " ".repeat(before), " ".repeat(after))
}

fn left(text: &str, width: usize, edge: &str) -> String {
    let length = length(text);
    let padding = if width >= length + 3 + edge.len() {
        2
    } else {
        0
    };
    let after = width.saturating_sub(1 + edge.len() + padding + length);
    format!("{edge}{}{text}{}|", " ".repeat(padding), " ".repeat(after))
}

/// How many columns a text takes: the wide letters of Asia take two.
fn length(text: &str) -> usize {
    let is_wide = |c: char| {
        matches!(u32::from(c),
            0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf
            | 0x4e00..=0x9fff | 0xa000..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f
            | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd)
    };
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}
