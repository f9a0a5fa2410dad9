//! What can go wrong here: a refusal that a person reads, or the database.

use http_api::ApiProblem;
use kernel::problem::Problem;

/// A failure of an operation of this crate.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A rule refused.
    #[error("{0}")]
    Refused(#[from] Problem),
    /// The database failed.
    #[error("identity's database call failed")]
    Database(#[from] sqlx::Error),
}

impl From<IdentityError> for ApiProblem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Refused(problem) => problem.into(),
            IdentityError::Database(error) => error.into(),
        }
    }
}

/// The result of this crate's operations.
pub type Result<T> = std::result::Result<T, IdentityError>;

/// Nobody is signed in.
pub(crate) fn not_signed_in() -> Problem {
    Problem::unauthenticated("not-signed-in", "请先登录。")
}

/// Somebody is, but may not do this.
pub(crate) fn forbidden() -> Problem {
    Problem::forbidden("forbidden", "您的角色没有这项权限，如确需办理请联系系统管理员。")
}

/// Somebody else was faster.
pub(crate) fn version_conflict() -> Problem {
    Problem::precondition_failed("version-conflict", "内容已被他人修改，请刷新后再试。")
}

/// Whether the database refused because of this constraint or index.
pub(crate) fn broke(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().and_then(|error| error.constraint()) == Some(constraint)
}
