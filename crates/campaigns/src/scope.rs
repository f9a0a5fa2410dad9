//! What of this room a caller may see: campaigns that touch his ground, and of their grids those on it.

use identity::Scope;
use sqlx::{Postgres, QueryBuilder};

/// Narrows campaigns, called `c`, to those whose area and the scope meet: one lies inside the other.
pub(crate) fn campaigns(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or starts_with(c.area, ").push_bind(region.clone());
        query.push(") or starts_with(").push_bind(region.clone()).push(", c.area)");
    }
    query.push(")");
}

/// Narrows grids, called `g`, to those on the scope's ground.
pub(crate) fn grids(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (g.grid >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and g.grid < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}
