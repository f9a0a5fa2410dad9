//! What of this room a caller may see: what lies on his ground and what serves it; who speaks for an enterprise, what is its own.

use identity::Scope;
use kernel::problem::Problem;
use sqlx::{Postgres, QueryBuilder};

/// Narrows to the scope's ground: a column that holds a region's code and the scope lie one inside the other. A site of the county serves
/// every township of it. For who speaks for an enterprise, narrows to rows whose `organisation` expression is one of its organisations.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope, column: &'static str, organisation: &'static str) {
    if let Some(units) = &scope.units {
        query.push(" and ").push(organisation).push(" = any(").push_bind(units.clone()).push(")");
    }
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or starts_with(").push(column).push(", ").push_bind(region.clone());
        query.push(") or starts_with(").push_bind(region.clone()).push(", ").push(column).push(")");
    }
    query.push(")");
}

/// Refuses ground that does not lie inside the caller's, or outside the home district.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require(scope: &Scope, home: &str, jurisdiction: &str) -> Result<(), Problem> {
    let code = matches!(jurisdiction.len(), 6 | 9 | 12) && jurisdiction.bytes().all(|byte| byte.is_ascii_digit());
    if code && jurisdiction.starts_with(home) && scope.units.is_none() && scope.covers_region(jurisdiction) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "只能登记自己辖区内的工地、企业和车辆").field("jurisdiction", "不在您的辖区"))
}
