//! Open a case (登记案件): the organ's own finding, or out of a lead, in one step.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::{NaiveDate, TimeDelta, Utc};
use docket::{Actor, Change, Event, KeyOf, NewEntry, Opening, facet, ledger::payload};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{
    clock::shanghai,
    deadline::statutory::{LastDay, Period, PeriodUnit, due, rule},
    id::{DocketId, SubjectId},
    personal::{PersonName, Telephone},
    problem::Problem,
};
use law::procedure::{Aside, Asides, Case, Correction, Track};
use serde::Deserialize;
use serde_json::json;
use sqlx::{PgConnection, types::Json as Kept};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    CHANGED, KIND, MOST_OFFICERS, MOST_PARTIES, PartyAge, PartyKind,
    basis::{self, derive::Acting},
    exact, limits, missing,
    opened_on::{CasePosition, CaseRange, from_library, marked_in, position_of, spot_of, typed},
    origin::Origin,
    perform::{holder_of, told},
    record::{CaseRecord, Dossier, OfficerRow, PartyRow},
    required, store,
    view::{self, CaseFile},
};
use crate::{Cases, LeadFacts, rights};

/// The matter (事项) as it stands in the published list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseMatter {
    pub(super) code: String,
    pub(super) name: String,
    /// What is broken and what punishes it.
    pub(super) articles: String,
    /// The range of the fine in fen; none where the matter has none.
    pub(super) fine_min_fen: Option<i64>,
    pub(super) fine_max_fen: Option<i64>,
    /// It stands in the organ's published list, and the place is the organ's.
    pub(super) ours: bool,
}

/// A party to be entered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCaseParty {
    #[schema(inline)]
    pub(super) kind: PartyKind,
    #[schema(inline)]
    age: PartyAge,
    name: String,
    /// Identity number or unified credit code.
    id_number: Option<String>,
    telephone: Option<String>,
}

/// A case to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCase {
    /// The procedure: ordinary, simple, minor-quick, off-site or soft.
    track: String,
    /// The lead it comes from.
    lead: Option<Uuid>,
    /// The referral it comes from, instead of a lead.
    referral: Option<Uuid>,
    /// The matter in the legal library, by its code: name, articles, range and power follow from it.
    matter_code: Option<String>,
    /// The range that the officer computed, where the matter's fine is a formula.
    pub(super) computed_range: Option<CaseRange>,
    /// The matter as it is typed, where it is not in the library.
    matter: Option<CaseMatter>,
    /// Why it is typed.
    typed_reason: Option<String>,
    /// Where the act was done; the lead's place where left out.
    pub(super) position: Option<CasePosition>,
    /// The day of the act, or the day it ended.
    pub(super) acted_on: NaiveDate,
    /// The day it was found; today where left out.
    found_on: Option<NaiveDate>,
    place: String,
    summary: String,
    /// The region in charge; the lead's, or that of the caller's organisation, where left out.
    pub(super) region: Option<String>,
    parties: Vec<NewCaseParty>,
    /// The handling officers, the caller among them, at least two.
    officers: Vec<Uuid>,
    /// Life, health or financial security is concerned and harm was done: five years instead of two.
    #[serde(default)]
    five_years: bool,
    /// The fine waits for an order to correct (逾期不改正).
    #[serde(default)]
    correction_first: bool,
    #[serde(default)]
    complex: bool,
    /// 行政处罚法第五十八条第一款第一、三、四项 applies.
    #[serde(default)]
    review_due: bool,
}

/// A case that was judged to be well formed.
pub(super) struct Judged {
    track: Track,
    place: String,
    summary: String,
    found_on: NaiveDate,
    pub(super) parties: Vec<(NewCaseParty, String)>,
}

fn judge(new: &mut NewCase, me: Uuid, today: NaiveDate) -> Result<Judged, Problem> {
    let mut problem = Problem::invalid("case-invalid", "案件登记内容不符合要求");
    let track = Track::from_code(&new.track).filter(|track| *track != Track::Fast);
    if track.is_none() {
        problem = problem.field("track", "程序应为普通、简易、轻微速罚、非现场或者柔性执法");
    }
    let found_on = new.found_on.unwrap_or(today);
    if new.acted_on > found_on || found_on > today {
        problem = problem.field("acted_on", "违法行为发生之日不能晚于发现之日，发现之日不能晚于今天");
    }
    let long = |text: &str, most: usize| text.trim().is_empty() || text.chars().count() > most || text.contains('\0');
    if let Some(matter) = &new.matter {
        for (field, text, most) in
            [("matter.code", &matter.code, 40), ("matter.name", &matter.name, 200), ("matter.articles", &matter.articles, 1_000)]
        {
            if long(text, most) {
                problem = problem.field(field, format!("应为 1 至 {most} 字"));
            }
        }
        let range = (matter.fine_min_fen.unwrap_or(0), matter.fine_max_fen.unwrap_or(i64::MAX));
        if range.0 < 0 || range.0 > range.1 {
            problem = problem.field("matter.fine_max_fen", "罚款幅度的上限不能低于下限");
        }
    }
    new.officers.sort_unstable();
    new.officers.dedup();
    if !new.officers.contains(&me) || !(2..=MOST_OFFICERS).contains(&new.officers.len()) {
        problem = problem.field("officers", "承办的执法人员应包括您本人，且不少于两人");
    }
    if new.parties.is_empty() || new.parties.len() > MOST_PARTIES {
        problem = problem.field("parties", "当事人应为 1 至 20 个");
    }
    let mut parties = Vec::new();
    for party in std::mem::take(&mut new.parties) {
        match names(&party) {
            Ok(name) => parties.push((party, name)),
            Err(fault) => problem.fields.extend(fault.fields),
        }
    }
    let place = required("place", "违法行为发生地", &new.place)?;
    let summary = required("summary", "案情摘要", &new.summary)?;
    match track {
        Some(track) if problem.fields.is_empty() => Ok(Judged { track, place, summary, found_on, parties }),
        _ => Err(problem),
    }
}

/// The name of a party, whose other parts are well formed as well.
fn names(party: &NewCaseParty) -> Result<String, Problem> {
    let fault = |field: &'static str, detail: &str| Problem::invalid("case-invalid", detail.to_owned()).field(field, detail.to_owned());
    let name = match party.kind {
        PartyKind::Unit => exact("parties.name", "当事人名称", Some(&party.name))?.filter(|name| name.chars().count() <= 100),
        _ => PersonName::parse(&party.name).ok().map(|name| name.expose().to_owned()),
    };
    let name = name.ok_or_else(|| fault("parties.name", "请填写当事人姓名或者名称"))?;
    if party.kind == PartyKind::Unit && party.age != PartyAge::Grown {
        return Err(fault("parties.age", "单位没有年龄"));
    }
    let plain = |number: &str| (6..=30).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if party.id_number.as_deref().is_some_and(|number| !plain(number.trim())) {
        return Err(fault("parties.id_number", "证件号码应为 6 至 30 位字母和数字"));
    }
    if party.telephone.as_deref().is_some_and(|telephone| Telephone::parse(telephone).is_err()) {
        return Err(fault("parties.telephone", "电话号码应为 5 至 15 位数字"));
    }
    Ok(name)
}

/// Whether it was found in time (行政处罚法第三十六条).
fn is_timely(room: &Cases, acted_on: NaiveDate, found_on: NaiveDate, five_years: bool) -> bool {
    let two = rule("D40").map(|rule| rule.period);
    let period = if five_years { Period::new(5, PeriodUnit::Year, LastDay::Stays).ok() } else { two };
    let noon = acted_on.and_hms_opt(12, 0, 0).unwrap_or_default() - TimeDelta::hours(8);
    period.is_none_or(|period| found_on <= due(room.calendar(), period, noon.and_utc()).last_day)
}

/// Opens a case; answers it whole.
///
/// # Errors
/// `case-invalid`, `lead-not-found`, `officer-unknown`, `region-unknown`, `scope-exceeded`; `field-required` without a matter, a reason for one that is typed, or
/// a place; `field-not-here` for what follows from the matter; `matter-unknown`, `matter-no-law`, `matter-elsewhere`, `parties-mixed`,
/// `matter-not-for-party`.
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", operation_id = "open_case", request_body = NewCase,
    responses((status = 201, body = CaseFile, description = "The case")))]
pub(crate) async fn open(
    State(room): State<Cases>,
    allowed: Allowed<rights::OpenCases>,
    Json(mut new): Json<NewCase>,
) -> Answer<impl IntoResponse> {
    let (now, caller, scope) = (room.clock().now(), &allowed.caller, allowed.scope());
    let me = caller.person.uuid();
    let judged = judge(&mut new, me, now.with_timezone(&shanghai()).date_naive())?;
    let mut transaction = room.database().pool().begin().await?;
    let origin = Origin::of(&room, &mut transaction, caller, (new.lead, new.referral)).await?;
    let lead = &origin.facts;
    let tree = room.identity().organisations().await?;
    let acting = Acting::of(&tree, caller.organisation.uuid());
    let position = position_of(&new, lead.as_ref())?;
    let grid = position.and_then(|at| room.catalogue().place(at).grid_code().map(str::to_owned));
    let marked = marked_in(&room, &new, grid.as_deref())?;
    let own = new.region.clone().or(grid.clone()).or(Some(acting.region.clone())).filter(|code| (6..=15).contains(&code.len()));
    let jurisdiction =
        marked.or_else(|| lead.as_ref().map(|lead| lead.jurisdiction.clone())).or(own).unwrap_or_else(|| room.home_region().to_owned());
    let is_code = jurisdiction.bytes().all(|byte| byte.is_ascii_digit()) && jurisdiction.starts_with(room.home_region());
    if !is_code || !scope.covers_region(&jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "违法行为发生地不在您的辖区").field("region", "不在您的辖区").into());
    }
    let officers = officers(&room, &mut transaction, &new.officers, me, &jurisdiction).await?;
    let key = KeyOf { region: room.home_region().to_owned(), id: DocketId::new(now) };
    let stands = match (new.matter_code.take(), new.matter.take()) {
        (Some(_), Some(_)) => return Err(basis::follows("matter").into()),
        (Some(code), None) => {
            let spot = spot_of(
                &room,
                position.is_some().then_some(grid),
                new.region.as_deref().or(lead.as_ref().map(|it| it.jurisdiction.as_str())),
            )?;
            from_library(&room, &new, &judged, (code.trim(), &spot), &acting).await?
        }
        (None, Some(matter)) => typed(matter, new.typed_reason.as_deref(), &jurisdiction)?,
        (None, None) => return Err(missing("matter_code", "事项").into()),
    };
    let parties = parties(&room, &key, judged.parties.iter())?;
    let mut case = Case::opened(judged.track);
    case.aside = Asides::of(&[Aside::Property, Aside::Recusal, Aside::Police, Aside::Dispute]);
    case.party = judged.parties.iter().map(|(party, _)| party.age.fact()).max().unwrap_or_default();
    case.power = stands.derived.row.ours;
    case.timely = is_timely(&room, new.acted_on, judged.found_on, new.five_years);
    (case.complex, case.review_due) = (new.complex, new.review_due);
    case.correction = if new.correction_first || stands.derived.order_first { Correction::Due } else { Correction::NotFirst };
    if judged.track == Track::Soft {
        let blinds: Vec<Vec<u8>> = parties.iter().filter_map(|party| party.blind.clone()).collect();
        case.rung = store::rung_of(&mut transaction, &key.region, &blinds).await?;
    }
    let record = CaseRecord {
        facts: Kept(case),
        matter_code: stands.code,
        matter_name: stands.derived.name,
        articles: stands.derived.articles,
        fine_min_fen: stands.derived.range.0,
        fine_max_fen: stands.derived.range.1,
        acted_on: new.acted_on,
        found_on: judged.found_on,
        place: judged.place,
        summary: judged.summary,
        lead_id: origin.lead.as_ref().map(|(id, _)| *id),
        lead_number: origin.lead.as_ref().map(|(_, number)| number.clone()),
        referral_id: new.referral,
        referral_number: lead.as_ref().filter(|_| new.referral.is_some()).map(|it| it.number.clone()),
        opened_by: me,
        plan: None,
        told: None,
        hearing_at: None,
        decided_at: None,
        fined: false,
        sent_back: false,
    };
    let basis = Some(stands.derived.row);
    let dossier = Dossier { record, parties, officers, clocks: Vec::new(), basis, served: Default::default() };
    let at = position.map(|at| (at.lon, at.lat));
    write(&room, &mut transaction, &key, &dossier, caller, (jurisdiction, at), lead.as_ref()).await?;
    for (party, (given, name)) in dossier.parties.iter().zip(&judged.parties) {
        let mut fields = vec![("name", name.as_str())];
        fields.extend(given.id_number.as_deref().map(|number| ("id_number", number.trim())));
        let telephone = given.telephone.as_deref().map(Telephone::parse).transpose()?;
        fields.extend(telephone.as_ref().map(|telephone| ("telephone", telephone.expose())));
        room.vault().keep(&mut transaction, &key.region, party.subject.into(), &fields).await?;
        store::insert_party(&mut transaction, &key, party).await?;
    }
    if let Some(lead) = lead {
        store::insert_photos(&mut transaction, &key, &lead.photos).await?;
    }
    origin.tell(&room, &mut transaction, caller, &key).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view::whole(&room, caller, key.id.uuid()).await?)))
}

/// The handling officers, the caller first, with their certificates as they stand.
async fn officers(room: &Cases, connection: &mut PgConnection, people: &[Uuid], me: Uuid, ground: &str) -> Answer<Vec<OfficerRow>> {
    let known = room.identity().people_of(connection, &["officer"], None, Some(ground), 500).await?;
    if people.iter().any(|person| !known.contains(&(*person).into())) {
        let detail = "所列人员中有不在本辖区的执法人员";
        return Err(Problem::invalid("officer-unknown", detail).field("officers", detail).into());
    }
    let certificates = room.identity().certificates_of(connection, people).await?;
    let now = room.clock().now();
    let mut ordered: Vec<Uuid> = people.to_vec();
    ordered.sort_by_key(|person| *person != me);
    let rows = ordered.into_iter().map(|person| OfficerRow {
        person,
        certificate: certificates.get(&person).and_then(|it| it.number.clone()),
        valid_until: certificates.get(&person).and_then(|it| it.valid_until),
        recused: false,
        joined_at: now,
    });
    Ok(rows.collect())
}

fn parties<'a>(room: &Cases, key: &KeyOf, given: impl Iterator<Item = &'a (NewCaseParty, String)>) -> Result<Vec<PartyRow>, Problem> {
    let _ = key;
    let rows = given.zip(1_i16..).map(|((party, _), ordinal)| PartyRow {
        ordinal,
        kind: party.kind.code().to_owned(),
        age: party.age.code().to_owned(),
        subject: SubjectId::new(room.clock().now()).uuid(),
        blind: party.id_number.as_deref().map(|number| room.vault().blind("id_number", &number.trim().to_ascii_uppercase())),
    });
    let rows: Vec<PartyRow> = rows.collect();
    if rows.is_empty() { Err(missing("parties", "当事人")) } else { Ok(rows) }
}

/// Header, ledger, limits, event, the case's own row and officers, and the line in the lead's ledger.
async fn write(
    room: &Cases,
    connection: &mut PgConnection,
    key: &KeyOf,
    dossier: &Dossier,
    caller: &identity::Caller,
    (jurisdiction, position): (String, Option<(f64, f64)>),
    lead: Option<&LeadFacts>,
) -> Answer<()> {
    let (now, record) = (room.clock().now(), &dossier.record);
    let number = room.numbers().next(&key.region, KIND, now).await?;
    let (actor, role) = (Actor::Person(caller.person), caller.roles.first().cloned());
    let line = payload([
        ("track", json!(record.facts.track.code())),
        ("matter", json!(record.matter_code)),
        ("articles", json!(record.articles)),
        ("basis", json!(dossier.basis.as_ref().map(|basis| (&basis.typed_reason, basis.matter_version, basis.ours)))),
        ("acted_on", json!(record.acted_on)),
        ("lead", json!(record.lead_number)),
        ("officers", json!(dossier.officers.iter().map(|it| it.person).collect::<Vec<_>>())),
        ("parties", json!(dossier.parties.iter().map(|it| it.subject).collect::<Vec<_>>())),
        ("summary", json!(record.summary)),
    ]);
    let opening = Opening {
        key: key.clone(),
        kind: KIND,
        number: number.clone(),
        state: record.facts.state.code(),
        title: format!("{}：{}", record.matter_name, record.place),
        jurisdiction: jurisdiction.clone(),
        position,
        holder: holder_of(&record.facts, dossier),
        unit: Some(caller.organisation),
        simulated: room.is_demo() || lead.is_some_and(|lead| lead.simulated),
        text: format!("{} {} {}", record.matter_name, record.place, record.summary),
        facets: vec![facet("kind", KIND)],
        entries: vec![NewEntry { actor: actor.clone(), role: role.clone(), action: "open", place: None, payload: line }],
        deadlines: limits::follow(room.calendar(), None, &record.facts, now, &[]),
        events: Vec::new(),
    };
    docket::open(connection, now, &[opening]).await?;
    store::insert(connection, key, record).await?;
    if let Some(row) = &dossier.basis {
        basis::store::insert(connection, key, row).await?;
    }
    for officer in &dossier.officers {
        store::insert_officer(connection, key, officer).await?;
    }
    // The event is told with the header as it was written.
    if let Some(Ok(locked)) = docket::lock(connection, key, None).await? {
        let mut change = Change::default();
        change.events.push(Event { topic: CHANGED, payload: told(&locked.header, "open") });
        locked.change(connection, now, change).await?;
    }
    // A referral tells its lead itself.
    if let Some(lead) = lead.filter(|_| record.referral_id.is_none())
        && let Some(locked) = docket::lock(connection, &lead.key, None).await?
    {
        let line = payload([("case", json!(key.id)), ("text", json!(format!("案件 {number}")))]);
        let entry = NewEntry { actor, role, action: "case", place: None, payload: line };
        locked?.change(connection, now.with_timezone(&Utc), Change { entries: vec![entry], ..Change::default() }).await?;
    }
    Ok(())
}
