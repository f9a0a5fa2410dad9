//! What of the centre a caller may see: what lies on his ground, and what serves it.

use identity::Scope;
use sqlx::{Postgres, QueryBuilder};

/// Narrows to where a column and the scope meet: one lies inside the other. A room of the county serves every township of it.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope, column: &'static str) {
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

/// Narrows to where a column lies inside the scope.
pub(crate) fn push_inside(query: &mut QueryBuilder<Postgres>, scope: &Scope, column: &'static str) {
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or starts_with(").push(column).push(", ").push_bind(region.clone()).push(")");
    }
    query.push(")");
}
