//! A referral on one file that both sides see (移交详情): what it is about, what was said and done, how the case stands, what may be done now.

use axum::{extract::State, response::IntoResponse};
use chrono::{DateTime, NaiveDate, Utc};
use docket::Header;
use http_api::{Answer, Json, Path, etag};
use identity::{Allowed, Caller};
use kernel::{light::Light, personal::PersonName, position::Position, procedure::Procedure};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    ReferralLimit, ReferralProcedure, ReferralVerb, SuspectKind,
    file::may_see,
    list, not_found,
    power::Proposal,
    row::{self, Named, ReferralRow},
    sides::{Sight, facts, of_units, sight},
    store::{self, ReferralRecord},
    target::Target,
};
use crate::{Referrals, rights};

/// Who is suspected, masked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralMaskedSuspect)]
pub(crate) struct MaskedSuspect {
    kind: String,
    kind_label: &'static str,
    /// The name of a natural person masked.
    name: String,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralFileView)]
pub(crate) struct FileView {
    /// Its number, for reading it.
    ordinal: i32,
    name: String,
    media_type: String,
    /// Bytes.
    size: i64,
    /// `sha256:` and the hash of its bytes.
    digest: String,
    /// The number of the evidence that it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<i32>,
    /// It came after the case was opened, and may be taken into its evidence.
    may_take_in: bool,
}

/// Something that was said or done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralLine)]
pub(crate) struct LineView {
    ordinal: i32,
    at: DateTime<Utc>,
    verb: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Not shown to bureaus outside.
    inside: bool,
    files: Vec<FileView>,
}

/// A request for assistance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralAsk)]
pub(crate) struct AskView {
    ordinal: i32,
    unit: Named,
    asked_by: Named,
    asked_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_by: Option<Named>,
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// The caller's bureau is to answer it.
    mine: bool,
}

/// What may be done, or why not.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralOffer)]
pub(crate) struct OfferView {
    #[schema(inline)]
    verb: ReferralVerb,
    label: &'static str,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<&'static str>,
}

/// A step of the case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralCaseStep)]
pub(crate) struct CaseStepView {
    label: &'static str,
    at: DateTime<Utc>,
}

/// A document of the case that may be read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralPaper)]
pub(crate) struct PaperView {
    id: Uuid,
    title: String,
}

/// The case, as whoever referred it follows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralProgress)]
pub(crate) struct ProgressView {
    /// For who may open its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    number: String,
    state: &'static str,
    open: bool,
    steps: Vec<CaseStepView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
    papers: Vec<PaperView>,
}

/// A referral whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseReferralFile)]
pub(crate) struct ReferralFile {
    #[serde(flatten)]
    pub row: ReferralRow,
    facts: String,
    place: String,
    jurisdiction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acted_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matter_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matter_name: Option<String>,
    /// The lead it comes from, for who may see leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<Uuid>,
    asked_by: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspect: Option<MaskedSuspect>,
    /// The caller may see who it is, with a reason.
    may_reveal: bool,
    /// Photos of the lead.
    photos: Vec<String>,
    /// Why it was split, refused or given back.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<String>,
    /// Oldest first.
    lines: Vec<LineView>,
    asks: Vec<AskView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<ProgressView>,
    offers: Vec<OfferView>,
    /// The caller may open the case.
    may_register: bool,
    /// Which limit runs, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<&'static str>,
    /// Where it should go, for who splits it; as it was derived then, once it was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Proposal>)]
    power: Option<serde_json::Value>,
    /// To whom it may be given, for who splits it; whom assistance may be asked of.
    targets: Vec<Target>,
}

/// Shows a referral with everything its page needs.
///
/// # Errors
/// `referral-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/referrals/{id}", tag = "referrals", operation_id = "show_referral",
    params(("id" = Uuid, Path, description = "The referral")),
    responses((status = 200, body = ReferralFile, description = "The referral; its version is the ETag")))]
pub(crate) async fn show(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SeeReferrals>,
    Path(id): Path<Uuid>,
) -> Answer<impl IntoResponse> {
    let file = whole(&room, &allowed.caller, id).await?;
    Ok((etag(file.row.version), Json(file)))
}

/// Where the act was done.
pub(super) fn position_of(header: &Header) -> Option<Position> {
    header.lon.zip(header.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok())
}

/// What a line was, in words.
fn label_of(verb: &str) -> String {
    let known = verb.parse::<ReferralVerb>().map(|verb| verb.label());
    known
        .unwrap_or(match verb {
            "submit" => "提出移交",
            "case" => "登记案件",
            "result" => "办理结果",
            _ => "办理",
        })
        .to_owned()
}

async fn suspect_of(room: &Referrals, header: &Header, record: &ReferralRecord) -> Answer<Option<MaskedSuspect>> {
    let (Some(subject), Some(kind)) = (record.suspect, &record.suspect_kind) else { return Ok(None) };
    let mut connection = room.parts().database.pool().acquire().await?;
    let fields = room.parts().vault.read(&mut connection, &header.region, subject.into()).await??;
    let name = fields.into_iter().find(|(field, _)| field == "name").map(|(_, name)| name).unwrap_or_default();
    let known: SuspectKind = kind.parse().unwrap_or(SuspectKind::Individual);
    let name = match known {
        SuspectKind::Unit => name,
        _ => PersonName::parse(&name).map(|name| name.masked()).unwrap_or_default(),
    };
    Ok(Some(MaskedSuspect { kind: kind.clone(), kind_label: known.label(), name }))
}

/// A referral as `caller` sees it.
pub(super) async fn whole(room: &Referrals, caller: &Caller, id: Uuid) -> Answer<ReferralFile> {
    let parts = room.parts();
    let (pool, now) = (parts.database.pool(), parts.clock.now());
    let scope = caller.scope::<rights::SeeReferrals>().ok_or_else(not_found)?;
    let header = store::header(pool, &scope, id).await?.ok_or_else(not_found)?;
    let key = header.key();
    let record = store::record(pool, &key).await?.ok_or_else(not_found)?;
    let found = list::store::row(pool, id).await?.ok_or_else(not_found)?;
    let shown = row::show(room, vec![found], scope.units.as_deref()).await?.pop().ok_or_else(not_found)?;
    let (asks, sight) = (store::asks(pool, &key).await?, sight(&scope, &record));
    let tree = parts.identity.organisations().await?;
    let facts = facts(caller, &scope, &tree, &header, &record, &asks);
    let lines: Vec<_> = store::lines(pool, &key).await?.into_iter().filter(|line| may_see(sight, &scope, line, &asks)).collect();
    let files = store::files(pool, &key).await?;
    let asks: Vec<_> = asks.into_iter().filter(|ask| sight != Sight::Assistant || of_units(&scope, Some(ask.unit))).collect();
    let people =
        lines.iter().filter_map(|line| line.person).chain(asks.iter().flat_map(|ask| [Some(ask.asked_by), ask.answered_by]).flatten());
    let names = parts.identity.names_of(&people.chain([record.asked_by]).collect::<Vec<_>>()).await?;
    let named = |id: Uuid| Named { id, name: names.get(&id).cloned().unwrap_or_default() };
    let unit = |id: Uuid| Named { id, name: tree.name(id).to_owned() };
    let takes = sight == Sight::Inside && record.case_id.is_some() && caller.may::<rights::ActOnReferrals>();
    let lines = lines.into_iter().map(|line| LineView {
        files: files
            .iter()
            .filter(|file| file.line == line.ordinal)
            .map(|file| FileView {
                ordinal: file.ordinal,
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                size: file.size,
                digest: format!("sha256:{}", file.file),
                evidence: file.evidence.filter(|_| sight == Sight::Inside),
                may_take_in: takes && file.evidence.is_none() && !line.inside,
            })
            .collect(),
        ordinal: line.ordinal,
        at: line.at,
        label: label_of(&line.verb),
        verb: line.verb,
        person: line.person.map(named),
        unit: line.unit.map(unit),
        text: line.text,
        inside: line.inside,
    });
    let asks = asks.into_iter().map(|ask| AskView {
        mine: ask.answered_at.is_none() && of_units(&scope, Some(ask.unit)),
        // Without the row of its limit: the last working day before the end is yellow.
        light: ask.answered_at.is_none().then(|| Light::at(now, ask.due_at - chrono::TimeDelta::days(1), ask.due_at)),
        ordinal: ask.ordinal,
        unit: unit(ask.unit),
        asked_by: named(ask.asked_by),
        asked_at: ask.asked_at,
        due_at: ask.due_at,
        text: ask.text,
        answer: ask.answer,
        answered_at: ask.answered_at,
        answered_by: ask.answered_by.map(named),
    });
    let (lines, asks) = (lines.collect(), asks.collect());
    let state = store::state_of(&header)?;
    let may_act = caller.may::<rights::ActOnReferrals>();
    let offers = ReferralProcedure::offers(state, &facts).into_iter().filter(|_| may_act).map(|offer| OfferView {
        verb: offer.verb,
        label: offer.verb.label(),
        allowed: offer.refusal.is_none(),
        citation: offer.refusal.as_ref().and_then(|refusal| refusal.citation),
        reason: offer.refusal.map(|refusal| refusal.reason),
    });
    let splits = facts.centre && state.is_open();
    let targets = if splits || facts.taker { room.targets(&tree, &record).await? } else { Vec::new() };
    let power = match &record.power {
        Some(kept) if sight == Sight::Inside => Some(kept.0.clone()),
        None if splits => {
            let derived = room.proposal(&tree, &record, (&header.jurisdiction, position_of(&header)), &targets).await?;
            serde_json::to_value(derived).ok()
        }
        _ => None,
    };
    let mut connection = pool.acquire().await?;
    let case = progress(room, &mut connection, caller, (&header, &record), sight).await?;
    let running = docket::deadlines(&mut connection, &key).await?;
    let limit: Option<ReferralLimit> =
        running.iter().filter(|row| row.state == "running" && row.due_at == header.due_at).find_map(|row| row.name.parse().ok());
    drop(connection);
    Ok(ReferralFile {
        row: shown,
        facts: record.facts.clone(),
        place: record.place.clone(),
        jurisdiction: header.jurisdiction.clone(),
        lon: header.lon,
        lat: header.lat,
        acted_on: record.acted_on,
        matter_code: record.matter_code.clone(),
        matter_name: record.matter_name.clone(),
        lead: record.lead_id.filter(|_| caller.may_by_name("lead.read")),
        asked_by: named(record.asked_by),
        suspect: suspect_of(room, &header, &record).await?,
        may_reveal: record.suspect.is_some() && sight == Sight::Inside && caller.may::<rights::RevealSuspects>(),
        photos: store::photos(pool, &key).await?,
        reason: record.reason.clone().filter(|_| sight != Sight::Assistant),
        result_at: record.result_at.filter(|_| sight != Sight::Assistant),
        feedback: record.feedback.clone().filter(|_| sight != Sight::Assistant),
        lines,
        asks,
        case,
        offers: offers.collect(),
        may_register: state == super::ReferralState::Assigned && facts.taker && facts.inside && caller.may_by_name("case.open"),
        limit: limit.map(ReferralLimit::label),
        power,
        targets,
    })
}

/// The case as this caller follows it.
async fn progress(
    room: &Referrals,
    connection: &mut sqlx::PgConnection,
    caller: &Caller,
    (header, record): (&Header, &ReferralRecord),
    sight: Sight,
) -> Answer<Option<ProgressView>> {
    let Some(case) = record.case_id.filter(|_| sight != Sight::Assistant) else { return Ok(None) };
    let key = docket::KeyOf { region: header.region.clone(), id: case.into() };
    let Some(followed) = room.parts().cases.followed(connection, &key).await? else { return Ok(None) };
    // Nobody is offered what he would be refused: inside, the decision names the party to who may see parties alone.
    let reads = sight != Sight::Inside || caller.may_by_name("case.reveal") && caller.may_by_name("case.see");
    let papers = if reads { room.papers_of(connection, sight, &header.region, record).await? } else { Vec::new() };
    Ok(Some(ProgressView {
        id: caller.may_by_name("case.see").then_some(case),
        number: followed.number,
        state: followed.state,
        open: followed.open,
        steps: followed.steps.into_iter().map(|step| CaseStepView { label: step.label, at: step.at }).collect(),
        decided_at: followed.decided_at,
        papers: papers.into_iter().map(|paper| PaperView { id: paper.id, title: paper.title }).collect(),
    }))
}
