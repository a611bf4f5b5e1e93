//! Icons: one path each, in the colour of the text beside them.

use yew::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Icon {
    Play,
    Pause,
    Next,
    Back,
    Start,
    Plus,
    Letter,
    Hand,
    Help,
    Close,
    Moon,
    Sun,
    HalfMoon,
    Clock,
    Eye,
    Plane,
    Tape,
    Copy,
    Check,
    Undo,
    Redo,
    Rest,
    Twins,
    Minus,
    Find,
    Fit,
    Redrive,
    Person,
}

impl Icon {
    /// On a square of 16, drawn with a line of 1.6.
    fn path(self) -> &'static str {
        match self {
            Self::Play => "M5 3.2v9.6L12.6 8z",
            Self::Pause => "M5.2 3.5v9M10.8 3.5v9",
            Self::Next => "M4 3.4v9.2L11 8zM12.6 3.4v9.2",
            Self::Back => "M12 3.4v9.2L5 8zM3.4 3.4v9.2",
            Self::Start => "M8.2 3.6 3.8 8l4.4 4.4M13 3.6 8.6 8l4.4 4.4",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Letter => "M2.2 4h11.6v8.4H2.2zM2.6 4.4 8 8.8l5.4-4.4",
            Self::Hand => "M8 2.6v7M4.8 6.8 8 10l3.2-3.2M2.8 10.6v2.6h10.4v-2.6",
            Self::Help => "M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.8-1.1 1.7M8 12.6v.1",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Moon => "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z",
            Self::Sun => {
                "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8"
            }
            Self::HalfMoon => "M8 2.4a5.6 5.6 0 1 1 0 11.2zM8 2.4a5.6 5.6 0 0 0 0 11.2",
            Self::Clock => "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 4.8V8l2.2 1.6",
            Self::Eye => {
                "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z"
            }
            Self::Tape => {
                "M2 4.200h12v7.600H2zM5.400 6.800a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400zM10.600 6.800a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400z"
            }
            Self::Copy => "M5.4 5.4h8v8h-8zM3 10.600H2.600v-8h8V3",
            Self::Check => "M3 8.600l3.200 3.200L13 4.800",
            Self::Undo => "M5.6 3 2.6 6l3 3M2.8 6h6.4a3.6 3.6 0 0 1 0 7.200H6.400",
            Self::Redo => "M10.400 3l3 3-3 3M13.200 6H6.800a3.600 3.600 0 0 0 0 7.200h2.800",
            Self::Rest => {
                "M3 3.600 7.400 8 3 12.400M7.800 3.600 12.200 8l-4.400 4.400M13.400 3.400v9.200"
            }
            Self::Twins => "M2.4 3.400h4.200v9.200H2.400zM9.400 3.400h4.200v9.200H9.400z",
            Self::Minus => "M3 8h10",
            Self::Find => {
                "M7 2.600a4.400 4.400 0 1 1 0 8.800a4.400 4.400 0 0 1 0-8.800zM10.300 10.300 13.600 13.600"
            }
            Self::Fit => "M2.600 6V2.600H6M10 2.600h3.400V6M13.400 10v3.400H10M6 13.400H2.600V10",
            Self::Redrive => "M3 10.400a5 5 0 1 0 .900-5.300M3.600 2.400v3h3",
            Self::Person => {
                "M8 2.600a2.400 2.400 0 1 1 0 4.800 2.400 2.400 0 0 1 0-4.800zM3.200 13.400a4.800 4.800 0 0 1 9.600 0"
            }
            Self::Plane => "M2 8.2 14 2.4 10.4 13.6 7.6 9.2zM14 2.4 7.6 9.2",
        }
    }

    /// The icon, beside a text or in a button that has a label.
    pub(crate) fn show(self) -> Html {
        let class = if self == Self::Play {
            "icon filled"
        } else {
            "icon"
        };
        html! {
            <svg {class} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d={self.path()} />
            </svg>
        }
    }
}
