//! What of this room a caller may see: what lies on his ground, and for who works for a unit what is of that unit.

use identity::Scope;
use sqlx::{Postgres, QueryBuilder};

/// Narrows suspicions `s` to the scope.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(units) = &scope.units {
        query.push(" and s.unit = any(").push_bind(units.clone()).push(")");
    }
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or (s.jurisdiction >= ").push_bind(region.clone());
        // ':' follows '9' in ASCII: the first text that no longer begins with the region.
        query.push(" and s.jurisdiction < ").push_bind(format!("{region}:")).push(")");
    }
    query.push(")");
}
