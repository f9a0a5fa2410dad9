//! A case on one page (案件): state, facts, parties, officers, offered and refused steps, periods with their derivation, steps, ledger.

mod ledger_words;
mod parts;
mod shape;

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, Json, Path, etag};
use identity::{Allowed, Caller, Role};
use kernel::clock::shanghai;
use law::procedure::{Action, State as CaseState};
use uuid::Uuid;

use super::{
    basis,
    discretion::Standing,
    not_found,
    penalty::{HEAVY_CITIZEN, HEAVY_UNIT},
    perform::Gathered,
    remark::{self, RemarkKind},
    store,
    words::facts,
};
use crate::{Cases, rights, scope::covers};

use ledger_words::label_of;
pub(super) use parts::clock as clock_of;
use parts::{clock, limits, offers, parties};
pub use shape::CaseFile;
use shape::{CaseLead, CaseLedgerLine, CaseMatterView, CaseOfficerView, CaseRemark, CaseStep};
pub(crate) use shape::{CasePerson, CaseWord};

/// Shows a case with everything its page needs.
///
/// # Errors
/// `case-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases", operation_id = "show_case",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, body = CaseFile, description = "The case; its version is the ETag")))]
pub(crate) async fn show(State(room): State<Cases>, allowed: Allowed<rights::SeeCases>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let file = whole(&room, &allowed.caller, id).await?;
    Ok((etag(file.version()), Json(file)))
}

/// A case as `caller` sees it.
pub(super) async fn whole(room: &Cases, caller: &Caller, id: Uuid) -> Answer<CaseFile> {
    let now = room.clock().now();
    let scope = caller.scope::<rights::SeeCases>().ok_or_else(not_found)?;
    let mut connection = room.database().pool().acquire().await?;
    let header = store::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let key = header.key();
    let dossier = store::dossier(&mut connection, &key).await?.ok_or_else(not_found)?;
    let steps = store::steps(&mut connection, &key).await?;
    let ledger = store::ledger(&mut connection, &key).await?;
    let remarks = remark::store::of(&mut connection, &key).await?;
    let people: Vec<Uuid> = steps
        .iter()
        .filter_map(|step| step.person)
        .chain(ledger.iter().filter_map(|line| person_of(&line.actor)))
        .chain(dossier.officers.iter().map(|officer| officer.person))
        .chain(remarks.iter().map(|remark| remark.person))
        .chain(header.holder_person)
        .chain([dossier.record.opened_by])
        .collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Uuid| CasePerson { id, name: names.get(&id).cloned().unwrap_or_default() };
    let me = caller.person.uuid();
    let gathered = Gathered::of(room, &mut connection, &header, &dossier, me, &[]).await?;
    let known = gathered.known(room, &dossier, me, now);
    let today = now.with_timezone(&shanghai()).date_naive();
    let law = basis::choice::view(room, &dossier, today).await?;
    let township =
        dossier.basis.as_ref().and_then(|it| it.township.as_deref()).and_then(|code| room.catalogue().region(code)).map(|it| it.name);
    let weighing = Standing::of(room, &mut connection, &key, &dossier).await?;
    let offers = offers(room, caller, &dossier, (&known.standing(), &weighing), me);
    let limits = limits(&mut connection, &key, now).await?;
    let parties = parties(room, &mut connection, &key, &dossier).await?;
    let photos = store::photos(&mut connection, &key).await?;
    let (facts_of, record) = (*dossier.facts(), &dossier.record);
    Ok(CaseFile {
        id,
        number: header.number.clone(),
        title: header.title.clone(),
        open: header.open,
        version: header.version,
        jurisdiction: header.jurisdiction.clone(),
        opened_at: header.opened_at,
        simulated: header.simulated,
        sent_back: record.sent_back,
        may_send_back: header.open
            && header.holder_role.as_ref().is_some_and(|role| caller.roles.contains(role))
            && !dossier.officers.iter().any(|officer| officer.person == me),
        remarks: remarks
            .into_iter()
            .filter_map(|row| {
                let kind = row.kind.parse::<RemarkKind>().ok()?;
                Some(CaseRemark { kind: row.kind, label: kind.label(), at: row.at, person: named(row.person), text: row.text })
            })
            .collect(),
        light: header.light(now),
        due_at: header.due_at.filter(|_| header.open),
        holder_role: header.holder_role.as_deref().and_then(Role::from_code).map(Role::label),
        holder: header.holder_person.map(named),
        track: CaseWord { code: facts_of.track.code(), label: facts_of.track.label() },
        state: CaseWord { code: facts_of.state.code(), label: facts_of.state.label() },
        opened_by: named(record.opened_by),
        matter: CaseMatterView {
            code: record.matter_code.clone(),
            name: record.matter_name.clone(),
            articles: record.articles.clone(),
            fine_min_fen: record.fine_min_fen,
            fine_max_fen: record.fine_max_fen,
            heavy_fine_fen: if dossier.has_citizen() { HEAVY_CITIZEN } else { HEAVY_UNIT },
        },
        basis: dossier.basis.as_ref().map(|basis| basis.view(law, township)),
        lead: record.lead_id.map(|id| CaseLead { id, number: record.lead_number.clone().unwrap_or_default() }),
        referral: record.referral_id.map(|id| CaseLead { id, number: record.referral_number.clone().unwrap_or_default() }),
        plan: record.plan.clone().map(|plan| plan.0),
        told: record.told.clone().map(|plan| plan.0),
        hearing_at: record.hearing_at,
        decided_at: record.decided_at,
        acted_on: record.acted_on,
        found_on: record.found_on,
        place: record.place.clone(),
        summary: record.summary.clone(),
        facts: facts(&facts_of),
        parties,
        officers: dossier
            .officers
            .iter()
            .map(|it| CaseOfficerView {
                person: named(it.person),
                certificate: it.certificate.clone(),
                valid_until: it.valid_until,
                recused: it.recused,
                joined_at: it.joined_at,
            })
            .collect(),
        photos,
        offers,
        clocks: dossier.clocks.iter().filter_map(|row| clock(room, row)).collect(),
        limits,
        steps: steps
            .into_iter()
            .map(|step| CaseStep {
                ordinal: step.ordinal,
                label: Action::from_code(&step.action).map_or("", Action::label),
                action: step.action,
                at: step.at,
                person: step.person.map(named),
                before_label: CaseState::from_code(&step.before).map_or("", CaseState::label),
                after_label: CaseState::from_code(&step.after).map_or("", CaseState::label),
                content: step.content,
            })
            .collect(),
        ledger: ledger
            .into_iter()
            .map(|line| CaseLedgerLine {
                seq: line.seq,
                at: line.at,
                actor: match person_of(&line.actor) {
                    Some(person) => names.get(&person).cloned().unwrap_or_default(),
                    None if line.actor == "system:payments" => "缴款系统".to_owned(),
                    None if line.actor == "public" => "当事人".to_owned(),
                    None => "期限届满".to_owned(),
                },
                role: line.role.as_deref().and_then(Role::from_code).map(Role::label),
                label: label_of(&line.action),
                action: line.action,
                hash: line.hash,
            })
            .collect(),
    })
}

fn person_of(actor: &str) -> Option<Uuid> {
    actor.strip_prefix("person:")?.parse().ok()
}
