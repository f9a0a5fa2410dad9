//! What makes an installation easy to take over: accounts that decide behind a password alone, a single administrator (账号隐患).

mod store;

use sqlx::PgPool;

/// Weak spots of the accounts in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weaknesses {
    /// Active staff who hold a right that decides.
    pub deciding: i64,
    /// How many of them sign in without a second factor (动态口令).
    pub without_second_factor: i64,
    /// The first accounts of them, at most [`NAMED`].
    pub named: Vec<String>,
    /// Active administrators.
    pub administrators: i64,
}

/// So many accounts are named.
pub const NAMED: i64 = 8;

impl Weaknesses {
    /// Looks for them.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(pool: &PgPool) -> sqlx::Result<Self> {
        let (deciding, without_second_factor, administrators) = store::counts(pool).await?;
        let named = if without_second_factor > 0 { store::named(pool, NAMED).await? } else { Vec::new() };
        Ok(Self { deciding, without_second_factor, named, administrators })
    }
}
