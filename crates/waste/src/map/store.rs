//! The SQL of the map.

use chrono::NaiveDate;
use identity::Scope;
use sqlx::{PgConnection, QueryBuilder};

use super::WasteRoute;
use crate::permit::{KIND, store};

/// Routes of permits in force on a day, the newest first.
pub(super) async fn routes(
    connection: &mut PgConnection,
    scope: &Scope,
    home: &str,
    day: NaiveDate,
    most: i64,
) -> sqlx::Result<Vec<WasteRoute>> {
    let mut query =
        QueryBuilder::new("select d.id as permit, m.number, s.name as site_name, c.name as carrier_name, v.corridor, v.half_width_m");
    query.push(store::JOINED).push_bind(KIND).push(" and d.region = ").push_bind(home.to_owned());
    query.push(" and m.current is not null and m.ended_at is null and v.valid_from <= ").push_bind(day);
    query.push(" and v.valid_until >= ").push_bind(day);
    store::push_scope(&mut query, scope);
    query.push(" order by d.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}
