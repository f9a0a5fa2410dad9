//! From what a document says to its PDF: the templates in the press, and how a paper stands when it is printed.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Datelike, Timelike, Utc};
use kernel::problem::Problem;
use render::{About, Error, Fonts, Pdf, Press, Stamp};
use serde_json::{Value, json};

use crate::{
    editing,
    form::{self, BLOCKS, FRAME, Read, STRIP, Template},
    kind::kind,
};

/// How a paper stands.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Its number, once it has one.
    pub number: Option<String>,
    /// Not issued yet: 草稿 stands across it.
    pub draft: bool,
    /// Of the demonstration: it says so, and so does its seal.
    pub simulated: bool,
    /// When it was issued.
    pub made: Option<DateTime<Utc>>,
    /// What it is known by.
    pub key: String,
}

/// Which paper it is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A4.
    Sheet,
    /// The strip of 58 millimetres; D14 alone has one.
    Strip,
}

/// The press with all templates. It is opened when something is printed for the first time: fonts take sixty megabytes, and a city without
/// cases prints nothing.
#[derive(Clone)]
pub struct Printing(Arc<Inner>);

struct Inner {
    fonts: PathBuf,
    press: OnceLock<Result<Press, Error>>,
}

impl Printing {
    /// A press with the fonts of a folder. Without them it stands, and says so whenever it is asked to print.
    #[must_use]
    pub fn open(fonts: &Path) -> Self {
        Self(Arc::new(Inner { fonts: fonts.to_owned(), press: OnceLock::new() }))
    }

    /// Why nothing can be printed, if so.
    #[must_use]
    pub fn lacking(&self) -> Option<Error> {
        match self.0.press.get() {
            Some(opened) => opened.as_ref().err().cloned(),
            None => {
                let missing = Fonts::lacking(&self.0.fonts);
                let named = || missing.iter().map(|&name| name.to_owned()).collect();
                (!missing.is_empty()).then(|| Error::FontsMissing { folder: self.0.fonts.display().to_string(), missing: named() })
            }
        }
    }

    fn press(&self) -> Result<&Press, &Error> {
        self.0.press.get_or_init(|| Fonts::open(&self.0.fonts).and_then(press)).as_ref()
    }

    /// Prints. It keeps a core busy: off the threads that answer requests, please.
    ///
    /// # Errors
    /// `fonts-missing`, `glyphs-missing`, and what is the template's own fault.
    pub fn print(&self, template: &Template, read: &Read, paper: Paper, standing: &Standing) -> Result<Pdf, Problem> {
        let press = self.press().map_err(problem)?;
        let kind = kind(template.code);
        let sealed = !standing.draft && read.is_outward() && kind.is_some_and(|kind| kind.seal);
        let about = about(standing, sealed);
        let path = match paper {
            Paper::Sheet => template.path(),
            Paper::Strip => "/D14/strip.typ".to_owned(),
        };
        let meta = About {
            title: read.part.map(|part| part.name.to_owned()).or_else(|| kind.map(|kind| kind.name.clone())).unwrap_or_default(),
            author: read.organ_name.clone(),
            key: standing.key.clone(),
            made: standing.made.map(stamp),
        };
        press.render(&path, &read.sheet(about), &meta).map_err(|error| problem(&error))
    }

    /// The editing copy, as a Word file; no seal stands on it.
    ///
    /// # Errors
    /// `fonts-missing`, and what is the template's own fault.
    pub fn editing_copy(&self, template: &Template, read: &Read, standing: &Standing) -> Result<Vec<u8>, Problem> {
        let press = self.press().map_err(problem)?;
        let blocks = press.outline(&template.path(), &read.sheet(about(standing, false))).map_err(|error| problem(&error))?;
        let says = match &standing.number {
            _ if standing.draft => "草稿，尚未签发".to_owned(),
            Some(number) => format!("原件文号：{number}"),
            None => "原件已签发".to_owned(),
        };
        editing::word(&blocks, &says, standing.simulated)
    }
}

/// How a paper stands, as its template reads it.
fn about(standing: &Standing, sealed: bool) -> Value {
    json!({ "number": standing.number, "draft": standing.draft, "simulated": standing.simulated, "sealed": sealed })
}

fn press(fonts: Fonts) -> Result<Press, Error> {
    let paths: Vec<String> = form::templates().iter().map(Template::path).collect();
    let own = paths.iter().map(String::as_str).zip(form::templates().iter().map(|template| template.source));
    Press::new(fonts, own.chain([("/frame.typ", FRAME), ("/blocks.typ", BLOCKS), ("/D14/strip.typ", STRIP)]))
}

fn stamp(at: DateTime<Utc>) -> Stamp {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    Stamp {
        year: at.year(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
    }
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::FontsMissing { .. } => {
            tracing::error!(%error, "no fonts for documents");
            Problem::unavailable("fonts-missing", "服务器上缺少文书字体，暂时不能生成文书，请联系管理员（scripts/fonts）")
        }
        Error::GlyphsMissing(chars) => {
            Problem::invalid("glyphs-missing", format!("文书字体中没有这些字：{chars}，请改用规范汉字或者联系管理员"))
        }
        Error::NoTemplate(_) | Error::Template { .. } => {
            // The cause may hold what the document says.
            tracing::error!(code = error.code(), "a template failed");
            Problem::internal("template-failed", "文书模板出错，请联系管理员")
        }
    }
}
