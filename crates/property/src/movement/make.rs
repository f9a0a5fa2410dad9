//! `POST /api/v1/property/items/{id}/movements`: something happens to an item, between two people.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::{
    id::uuid_at,
    personal::{PersonName, Telephone},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MovementKind,
    rules::{self, usual_article},
    store,
};
use crate::{
    Property,
    item::{self, ItemRow},
    people::{self, KEEPERS},
    place, rights,
    words::{LINE, NOTE, optional, required},
};

/// Photos and signatures of one movement at most.
const MOST_FILES: usize = 12;
/// Movements of one item at most.
const MOST_MOVES: i32 = 500;
/// Appraisal takes at most so many days: what is longer is written down again.
const LONGEST_LENT: i64 = 366;

/// Who fetches something (取回人): into the vault of personal data.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PropertyFetcher {
    name: String,
    telephone: Option<String>,
    id_number: Option<String>,
    /// By what he proved that he may: 行驶证, 身份证, 授权委托书.
    proof: String,
}

/// A movement (出入库).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPropertyMovement {
    kind: MovementKind,
    /// Movements that the caller saw: of two who move an item at once one is refused.
    seen: i32,
    /// The place of arrival: of coming in, back and of moving.
    to_place: Option<Uuid>,
    /// Who gives: a person of the house.
    hander: Option<Uuid>,
    /// Otherwise a body or a part in words, such as the tow crew or an expert's office; no names.
    hander_words: Option<String>,
    /// Who takes: a person of the house.
    receiver: Option<Uuid>,
    receiver_words: Option<String>,
    /// Who fetches what is given back.
    fetcher: Option<PropertyFetcher>,
    reason: String,
    /// The article; the usual one where it is missing.
    article: Option<String>,
    /// The number of the paper that it stands on.
    document: Option<String>,
    /// Photos, signatures: uploads that are whole.
    #[serde(default)]
    files: Vec<String>,
    /// Of lending: until when (行政强制法第二十五条第三款 wants the period to be definite).
    until: Option<NaiveDate>,
    /// Of a sale: the proceeds in fen.
    amount_fen: Option<i64>,
}

/// What was noted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotedPropertyMovement {
    /// Its number in the chain.
    ordinal: i32,
    state: super::State,
}

/// Makes a movement.
///
/// # Errors
/// `property-not-found`; `property-moved` when it was moved meanwhile; what the rules refuse, each with article and cure; `property-people`
/// unless two different people or bodies take part, of the house as the kind wants them; `movement-not-yours`, `property-place-not-found`,
/// `property-place-full`, `property-place-counting`, `appraisal-period`, `field-required`.
#[utoipa::path(post, path = "/api/v1/property/items/{id}/movements", tag = "property", operation_id = "move_property",
    params(("id" = Uuid, Path, description = "The item")), request_body = NewPropertyMovement,
    responses((status = 201, body = NotedPropertyMovement, description = "Noted")))]
pub(crate) async fn make(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewPropertyMovement>,
) -> Answer<(StatusCode, Json<NotedPropertyMovement>)> {
    room.pictures("files", &wanted.files, MOST_FILES).await?;
    let scope = allowed.scope();
    let found = item::store::one(room.database().pool(), &scope, id).await?.ok_or_else(item::no_item)?;
    let mut transaction = room.database().pool().begin().await?;
    // The case first, then places, then the item: everybody takes locks in this order.
    if let Some(key) = found.key() {
        let payload = json!({ "item": found.code, "kind": wanted.kind, "ordinal": found.moves + 1 });
        room.note(&mut transaction, &key, &allowed.caller, "property-moved", payload).await?;
    }
    let ordinal = carry_out(&room, &mut transaction, &allowed.caller, &scope, id, &wanted).await?;
    let state = item::store::locked(&mut transaction, id).await?.and_then(|row| row.state.parse().ok()).ok_or_else(item::no_item)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(NotedPropertyMovement { ordinal, state })))
}

/// Makes a movement in the caller's transaction, which holds the case of the item, if it has one.
async fn carry_out(
    room: &Property,
    connection: &mut PgConnection,
    caller: &Caller,
    scope: &identity::Scope,
    id: Uuid,
    wanted: &NewPropertyMovement,
) -> Answer<i32> {
    let now = room.clock().now();
    if let Some(to) = wanted.to_place {
        place::store::one(connection, scope, to).await?.filter(|place| !place.closed).ok_or_else(place::no_place)?;
    }
    let before = item::store::unlocked(connection, id).await?.ok_or_else(item::no_item)?;
    let mut places: Vec<Uuid> = before.place.into_iter().chain(wanted.to_place).collect();
    places.sort_unstable();
    // Not the writing off of what the stock-take itself found missing: that one is over.
    if place::store::hold(connection, &places).await? > 0 {
        let why = "保管场所正在盘点，盘点结束以前不能出入库";
        return Err(Problem::conflict("property-place-counting", why).cured_by("先结束盘点", None).into());
    }
    let row = item::store::locked(connection, id).await?.ok_or_else(item::no_item)?;
    if row.moves != wanted.seen || row.place != before.place {
        return Err(Problem::conflict("property-moved", "这件财物刚刚已由他人办理出入库，请刷新后再办").into());
    }
    if row.moves >= MOST_MOVES {
        return Err(Problem::conflict("property-moves-full", format!("一件财物最多 {MOST_MOVES} 次出入库")).into());
    }
    let facts = item::facts(room, connection, &row).await?;
    if let Some(refused) = rules::refusal(wanted.kind, &facts) {
        return Err(refused.into());
    }
    let line = line_of(room, connection, caller, &row, &facts, wanted, now).await?;
    let stand = facts.stand.after(wanted.kind, line.to_place, line.until);
    let stand = stand.ok_or_else(|| Problem::invalid("field-required", "请选择另一处保管场所").field("to_place", "请选择保管场所"))?;
    if let Some(to) = line.to_place {
        let place = place::store::one(connection, scope, to).await?.ok_or_else(place::no_place)?;
        if full(connection, &place).await? {
            let why = format!("{}已满", place.name);
            return Err(Problem::conflict("property-place-full", why).cured_by("换一处，或者先办理出库", None).into());
        }
    }
    item::store::stand(connection, id, &stand).await?;
    store::insert(connection, &line).await?;
    Ok(line.ordinal)
}

async fn full(connection: &mut PgConnection, place: &place::store::PlaceRow) -> Answer<bool> {
    let Some(capacity) = place.capacity else { return Ok(false) };
    Ok(place::store::items(connection, place.id).await? >= i64::from(capacity))
}

/// What each kind wants of the two who take part: whether the giver and the taker are people of the house.
const fn hands(kind: MovementKind) -> (Option<bool>, bool) {
    use MovementKind as K;
    match kind {
        // Who brings it may be the tow crew or the party.
        K::In | K::Back => (None, true),
        K::Moved | K::Destroyed | K::Lost => (Some(true), true),
        K::Lent | K::Returned | K::Sold | K::HandedOver | K::Forfeited => (Some(true), false),
    }
}

fn people_wrong(why: &str) -> Problem {
    Problem::invalid("property-people", why.to_owned()).field("receiver", why.to_owned()).citing("行政强制法第二十六条第一款")
}

async fn line_of(
    room: &Property,
    connection: &mut PgConnection,
    caller: &Caller,
    row: &ItemRow,
    facts: &rules::Facts,
    wanted: &NewPropertyMovement,
    now: DateTime<Utc>,
) -> Answer<store::MovementRow> {
    let kind = wanted.kind;
    let me = caller.person.uuid();
    let hander_words = optional("hander_words", "交出人", wanted.hander_words.as_deref(), LINE)?;
    let mut receiver_words = optional("receiver_words", "接收人", wanted.receiver_words.as_deref(), LINE)?;
    let (gives, takes) = hands(kind);
    let fetched = kind == MovementKind::Returned;
    if fetched != wanted.fetcher.is_some() {
        return Err(Problem::invalid("field-required", "退还、取回时登记取回人").field("fetcher", "请登记取回人").into());
    }
    if fetched && receiver_words.is_none() {
        receiver_words = Some("当事人或者其代理人".to_owned());
    }
    if wanted.hander.is_some() == hander_words.is_some() || wanted.receiver.is_some() == receiver_words.is_some() {
        return Err(people_wrong("交出人、接收人各填一个").into());
    }
    if gives.is_some_and(|house| house != wanted.hander.is_some()) || takes != wanted.receiver.is_some() {
        return Err(people_wrong(match kind {
            MovementKind::In | MovementKind::Back => "接收人应为保管人员",
            MovementKind::Moved | MovementKind::Destroyed | MovementKind::Lost => "交出人和接收人（监督人）都应为本单位人员",
            _ => "交出人应为本单位人员，接收人填写接收单位或者取回人",
        })
        .into());
    }
    if wanted.hander.is_some() && wanted.hander == wanted.receiver {
        return Err(people_wrong("交出人和接收人应为不同的两人").into());
    }
    if wanted.hander != Some(me) && wanted.receiver != Some(me) {
        return Err(Problem::forbidden("movement-not-yours", "出入库由交出人或者接收人本人登记").into());
    }
    let known = people::on_ground(room, connection, &KEEPERS, &row.jurisdiction).await?;
    let keepers = match wanted.to_place.filter(|_| takes) {
        // The place's own keepers take what comes in.
        Some(to) => {
            let place = place::store::any(connection, to).await?.ok_or_else(place::no_place)?;
            people::on_ground(room, connection, &[place.keeper_role.as_str()], &row.jurisdiction).await?
        }
        None => known.clone(),
    };
    if wanted.hander.is_some_and(|hander| !known.contains(&hander)) || wanted.receiver.is_some_and(|taker| !keepers.contains(&taker)) {
        return Err(people_wrong("经手人不是本辖区的在职保管人员").into());
    }
    let until = until_of(room, kind, wanted.until)?;
    if (kind == MovementKind::Sold) != wanted.amount_fen.is_some() || wanted.amount_fen.is_some_and(|amount| amount < 0) {
        return Err(Problem::invalid("field-required", "拍卖、变卖应当填写价款")
            .field("amount_fen", "请填写价款")
            .citing("行政处罚法第七十四条")
            .into());
    }
    let document = optional("document", "文书编号", wanted.document.as_deref(), LINE)?;
    let needs_paper = matches!(kind, MovementKind::HandedOver | MovementKind::Forfeited | MovementKind::Destroyed | MovementKind::Sold);
    if needs_paper && document.is_none() {
        return Err(Problem::invalid("field-required", "请填写所依据的文书编号").field("document", "请填写文书编号").into());
    }
    let (subject, proof) = match &wanted.fetcher {
        Some(fetcher) => keep(room, connection, row, fetcher, now).await?,
        None => (None, None),
    };
    let arrives = matches!(kind, MovementKind::In | MovementKind::Back | MovementKind::Moved);
    Ok(store::MovementRow {
        item: row.id,
        ordinal: row.moves + 1,
        kind: kind.code().to_owned(),
        at: now,
        from_place: row.place,
        to_place: wanted.to_place.filter(|_| arrives),
        hander: wanted.hander,
        hander_words,
        receiver: wanted.receiver,
        receiver_words,
        subject,
        proof,
        reason: required("reason", "事由", &wanted.reason, NOTE)?,
        article: optional("article", "依据", wanted.article.as_deref(), LINE)?
            .unwrap_or_else(|| usual_article(kind, facts.measure).to_owned()),
        document,
        files: wanted.files.clone(),
        until,
        amount_fen: wanted.amount_fen,
        noted_by: me,
    })
}

fn until_of(room: &Property, kind: MovementKind, until: Option<NaiveDate>) -> Result<Option<NaiveDate>, Problem> {
    if kind != MovementKind::Lent {
        return Ok(None);
    }
    let today = room.today();
    let fits = until.filter(|until| (0..=LONGEST_LENT).contains(&(*until - today).num_days()));
    fits.map(Some).ok_or_else(|| {
        let why = "检测、检验、检疫、鉴定的期间应当明确，并书面告知当事人";
        Problem::invalid("appraisal-period", why).field("until", "请填写收回的日期").citing("行政强制法第二十五条第三款")
    })
}

/// Keeps who fetched it in the vault.
async fn keep(
    room: &Property,
    connection: &mut PgConnection,
    row: &ItemRow,
    fetcher: &PropertyFetcher,
    now: DateTime<Utc>,
) -> Answer<(Option<Uuid>, Option<String>)> {
    let name = PersonName::parse(&fetcher.name).map_err(|problem| problem.field("fetcher.name", "请填写取回人姓名"))?;
    let telephone = fetcher.telephone.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(Telephone::parse).transpose()?;
    let number = fetcher.id_number.as_deref().map(str::trim).filter(|it| !it.is_empty());
    if number.is_some_and(|number| number.chars().count() > 40 || number.chars().any(char::is_control)) {
        return Err(Problem::invalid("field-invalid", "证件号码不对").field("fetcher.id_number", "请检查证件号码").into());
    }
    let proof = required("fetcher.proof", "取回凭证", &fetcher.proof, LINE)?;
    let subject = uuid_at(now);
    let mut fields = vec![("name", name.expose())];
    fields.extend(telephone.as_ref().map(|telephone| ("telephone", telephone.expose())));
    fields.extend(number.map(|number| ("id_number", number)));
    room.vault().keep(connection, &row.region, subject.into(), &fields).await?;
    Ok((Some(subject), Some(proof)))
}

impl ItemRow {
    /// The docket of its case.
    pub(crate) fn key(&self) -> Option<KeyOf> {
        self.docket.map(|docket| KeyOf { region: self.region.clone(), id: docket.into() })
    }
}
