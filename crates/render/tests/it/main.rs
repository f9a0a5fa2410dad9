//! Tests of the press with the real fonts. `scripts/fonts` fetches them.

mod press;
