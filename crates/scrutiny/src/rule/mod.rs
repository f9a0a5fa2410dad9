//! The rules of suspicion (疑点规则): pure, each with its version, its thresholds and why they are what they are.

pub(crate) mod pairing;
pub(crate) mod place;
pub(crate) mod reuse;
pub(crate) mod spread;

/// What a rule found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It may have an innocent reason; a person should look (弱).
    Weak,
    /// It hardly has one (强).
    Strong,
}

impl Strength {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Strong => "strong",
        }
    }
}
