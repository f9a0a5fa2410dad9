//! What can go wrong outside of any request.

/// A failure of the legal library.
#[derive(Debug, thiserror::Error)]
pub enum MattersError {
    /// The database failed.
    #[error("the legal library's database call failed")]
    Database(#[from] sqlx::Error),
    /// The data that ship with the program cannot be read.
    #[error("matters.csv that ships with the program cannot be read: {0}")]
    Data(String),
}

impl From<MattersError> for http_api::ApiProblem {
    fn from(error: MattersError) -> Self {
        match error {
            MattersError::Database(error) => error.into(),
            MattersError::Data(reason) => {
                tracing::error!(reason, "the legal library cannot be read");
                kernel::problem::Problem::internal("internal", "系统内部错误，已记录；请稍后重试").into()
            }
        }
    }
}
