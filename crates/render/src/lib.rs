//! Official paper (公文排版): a template and data in, a PDF out, or the same words for an editing copy. Pure: no database, no network, no clock, and no file but the fonts that were
//! loaded at the start.
//!
//! Invariants:
//! - data reach a template as a JSON file that it reads, never as source: a name like `#panic()` is a name;
//! - the same template, data and [`About`] make the same bytes;
//! - a character that no font has is an error that names it, never an empty box on a decision;
//! - what the compiler remembers between two documents is bounded.

mod error;
mod fonts;
mod glyphs;
mod laid;
mod outline;
mod press;
mod world;

pub use error::Error;
pub use fonts::{FAMILIES, Fonts, WANTED};
pub use laid::Laid;
pub use outline::{Block, Cell, Par, Side, Words};
pub use press::{About, Pdf, Press, Stamp};
