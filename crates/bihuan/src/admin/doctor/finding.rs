//! What the doctor finds.

/// How it stands with one thing, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be (正常).
    Well,
    /// Good to know (提示).
    Notice,
    /// To be seen to (需要处理).
    Warning,
    /// Broken, or about to be (有故障).
    Wrong,
}

impl Verdict {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Wrong => "wrong",
        }
    }

    /// What stands before its line.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Well => "✓",
            Self::Notice => "·",
            Self::Warning => "!",
            Self::Wrong => "✗",
        }
    }

    /// What it means for the whole.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Well | Self::Notice => "没有需要处理的事。",
            Self::Warning => "请处理标有 ! 的各项。",
            Self::Wrong => "请先处理标有 ✗ 的各项。",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable code for programs.
    pub check: &'static str,
    /// What was looked at, for people.
    pub title: &'static str,
    /// How it stands.
    pub verdict: Verdict,
    /// What was found.
    pub found: String,
    /// What to do.
    pub advice: Option<String>,
}

/// One thing that is looked at; each way out of a check is one of its verdicts.
#[derive(Debug, Clone, Copy)]
pub struct Check(pub &'static str, pub &'static str);

impl Check {
    /// As it should be.
    pub fn well(self, found: impl Into<String>) -> Finding {
        Finding { check: self.0, title: self.1, verdict: Verdict::Well, found: found.into(), advice: None }
    }

    /// Good to know.
    pub fn notice(self, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        self.with(Verdict::Notice, found, advice)
    }

    /// To be seen to.
    pub fn warning(self, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        self.with(Verdict::Warning, found, advice)
    }

    /// Broken, or about to be.
    pub fn wrong(self, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        self.with(Verdict::Wrong, found, advice)
    }

    fn with(self, verdict: Verdict, found: impl Into<String>, advice: impl Into<String>) -> Finding {
        Finding { check: self.0, title: self.1, verdict, found: found.into(), advice: Some(advice.into()) }
    }
}
