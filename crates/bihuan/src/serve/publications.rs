//! The room of cases as publication sees it: how a decision stands, what it says, and the case's own steps.

use std::sync::Arc;

use async_trait::async_trait;
use cases::{CaseStepContent, Cases, DecidedCase};
use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use law::procedure::{Fate, Published, Remedy};
use notify::{Consumed, Consumer, Event};
use publication::{
    DecisionFate, DecisionParty, DecisionStanding, DecisionText, Decisions, PartyIs, PublicFact, Publications, RemedyEnd, RemedyFact,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Asks for the number of a case's decision, of whoever issues documents.
pub type Numbers = Arc<dyn Fn(KeyOf) -> BoxFuture<'static, Answer<Option<String>>> + Send + Sync>;

/// Cases whose decisions are published.
pub struct CaseDecisions {
    /// The cases.
    pub cases: Cases,
    /// The numbers of their decisions.
    pub numbers: Numbers,
}

pub(super) fn standing(case: DecidedCase) -> DecisionStanding {
    DecisionStanding {
        key: case.header.key(),
        number: case.header.number,
        decided_at: case.decided_at,
        matter: case.matter,
        on_spot: case.on_spot,
        heavy: case.heavy,
        words_only: case.words_only,
        minor: case.minor,
        natural: case.natural,
        served: case.served,
        published: match case.published {
            Published::Not => PublicFact::Not,
            Published::Public => PublicFact::Public,
            Published::Stale => PublicFact::Stale,
            Published::Withdrawn => PublicFact::Withdrawn,
        },
        remedy: match case.remedy {
            Remedy::Unused => RemedyFact::None,
            Remedy::Review => RemedyFact::Review,
            Remedy::Reviewed => RemedyFact::Reviewed,
            Remedy::ReviewEnded => RemedyFact::ReviewEnded,
            Remedy::ReviewRefused => RemedyFact::ReviewRefused,
            Remedy::ReviewLapsed => RemedyFact::ReviewLapsed,
            Remedy::SuitEnded => RemedyFact::SuitEnded,
            Remedy::Suit => RemedyFact::Suit,
            Remedy::Upheld => RemedyFact::Upheld,
            Remedy::Revoked => RemedyFact::Revoked,
        },
        revoked_at: case.revoked_at,
        altered: case.altered_at.and_then(|at| match case.fate {
            Fate::Whole => None,
            Fate::Changed => Some((DecisionFate::Changed, at)),
            Fate::Unlawful => Some((DecisionFate::Unlawful, at)),
        }),
        performed: case.performed,
        again: case.again,
    }
}

/// What a party is, by its code; what is not known is treated as a person, of whom least is shown.
fn is(kind: &str) -> PartyIs {
    match kind {
        "unit" => PartyIs::Unit,
        "household" => PartyIs::Household,
        _ => PartyIs::Person,
    }
}

#[async_trait]
impl Decisions for CaseDecisions {
    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<(KeyOf, Option<DecisionStanding>)> {
        let (header, decided) = self.cases.decided_seen(caller, case).await?;
        Ok((header.key(), decided.map(standing)))
    }

    async fn standing(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Option<DecisionStanding>> {
        Ok(self.cases.decided(connection, key).await?.map(standing))
    }

    async fn text(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf) -> Answer<DecisionText> {
        let words = self.cases.decision_words(connection, caller, key).await?;
        let facts = format!("{}，在{}，{}。", words.acted_on.format("%Y年%-m月%-d日"), words.place, words.facts.trim_end_matches('。'));
        let facts = if words.reasons.is_empty() { facts } else { format!("{facts}{}。", words.reasons.trim_end_matches('。')) };
        let parties = words.parties.into_iter().map(|(kind, name, number)| DecisionParty { is: is(kind), name, number }).collect();
        Ok(DecisionText { parties, facts, basis: words.articles, penalty: words.penalty, decided_on: words.decided_on })
    }

    async fn number(&self, key: &KeyOf) -> Answer<Option<String>> {
        (self.numbers)(key.clone()).await
    }

    async fn publish(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, checked_by: Uuid) -> Answer<()> {
        let content = CaseStepContent { checked_by: Some(checked_by), ..CaseStepContent::default() };
        self.cases.take(connection, caller, key, "publish", content).await
    }

    async fn step(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, action: &str, note: &str) -> Answer<()> {
        let content = CaseStepContent { note: Some(note.to_owned()), ..CaseStepContent::default() };
        self.cases.take(connection, caller, key, action, content).await
    }

    async fn conclude(&self, connection: &mut PgConnection, caller: &Caller, key: &KeyOf, end: RemedyEnd) -> Answer<()> {
        let plan = match end.sums {
            Some(sums) => Some(self.cases.changed_to(connection, key, sums, &end.note).await?),
            None => None,
        };
        let content = CaseStepContent { note: Some(end.note), ended_on: end.on, plan, basis: end.opposed, ..CaseStepContent::default() };
        self.cases.take(connection, caller, key, end.action, content).await
    }

    async fn by_number(&self, connection: &mut PgConnection, case_number: &str) -> Answer<Option<KeyOf>> {
        self.cases.by_number(connection, case_number).await
    }
}

/// Hears of cases that changed.
#[derive(Clone)]
pub struct DecisionsHeard(pub Publications);

impl Consumer for DecisionsHeard {
    fn name(&self) -> &'static str {
        "publication"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            if event.topic == "case.changed" {
                let key = KeyOf { region: event.region.clone(), id: event.docket_id };
                self.0.hear(connection, &key).await.map_err(|error| error.problem().detail.clone())?;
            }
            Ok(())
        })
    }
}
