//! The fonts of official documents.

use std::path::Path;

use documents::Printing;

use super::finding::{Check, Finding};

const FONTS: Check = Check("fonts", "文书字体");

/// Looks whether documents can be printed.
pub fn look(folder: &Path) -> Finding {
    match Printing::open(folder).lacking() {
        None => FONTS.well(format!("{}（齐全）", folder.display())),
        Some(error) => FONTS.warning(error.to_string(), "执行 scripts/fonts，或者用 BIHUAN_FONTS 指明字体目录；在此之前不能生成执法文书。"),
    }
}
