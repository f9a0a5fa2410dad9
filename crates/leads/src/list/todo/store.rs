//! SQL of what waits for a person.

use identity::Scope;
use sqlx::{PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::list::{
    row::RowRecord,
    store::{COLUMNS, Cursor, TOGETHER, push_scope},
};

/// What waits for a person: named, for his unit, or for one of his roles on his ground. Each of the three along an index of its own.
pub(crate) async fn todo(
    pool: &PgPool,
    scope: &Scope,
    units: &[Uuid],
    roles: &[String],
    cursor: Option<Cursor>,
    rows: i64,
) -> sqlx::Result<Vec<RowRecord>> {
    // What a role holds belongs to no unit yet: by place alone.
    let by_place = Scope { units: None, ..scope.clone() };
    let mut query = QueryBuilder::new("with mine as (");
    for (n, part) in ["person", "unit", "role"].into_iter().enumerate() {
        query.push(if n == 0 { "(" } else { " union (" }).push("select d.region, d.id from docket d where d.kind = 'lead' and d.open");
        match part {
            "person" => query.push(" and d.holder_person = ").push_bind(scope.person.uuid()),
            "unit" => query.push(" and d.holder_person is null and d.holder_unit = any(").push_bind(units.to_vec()).push(")"),
            _ => query.push(" and d.holder_person is null and d.holder_role = any(").push_bind(roles.to_vec()).push(")"),
        };
        push_scope(&mut query, if part == "role" { &by_place } else { scope });
        if let Some(Cursor { id, .. }) = &cursor {
            query.push(" and d.id < ").push_bind(*id);
        }
        query.push(" order by d.id desc limit ").push_bind(rows + 1).push(")");
    }
    push_joint(&mut query, &by_place, units, roles, cursor.as_ref(), rows);
    push_charged(&mut query, scope, units, roles, cursor.as_ref(), rows);
    query
        .push(") ")
        .push(COLUMNS)
        .push(TOGETHER)
        .push("join mine on mine.region = d.region and mine.id = d.id order by d.id desc limit ")
        .push_bind(rows + 1);
    query.build_query_as().fetch_all(pool).await
}

/// Adds what waits for an assisting unit, whatever the scope says, and for the dispatcher who decides what was asked for on the spot.
fn push_joint(query: &mut QueryBuilder<Postgres>, by_place: &Scope, units: &[Uuid], roles: &[String], cursor: Option<&Cursor>, rows: i64) {
    let acts = roles.iter().any(|role| role == "unit_handler" || role == "unit_leader");
    let decides = roles.iter().any(|role| role == "dispatcher");
    for part in ["open", "asked"].into_iter().filter(|part| if *part == "open" { acts } else { decides }) {
        query
            .push(" union (select d.region, d.id from joint_task j join docket d on d.region = j.region and d.id = j.lead_id where d.open");
        if part == "open" {
            query.push(" and j.state in ('waiting', 'taken') and j.unit = any(").push_bind(units.to_vec()).push(")");
        } else {
            query.push(" and j.state = 'asked'");
            push_scope(query, by_place);
        }
        if let Some(Cursor { id, .. }) = cursor {
            query.push(" and d.id < ").push_bind(*id);
        }
        query.push(" order by d.id desc limit ").push_bind(rows + 1).push(")");
    }
}

/// Adds what a leader has in charge, and what waits for the answer to an instruction: the unit's that has the lead, or the dispatcher's while
/// none has it.
fn push_charged(query: &mut QueryBuilder<Postgres>, scope: &Scope, units: &[Uuid], roles: &[String], cursor: Option<&Cursor>, rows: i64) {
    let is = |role: &str| roles.iter().any(|one| one == role);
    let parts = [("leader", is("leader")), ("unit", is("unit_handler") || is("unit_leader")), ("centre", is("dispatcher"))];
    for (part, _) in parts.into_iter().filter(|(_, asked)| *asked) {
        query.push(" union (select d.region, d.id from docket d join lead l on l.region = d.region and l.id = d.id where d.open");
        if part == "leader" {
            query.push(" and l.leader = ").push_bind(scope.person.uuid());
        } else {
            query.push(
                " and l.leader is not null and exists (select from instruction i where i.region = l.region and i.lead_id = l.id
                    and i.answered_at is null)",
            );
        }
        match part {
            "unit" => query.push(" and d.unit = any(").push_bind(units.to_vec()).push(")"),
            "centre" => query.push(" and d.unit is null"),
            _ => query,
        };
        push_scope(query, scope);
        if let Some(Cursor { id, .. }) = cursor {
            query.push(" and d.id < ").push_bind(*id);
        }
        query.push(" order by d.id desc limit ").push_bind(rows + 1).push(")");
    }
}
