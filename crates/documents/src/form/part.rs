//! Kinds with several papers under one code (申请书／决定书): which of them a paper is, and which leave the organ.

/// One paper of a kind that has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    /// Its code.
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// It leaves the organ, under the kind's number and seal; sheets, records and what a party writes do not.
    pub outward: bool,
}

/// The papers of a kind.
pub(crate) trait Part: Copy + 'static {
    /// All of them; the first is meant where nothing is said.
    fn all() -> Vec<PartOf>;

    /// This one.
    fn this(self) -> PartOf;
}

/// The papers of a kind: variant, code, name, and whether it leaves the organ.
macro_rules! parts {
    ($(#[$doc:meta])* $name:ident { $($(#[$paper_doc:meta])* $paper:ident = $code:tt, $label:literal, $outward:literal;)* }) => {
        kernel::codes! { $(#[$doc])* $name { $($(#[$paper_doc])* $paper = $code, $label;)* } }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl crate::form::Part for $name {
            fn all() -> Vec<crate::form::PartOf> {
                Self::ALL.iter().map(|&one| crate::form::Part::this(one)).collect()
            }

            fn this(self) -> crate::form::PartOf {
                let outward = match self { $(Self::$paper => $outward,)* };
                crate::form::PartOf { code: self.code(), name: self.label(), outward }
            }
        }
    };
}
pub(crate) use parts;
