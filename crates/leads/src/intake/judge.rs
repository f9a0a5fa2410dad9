//! Judgement of a report before it is stored: class by words, place by position, unit by rule. No IO but the number block.

use chrono::{DateTime, Utc};
use docket::{Actor, Event, Holder, KeyOf, NewEntry, Opening, ledger::payload};
use kernel::{
    deadline::service::{ServiceLimit, WarnPoint},
    id::{DocketId, OrganisationId, PersonId, SubjectId},
    personal::redact,
    procedure::Procedure,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Judged, NewLead, Promise, Report};
use crate::{
    Leads, clocks,
    events::{self, Changed},
    layers::{Layers, Level},
    lead::{Action, Facts, LeadProcedure, Limit, State, facets, rules},
    settings::{Snapshot, dispatch::Proposed},
    source::{SourceKind, SourceSetting},
    tracking,
};

/// A title is the beginning of the description, so many characters at most.
const TITLE: usize = 40;

/// The field of the vault that says when a telephone was confirmed by a code.
pub(crate) const TELEPHONE_VERIFIED: &str = "telephone-verified";

/// Judges a report. The steps of an automatic acceptance go through the same procedure as a person's.
///
/// What was taken in without the database keeps its promise: the code that was handed out, and the first limits from when it came in. The
/// ledger's time stays the time of its commit.
pub(super) async fn judge(leads: &Leads, report: Report, promise: Promise) -> sqlx::Result<Judged> {
    let now = leads.clock().now();
    let since = promise.received_at.filter(|at| *at < now).unwrap_or(now);
    let settings = leads.settings().await?;
    let region = leads.home_region().to_owned();
    let key = KeyOf { region: region.clone(), id: DocketId::new(now) };
    let place = report.position.map(|position| leads.catalogue().place(position));
    let grid = place.as_ref().and_then(|place| place.grid_code()).map(str::to_owned);
    let jurisdiction = grid.clone().unwrap_or_else(|| region.clone());
    let (suggestion, model) = match &report.class_code {
        Some(_) => (None, None),
        None => {
            let proposer = leads.proposer().await?;
            (proposer.classes(&report.description).into_iter().next(), proposer.model())
        }
    };
    let class_code = report.class_code.clone().or_else(|| suggestion.as_ref().map(|found| found.code.clone()));
    let subject = (report.name.is_some() || report.telephone.is_some()).then(|| SubjectId::new(now));
    let number = leads.numbers().next(&region, "lead", now).await?;

    let warn = |limit: Limit| settings.warn_point(&region, class_code.as_deref(), limit);
    let mut course = Course::reported(leads, since, &report, settings.source(&report.source), warn);
    course.entries.push(NewEntry {
        actor: actor_of(&report, settings.source(&report.source)),
        role: report.role.clone(),
        action: "report",
        place: report.position.map(|position| (position.lon, position.lat)),
        payload: payload([
            ("source", json!(report.source)),
            ("class", json!(class_code)),
            ("class_chosen_by", json!(if report.class_code.is_some() { "reporter" } else { "words" })),
            ("class_model", json!(model)),
            ("words", suggestion.as_ref().map_or(Value::Null, |found| json!(found.words))),
            ("grid", json!(grid)),
            ("photos", json!(report.photos)),
            ("reporter", json!(subject)),
            ("spooled_at", json!(promise.received_at)),
            ("text", json!(hex::encode(digest(&key, &report.description)))),
        ]),
    });
    if let (Some(class), Some(grid)) = (&class_code, &grid)
        && settings.is_automatic(&region, &report.source, class)
        && !settings.needs_follower(report.source.code())
        && let Some(rule) = settings.unit_for(&region, class, grid, now)
    {
        let level = settings.levels.get(&rule.unit.uuid()).copied();
        course.take_through(leads, now, class, &rule, (settings.layers, level, warn(Limit::Fix)));
    }
    // A source with a title of its own says it among its details.
    let heading = report.details.get("title").and_then(Value::as_str).unwrap_or(&report.description);
    // Hidden before it is cut: half a number would no longer be known as one.
    let (title, text) = (title(&redact(heading)), search_text(&report, &number));
    let changed = Changed {
        number: &number,
        title: &title,
        state: course.state.code(),
        jurisdiction: &jurisdiction,
        unit: course.unit.map(OrganisationId::uuid),
        previous_unit: None,
        holder_role: course.holder.role,
        holder_unit: course.holder.unit.map(OrganisationId::uuid),
        holder_person: course.holder.person.map(PersonId::uuid),
        follower: None,
        leader: None,
        merged_followers: Vec::new(),
        joint_given: Vec::new(),
        joint_withdrawn: Vec::new(),
        version: 1,
        simulated: report.simulated,
    };
    let events = vec![Event { topic: events::REPORTED, payload: changed.payload("report") }];
    let lead = NewLead {
        key: key.clone(),
        source: report.source.clone(),
        source_key: report.source_key,
        tracking_code: promise.tracking_code.unwrap_or_else(tracking::new_code),
        text_digest: Sha256::digest(report.description.trim().as_bytes()).to_vec(),
        description: report.description,
        address: report.address,
        grid,
        class_version: class_code.as_ref().map(|_| leads.catalogue().class_version()),
        class_code,
        component_code: report.component_code,
        standard: course.standard,
        limit: course.limit,
        details: report.details,
        reporter_subject: subject,
        reporter_person: report.person,
        occurred_at: report.occurred_at,
    };
    let facets = facets::of(lead.class_code.as_deref(), lead.source.code(), course.state);
    let opening = Opening {
        key,
        kind: "lead",
        number,
        state: course.state.code(),
        title,
        jurisdiction,
        position: report.position.map(|position| (position.lon, position.lat)),
        holder: course.holder,
        unit: course.unit,
        simulated: report.simulated,
        text,
        facets,
        entries: course.entries,
        deadlines: course.deadlines,
        events,
    };
    let personal = [
        report.name.map(|name| ("name", name.expose().to_owned())),
        // Beside the telephone in the vault, so that it goes with it.
        report.telephone_verified.then(|| (TELEPHONE_VERIFIED, now.to_rfc3339())),
        report.telephone.map(|telephone| ("telephone", telephone.expose().to_owned())),
    ];
    Ok(Judged {
        lead,
        opening,
        personal: personal.into_iter().flatten().collect(),
        photos: report.photos,
        promised: promise.received_at.is_some(),
    })
}

/// How far a new lead has come.
struct Course {
    state: State,
    holder: Holder,
    unit: Option<OrganisationId>,
    entries: Vec<NewEntry>,
    deadlines: Vec<docket::DeadlineWrite>,
    standard: Option<String>,
    limit: Option<(ServiceLimit, bool)>,
    photos: usize,
}

impl Course {
    fn reported(
        leads: &Leads,
        now: DateTime<Utc>,
        report: &Report,
        source: Option<&SourceSetting>,
        warn: impl Fn(Limit) -> WarnPoint,
    ) -> Self {
        let accept = source.and_then(|setting| setting.accept).unwrap_or_else(|| rules::step_limit(Limit::Accept));
        let calendars = leads.calendars();
        let first = |limit: Limit, length: ServiceLimit| clocks::begin(&calendars, now, None, (limit, 1), (length, warn(limit)));
        let reply = source.and_then(|setting| setting.reply).map(|length| first(Limit::Reply, length));
        Self {
            state: State::Reported,
            holder: Holder::role("operator"),
            unit: None,
            entries: Vec::with_capacity(4),
            deadlines: [first(Limit::Accept, accept)].into_iter().chain(reply).collect(),
            standard: None,
            limit: None,
            photos: report.photos.len(),
        }
    }

    /// Accepts, files and dispatches in the name of the rules; the lead starts with its disposal clock running.
    fn take_through(
        &mut self,
        leads: &Leads,
        now: DateTime<Utc>,
        class: &str,
        rule: &Proposed,
        (layers, level, warn): (Layers, Option<Level>, WarnPoint),
    ) {
        let facts = Facts { classified: true, placed: true, before_photos: self.photos, ..Facts::default() };
        let standard = "按自动受理设置立案";
        let steps = [
            (Action::Accept { with_class: true }, json!({ "class": class })),
            (Action::File { standard: true }, json!({ "standard": standard })),
            (Action::Dispatch, rule.payload()),
        ];
        for (action, payload) in steps {
            let Ok(step) = LeadProcedure::apply(self.state, &facts, &action) else { return };
            self.state = step.to;
            self.entries.push(NewEntry { actor: Actor::System("rules"), role: None, action: action.verb().code(), place: None, payload });
        }
        let limit = leads.catalogue().proposed_limit(class);
        self.deadlines.retain(|deadline| deadline.name != Limit::Accept.code());
        let length = (layers.of_dispatch(limit.0, level), warn);
        self.deadlines.push(clocks::begin(&leads.calendars(), now, Some(rule.unit), (Limit::Fix, 1), length));
        self.limit = Some(limit);
        self.standard = Some(standard.to_owned());
        self.unit = Some(rule.unit);
        self.holder = Holder { role: None, unit: Some(rule.unit), person: None };
    }
}

fn actor_of(report: &Report, source: Option<&SourceSetting>) -> Actor {
    match report.person {
        Some(person) => Actor::Person(person),
        None if source.is_some_and(|setting| setting.kind.is_outside() || setting.kind == SourceKind::Machines) => Actor::System("source"),
        None => Actor::Public,
    }
}

/// The digest of the words, salted with the docket: the ledger proves the words without holding them.
fn digest(key: &KeyOf, description: &str) -> Vec<u8> {
    Sha256::new().chain_update(key.id.to_string()).chain_update(description).finalize().to_vec()
}

fn title(description: &str) -> String {
    let line = description.trim().lines().next().unwrap_or_default().trim();
    let mut title: String = line.chars().take(TITLE).collect();
    if line.chars().count() > TITLE {
        title.push('…');
    }
    title
}

fn search_text(report: &Report, number: &str) -> String {
    let title = report.details.get("title").and_then(Value::as_str).unwrap_or("");
    [number, title, report.description.as_str(), report.address.as_deref().unwrap_or("")].join(" ")
}

impl Snapshot {
    /// Whether leads of this source and class go through without an operator.
    fn is_automatic(&self, region: &str, source: &crate::lead::Source, class: &str) -> bool {
        self.intake
            .iter()
            .filter(|setting| setting.region == region && setting.source == source.code() && class.starts_with(&setting.class_prefix))
            .max_by_key(|setting| setting.class_prefix.len())
            .is_some_and(|setting| setting.automatic)
    }
}
