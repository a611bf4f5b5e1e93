//! Dark, light, or as the system has it; remembered where the browser lets us.

use web_sys::{Element, Storage};

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

const KEY: &str = "theme";

impl Theme {
    /// The next one of the round.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::Auto,
        }
    }

    /// As it is written in the storage and in the document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    /// The theme that is written so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Auto, Self::Dark, Self::Light];
        all.into_iter().find(|theme| theme.name() == name)
    }

    /// What was chosen last time.
    pub(crate) fn remembered() -> Self {
        let name = remembered(KEY).unwrap_or_default();
        Self::named(&name).unwrap_or_default()
    }

    /// Shows the page in it.
    pub(crate) fn show(self) {
        if let Some(root) = root() {
            let _ = root.set_attribute("data-theme", self.name());
        }
    }

    /// Remembers it.
    pub(crate) fn remember(self) {
        remember(KEY, self.name());
    }
}

/// What the browser keeps for us under this key.
pub(crate) fn remembered(key: &str) -> Option<String> {
    // Rendered natively, in a test, the page has no browser.
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    storage()?.get_item(key).ok().flatten()
}

/// Has the browser keep something; one that keeps nothing is no error.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn the_round_of_themes_comes_back() {
        assert_eq!(Theme::Auto.next().next().next(), Theme::Auto);
    }
}
