//! Whether the database is out of reach: what was not kept can then be kept elsewhere, and tried again.

use std::{io, sync::Arc};

/// Whether an error says that the database cannot be reached at the moment, not that it refuses what it was asked.
///
/// 08: the connection failed or broke; 57P01 to 57P03: it is stopping, has crashed or is starting; 53300: it has no connection left
/// (PostgreSQL, appendix A).
#[must_use]
pub fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code.starts_with("08") || matches!(&*code, "57P01" | "57P02" | "57P03" | "53300"))
        }
        _ => false,
    }
}

/// An error that several waited for together, for each of them; it stays known whether the database was out of reach.
#[must_use]
pub fn shared(error: Arc<sqlx::Error>) -> sqlx::Error {
    Arc::try_unwrap(error).unwrap_or_else(|error| {
        if is_away(&error) {
            sqlx::Error::Io(io::Error::new(io::ErrorKind::NotConnected, error.to_string()))
        } else {
            sqlx::Error::Protocol(error.to_string())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_is_shared_still_says_that_the_database_is_away() {
        let away = Arc::new(sqlx::Error::PoolTimedOut);
        let other = away.clone();
        assert!(is_away(&shared(other)) && is_away(&shared(away)));
        let faulty = Arc::new(sqlx::Error::RowNotFound);
        let other = faulty.clone();
        assert!(!is_away(&shared(other)) && !is_away(&shared(faulty)));
    }
}
