//! What of this room a caller may see: what lies on his ground, and what is kept there.

use identity::Scope;
use sqlx::{Postgres, QueryBuilder};

/// Narrows to where one of these columns, each a region's code, lies within the scope.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope, columns: &[&'static str]) {
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        for column in columns {
            query.push(" or (").push(*column).push(" >= ").push_bind(region.clone());
            // ':' follows '9' in ASCII: the first text that no longer begins with the region.
            query.push(" and ").push(*column).push(" < ").push_bind(format!("{region}:")).push(")");
        }
    }
    query.push(")");
}

/// Narrows to where a column and the scope meet: one lies inside the other. A store of the county serves every township of it.
pub(crate) fn push_meeting(query: &mut QueryBuilder<Postgres>, scope: &Scope, column: &'static str) {
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
