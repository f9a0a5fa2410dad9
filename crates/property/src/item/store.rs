//! The SQL of items.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, QueryBuilder};
use uuid::Uuid;

use super::Measure;
use crate::{Stand, scope};

/// A row of `property_item`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ItemRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub code: String,
    pub docket: Option<Uuid>,
    pub case_number: Option<String>,
    pub party: Option<i16>,
    pub measure: String,
    pub kind: String,
    pub name: String,
    pub quantity_milli: i64,
    pub unit: String,
    pub mark: Option<String>,
    pub condition: Option<String>,
    pub value_fen: Option<i64>,
    pub photos: Vec<String>,
    pub perishable: bool,
    pub held_from: DateTime<Utc>,
    pub simulated: bool,
    pub entered_by: Uuid,
    pub entered_at: DateTime<Utc>,
    pub state: String,
    pub place: Option<Uuid>,
    pub moves: i32,
    pub lent_until: Option<NaiveDate>,
}

impl ItemRow {
    pub fn measure(&self) -> Option<Measure> {
        self.measure.parse().ok()
    }
}

/// An item with the name of its place and its plate.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListedItem {
    #[sqlx(flatten)]
    pub item: ItemRow,
    pub place_name: Option<String>,
    pub plate: Option<String>,
    pub told_at: Option<DateTime<Utc>>,
}

/// What a list shows.
#[derive(Debug, Default, Clone)]
pub(crate) struct Wanted {
    /// The code of one label.
    pub code: Option<String>,
    /// A part of the name, of the code, the case number or the plate.
    pub words: Option<String>,
    pub states: Vec<String>,
    pub measure: Option<String>,
    pub place: Option<Uuid>,
    pub case: Option<Uuid>,
    /// Those before this one.
    pub before: Option<Uuid>,
    /// The oldest first.
    pub oldest: bool,
    pub most: i64,
}

const COLUMNS: [&str; 2] = ["i.jurisdiction", "p.jurisdiction"];
const FROM: &str = "select i.*, p.name as place_name, t.plate, t.told_at from property_item i
    left join property_place p on p.id = i.place left join property_tow t on t.item = i.id where i.region = ";

/// Items within a scope, newest first where nothing else is wanted.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<ListedItem>> {
    let mut query = QueryBuilder::new(FROM);
    query.push_bind(region.to_owned());
    scope::push(&mut query, scope, &COLUMNS);
    if let Some(code) = &wanted.code {
        query.push(" and i.code = ").push_bind(code.clone());
    }
    if let Some(words) = &wanted.words {
        query.push(" and (strpos(i.name, ").push_bind(words.clone());
        for column in ["i.code", "i.case_number", "t.plate"] {
            query.push(") > 0 or strpos(").push(column).push(", ").push_bind(words.to_uppercase());
        }
        query.push(") > 0)");
    }
    if !wanted.states.is_empty() {
        query.push(" and i.state = any(").push_bind(wanted.states.clone()).push(")");
    }
    if let Some(measure) = &wanted.measure {
        query.push(" and i.measure = ").push_bind(measure.clone());
    }
    if let Some(place) = wanted.place {
        query.push(" and i.place = ").push_bind(place);
    }
    if let Some(case) = wanted.case {
        query.push(" and i.docket = ").push_bind(case);
    }
    if let Some(before) = wanted.before {
        query.push(" and i.id < ").push_bind(before);
    }
    query.push(if wanted.oldest { " order by i.id limit " } else { " order by i.id desc limit " }).push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// One item within a scope.
pub(crate) async fn one(pool: &PgPool, scope: &Scope, id: Uuid) -> sqlx::Result<Option<ItemRow>> {
    let mut query = QueryBuilder::new("select i.* from property_item i left join property_place p on p.id = i.place where i.id = ");
    query.push_bind(id);
    scope::push(&mut query, scope, &COLUMNS);
    query.build_query_as().fetch_optional(pool).await
}

/// All items of a case, in the order of their entering.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<ListedItem>> {
    let mut query = QueryBuilder::new(FROM);
    query.push_bind(key.region.clone()).push(" and i.docket = ").push_bind(key.id.uuid());
    query.push(" order by i.id");
    query.build_query_as().fetch_all(connection).await
}

/// These items, in the order of their codes.
pub(crate) async fn some(connection: &mut PgConnection, scope: &Scope, ids: &[Uuid]) -> sqlx::Result<Vec<ItemRow>> {
    let mut query = QueryBuilder::new("select i.* from property_item i left join property_place p on p.id = i.place where i.id = any(");
    query.push_bind(ids.to_vec()).push(")");
    scope::push(&mut query, scope, &COLUMNS);
    query.push(" order by i.code");
    query.build_query_as().fetch_all(connection).await
}

/// The item of a code.
pub(crate) async fn by_code(connection: &mut PgConnection, region: &str, code: &str) -> sqlx::Result<Option<ItemRow>> {
    sqlx::query_as("select * from property_item where region = $1 and code = $2").bind(region).bind(code).fetch_optional(connection).await
}

/// An item as it stands, without holding it.
pub(crate) async fn unlocked(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<ItemRow>> {
    sqlx::query_as("select * from property_item where id = $1").bind(id).fetch_optional(connection).await
}

/// An item, held until the commit.
pub(crate) async fn locked(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<ItemRow>> {
    sqlx::query_as("select * from property_item where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// Writes where an item is now.
pub(crate) async fn stand(connection: &mut PgConnection, id: Uuid, stand: &Stand) -> sqlx::Result<()> {
    sqlx::query("update property_item set state = $2, place = $3, lent_until = $4, moves = $5 where id = $1")
        .bind(id)
        .bind(stand.state.code())
        .bind(stand.place)
        .bind(stand.lent_until)
        .bind(stand.moves)
        .execute(connection)
        .await
        .map(drop)
}

/// How many items a case has.
pub(crate) async fn count(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from property_item where region = $1 and docket = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_one(connection)
        .await
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &ItemRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into property_item (id, region, jurisdiction, code, docket, case_number, party, measure, kind, name, quantity_milli, unit, mark,
            condition, value_fen, photos, perishable, held_from, simulated, entered_by, entered_at, state, place, moves, lent_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(&row.code)
    .bind(row.docket)
    .bind(&row.case_number)
    .bind(row.party)
    .bind(&row.measure)
    .bind(&row.kind)
    .bind(&row.name)
    .bind(row.quantity_milli)
    .bind(&row.unit)
    .bind(&row.mark)
    .bind(&row.condition)
    .bind(row.value_fen)
    .bind(&row.photos)
    .bind(row.perishable)
    .bind(row.held_from)
    .bind(row.simulated)
    .bind(row.entered_by)
    .bind(row.entered_at)
    .bind(&row.state)
    .bind(row.place)
    .bind(row.moves)
    .bind(row.lent_until)
    .execute(connection)
    .await
    .map(drop)
}

/// Whether an item within a scope, or a movement of one, has the picture.
pub(crate) async fn has_picture(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from property_item i left join property_place p on p.id = i.place
         where (i.photos @> array[",
    );
    query.push_bind(file.to_owned());
    query.push("] or i.id in (select m.item from property_movement m where m.files @> array[").push_bind(file.to_owned()).push("]))");
    scope::push(&mut query, scope, &COLUMNS);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}

/// Those of these cases that have items.
pub(crate) async fn cases_with_items(connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select distinct docket from property_item where region = $1 and docket = any($2)")
        .bind(region)
        .bind(cases)
        .fetch_all(connection)
        .await
}
