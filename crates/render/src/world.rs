//! What a template can see: the templates, its data, the fonts; nothing of the machine.

use std::collections::HashMap;

use typst::{
    Library, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::Fonts;

/// The id of a path inside the press.
pub(crate) fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// One document in the making.
pub(crate) struct Sheet<'p> {
    pub library: &'p LazyHash<Library>,
    pub fonts: &'p Fonts,
    pub sources: &'p HashMap<FileId, Source>,
    pub main: FileId,
    /// Where the data are seen, and what they are.
    pub data: (FileId, Bytes),
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    // A document's date stands in its data: a template that could ask for today's would print another paper tomorrow.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
