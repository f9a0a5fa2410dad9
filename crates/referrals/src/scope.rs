//! What of this room a caller may see: a bureau what it asked, was given, or is asked to assist in; everybody else what lies on his ground.

use identity::Scope;
use kernel::problem::Problem;
use sqlx::{Postgres, QueryBuilder};

/// Narrows referrals, called `r` beside their docket `d`, to what a scope covers. Every question goes through here.
pub(crate) fn push(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(units) = &scope.units {
        query.push(" and (r.asker_unit = any(").push_bind(units.clone());
        query.push(") or r.target_unit = any(").push_bind(units.clone());
        query.push(") or exists (select from case_referral_ask a where a.region = r.region and a.referral_id = r.id and a.unit = any(");
        query.push_bind(units.clone()).push(")))");
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

/// Refuses what is set for the whole district to who has only a part of it.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require_ground(scope: &Scope, ground: &str) -> Result<(), Problem> {
    if scope.units.is_none() && scope.covers_region(ground) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "这项设置管的区域超出了您的辖区，请由上级办理"))
}
