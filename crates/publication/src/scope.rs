//! What of this room a caller may see: what lies on his ground.

use docket::Header;
use identity::Scope;
use sqlx::{Postgres, QueryBuilder};

/// Narrows dockets, called `d`, to what a scope covers. Every list goes through here.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(units) = &scope.units {
        query.push(" and d.unit = any(").push_bind(units.clone()).push(")");
        return;
    }
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (d.jurisdiction >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and d.jurisdiction < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}

/// Whether a header lies inside a scope.
pub(crate) fn covers(scope: &Scope, header: &Header) -> bool {
    match scope.units {
        Some(_) => scope.covers_unit(header.unit),
        None => scope.covers_region(&header.jurisdiction),
    }
}
