//! Discretion in a case (裁量): the officer answers the factors of the published benchmark, the tier and the range are kept with its version; a
//! fine outside the tier is a deviation, which needs a reason and one more person who approves.

pub(crate) mod deviation;
mod store;
pub(crate) mod view;
pub(crate) mod weigh;

use docket::{Actor, Change, Event, KeyOf, NewEntry};
use http_api::Answer;
use identity::Caller;
use kernel::{clock::shanghai, problem::Problem};
use law::{
    discretion::{Benchmark, Kind},
    procedure::{Action, Transition},
};
use matters::FineParty;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{CHANGED, not_found, perform::told, record::Dossier, store as cases};
use crate::{Cases, rights, scope::covers};
pub(super) use store::{DeviationRow, WeighingRow};

/// Published benchmarks bind discretion.
pub(super) const BENCHMARKS: &str = "行政处罚法第三十四条";
/// Fen in a yuan.
const YUAN: i64 = 100;

/// How the discretion of a case stands, for the bar.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// A benchmark is in force for the matter today, and made for the range of this case.
    pub benchmark: bool,
    /// What was weighed last.
    pub weighing: Option<WeighingRow>,
    /// The deviation that was asked for last.
    pub deviation: Option<DeviationRow>,
}

impl Standing {
    /// As it stands today; a matter that was typed has no benchmark.
    pub async fn of(room: &Cases, connection: &mut PgConnection, key: &KeyOf, dossier: &Dossier) -> Answer<Self> {
        if dossier.basis.as_ref().is_none_or(|basis| basis.matter_version.is_none()) {
            return Ok(Self::default());
        }
        let today = room.clock().now().with_timezone(&shanghai()).date_naive();
        let found = room.matters().benchmark_on(connection, &dossier.record.matter_code, today).await?;
        if found.as_ref().is_some_and(|found| for_this(&found.rules, dossier).is_err()) {
            return Ok(Self::default());
        }
        let weighing = store::last_weighing(connection, key).await?;
        Ok(Self { benchmark: found.is_some(), weighing, deviation: store::last_deviation(connection, key).await? })
    }

    /// Whether a fine lies in the tier; nothing where nothing was weighed.
    pub fn fits(&self, fine_fen: i64) -> Option<bool> {
        self.weighing.as_ref().map(|it| (it.low_fen..=it.high_fen).contains(&fine_fen))
    }

    /// The deviation for exactly this fine under the last weighing.
    pub fn deviation_of(&self, fine_fen: i64) -> Option<&DeviationRow> {
        let weighing = self.weighing.as_ref()?;
        self.deviation.as_ref().filter(|it| it.weighing == weighing.ordinal && it.fine_fen == fine_fen)
    }
}

/// Refuses a benchmark that says nothing of this kind of party, or was made for another range than the case's: an act of before the range
/// changed, or one whose range was computed. The case then goes on as one without a benchmark.
fn for_this(rules: &Benchmark, dossier: &Dossier) -> Result<(), Problem> {
    let party = if dossier.fine_party() == FineParty::Organisation { Kind::Organisation } else { Kind::Person };
    let range = rules.ranges.iter().find(|range| range.party == party);
    let record = &dossier.record;
    let same = range.map(|range| (fen(range.min), Some(fen(range.max))) == (record.fine_min_fen.unwrap_or_default(), record.fine_max_fen));
    let why = match same {
        Some(true) => return Ok(()),
        Some(false) => "裁量基准按另一法定幅度制定，与本案的罚款幅度不同，不适用于本案：在法定幅度以内拟定罚款并写明理由".to_owned(),
        None => format!("裁量基准没有对{}的幅度，不适用于本案：在法定幅度以内拟定罚款并写明理由", party.label()),
    };
    Err(Problem::conflict("benchmark-not-for-this", why).citing(BENCHMARKS))
}

/// Whole yuan in fen.
fn fen(yuan: u64) -> i64 {
    i64::try_from(yuan).unwrap_or(i64::MAX / YUAN).saturating_mul(YUAN)
}

/// Whether a step rests on what is planned.
pub(super) const fn weighs(row: &Transition) -> bool {
    matches!(row.action, Action::End | Action::TellOnSpot | Action::ApproveNotice | Action::Decide | Action::DecideOnSpot)
}

/// Whether a step settles the fine, so that a deviation must be approved before it.
pub(super) const fn settles(row: &Transition) -> bool {
    matches!(row.action, Action::ApproveNotice | Action::Decide | Action::DecideOnSpot)
}

/// A case of the caller's sight, locked, that is not decided yet.
///
/// # Errors
/// `case-not-found`, `if-match-missing`, `version-conflict`, `case-decided`, `recused`.
async fn undecided(connection: &mut PgConnection, caller: &Caller, id: Uuid, seen: Option<i64>) -> Answer<(docket::Locked, Dossier)> {
    let scope = caller.scope::<rights::ActOnCases>().ok_or_else(not_found)?;
    let header = cases::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "办理时请带上 If-Match 版本号"))?;
    let locked = docket::lock(connection, &header.key(), Some(seen)).await?.ok_or_else(not_found)??;
    let dossier = cases::dossier(connection, &header.key()).await?.ok_or_else(not_found)?;
    if dossier.record.decided_at.is_some() || dossier.facts().state.is_final() {
        return Err(Problem::conflict("case-decided", "已经作出决定，裁量不能再改动").citing(BENCHMARKS).into());
    }
    if dossier.is_recused(caller.person.uuid()) {
        let why = "您在本案中已经回避，不得再办理本案的任何环节";
        return Err(Problem::forbidden("recused", why).citing("行政处罚法第四十三条第一款").into());
    }
    Ok((locked, dossier))
}

/// Only a handling officer answers, and asks to deviate.
fn handled(dossier: &Dossier, caller: &Caller) -> Result<(), Problem> {
    let me = caller.person.uuid();
    if dossier.officers.iter().any(|officer| officer.person == me && !officer.recused) {
        return Ok(());
    }
    Err(Problem::forbidden("case-not-handled", "裁量因素由本案承办人填写").citing("行政处罚法第四十二条第一款"))
}

/// A line in the ledger and an event: the case's version counts on.
async fn write(
    room: &Cases,
    connection: &mut PgConnection,
    locked: docket::Locked,
    caller: &Caller,
    action: &'static str,
    payload: serde_json::Value,
) -> Answer<()> {
    let now = room.clock().now();
    let entry = NewEntry { actor: Actor::Person(caller.person), role: caller.roles.first().cloned(), action, place: None, payload };
    let mut change = Change { details: true, entries: vec![entry], ..Change::default() };
    let header = locked.after(now, &change);
    change.events.push(Event { topic: CHANGED, payload: told(&header, action) });
    locked.change(connection, now, change).await?;
    Ok(())
}
