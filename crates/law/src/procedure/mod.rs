//! The procedures of an enforcement case (办案程序): one table of transitions with their guards, articles, people, documents
//! and deadlines; pure, and explained where it refuses.

/// Enums with a code for programs and a label for people.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// All of them, in the order of their definition.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The one with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// The code for programs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What people read.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

mod action;
mod attempt;
mod case;
mod clocks;
pub(crate) mod guard;
mod listing;
mod phases;
mod table;
mod transition;
mod words;

pub use action::Action;
pub use attempt::{Approver, Ask, Attempt, Change, Crew, Host, Hour, Means, Measure, Mode, Range, Reviewer, variants};
pub use case::{
    Aside, Asides, Case, Correction, Crime, Defence, Fate, Finding, Hearing, Notice, Party, Published, Registration, Remedy, Review,
    Screening, Seizure, Urged, Volunteer, Weight, Window,
};
pub use clocks::{Clock, Clocks};
pub use guard::{Guard, Reads};
pub use listing::guards_as_markdown;
pub use table::{Offer, Refused, Table};
pub use transition::{Actor, Transition};
pub use words::{State, Track};
