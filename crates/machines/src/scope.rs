//! What of this room a caller may see: what stands or was seen on his ground.

use identity::Scope;
use kernel::problem::Problem;
use sqlx::{Postgres, QueryBuilder};

/// Narrows to jurisdictions within the scope; the column is `jurisdiction` of the table that is called `table`.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, table: &'static str, scope: &Scope) {
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (").push(table).push(".jurisdiction >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and ").push(table).push(".jurisdiction < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}

/// Refuses what is set for the whole district to who has only a part of it.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require_ground(scope: &Scope, ground: &str) -> Result<(), Problem> {
    if scope.covers_region(ground) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "这项设置管的区域超出了您的辖区，请由上级办理"))
}
