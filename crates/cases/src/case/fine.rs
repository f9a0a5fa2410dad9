//! What a case says about its fine (罚款) to those who take the money, and how money that came pays the case off.

use chrono::NaiveDate;
use docket::{Header, KeyOf};
use http_api::Answer;
use identity::{Allowed, Caller};
use kernel::clock::shanghai;
use law::procedure::{Action, Clock, Fate, Remedy, State, Urged, Window};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    content::CaseStepContent,
    not_found,
    perform::{Who, carry_out},
    record::ClockRow,
    store,
};
use crate::{Cases, rights, scope::covers};

/// The fine of a case as it stands (罚款决定).
#[derive(Debug, Clone)]
pub struct CaseFine {
    /// The case.
    pub header: Header,
    /// The officers who handle it; those who are recused do not.
    pub officers: Vec<Uuid>,
    /// What is fined for, without words of anybody.
    pub matter: String,
    /// The fine of the decision, in fen; 0 where it has none.
    pub fine_fen: i64,
    /// The decision says that and how an extra fine is added (行政强制法第四十五条第一款).
    pub surcharge_stated: bool,
    /// The decision is served and was not taken away.
    pub stands: bool,
    /// Review or suit took the decision away.
    pub revoked: bool,
    /// Review or suit changed it: `fine_fen` is what is left.
    pub changed: bool,
    /// The case holds the fine to be paid, in whatever way.
    pub paid: bool,
    /// Put off or in parts (行政处罚法第六十六条第二款).
    pub deferred: bool,
    /// The last day to pay (D09); none before the decision is served.
    pub due_on: Option<NaiveDate>,
    /// The last day of what was put off.
    pub deferred_until: Option<NaiveDate>,
    /// Reviews and suits by the days they were recorded: from, and to where they are over (行政处罚法第七十三条第三款).
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// The day the reminder (催告书) was served, if it was.
    pub reminded_on: Option<NaiveDate>,
    /// Its ten working days have passed (行政强制法第五十四条、第六十九条).
    pub reminder_over: bool,
    /// The time for review and suit is over, and neither runs (行政强制法第五十三条).
    pub remedy_over: bool,
    /// The three months to apply to the court (行政强制法第五十三条) are over.
    pub court_closed: bool,
    /// Their last day, once they run.
    pub court_until: Option<NaiveDate>,
    /// What is confiscated besides, in fen: money alone does not perform such a decision.
    pub confiscated_fen: i64,
}

/// Where a fine was paid, or what follows once it was.
const OVER: &[State] = &[State::Paid, State::Closed, State::Archived];

impl Cases {
    /// The fine of a case that the caller may see.
    ///
    /// # Errors
    /// `forbidden` without the right to see cases; `case-not-found`; the database's.
    pub async fn fine_seen_by(&self, caller: &Caller, id: Uuid) -> Answer<CaseFine> {
        let scope = Allowed::<rights::SeeCases>::check(caller.clone())?.scope();
        let mut connection = self.database().pool().acquire().await?;
        let header = store::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
        self.fine_of(&mut connection, header).await
    }

    /// The fine of a case for the program itself, in the caller's transaction.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn fine(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<CaseFine> {
        let header = store::header(&mut *connection, key.id.uuid()).await?.filter(|it| it.key() == *key).ok_or_else(not_found)?;
        self.fine_of(connection, header).await
    }

    async fn fine_of(&self, connection: &mut PgConnection, header: Header) -> Answer<CaseFine> {
        let key = header.key();
        let dossier = store::dossier(connection, &key).await?.ok_or_else(not_found)?;
        let steps = store::steps(connection, &key).await?;
        let case = dossier.facts();
        let last = |clock: Clock| dossier.clocks.iter().rev().find(|row| row.clock == clock.code());
        let day = |row: &ClockRow| row.deadline(self.calendar()).map(|(.., deadline)| deadline.last_day);
        let on = |action: Action| {
            steps.iter().find(|step| step.action == action.code()).map(|step| step.at.with_timezone(&shanghai()).date_naive())
        };
        let mut pauses: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
        for step in steps.iter().rev() {
            let at = step.at.with_timezone(&shanghai()).date_naive();
            match Action::from_code(&step.action) {
                Some(Action::AskReview | Action::Sue) => pauses.push((at, None)),
                Some(
                    Action::ReviewUpholds
                    | Action::ReviewEnds
                    | Action::ReviewRefused
                    | Action::ReviewLapses
                    | Action::SuitUpholds
                    | Action::SuitEnds
                    | Action::Changed
                    | Action::FoundUnlawful
                    | Action::Revoked,
                ) => {
                    if let Some(last) = pauses.last_mut().filter(|last| last.1.is_none()) {
                        last.1 = Some(at);
                    }
                }
                _ => {}
            }
        }
        let record = &dossier.record;
        let decided = record.decided_at.is_some();
        Ok(CaseFine {
            officers: dossier.officers.iter().filter(|officer| !officer.recused).map(|officer| officer.person).collect(),
            matter: record.matter_name.clone(),
            fine_fen: record.plan.as_ref().filter(|_| decided).map_or(0, |plan| plan.fine_fen),
            surcharge_stated: record.plan.as_ref().is_some_and(|plan| plan.surcharge),
            stands: decided && record.fined && (case.state.is_after_service() || OVER.contains(&case.state)),
            revoked: case.remedy == Remedy::Revoked,
            changed: case.fate == Fate::Changed,
            paid: OVER.contains(&case.state),
            deferred: case.state == State::Deferred,
            due_on: last(Clock::Payment).and_then(day),
            deferred_until: last(Clock::Deferral).and_then(day),
            pauses,
            reminded_on: on(Action::Remind),
            reminder_over: case.urged == Urged::Passed,
            remedy_over: case.window != Window::NotYet && !matches!(case.remedy, Remedy::Review | Remedy::Suit),
            court_closed: case.window == Window::Closed,
            court_until: last(Clock::Court).filter(|_| case.window == Window::Open).and_then(day),
            confiscated_fen: record.plan.as_ref().filter(|_| decided).map_or(0, |plan| plan.confiscated_fen),
            header,
        })
    }

    /// Pays the case off because the money came: the step `pay`, taken by the program in the caller's transaction, with the number of the receipt.
    ///
    /// # Errors
    /// What the case says against it; the database's. What was written before an error must be undone by the caller.
    pub async fn pay_by_receipt(&self, connection: &mut PgConnection, key: &KeyOf, receipt: &str) -> Answer<()> {
        let content = CaseStepContent { receipt: Some(receipt.to_owned()), ..CaseStepContent::default() };
        carry_out(self, connection, key, None, &Who::House("payments"), Action::Pay, content).await
    }
}
