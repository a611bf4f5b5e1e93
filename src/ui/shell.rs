//! What is open on the page: a dialog, a panel on narrow screens. No part of the session: it is
//! not about the world.

use yew::Callback;

use super::theme::Theme;
use crate::sqs::QueueId;

/// A dialog.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dialog {
    /// A new queue.
    CreateQueue,
    /// To this queue, or one to be chosen.
    Send(Option<QueueId>),
    /// A new actor, of the kind with this word, or else of the one that is missing most.
    AddActor(Option<&'static str>),
    /// What would be otherwise in a second world.
    Compare,
}

/// What a narrow screen shows; a wide one shows all of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Panel {
    /// Queues and actors.
    Stage,
    /// What is selected.
    Inspector,
    /// The dock.
    Dock,
    /// The rail.
    Scenarios,
}

/// Something else is open.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// A dialog, or none.
    Dialog(Option<Dialog>),
    /// The panel in front.
    Panel(Panel),
    /// The theme.
    Theme(Theme),
    /// The next theme of the round, for good.
    NextTheme,
    /// All of the page, if there was only the stage, large.
    EndPresent,
    /// All of the page instead of a large part, or the other way round.
    TogglePresent,
    /// What was to be opened with the page is open.
    Opened,
    /// Something of the workbench is wanted, and it could not be loaded; or that is over.
    WorkbenchMissing(bool),
}

/// Opens and closes things; never changes itself, so that reading it renders nobody again.
#[derive(Clone)]
pub(crate) struct Shell {
    change: Callback<Change>,
}

impl Panel {
    pub(crate) const ALL: [Self; 4] = [Self::Stage, Self::Inspector, Self::Dock, Self::Scenarios];

    /// As the style sheet names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Inspector => "inspector",
            Self::Dock => "dock",
            Self::Scenarios => "scenarios",
        }
    }
}

impl Shell {
    pub(crate) fn new(change: Callback<Change>) -> Self {
        Self { change }
    }

    pub(crate) fn open(&self, dialog: Dialog) {
        self.change.emit(Change::Dialog(Some(dialog)));
    }

    pub(crate) fn close(&self) {
        self.change.emit(Change::Dialog(None));
    }

    /// Brings a panel to the front.
    pub(crate) fn show(&self, panel: Panel) {
        self.change.emit(Change::Panel(panel));
    }

    /// Shows all of the page, if there was only the stage, large.
    pub(crate) fn end_present(&self) {
        self.change.emit(Change::EndPresent);
    }

    /// Shows the stage large, or all of the page again.
    pub(crate) fn toggle_present(&self) {
        self.change.emit(Change::TogglePresent);
    }

    /// Shows the page in a theme.
    pub(crate) fn show_theme(&self, theme: Theme) {
        self.change.emit(Change::Theme(theme));
    }

    /// Tells that what was to be opened with the page is open.
    pub(crate) fn tell_opened(&self) {
        self.change.emit(Change::Opened);
    }

    /// Tells whether the workbench is wanted and can't be had.
    pub(crate) fn tell_workbench_missing(&self, is_missing: bool) {
        self.change.emit(Change::WorkbenchMissing(is_missing));
    }

    /// Goes on to the next theme.
    pub(crate) fn next_theme(&self) {
        self.change.emit(Change::NextTheme);
    }
}
