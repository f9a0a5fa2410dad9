//! What may go wrong, each with a code.

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Fonts are missing: these files.
    #[error("字体目录 {folder} 中缺少 {}，请先执行 scripts/fonts", missing.join("、"))]
    FontsMissing {
        /// Where they were looked for.
        folder: String,
        /// Their file names.
        missing: Vec<String>,
    },
    /// No font has these characters.
    #[error("字体中没有下列字形：{0}")]
    GlyphsMissing(String),
    /// There is no template of this name.
    #[error("没有模板 {0}")]
    NoTemplate(String),
    /// The template does not compile with these data.
    #[error("模板 {template} 无法排版：{cause}")]
    Template {
        /// Which.
        template: String,
        /// What the compiler says. It names places of the template and may name data: for a log of developers, not for people.
        cause: String,
    },
}

impl Error {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FontsMissing { .. } => "fonts-missing",
            Self::GlyphsMissing(_) => "glyphs-missing",
            Self::NoTemplate(_) => "template-unknown",
            Self::Template { .. } => "template-failed",
        }
    }
}
