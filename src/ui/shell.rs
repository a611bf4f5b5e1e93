//! What is open on the page: a dialog, a panel on narrow screens. No part of the session: it is
//! not about the world.

use yew::prelude::*;

use crate::sqs::QueueId;

/// A dialog.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Dialog {
    CreateQueue,
    /// To this queue, or one to be chosen.
    Send(Option<QueueId>),
    /// The run as text.
    Recording,
    /// The keyboard map.
    Help,
}

/// What a narrow screen shows; a wide one shows all of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Panel {
    Stage,
    Inspector,
    Dock,
    Scenarios,
}

/// Opens and closes things; never changes itself, so that reading it renders nobody again.
#[derive(Clone, PartialEq)]
pub(crate) struct Shell {
    dialog: UseStateSetter<Option<Dialog>>,
    panel: UseStateSetter<Panel>,
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
    pub(crate) fn new(
        dialog: UseStateSetter<Option<Dialog>>,
        panel: UseStateSetter<Panel>,
    ) -> Self {
        Self { dialog, panel }
    }

    pub(crate) fn open(&self, dialog: Dialog) {
        self.dialog.set(Some(dialog));
    }

    pub(crate) fn close(&self) {
        self.dialog.set(None);
    }

    /// Brings a panel to the front.
    pub(crate) fn show(&self, panel: Panel) {
        self.panel.set(panel);
    }

    /// A click that opens a dialog, and does nothing else.
    pub(crate) fn opener(&self, dialog: Dialog) -> Callback<MouseEvent> {
        let shell = self.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            shell.open(dialog);
        })
    }
}

/// The shell of the page.
#[hook]
pub(crate) fn use_shell() -> Shell {
    use_context::<Shell>().expect("the page provides its shell")
}
