//! A case as one of its parties may know it (当事人所见), and the steps that he takes himself. Nothing of other parties, of evidence, of drafts
//! or of who reported is in here.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use http_api::Answer;
use law::procedure::{Action, Actor, Attempt, Case, Clock, Transition};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    PartyKind, clocks,
    content::CaseStepContent,
    not_found,
    penalty::{PenaltyKind, Plan},
    perform::{Who, carry_out},
    record::PartyRow,
    service::counted_again,
    store,
    view::clock_of,
};
use crate::Cases;

/// What a party does himself, of all that the table gives a party: what he pays is told by the till, what he files with a court by the court.
const OWN: [Action; 5] = [Action::Defend, Action::WaiveDefence, Action::RequestHearing, Action::WaiveHearing, Action::AskRecusal];
/// The periods that concern a party.
const TOLD: [Clock; 8] =
    [Clock::Defence, Clock::Hearing, Clock::Correction, Clock::Payment, Clock::Urged, Clock::Remedy, Clock::Deferral, Clock::Service];

/// Whether a party takes this step on his own page.
pub(super) fn takes(row: &Transition) -> bool {
    row.actor == Actor::Party && OWN.contains(&row.action)
}

/// A party (当事人): which one, and where the vault keeps who he is.
#[derive(Debug, Clone)]
pub struct CaseParty {
    /// The docket.
    pub key: KeyOf,
    /// Which party.
    pub ordinal: i16,
    /// Whether it is an organisation.
    pub is_unit: bool,
    /// Who it is, in the vault.
    pub subject: Uuid,
}

/// A penalty in words (处罚内容).
#[derive(Debug, Clone, Serialize)]
pub struct PlanWords {
    /// Its kinds.
    pub kinds: Vec<&'static str>,
    /// The fine in fen; 0 where there is none.
    pub fine_fen: i64,
    /// The value of what is confiscated, in fen.
    pub confiscated_fen: i64,
    /// The reasons.
    pub reasons: String,
}

/// A period that concerns a party (期限).
#[derive(Debug, Clone)]
pub struct PartyClock {
    /// Which.
    pub clock: Clock,
    /// How long, in words.
    pub period: String,
    /// When it began.
    pub from: DateTime<Utc>,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Whether it runs.
    pub running: bool,
    /// Whether it ran out.
    pub ran_out: bool,
    /// Counted without holidays that are not announced yet.
    pub provisional: bool,
    /// The way from the first day to the last.
    pub derivation: Vec<String>,
}

/// A step that a party may take now (可以办理的).
#[derive(Debug, Clone)]
pub struct PartyOffer {
    /// Which.
    pub action: Action,
    /// The article that gives it.
    pub article: &'static str,
    /// What stands against it; nothing where it may be taken.
    pub against: Vec<String>,
}

/// A service that was entered as a step (送达环节).
#[derive(Debug, Clone)]
pub struct PartyServed {
    /// The kinds of documents that it serves.
    pub kinds: &'static [&'static str],
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// When what was served counts as served (送达之日).
    pub at: DateTime<Utc>,
}

/// A case before one of its parties (案件).
#[derive(Debug, Clone)]
pub struct PartyCase {
    /// Its number.
    pub number: String,
    /// It is not closed.
    pub open: bool,
    /// It is of the demo city.
    pub simulated: bool,
    /// What it is about.
    pub matter: String,
    /// What is broken and what punishes it.
    pub articles: String,
    /// The day of the act.
    pub acted_on: NaiveDate,
    /// Where.
    pub place: String,
    /// How it stands.
    pub facts: Case,
    /// What the party was told, once it was served.
    pub told: Option<PlanWords>,
    /// What was decided, once it was served.
    pub decided: Option<PlanWords>,
    /// When the hearing is.
    pub hearing_at: Option<DateTime<Utc>>,
    /// The officers who handle it, with their certificates: whom one may ask to be recused must be known.
    pub officers: Vec<(Uuid, Option<String>)>,
    /// The periods, the oldest first.
    pub clocks: Vec<PartyClock>,
    /// What he may do, and what stands against it.
    pub offers: Vec<PartyOffer>,
    /// How many parties the case has.
    pub parties: usize,
    /// What was served by steps on this party, whatever the mode.
    pub served: Vec<PartyServed>,
}

/// A party's step, in the words that go to the ledger: never his own.
#[derive(Debug, Clone)]
pub struct PartyAct {
    /// What he does.
    pub action: Action,
    /// He confirmed it expressly.
    pub express: bool,
    /// The number of his submission.
    pub note: String,
}

fn words_of(plan: &Plan) -> PlanWords {
    let kinds = plan.kinds.iter().map(|kind| PenaltyKind::label(*kind)).collect();
    PlanWords { kinds, fine_fen: plan.fine_fen, confiscated_fen: plan.confiscated_fen, reasons: plan.reasons.clone() }
}

fn party_of(key: &KeyOf, row: &PartyRow) -> CaseParty {
    CaseParty { key: key.clone(), ordinal: row.ordinal, is_unit: row.kind == PartyKind::Unit.code(), subject: row.subject }
}

impl Cases {
    /// The parties of a case of the home district; none where there is no such case.
    ///
    /// # Errors
    /// The database's.
    pub async fn parties_of(&self, connection: &mut PgConnection, id: Uuid) -> Answer<Vec<CaseParty>> {
        let key = KeyOf { region: self.home_region().to_owned(), id: id.into() };
        let dossier = store::dossier(connection, &key).await?;
        Ok(dossier.map(|it| it.parties.iter().map(|row| party_of(&key, row)).collect()).unwrap_or_default())
    }

    /// A case as its party knows it. That he is this party was found out by whoever calls.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn before_party(&self, connection: &mut PgConnection, key: &KeyOf, ordinal: i16) -> Answer<PartyCase> {
        let header = store::header(&mut *connection, key.id.uuid()).await?.ok_or_else(not_found)?;
        let dossier = store::dossier(connection, key).await?.ok_or_else(not_found)?;
        if !dossier.parties.iter().any(|party| party.ordinal == ordinal) {
            return Err(not_found().into());
        }
        let steps = store::steps(connection, key).await?;
        let (case, running) = (*dossier.facts(), clocks::running(self.calendar(), &dossier.clocks));
        let rows = self.table().rows(&case);
        let offers = rows.into_iter().filter(|row| takes(row)).map(|row| PartyOffer {
            action: row.action,
            article: row.article,
            against: self.table().refusals(row, &case, &Attempt::default(), &running).into_iter().map(|one| one.refusal.reason).collect(),
        });
        let clocks = dossier.clocks.iter().filter_map(|row| {
            let clock = Clock::from_code(&row.clock).filter(|clock| TOLD.contains(clock))?;
            let shown = clock_of(self, row)?;
            Some(PartyClock {
                clock,
                period: shown.period,
                from: row.from_at,
                last_day: shown.last_day,
                running: shown.running,
                ran_out: shown.ran_out,
                provisional: shown.provisional,
                derivation: shown.derivation,
            })
        });
        let reaches = |content: &serde_json::Value| {
            content["reached"].as_array().is_some_and(|all| all.iter().any(|it| it.as_i64() == Some(i64::from(ordinal))))
        };
        let all = self.table().transitions();
        let served = steps.iter().rev().filter(|step| reaches(&step.content)).filter_map(|step| {
            let row = all.iter().find(|row| row.action.code() == step.action)?;
            let content: CaseStepContent = serde_json::from_value(step.content.clone()).unwrap_or_default();
            let at = counted_again(self.calendar(), row, &content, &dossier.served, step.at);
            Some(PartyServed { kinds: row.documents, entered_at: step.at, at })
        });
        let is_served = |action: Action| steps.iter().any(|step| step.action == action.code());
        let (offers, clocks, served) = (offers.collect(), clocks.collect(), served.collect());
        let record = &dossier.record;
        let decided = is_served(Action::ServeDecision) || is_served(Action::HandDecision);
        Ok(PartyCase {
            number: header.number,
            open: header.open,
            simulated: header.simulated,
            matter: record.matter_name.clone(),
            articles: record.articles.clone(),
            acted_on: record.acted_on,
            place: record.place.clone(),
            facts: case,
            told: record.told.as_deref().map(words_of),
            decided: record.plan.as_deref().filter(|_| decided).map(words_of),
            hearing_at: record.hearing_at,
            officers: dossier.officers.iter().filter(|it| !it.recused).map(|it| (it.person, it.certificate.clone())).collect(),
            clocks,
            offers,
            parties: dossier.parties.len(),
            served,
        })
    }

    /// Takes a party's step, in the caller's transaction: by the same table, the same lock and the same ledger as everybody's.
    ///
    /// # Errors
    /// `case-step-not-yours` for what no party does himself; the guard that refuses.
    pub async fn act_as_party(&self, connection: &mut PgConnection, key: &KeyOf, ordinal: i16, act: &PartyAct) -> Answer<()> {
        let content = CaseStepContent {
            note: Some(act.note.clone()),
            agreed: act.express.then_some(true),
            by_party: Some(ordinal),
            ..CaseStepContent::default()
        };
        carry_out(self, connection, key, None, &Who::Party, act.action, content).await
    }

    /// The officers who handle a case, for telling them.
    ///
    /// # Errors
    /// The database's.
    pub async fn handlers_of(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Vec<Uuid>> {
        let dossier = store::dossier(connection, key).await?.ok_or_else(not_found)?;
        Ok(dossier.officers.iter().filter(|officer| !officer.recused).map(|officer| officer.person).collect())
    }
}
