//! What can go wrong when the catalogues are loaded.

/// A failure outside of any request.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The database failed.
    #[error("the catalogue's database call failed")]
    Database(#[from] sqlx::Error),
    /// The data that ship with the program cannot be read.
    #[error("{file} that ships with the program cannot be read: {reason}")]
    Data {
        /// Which file.
        file: &'static str,
        /// Why.
        reason: String,
    },
    /// The grids in the database do not build an index.
    #[error("the unit grids do not build an index: {0}")]
    Grids(String),
    /// Listening for changes failed.
    #[error("listening for changes of the catalogue failed")]
    Listen(#[from] database::DatabaseError),
}

impl From<CatalogueError> for http_api::ApiProblem {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Database(error) => error.into(),
            other => {
                tracing::error!(error = %other, "the catalogue could not be reloaded");
                kernel::problem::Problem::internal("internal", "系统内部错误，已记录；请稍后重试").into()
            }
        }
    }
}
