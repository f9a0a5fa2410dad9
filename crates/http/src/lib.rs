//! The conventions of the HTTP face: problems, extractors, paging, versions, rates. No feature invents its own.

mod address;
mod extract;
mod page;
mod problem;
pub mod rate;
mod version;

pub use address::{ClientAddress, ForwardedHttps, TrustedProxies};
pub use extract::{IdempotencyKey, Json, Path, Query};
pub use page::Page;
pub use problem::{ApiProblem, ProblemBody, ProblemField, problem_responses};
pub use version::{IfMatch, etag};

/// The answer of a handler.
pub type Answer<T> = Result<T, ApiProblem>;
