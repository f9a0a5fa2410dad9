//! The assessment on a real database: leads lived through, and every indicator against numbers worked out by hand.

mod figures;
mod scene;
mod settings;
