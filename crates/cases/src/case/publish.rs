//! A decided case as whoever publishes decisions knows it (决定公开), and the steps that are taken through that room alone.

use chrono::{DateTime, NaiveDate, Utc};
use docket::{Actor, Change, Header, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::{clock::shanghai, problem::Problem};
use law::procedure::{Action, Fate, Party, Published, Remedy, State, Track, Weight};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    PartyKind,
    content::CaseStepContent,
    not_found,
    penalty::{PenaltyKind, Plan},
    perform, store,
};
use crate::{Cases, rights, scope::covers};

/// A decided case (已决定的案件): nothing of who its parties are.
#[derive(Debug, Clone)]
pub struct DecidedCase {
    /// Its header.
    pub header: Header,
    /// When the penalty was decided.
    pub decided_at: DateTime<Utc>,
    /// The matter.
    pub matter: String,
    /// Decided on the spot (当场决定).
    pub on_spot: bool,
    /// A penalty that calls for a hearing (较重处罚).
    pub heavy: bool,
    /// Nothing but warnings and public criticism.
    pub words_only: bool,
    /// A party is under eighteen.
    pub minor: bool,
    /// A party is a natural person or a household (自然人、个体工商户).
    pub natural: bool,
    /// The table of the law may publish it now: served, and not taken away; closed and in the archive too.
    pub served: bool,
    /// Where its publication stands.
    pub published: Published,
    /// Where review and suit stand.
    pub remedy: Remedy,
    /// When the decision was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
    /// What a review or a judgment made of it, where it stands.
    pub fate: Fate,
    /// When that was.
    pub altered_at: Option<DateTime<Utc>>,
    /// What it demands was done.
    pub performed: bool,
    /// A party was fined again for what it did after this decision.
    pub again: bool,
}

/// What a decision says, with its parties by name: for masking, never kept.
#[derive(Debug, Clone)]
pub struct DecisionWords {
    /// The number of the case.
    pub case_number: String,
    /// Each party: what it is (its code), its name, its number.
    pub parties: Vec<(&'static str, String, String)>,
    /// What happened.
    pub facts: String,
    /// Where.
    pub place: String,
    /// When it was done.
    pub acted_on: NaiveDate,
    /// The articles.
    pub articles: String,
    /// The penalty in words.
    pub penalty: String,
    /// Why so much.
    pub reasons: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
}

/// Steps that a room of its own takes, not the page of the case.
pub(super) fn goes_through_publication(action: Action) -> bool {
    matches!(action, Action::Publish | Action::Unpublish)
}

impl Cases {
    /// Publication has a room of its own: from now on the two steps are taken through it alone, so that what was checked is what is published.
    /// Later calls change nothing.
    pub fn publishes_through_its_room(&self) {
        self.publishing().set(()).unwrap_or_default();
    }

    /// A case that was decided; nothing where none was.
    ///
    /// # Errors
    /// The database's.
    pub async fn decided(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Option<DecidedCase>> {
        let Some(header) = store::header(&mut *connection, key.id.uuid()).await? else { return Ok(None) };
        let Some(dossier) = store::dossier(connection, key).await? else { return Ok(None) };
        let (record, case) = (&dossier.record, dossier.facts());
        let (Some(decided_at), Some(plan)) = (record.decided_at, &record.plan) else { return Ok(None) };
        let words = |kind: &PenaltyKind| matches!(kind, PenaltyKind::Warning | PenaltyKind::Criticism);
        let after = store::after_decision(connection, key, decided_at, &dossier).await?;
        Ok(Some(DecidedCase {
            decided_at,
            matter: record.matter_name.clone(),
            on_spot: matches!(case.track, Track::Simple | Track::MinorQuick),
            heavy: case.weight == Weight::Heavy,
            words_only: plan.kinds.iter().all(words),
            minor: case.party != Party::Grown || dossier.parties.iter().any(|party| party.age != "grown"),
            natural: dossier.has_citizen(),
            served: case.state.is_after_service() || matches!(case.state, State::Terminated | State::Closed | State::Archived),
            published: case.published,
            remedy: case.remedy,
            revoked_at: after.revoked_at,
            fate: case.fate,
            altered_at: after.altered_at,
            performed: after.performed,
            again: after.again,
            header,
        }))
    }

    /// The same within the caller's sight.
    ///
    /// # Errors
    /// `forbidden`, `case-not-found`; the database's.
    pub async fn decided_seen(&self, caller: &Caller, id: Uuid) -> Answer<(Header, Option<DecidedCase>)> {
        let scope = Allowed::<rights::SeeCases>::check(caller.clone())?.scope();
        let mut connection = self.database().pool().acquire().await?;
        let header = store::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
        let decided = self.decided(&mut connection, &header.key()).await?;
        Ok((header, decided))
    }

    /// What the decision says, with the parties by name; the ledger says who asked.
    ///
    /// # Errors
    /// `forbidden` without the right to see parties; `case-not-found`, `vault-unreadable`; the database's.
    pub async fn decision_words(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf) -> Answer<DecisionWords> {
        let _allowed = Allowed::<rights::RevealParties>::check(caller.clone())?;
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        let case_number = locked.header.number.clone();
        let dossier = store::dossier(connection, key).await?.ok_or_else(not_found)?;
        let mut parties = Vec::with_capacity(dossier.parties.len());
        for party in &dossier.parties {
            let kind: PartyKind = party.kind.parse().unwrap_or(PartyKind::Individual);
            let fields = self.vault().read(connection, &key.region, party.subject.into()).await??;
            let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()).unwrap_or_default();
            parties.push((kind.code(), field("name"), field("id_number")));
        }
        let record = dossier.record;
        let decided = record.decided_at.ok_or_else(|| Problem::conflict("not-decided", "案件尚未作出处罚决定"))?;
        let entry = NewEntry {
            actor: Actor::Person(caller.person),
            role: caller.roles.first().cloned(),
            action: "reveal",
            place: None,
            payload: payload([("reason", json!("拟制公开内容"))]),
        };
        locked.change(connection, self.clock().now(), Change { entries: vec![entry], ..Change::default() }).await?;
        let plan = record.plan.map(|plan| plan.0);
        let penalty =
            plan.as_ref().map(|plan| plan.kinds.iter().map(|kind| said(*kind, plan.fine_fen, plan.confiscated_fen)).collect::<Vec<_>>());
        Ok(DecisionWords {
            case_number,
            parties,
            facts: record.summary,
            place: record.place,
            acted_on: record.acted_on,
            articles: record.articles,
            penalty: penalty.unwrap_or_default().join("；"),
            reasons: plan.map(|plan| plan.reasons).unwrap_or_default(),
            decided_on: decided.with_timezone(&shanghai()).date_naive(),
        })
    }

    /// The penalty of a decision with other sums (变更): what a review organ or a court made of it. A kind that comes to nothing falls away.
    ///
    /// # Errors
    /// `not-decided`, `plan-invalid` where nothing is left; the database's.
    pub async fn changed_to(&self, connection: &mut PgConnection, key: &KeyOf, sums: (i64, i64), why: &str) -> Answer<Plan> {
        let dossier = store::dossier(connection, key).await?.ok_or_else(not_found)?;
        let decided = dossier.record.plan.filter(|_| dossier.record.decided_at.is_some());
        let mut plan = decided.ok_or_else(|| Problem::conflict("not-decided", "案件尚未作出处罚决定"))?.0;
        (plan.fine_fen, plan.confiscated_fen) = sums;
        plan.kinds.retain(|kind| *kind != PenaltyKind::Fine);
        if plan.fine_fen > 0 {
            plan.kinds.push(PenaltyKind::Fine);
        }
        if plan.kinds.is_empty() {
            let cure = "变更为其他种类处罚的，在案件页办理“决定被变更”，选择变更后的处罚种类";
            return Err(Problem::invalid("plan-invalid", "变更以后没有处罚内容").cured_by(cure, None).field("fine_fen", cure).into());
        }
        plan.surcharge &= plan.fine_fen > 0;
        why.clone_into(&mut plan.reasons);
        Ok(plan.judged()?)
    }

    /// The case of a number, in the home district.
    ///
    /// # Errors
    /// The database's.
    pub async fn by_number(&self, connection: &mut PgConnection, number: &str) -> Answer<Option<KeyOf>> {
        Ok(store::by_number(connection, self.home_region(), number)
            .await?
            .map(|id| KeyOf { region: self.home_region().to_owned(), id: id.into() }))
    }

    /// Takes a step in the caller's transaction, by the table like every step: what another room writes beside it stands or falls with it.
    ///
    /// # Errors
    /// As acting on a case.
    pub async fn take(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        key: &KeyOf,
        action: &str,
        content: CaseStepContent,
    ) -> Answer<()> {
        let scope = Allowed::<rights::ActOnCases>::check(caller.clone())?.scope();
        let action = Action::from_code(action).ok_or_else(|| Problem::internal("case-step-unknown", "没有这个办案环节，请联系管理员"))?;
        perform::carry_out(self, connection, key, None, &perform::Who::Person(caller, &scope), action, content.judged()?).await
    }
}

/// A penalty in words, money in yuan.
pub(super) fn said(kind: PenaltyKind, fine_fen: i64, confiscated_fen: i64) -> String {
    let yuan = |fen: i64| if fen % 100 == 0 { format!("{}元", fen / 100) } else { format!("{}.{:02}元", fen / 100, fen % 100) };
    match kind {
        PenaltyKind::Fine => format!("罚款{}", yuan(fine_fen)),
        PenaltyKind::Confiscation if confiscated_fen > 0 => format!("{}{}", kind.label(), yuan(confiscated_fen)),
        _ => kind.label().to_owned(),
    }
}
