//! Put something before the case management centre (提出移交): a supervising bureau's own finding, or a lead of the house in one step.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use docket::{Actor, Change, Event, KeyOf, NewEntry, Opening, facet, ledger::payload};
use http_api::{Answer, Json};
use identity::{Allowed, Caller};
use kernel::{
    clock::shanghai,
    id::{DocketId, SubjectId},
    personal::{PersonName, Telephone},
    position::Position,
    problem::Problem,
};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    CHANGED, KIND, ReferralLimit, ReferralState, SuspectKind, clock,
    file::{NewFile, arrived},
    perform::{holder, told, write_line},
    store::{self, LineRow, ReferralRecord},
    view::{self, ReferralFile},
};
use crate::{Referrals, rights, setting, text};

/// Photos of a lead that go with it.
const MOST_PHOTOS: usize = 30;

/// A position, WGS-84 in degrees.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralPosition)]
pub(crate) struct NewPosition {
    /// Degrees east.
    lon: f64,
    /// Degrees north.
    lat: f64,
}

/// Who is suspected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralNewSuspect)]
pub(crate) struct NewSuspect {
    #[schema(inline)]
    kind: SuspectKind,
    name: String,
    /// Identity number or unified credit code.
    id_number: Option<String>,
    telephone: Option<String>,
}

/// What is put before the centre.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCaseReferral)]
pub(crate) struct NewReferral {
    /// The lead of this house that it comes from; bureaus outside have none.
    lead: Option<Uuid>,
    /// The matter in the legal library, by its code.
    matter_code: Option<String>,
    /// What happened, without anybody's name.
    facts: String,
    /// Where, in words.
    place: String,
    /// Where; the lead's place where left out.
    position: Option<NewPosition>,
    /// The region of the act, where no position is known.
    region: Option<String>,
    /// The day of the act.
    acted_on: Option<NaiveDate>,
    /// By when the asker wishes an answer.
    wished_on: Option<NaiveDate>,
    suspect: Option<NewSuspect>,
    #[serde(default)]
    files: Vec<NewFile>,
}

/// What a lead brings along.
struct FromLead {
    key: KeyOf,
    number: String,
    jurisdiction: String,
    position: Option<Position>,
    photos: Vec<String>,
    simulated: bool,
}

fn invalid(field: &'static str, why: &str) -> Problem {
    Problem::invalid("referral-invalid", why.to_owned()).field(field, why.to_owned())
}

/// The fields of a suspect for the vault.
fn vaulted(suspect: &NewSuspect) -> Result<Vec<(&'static str, String)>, Problem> {
    let name = text::exact("suspect.name", "嫌疑人姓名或者名称", Some(&suspect.name), 100)?;
    let name = name.filter(|name| suspect.kind == SuspectKind::Unit || PersonName::parse(name).is_ok());
    let mut fields = vec![("name", name.ok_or_else(|| invalid("suspect.name", "请填写姓名或者名称"))?)];
    if let Some(number) = suspect.id_number.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        if !(6..=30).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(invalid("suspect.id_number", "证件号码应为 6 至 30 位字母和数字"));
        }
        fields.push(("id_number", number.to_owned()));
    }
    if let Some(telephone) = suspect.telephone.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        let parsed = Telephone::parse(telephone).map_err(|_| invalid("suspect.telephone", "电话号码应为 5 至 15 位数字"))?;
        fields.push(("telephone", parsed.expose().to_owned()));
    }
    Ok(fields)
}

/// The lead, for a caller who may see it.
async fn lead_of(room: &Referrals, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Answer<FromLead> {
    let parts = room.parts();
    let missing = || Problem::not_found("lead-not-found", "没有这件线索，或不在您的权限范围内");
    let scope = caller.scope_by_name("lead.read").ok_or_else(missing)?;
    let standing = parts.leads.standings(Some(&scope), &[id]).await?.pop().ok_or_else(missing)?;
    // Held, so that of one lead one referral is opened.
    docket::lock(connection, &standing.key, None).await?.ok_or_else(missing)??;
    if let Some(number) = store::open_of_lead(connection, &standing.key.region, id).await? {
        return Err(Problem::conflict("referral-open", format!("这件线索已有未办结的移交 {number}")).into());
    }
    if let Some(number) = parts.cases.case_of_lead(connection, &standing.key.region, id).await? {
        return Err(Problem::conflict("lead-in-case", format!("这件线索已经登记案件 {number}，不再移交")).into());
    }
    let evidence = parts.leads.evidence(connection, std::slice::from_ref(&standing.key)).await?.pop();
    let photos = evidence.iter().flat_map(|it| it.photos.iter().map(|photo| photo.file.clone())).take(MOST_PHOTOS).collect();
    Ok(FromLead {
        position: evidence.and_then(|it| it.position),
        key: standing.key,
        number: standing.number,
        jurisdiction: standing.jurisdiction,
        photos,
        simulated: standing.simulated,
    })
}

/// Puts something before the case management centre; answers it whole.
///
/// # Errors
/// `referral-invalid`, `field-required`, `lead-not-found`, `referral-open`, `lead-in-case`, `matter-unknown`, `region-unknown`, `scope-exceeded`, `upload-not-found`,
/// `files-too-many`, `file-used`.
#[utoipa::path(post, path = "/api/v1/referrals", tag = "referrals", operation_id = "open_referral", request_body = NewReferral,
    responses((status = 201, body = ReferralFile, description = "The referral")))]
pub(crate) async fn open(
    State(room): State<Referrals>,
    allowed: Allowed<rights::OpenReferrals>,
    Json(new): Json<NewReferral>,
) -> Answer<impl IntoResponse> {
    let (caller, scope, parts) = (&allowed.caller, allowed.scope(), room.parts());
    let (now, home) = (parts.clock.now(), parts.home_region.as_str());
    let today = now.with_timezone(&shanghai()).date_naive();
    let facts = text::required("facts", "事实", Some(&new.facts), text::LONGEST)?;
    let place = text::required("place", "地点", Some(&new.place), 200)?;
    if new.acted_on.is_some_and(|day| day > today) {
        return Err(invalid("acted_on", "行为发生之日不能晚于今天").into());
    }
    if new.wished_on.is_some_and(|day| day < today) {
        return Err(invalid("wished_on", "希望答复的日期不能早于今天").into());
    }
    let suspect = new.suspect.as_ref().map(|it| Ok::<_, Problem>((it.kind, vaulted(it)?))).transpose()?;
    let bad = |error: kernel::position::PositionError| invalid("position", &error.to_string());
    let marked = new.position.map(|at| Position::new(at.lon, at.lat)).transpose().map_err(bad)?;
    let matter = match new.matter_code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => {
            let day = new.acted_on.unwrap_or(today);
            let choice = parts.matters.choice_of(code, day, today, matters::FineParty::Organisation).await?;
            let version = choice.of_act.or(choice.at_decision);
            let version = version.ok_or_else(|| invalid("matter_code", "该事项没有可以适用的版本"))?;
            Some((version.code, version.facts.name))
        }
        None => None,
    };
    let mut transaction = parts.database.pool().begin().await?;
    let lead = match new.lead {
        Some(id) => Some(lead_of(&room, &mut transaction, caller, id).await?),
        None => None,
    };
    let position = marked.or(lead.as_ref().and_then(|lead| lead.position));
    let grid = position.and_then(|at| parts.catalogue.place(at).grid_code().map(str::to_owned)).filter(|code| code.starts_with(home));
    if let Some(code) = &new.region
        && code != home
        && (parts.catalogue.region(code).is_none() || !code.starts_with(home))
    {
        return Err(Problem::invalid("region-unknown", "没有这个区划").field("region", "没有这个区划").into());
    }
    let jurisdiction =
        grid.or(lead.as_ref().map(|lead| lead.jurisdiction.clone())).or(new.region.clone()).unwrap_or_else(|| home.to_owned());
    // Bureaus report what they see anywhere in the county; the house what lies on its people's ground.
    let own = scope.units.is_none();
    if own && !scope.covers_region(&jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "违法行为发生地不在您的辖区").field("region", "不在您的辖区").into());
    }
    let key = KeyOf { region: home.to_owned(), id: DocketId::new(now) };
    let subject = match &suspect {
        Some((_, fields)) => {
            let subject = SubjectId::new(now);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            parts.vault.keep(&mut transaction, home, subject, &fields).await?;
            Some(subject.uuid())
        }
        None => None,
    };
    let record = ReferralRecord {
        asker_unit: caller.organisation.uuid(),
        asked_by: caller.person.uuid(),
        own,
        lead_id: new.lead,
        lead_number: lead.as_ref().map(|lead| lead.number.clone()),
        matter_code: matter.as_ref().map(|(code, _)| code.clone()),
        matter_name: matter.map(|(_, name)| name),
        facts,
        place,
        acted_on: new.acted_on,
        wished_on: new.wished_on,
        suspect_kind: suspect.as_ref().map(|(kind, _)| kind.code().to_owned()),
        suspect: subject,
        way: None,
        target_unit: None,
        reason: None,
        power: None,
        case_id: None,
        case_number: None,
        result: None,
        result_at: None,
        feedback: None,
    };
    let files = arrived(&room, &mut transaction, caller.person.uuid(), new.files).await?;
    let number = room.numbers().next(home, KIND, now).await?;
    let (_, limits) = setting::store::read(&mut transaction, home).await?;
    let title = format!("{}：{}", record.matter_name.as_deref().unwrap_or("涉嫌违法线索"), record.place);
    let line = payload([
        ("matter", json!(record.matter_code)),
        ("lead", json!(record.lead_number)),
        ("unit", json!(record.asker_unit)),
        ("facts", json!(record.facts)),
        ("suspect", json!(subject)),
        ("files", json!(files.iter().map(|it| format!("sha256:{}", it.file.id)).collect::<Vec<_>>())),
    ]);
    let (actor, role) = (Actor::Person(caller.person), caller.roles.first().cloned());
    let opening = Opening {
        key: key.clone(),
        kind: KIND,
        number: number.clone(),
        state: ReferralState::Submitted.code(),
        text: format!("{title} {}", record.facts),
        title,
        jurisdiction,
        position: position.map(|at| (at.lon, at.lat)),
        holder: holder(ReferralState::Submitted, &record),
        unit: None,
        simulated: parts.demo || lead.as_ref().is_some_and(|lead| lead.simulated),
        facets: vec![facet("kind", KIND)],
        entries: vec![NewEntry { actor: actor.clone(), role: role.clone(), action: "submit", place: None, payload: line }],
        deadlines: vec![clock::start(&parts.calendar, now, (ReferralLimit::Receipt, 1), limits.receipt)],
        events: Vec::new(),
    };
    docket::open(&mut transaction, now, &[opening]).await?;
    store::insert(&mut transaction, &key, &record).await?;
    let first = LineRow {
        ordinal: 0,
        at: now,
        person: Some(caller.person.uuid()),
        unit: Some(caller.organisation.uuid()),
        verb: "submit".to_owned(),
        text: None,
        inside: false,
        ask: None,
    };
    write_line(&mut transaction, &key, &first, &files).await?;
    if let Some(lead) = &lead {
        store::add_photos(&mut transaction, &key, &lead.photos).await?;
        if let Some(locked) = docket::lock(&mut transaction, &lead.key, None).await? {
            let line = payload([("referral", json!(key.id)), ("text", json!(format!("移交 {number}")))]);
            let entry = NewEntry { actor, role, action: "handed-over", place: None, payload: line };
            locked?.change(&mut transaction, now, Change { entries: vec![entry], ..Change::default() }).await?;
        }
    }
    // The event is told with the header as it was written.
    if let Some(Ok(locked)) = docket::lock(&mut transaction, &key, None).await? {
        let event = Event { topic: CHANGED, payload: told(&locked.header, &record, "submit", None) };
        locked.change(&mut transaction, now, Change { events: vec![event], ..Change::default() }).await?;
    }
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view::whole(&room, caller, key.id.uuid()).await?)))
}
