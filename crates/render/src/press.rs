//! The press: templates and fonts that are ready, and documents out of them.

use std::{collections::HashMap, sync::Arc};

use comemo::Track;
use serde_json::Value;
use typst::{
    Library, LibraryExt, World,
    diag::SourceDiagnostic,
    engine::{Route, Sink, Traced},
    foundations::{Bytes, Datetime, Smart, StyleChain},
    syntax::{FileId, Source},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::{
    Block, Error, Fonts, Laid, glyphs, laid, outline,
    world::{Sheet, id},
};

/// Where a template finds its data: `json("/data.json")`.
const DATA: &str = "/data.json";
/// How many documents something that was remembered and not needed is kept for. The letters of one office follow one another, so little more
/// than a handful of templates is in use at a time.
const REMEMBERED: usize = 4;

/// A moment in UTC, for a PDF's metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

/// What a PDF says about itself (元数据).
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What it is known by; the file's own identifier follows from it.
    pub key: String,
    /// When it was made; nothing where that is not to be seen.
    pub made: Option<Stamp>,
}

/// A document.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: usize,
    /// What lies on them.
    pub laid: Laid,
}

/// The press (排版机). Cheap to clone; one serves all threads.
#[derive(Clone)]
pub struct Press(Arc<Inner>);

struct Inner {
    library: LazyHash<Library>,
    fonts: Fonts,
    sources: HashMap<FileId, Source>,
}

impl Press {
    /// A press with these templates, each a path that begins with `/` and its source.
    ///
    /// # Errors
    /// [`Error::NoTemplate`] for a path that is none.
    pub fn new<'t>(fonts: Fonts, templates: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, Error> {
        let mut sources = HashMap::new();
        for (path, text) in templates {
            let id = id(path).ok_or_else(|| Error::NoTemplate(path.to_owned()))?;
            sources.insert(id, Source::new(id, text.to_owned()));
        }
        Ok(Self(Arc::new(Inner { library: LazyHash::new(Library::builder().build()), fonts, sources })))
    }

    /// Prints `template` with `data`. It takes milliseconds to a second of one core: off the threads that answer requests, please.
    ///
    /// # Errors
    /// [`Error::NoTemplate`], [`Error::Template`], [`Error::GlyphsMissing`].
    pub fn render(&self, template: &str, data: &Value, about: &About) -> Result<Pdf, Error> {
        let printed = print(&self.sheet(template, data)?, template, about);
        comemo::evict(REMEMBERED);
        printed
    }

    /// What `template` says with `data`, as paragraphs and tables, for a copy that people edit.
    ///
    /// # Errors
    /// [`Error::NoTemplate`], [`Error::Template`].
    pub fn outline(&self, template: &str, data: &Value) -> Result<Vec<Block>, Error> {
        let blocks = said(&self.sheet(template, data)?, template);
        comemo::evict(REMEMBERED);
        blocks
    }

    fn sheet(&self, template: &str, data: &Value) -> Result<Sheet<'_>, Error> {
        let main = id(template).filter(|id| self.0.sources.contains_key(id)).ok_or_else(|| Error::NoTemplate(template.to_owned()))?;
        let place = id(DATA).expect("a path of the press's own");
        Ok(Sheet {
            library: &self.0.library,
            fonts: &self.0.fonts,
            sources: &self.0.sources,
            main,
            data: (place, Bytes::new(data.to_string().into_bytes())),
        })
    }
}

fn refused(template: &str, causes: &[SourceDiagnostic]) -> Error {
    let cause = causes.iter().map(|cause| cause.message.as_str()).collect::<Vec<_>>().join("; ");
    Error::Template { template: template.to_owned(), cause }
}

/// Evaluates a template without laying it out.
fn said(sheet: &Sheet<'_>, template: &str) -> Result<Vec<Block>, Error> {
    let source = sheet.source(sheet.main).map_err(|_| Error::NoTemplate(template.to_owned()))?;
    let (world, mut sink): (&dyn World, _) = (sheet, Sink::new());
    let traced = Traced::default();
    let module = typst_eval::eval(world.track(), sheet.library, traced.track(), sink.track_mut(), Route::default().track(), &source);
    let content = module.map_err(|causes| refused(template, &causes))?.content();
    Ok(outline::of(&content, StyleChain::new(&sheet.library.styles)))
}

fn print(sheet: &Sheet<'_>, template: &str, about: &About) -> Result<Pdf, Error> {
    let refused = |causes: &[SourceDiagnostic]| refused(template, causes);
    let mut document: PagedDocument = typst::compile(sheet).output.map_err(|causes| refused(&causes))?;
    let lacking = glyphs::missing(&document);
    if !lacking.is_empty() {
        return Err(Error::GlyphsMissing(lacking));
    }
    let info = document.info_mut();
    info.title = Some(about.title.as_str().into());
    info.author = std::iter::once(about.author.as_str().into()).collect();
    let made = about.made.and_then(|at| Datetime::from_ymd_hms(at.year, at.month, at.day, at.hour, at.minute, at.second));
    let options = PdfOptions {
        ident: Smart::Custom(about.key.clone()),
        creator: Smart::Custom(Some("Bihuan".to_owned())),
        timestamp: made.map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|causes| refused(&causes))?;
    Ok(Pdf { bytes, pages: document.pages().len(), laid: laid::laid(&document) })
}
