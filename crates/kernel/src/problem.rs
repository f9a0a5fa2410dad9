//! What went wrong, said once for people (Chinese) and once for programs (a stable code).

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;

/// What sort of failure it is; the `http` room alone turns it into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The request cannot be understood or breaks a rule of form.
    Invalid,
    /// Nobody is signed in.
    Unauthenticated,
    /// Signed in, but without the right.
    Forbidden,
    /// There is no such thing, or it is not for this person to know.
    NotFound,
    /// The state or a rule does not allow it now.
    Conflict,
    /// The thing was changed meanwhile by somebody else.
    PreconditionFailed,
    /// More than the limit allows in one go.
    TooLarge,
    /// Too often.
    TooMany,
    /// A kind of content that is not accepted.
    Unsupported,
    /// For the moment it cannot be done; the same request may succeed later.
    Unavailable,
    /// A defect of the program.
    Internal,
}

/// A fault of one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name as it stands in the request.
    pub field: Cow<'static, str>,
    /// What is wrong with it, in Chinese.
    pub detail: String,
}

/// A refusal or failure that a person is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The sort of failure.
    pub kind: ProblemKind,
    /// A stable code in kebab case, for programs.
    pub code: &'static str,
    /// What happened and what to do, in Chinese.
    pub detail: String,
    /// The article or rule that refused, where one did.
    pub citation: Option<String>,
    /// What would make it allowed, in Chinese, where a rule of procedure refused.
    pub cure: Option<String>,
    /// The day from which it is allowed, where waiting is enough.
    pub from: Option<NaiveDate>,
    /// The faulty fields, where the fault lies in fields.
    pub fields: Vec<FieldProblem>,
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $kind:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(code: &'static str, detail: impl Into<String>) -> Self {
            Self { kind: ProblemKind::$kind, code, detail: detail.into(), citation: None, cure: None, from: None, fields: Vec::new() }
        }
    )*};
}

impl Problem {
    constructors! {
        /// The request breaks a rule of form.
        invalid => Invalid;
        /// Nobody is signed in.
        unauthenticated => Unauthenticated;
        /// The right is missing.
        forbidden => Forbidden;
        /// There is no such thing for this person.
        not_found => NotFound;
        /// The state or a rule does not allow it now.
        conflict => Conflict;
        /// Somebody else changed it meanwhile.
        precondition_failed => PreconditionFailed;
        /// More than the limit.
        too_large => TooLarge;
        /// Too often.
        too_many => TooMany;
        /// Content that is not accepted.
        unsupported => Unsupported;
        /// Not possible for the moment.
        unavailable => Unavailable;
        /// A defect of the program.
        internal => Internal;
    }

    /// Names a faulty field.
    #[must_use]
    pub fn field(mut self, field: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        self.fields.push(FieldProblem { field: field.into(), detail: detail.into() });
        self
    }

    /// Says what would make it allowed, and from which day.
    #[must_use]
    pub fn cured_by(mut self, cure: impl Into<String>, from: Option<NaiveDate>) -> Self {
        (self.cure, self.from) = (Some(cure.into()), from);
        self
    }

    /// Names the article or rule that refused.
    #[must_use]
    pub fn citing(mut self, citation: impl Into<String>) -> Self {
        self.citation = Some(citation.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.detail)
    }
}

impl std::error::Error for Problem {}
