//! The parts of a case's page: offered steps, periods, limits, parties.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use kernel::{light::Light, personal::PersonName};
use law::procedure::{Actor, Approver, Ask, Attempt, Refused};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    super::{
        PartyAge, PartyKind, bars, clocks,
        discretion::Standing,
        limits::CaseLimit,
        perform::may,
        record::{ClockRow, Dossier},
    },
    shape::{CaseClock, CaseLimitView, CaseOffer, CasePartyView, CaseRefusal},
};
use crate::Cases;

pub(super) fn offers(
    room: &Cases,
    caller: &Caller,
    dossier: &Dossier,
    (attempt, weighing): (&Attempt, &Standing),
    me: Uuid,
) -> Vec<CaseOffer> {
    let now = room.clock().now();
    let clocks = clocks::running(room.calendar(), &dossier.clocks);
    let case = dossier.facts();
    let rows = room.table().rows(case);
    let offered = rows.into_iter().filter(|row| row.actor != Actor::Time).map(|row| {
        let mut with = *attempt;
        // Who approves is a person other than the handlers: of the row's own kind, that is the caller.
        if row.asks.contains(&Ask::Approver) && row.actor != Actor::Officers && dossier.is_handler(me) {
            with.approver = Approver::Handler;
        }
        let mine = may(caller, row.actor) && bars::takes(caller, dossier, row).is_ok();
        // What the caller himself stands against is told to who would take the step; others see what the case stands against.
        let with = if mine { with } else { Attempt::default() };
        let who = if mine { me } else { Uuid::nil() };
        let mut against: Vec<Refused> = room.table().refusals(row, case, &with, &clocks);
        against.extend(bars::beside(room.table(), row, dossier, who, with.crew, now));
        against.extend(bars::weighed(row, dossier, weighing, None, who));
        let refusals: Vec<CaseRefusal> = against
            .into_iter()
            .map(|one| CaseRefusal {
                code: one.refusal.code,
                why: one.refusal.reason,
                article: one.refusal.citation,
                cure: one.cure,
                from: one.from,
            })
            .collect();
        CaseOffer {
            action: row.action.code(),
            label: row.action.label(),
            actor: row.actor.code(),
            actor_label: row.actor.label(),
            article: row.article,
            allowed: refusals.is_empty(),
            mine,
            asks: bars::asked(row, dossier),
            documents: row.documents,
            refusals,
        }
    });
    offered.collect()
}

pub(in crate::case) fn clock(room: &Cases, row: &ClockRow) -> Option<CaseClock> {
    let (clock, period, deadline) = row.deadline(room.calendar())?;
    let running = row.ended_at.is_none();
    let rule = row.rule.as_deref().and_then(kernel::deadline::statutory::rule);
    let derivation = match running {
        true => deadline.steps(room.calendar(), period, row.from_at).into_iter().map(|step| step.text).collect(),
        false => Vec::new(),
    };
    Some(CaseClock {
        clock: row.clock.clone(),
        label: clock.label(),
        rule: row.rule.clone(),
        article: rule.map(|rule| rule.article.as_str()),
        period: period.label(),
        started_at: row.from_at,
        due_at: row.due_at,
        last_day: deadline.last_day,
        running,
        ran_out: row.ran_out,
        provisional: deadline.provisional,
        derivation,
    })
}

pub(super) async fn limits(connection: &mut PgConnection, key: &KeyOf, now: DateTime<Utc>) -> sqlx::Result<Vec<CaseLimitView>> {
    let rows = docket::deadlines(connection, key).await?;
    let shown = rows.into_iter().filter_map(|row| {
        let limit: CaseLimit = row.name.parse().ok()?;
        let light = row.warn_at.zip(row.due_at).filter(|_| row.state == "running").map(|(warn, due)| Light::at(now, warn, due));
        Some(CaseLimitView {
            limit: row.name,
            label: limit.label(),
            rule: limit.rule(),
            started_at: row.started_at,
            due_at: row.due_at,
            state: row.state,
            light,
        })
    });
    Ok(shown.collect())
}

pub(super) async fn parties(room: &Cases, connection: &mut PgConnection, key: &KeyOf, dossier: &Dossier) -> Answer<Vec<CasePartyView>> {
    let mut shown = Vec::with_capacity(dossier.parties.len());
    for party in &dossier.parties {
        let kind: PartyKind = party.kind.parse().unwrap_or(PartyKind::Individual);
        let fields = room.vault().read(connection, &key.region, party.subject.into()).await??;
        let name = fields.into_iter().find(|(field, _)| field == "name").map(|(_, name)| name);
        let name = match (kind, name) {
            (PartyKind::Unit, Some(name)) => name,
            (_, Some(name)) => PersonName::parse(&name).map(|name| name.masked()).unwrap_or_default(),
            (_, None) => String::new(),
        };
        shown.push(CasePartyView {
            ordinal: party.ordinal,
            kind_label: kind.label(),
            kind: party.kind.clone(),
            age_label: party.age.parse::<PartyAge>().map_or("", PartyAge::label),
            name,
        });
    }
    Ok(shown)
}
