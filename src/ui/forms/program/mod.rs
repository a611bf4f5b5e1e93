//! The settings of any program as fields, and back.
//!
//! It walks the members that a program lists. What a person reads at each is in the table; what
//! is not there is shown by its name and as JSON.

mod table;
mod value;

use yew::prelude::*;

pub(super) use table::KINDS;
use table::{Row, Shown, rows_of};
use value::{Kind, Widget};

use super::fields::{Complaint, Entry, Typed};
use super::parts::{Choice, check_box, choosing, chosen as chosen_by, option};
use crate::json::{self, AsMember, FillChoice, Json, Member};
use crate::ui::page::Page;
use crate::ui::text::{format, text};
use crate::ui::widgets::{Field, FieldKind};
use crate::world::{ConfigError, Program};

/// A setting of a program.
pub(super) struct Setting {
    /// As the JSON of programs names it.
    pub(super) name: &'static str,
    /// What the table says of it.
    row: Option<&'static Row>,
    pub(super) value: Json,
}

impl Setting {
    fn widget(&self) -> Widget {
        self.row.map_or(Widget::Json, |row| row.widget)
    }

    fn label(&self) -> String {
        let label = self.row.map(|row| format(row.label, &[]));
        label.unwrap_or_else(|| self.name.to_owned())
    }

    fn hint(&self) -> String {
        let hint = self.row.map(|row| format(row.hint, &[]));
        hint.unwrap_or_default()
    }

    fn is_first(&self, is_fifo: bool) -> bool {
        self.row.is_some_and(|row| match row.shown {
            Shown::First => true,
            Shown::FirstForFifo => is_fifo,
            Shown::More => false,
        })
    }
}

/// The kind of a program, and its settings in the order of the table.
pub(super) fn settings(program: &Program) -> (String, Vec<Setting>) {
    let member = program.member();
    let Member::Choice(kind, inside) = &member else {
        unreachable!("a program is one of several kinds")
    };
    let values = json::parse(&json::compact(inside)).unwrap_or(Json::Null);
    let value = |name| values.get(name).cloned().unwrap_or(Json::Null);
    let mut names = Vec::new();
    if let Member::Shape(shape) = &**inside {
        names.extend(shape.names());
    }
    let mut settings = Vec::new();
    for row in rows_of(kind) {
        if let Some(place) = names.iter().position(|name| *name == row.name) {
            let name = names.remove(place);
            let (value, row) = (value(name), Some(row));
            settings.push(Setting { name, row, value });
        }
    }
    settings.extend(names.into_iter().map(|name| Setting {
        name,
        row: None,
        value: value(name),
    }));
    ((*kind).to_owned(), settings)
}

/// The program with the settings that were typed.
pub(super) fn changed(program: &Program, typed: &Typed) -> Result<Program, Complaint> {
    let (kind, settings) = settings(program);
    let names: Vec<_> = settings.iter().map(|setting| setting.name).collect();
    let mut members = Vec::new();
    for setting in settings {
        let name = setting.name;
        let value = match typed.given(name) {
            None => setting.value,
            Some(text) => value::read(setting.widget(), text)
                .map_err(|words| Complaint::at_field(name, words))?,
        };
        if value != Json::Null {
            members.push((name.to_owned(), value));
        }
    }
    let mut changed = Program::default();
    let value = Json::Object(vec![(kind, Json::Object(members))]);
    json::fill(changed.place(), value)
        .map_err(|misfit| misfit.to_string())
        .map_err(|words| Complaint::named(&words, words.clone(), &names))?;
    changed.check().map_err(|error| complain(&error, &names))?;
    Ok(changed)
}

/// What is wrong with a setting, at its field.
pub(super) fn complain(error: &ConfigError, names: &[&'static str]) -> Complaint {
    if let ConfigError::OutOfRange { what, least, most } = error
        && names.contains(what)
    {
        let gaps = [("least", (*least).into()), ("most", (*most).into())];
        return Complaint::at_field(what, text!("number-within", gaps));
    }
    Complaint::of_all(error.to_string())
}

/// The settings of a program in a form.
pub(super) struct Fields<'a> {
    /// Makes the ids unique on the page.
    pub(super) prefix: &'static str,
    pub(super) program: &'a Program,
    /// The names of the queues that can be chosen.
    pub(super) queues: &'a [String],
    pub(super) typed: &'a Typed,
    pub(super) page: &'a Page,
}

impl Fields<'_> {
    /// All of them: those that are used most, and behind a summary the rest. `before` and `after`
    /// are what the form has besides.
    pub(super) fn show(&self, before: Html, after: Html) -> Html {
        let (kind, settings) = settings(self.program);
        let mut usual = Program::default();
        // It is a kind that there is: this empties the program and keeps its kind.
        let _ = usual.choose(&kind);
        let (_, usual) = self::settings(&usual);
        let is_set = |setting: &Setting| {
            let known = usual.iter().find(|usual| usual.name == setting.name);
            self.typed.given(setting.name).is_some()
                || known.is_some_and(|known| known.value != setting.value)
        };
        let is_fifo = settings
            .iter()
            .any(|setting| setting.name == "queue" && self.text_of(setting).ends_with(".fifo"));
        let (first, more): (Vec<_>, Vec<_>) = settings
            .iter()
            .partition(|setting| setting.is_first(is_fifo));
        let is_open = more.iter().any(|setting| is_set(setting));
        html! {
            <>
                <div class="field-grid settings">
                    { before }
                    { for first.into_iter().map(|setting| self.field(setting)) }
                </div>
                if !more.is_empty() {
                    <details open={is_open}>
                        <summary>{ text!("more-settings") }</summary>
                        <div class="field-grid settings">
                            { after }
                            { for more.into_iter().map(|setting| self.field(setting)) }
                        </div>
                    </details>
                }
            </>
        }
    }

    /// What stands in the field: what was typed, or else what is.
    fn text_of(&self, setting: &Setting) -> String {
        match self.typed.given(setting.name) {
            Some(text) => text.to_owned(),
            None => value::write(setting.widget(), &setting.value),
        }
    }

    fn id(&self, setting: &Setting) -> String {
        [self.prefix, "-", setting.name].concat()
    }

    fn field(&self, setting: &Setting) -> Html {
        let kind = match setting.widget() {
            Widget::Queue => return self.queue_choice(setting),
            Widget::Check => return self.check_box(setting),
            Widget::Choice(kinds) => return self.choice(setting, kinds),
            Widget::Line => FieldKind::Line,
            Widget::Number => FieldKind::Number,
            Widget::Lines | Widget::Attributes | Widget::Json => FieldKind::Lines,
        };
        let entry = Entry {
            label: setting.label().into(),
            hint: setting.hint().into(),
            kind,
            untouched: self.text_of(setting).into(),
            ..Entry::new(self.id(setting), setting.name)
        };
        let field = entry.show(self.typed, self.page);
        if kind == FieldKind::Lines {
            html! { <div key={setting.name} class="wide">{ field }</div> }
        } else {
            field
        }
    }

    fn queue_choice(&self, setting: &Setting) -> Html {
        let chosen = self.text_of(setting);
        let mut options: Vec<(String, String)> = Vec::new();
        // It may be named before it is there, or by its URL.
        if !self.queues.contains(&chosen) {
            options.push((chosen.clone(), chosen.clone()));
        }
        options.extend(self.queues.iter().map(|name| (name.clone(), name.clone())));
        let name = setting.name;
        let after = html! {
            <>
                { self.typed.error(name) }
                <p class="field-hint" id={self.hint_id(setting)}>{ setting.hint() }</p>
            </>
        };
        self.select(setting, &chosen, options, choosing(name, self.page), after)
    }

    fn check_box(&self, setting: &Setting) -> Html {
        let is_on = !self.text_of(setting).is_empty();
        let label = html! {
            <>{ setting.label() }<span class="note">{ setting.hint() }</span></>
        };
        check_box(setting.name, label, is_on, self.page)
    }

    fn choice(&self, setting: &Setting, kinds: &'static [Kind]) -> Html {
        let name = setting.name;
        let chosen = self.text_of(setting);
        // A piece changes within all that stands in the field by then.
        let changing = |place: usize| {
            let untouched = chosen.clone();
            self.page.edit(move |typed: &mut Typed, piece: String| {
                let text = typed.given(name).unwrap_or(&untouched);
                let text = value::with_piece(text, place, &piece);
                typed.set(name, text);
            })
        };
        let mut pieces = value::pieces(&chosen);
        let word = pieces.next().unwrap_or_default();
        let options = kinds
            .iter()
            .map(|kind| (kind.word.to_owned(), format(kind.label, &[])))
            .collect();
        let kind = kinds.iter().find(|kind| kind.word == word);
        let known = kind.map_or(&[][..], |kind| kind.pieces);
        let error = self.typed.about(name);
        let fields = known.iter().enumerate().map(|(at, piece)| {
            let kind = if piece.is_number {
                FieldKind::Number
            } else {
                FieldKind::Line
            };
            let value = pieces.next().unwrap_or_default().to_owned();
            html! {
                <Field key={at} id={[&self.id(setting), "-", &at.to_string()].concat()} {value} {kind}
                    label={format(piece.label, &[])} error={error.clone().filter(|_| at == 0)}
                    onchange={changing(at + 1)} />
            }
        });
        let fields: Html = fields.collect();
        let choose = changing(0).reform(|event| chosen_by(&event));
        html! {
            <div key={name} class="pieced" role="group" aria-label={setting.label()}>
                { self.select(setting, word, options, choose, html! {}) }
                { fields }
                if known.is_empty() {
                    { self.typed.error(name) }
                }
                <p class="field-hint" id={self.hint_id(setting)}>{ setting.hint() }</p>
            </div>
        }
    }

    fn select(
        &self,
        setting: &Setting,
        chosen: &str,
        options: Vec<(String, String)>,
        onchange: Callback<Event>,
        after: Html,
    ) -> Html {
        let options = options.into_iter();
        let choice = Choice {
            id: self.id(setting),
            label: setting.label(),
            described: Some(self.hint_id(setting)),
            options: options
                .map(|(value, label)| option(value, label, chosen))
                .collect(),
            onchange,
            after,
        };
        choice.show()
    }

    fn hint_id(&self, setting: &Setting) -> String {
        [&self.id(setting), "-hint"].concat()
    }
}

#[cfg(test)]
mod tests;
