//! What of this room a caller may see: rounds, files and findings of his ground.

use identity::Scope;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

/// Narrows rows with `region` and `unit`, under a table's short name, to what a scope covers. Every list goes through here.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope, table: &'static str) {
    if let Some(units) = &scope.units {
        query.push(" and ").push(table).push(".unit = any(").push_bind(units.clone()).push(")");
        return;
    }
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (").push(table).push(".region >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and ").push(table).push(".region < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}

/// Whether a scope reaches a ground from above or within: for what is of the whole county and shown to everybody in it.
pub(crate) fn touches(scope: &Scope, region: &str) -> bool {
    scope.regions.iter().any(|own| region.starts_with(own.as_str()) || own.starts_with(region))
}

/// Whether a ground and unit lie inside a scope.
pub(crate) fn covers(scope: &Scope, region: &str, unit: Option<Uuid>) -> bool {
    match scope.units {
        Some(_) => scope.covers_unit(unit),
        None => scope.covers_region(region),
    }
}
