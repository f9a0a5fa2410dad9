//! Fonts out of one folder (字体): the four styles of Chinese official paper, and one that has the rare characters of names.

use std::path::Path;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::Error;

/// The files that a press needs, as `scripts/fonts` names them. The last one has the characters that the others lack, and is asked last.
pub const WANTED: [&str; 7] = [
    "FandolSong-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolHei-Regular.otf",
    "FandolHei-Bold.otf",
    "FandolKai-Regular.otf",
    "FandolFang-Regular.otf",
    "NotoSerifCJK-Regular.ttc",
];

/// The families in them that templates may name: Song (宋体), Hei (黑体), Kai (楷体), Fangsong (仿宋), and the fallback.
pub const FAMILIES: [&str; 5] = ["FandolSong", "FandolHei", "FandolKai", "FandolFang R", "Noto Serif CJK SC"];

/// Fonts in memory, read once.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

impl Fonts {
    /// The wanted files that a folder lacks.
    #[must_use]
    pub fn lacking(folder: &Path) -> Vec<&'static str> {
        WANTED.into_iter().filter(|name| !folder.join(name).is_file()).collect()
    }

    /// Reads the fonts of a folder.
    ///
    /// # Errors
    /// [`Error::FontsMissing`] where a file is missing, does not read or is no font.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut fonts = Vec::new();
        let mut missing = Vec::new();
        for name in WANTED {
            // A collection holds a face for each writing of the same characters; only the one of the mainland is taken.
            let found = std::fs::read(folder.join(name))
                .map(Bytes::new)
                .ok()
                .and_then(|data| Font::iter(data).find(|font| FAMILIES.contains(&font.info().family.as_str())));
            match found {
                Some(font) => fonts.push(font),
                None => missing.push(name.to_owned()),
            }
        }
        if !missing.is_empty() {
            return Err(Error::FontsMissing { folder: folder.display().to_string(), missing });
        }
        Ok(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }
}
