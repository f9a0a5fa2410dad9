//! What of this room a caller may see: findings on his ground.

use identity::Scope;
use kernel::problem::Problem;
use sqlx::{Postgres, QueryBuilder};

/// Narrows to jurisdictions within the scope. Every list goes through here.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (f.jurisdiction >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and f.jurisdiction < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}

/// Refuses what is of the whole county to who has only a part of it: vehicles drive everywhere.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require_county(scope: &Scope, region: &str) -> Result<(), Problem> {
    if scope.covers_region(region) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "车辆规则管全区县，超出了您的辖区，请由区县办理"))
}
