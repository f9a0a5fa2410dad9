//! One lead, whole: what it is, what runs on it, what may be done with it now and what not and why.

mod deadline;
pub(crate) mod history;
mod suggestions;

pub(crate) use history::{__path_history, EntryRow, history};
pub(crate) use suggestions::{__path_suggestions, suggestions};

use axum::{extract::State as Shared, response::IntoResponse};
use chrono::{DateTime, Utc};
use docket::Header;
use http_api::{Answer, Json, Path, etag};
use identity::{Allowed, Caller};
use kernel::procedure::Procedure;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use self::deadline::{Deadline, show_deadline};
use crate::{
    Leads,
    act::{Beside, covers, facts_for, not_found, rights_of, state_of},
    charge,
    intake::TELEPHONE_VERIFIED,
    joint,
    lead::{LeadProcedure, State, Verb, record::LeadRecord, store},
    list::row::{LeadRow, Names},
    referral, rights,
};

/// A photo.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Photo {
    /// The file.
    id: String,
    /// What it shows: `report`, `verify`, `before`, `after`, `check`.
    role: String,
    /// When it was added.
    at: DateTime<Utc>,
    /// A person took it back from the public page.
    withheld: bool,
}

/// The reporter, masked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reporter {
    /// Whether a name or telephone is kept.
    has_contact: bool,
    /// The telephone was confirmed by a code that was sent to it.
    telephone_verified: bool,
    /// When name and telephone were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    erased_at: Option<DateTime<Utc>>,
    /// The staff member who reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
}

/// Something that may be done now, or not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferView {
    /// The verb.
    verb: String,
    /// Its name.
    label: String,
    /// It may be done.
    allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// By which rule not.
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    /// What is usually done next.
    primary: bool,
}

/// A disposal limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LimitView {
    /// How many.
    pub value: f64,
    /// Of which unit.
    pub unit: String,
    /// In words.
    pub label: String,
    /// The class has none settled: this is the configured default.
    pub provisional: bool,
}

/// The lead another one was merged into.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MergedInto {
    id: Uuid,
    number: String,
}

/// An extension that waits for an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExtensionView {
    hours: i32,
    reason: String,
}

/// The dispatch rule that gave a lead its unit (派遣依据).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DispatchedBy {
    /// The rule in words, as it was then.
    rule: String,
    /// The number of the rule set that it stood in; none before rules had numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_set: Option<i64>,
}

impl DispatchedBy {
    /// Out of what the ledger keeps of a dispatch; nothing where a person chose the unit.
    fn of(payload: Option<&str>) -> Option<Self> {
        let payload: serde_json::Value = serde_json::from_str(payload?).ok()?;
        Some(Self { rule: payload["rule"].as_str()?.to_owned(), rule_set: payload["rule_set"].as_i64() })
    }
}

/// A reporter's rating.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingView {
    /// 1 to 5.
    pub stars: i16,
    /// The reporter's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A lead, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lead {
    /// What its row shows.
    #[serde(flatten)]
    row: LeadRow,
    /// The reporter's words.
    description: String,
    /// The photos in the order they came.
    photos: Vec<Photo>,
    /// The reporter.
    reporter: Reporter,
    /// The limits, oldest first.
    deadlines: Vec<Deadline>,
    /// What may be done now.
    offers: Vec<OfferView>,
    /// The disposal limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<LimitView>,
    /// The filing standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<String>,
    /// The closing standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    closing_standard: Option<String>,
    /// What the reporter follows it by.
    tracking_code: String,
    /// The lead it was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<MergedInto>,
    /// How many reports are handled with it, itself and those merged into it; of a merged lead, those of where it goes on.
    reports: i64,
    /// The extension asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<ExtensionView>,
    /// The person named to fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<crate::list::row::NamedId>,
    /// The person who follows it up until its source has the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    follower: Option<crate::list::row::NamedId>,
    /// The rule that dispatched it, unless a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatched_by: Option<DispatchedBy>,
    /// What other units do beside the one that has it, the oldest first.
    joint_tasks: Vec<joint::JointTask>,
    /// The last referral to a neighbour city.
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<referral::ReferralView>,
    /// Who has it in charge, and what he instructed.
    #[serde(skip_serializing_if = "Option::is_none")]
    charge: Option<charge::ChargeView>,
    /// The unit that raised it to the one that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    raised_from: Option<crate::list::row::NamedId>,
    /// How often it was raised to a level above.
    raised_count: usize,
    /// How often it had to be fixed again.
    rework_count: i32,
    /// What the last verification said.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    /// What the last check said.
    #[serde(skip_serializing_if = "Option::is_none")]
    check_passed: Option<bool>,
    /// The unit's reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    /// The reporter's rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingView>,
    /// What the source says besides.
    details: serde_json::Value,
}

/// Shows one lead.
///
/// # Errors
/// `lead-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/leads/{id}", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = Lead, description = "The lead; its version is the ETag")))]
pub(crate) async fn show(Shared(leads): Shared<Leads>, allowed: Allowed<rights::Read>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let lead = lead(&leads, &allowed.caller, id).await?;
    Ok((etag(lead.row.version), Json(lead)))
}

/// A lead as the caller may see it.
pub(crate) async fn lead(leads: &Leads, caller: &Caller, id: Uuid) -> Answer<Lead> {
    let scope = caller.scope::<rights::Read>().or_else(|| caller.scope::<rights::ReportLead>()).ok_or_else(not_found)?;
    let reported = |record: &LeadRecord| record.reporter_person == Some(caller.person.uuid());
    whole(leads, caller, id, |header, record, tasks| covers(&scope, header) || reported(record) || joint::admits(tasks, &scope)).await
}

/// A lead after the caller's own action, which may have moved it out of his scope: a unit that sends a task back hears what became of it.
pub(crate) async fn after_action(leads: &Leads, caller: &Caller, id: Uuid) -> Answer<Lead> {
    whole(leads, caller, id, |_, _, _| true).await
}

async fn whole(leads: &Leads, caller: &Caller, id: Uuid, may_see: impl Fn(&Header, &LeadRecord, &[joint::Task]) -> bool) -> Answer<Lead> {
    let pool = leads.database().pool();
    let header = store::header(pool, id).await?.ok_or_else(not_found)?;
    let mut connection = pool.acquire().await?;
    let record = store::record(&mut connection, &header.region, id).await?.ok_or_else(not_found)?;
    let tasks = joint::store::of(&mut connection, &header.key()).await?;
    if !may_see(&header, &record, &tasks) {
        return Err(not_found().into());
    }
    let beside = Beside::of(leads, &mut connection, &header, tasks).await?;
    let now = leads.clock().now();
    let photos = store::photos(&mut connection, &header.region, id).await?;
    let deadlines = docket::deadlines(&mut connection, &header.key()).await?;
    let merged_into = match record.merged_into {
        Some(target) => store::number_of(&mut connection, &header.region, target).await?.map(|number| MergedInto { id: target, number }),
        None => None,
    };
    let goes_on_in = match record.merged_into {
        Some(_) => store::goes_on_in(&mut connection, &header.region, id).await?,
        None => id,
    };
    let reports = store::reports_of(&mut connection, &header.region, goes_on_in).await?;
    let erased_at = match record.reporter_subject {
        Some(subject) => leads.vault().erased_at(&mut connection, &header.region, subject.into()).await?,
        None => None,
    };
    let telephone_verified = match record.reporter_subject {
        Some(subject) => leads.vault().keeps(&mut connection, &header.region, subject.into(), TELEPHONE_VERIFIED).await?,
        None => false,
    };
    let dispatch = match header.unit {
        Some(_) => store::last_dispatch(&mut connection, &header.key()).await?,
        None => None,
    };
    drop(connection);
    let row = crate::list::store::one(pool, id).await?.ok_or_else(not_found)?;
    let people = [row.holder_person, record.reporter_person, record.handler, record.follower, record.leader];
    let takers = beside.tasks.iter().map(|task| task.taken_by);
    let instructed = beside.instructions.iter().flat_map(|one| [Some(one.given_by), one.answered_by]);
    let people: Vec<Uuid> = people.into_iter().chain(takers).chain(instructed).flatten().collect();
    let names = Names::of(leads, people).await?;
    let state = state_of(&header)?;
    let roles: Vec<&str> = photos.iter().map(|photo| photo.role.as_str()).collect();
    let facts = facts_for(leads, &names.settings, caller, &header, &record, &roles, &beside);
    let Beside { tasks, referral, instructions, .. } = beside;
    let mut offers = LeadProcedure::offers(state, &facts);
    // Who has no task of a lead reads nothing of tasks; who is there for a task alone is offered nothing else.
    offers.retain(|offer| offer.refusal.as_ref().is_none_or(|refusal| !HUSHED.contains(&refusal.code)));
    if !caller.scope::<rights::Read>().is_some_and(|scope| covers(&scope, &header)) {
        offers.retain(|offer| matches!(offer.verb, Verb::JointTake | Verb::JointDone | Verb::JointReturn));
    }
    let charge = charge::show(&names, &record, instructions, &deadlines);
    Ok(Lead {
        offers: show_offers(caller, state, offers),
        deadlines: deadlines.iter().map(|row| show_deadline(leads, row, now)).collect(),
        photos: photos
            .into_iter()
            .map(|photo| Photo { id: photo.file, role: photo.role, at: photo.at, withheld: photo.withheld_at.is_some() })
            .collect(),
        reporter: Reporter {
            has_contact: record.reporter_subject.is_some() && erased_at.is_none(),
            telephone_verified,
            erased_at,
            person: names.person(record.reporter_person).map(|person| person.name),
        },
        limit: show_limit(&record),
        extension: record.extension_hours.map(|hours| ExtensionView { hours, reason: record.extension_reason.clone().unwrap_or_default() }),
        handler: names.person(record.handler),
        follower: names.person(record.follower),
        rating: record.stars.map(|stars| RatingView { stars, comment: record.rating_comment.clone() }),
        row: row.show(leads, &names, now),
        description: record.description,
        standard: record.standard,
        closing_standard: record.closing_standard,
        tracking_code: record.tracking_code,
        dispatched_by: DispatchedBy::of(dispatch.as_deref()),
        joint_tasks: joint::show(&names, tasks, &deadlines),
        referral: referral.map(referral::show),
        charge,
        raised_from: names.unit(record.raised_from),
        raised_count: record.raised_by.len(),
        merged_into,
        reports,
        rework_count: record.rework_count,
        verified: record.verified,
        check_passed: record.check_passed,
        reply: record.reply,
        details: record.details,
    })
}

/// Refusals of what has no place here at all: who has no task of a lead reads nothing of tasks, nor of levels where there is none.
const HUSHED: [&str; 9] = [
    "not-assisting",
    "no-joint",
    "no-neighbours",
    "not-charged",
    "not-in-charge",
    "no-instruction",
    "no-level-above",
    "no-units-below",
    "not-raised-here",
];

/// What is usually done next comes first; the rest in the order of the procedure.
fn show_offers(caller: &Caller, state: State, offers: Vec<kernel::procedure::Offer<Verb>>) -> Vec<OfferView> {
    const NEXT: [Verb; 13] = [
        Verb::Verify,
        Verb::JointTake,
        Verb::JointDone,
        Verb::Accept,
        Verb::File,
        Verb::Dispatch,
        Verb::Resume,
        Verb::Fix,
        Verb::Take,
        Verb::RequestCheck,
        Verb::Check,
        Verb::Close,
        Verb::Rework,
    ];
    let mut offers: Vec<_> = offers.into_iter().filter(|offer| rights_of(caller, offer.verb)).collect();
    // Naming another collector is no step forward.
    let forward = |verb: &Verb| !(*verb == Verb::RequestCheck && state == State::Checking);
    let primary = NEXT.into_iter().filter(forward).find(|verb| offers.iter().any(|offer| offer.verb == *verb && offer.refusal.is_none()));
    offers.sort_by_key(|offer| Some(offer.verb) != primary);
    offers
        .into_iter()
        .map(|offer| OfferView {
            verb: offer.verb.code().to_owned(),
            label: offer.verb.label().to_owned(),
            allowed: offer.refusal.is_none(),
            citation: offer.refusal.as_ref().and_then(|refusal| refusal.citation).map(str::to_owned),
            reason: offer.refusal.map(|refusal| refusal.reason),
            primary: Some(offer.verb) == primary,
        })
        .collect()
}

fn show_limit(record: &LeadRecord) -> Option<LimitView> {
    let (value, unit) = (record.limit_value?, record.limit_unit.clone()?);
    let label = kernel::deadline::service::ServiceLimit::new(value, unit.parse().ok()?).map(|limit| limit.label()).unwrap_or_default();
    Some(LimitView { value, unit, label, provisional: record.limit_provisional })
}
