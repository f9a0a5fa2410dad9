//! Cases as those see them who look at how they were handled (案卷评查): which were concluded in a period, what happened in one, who had a part
//! in it, and how a power was used.

pub(super) mod store;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use docket::{Header, KeyOf};
use http_api::Answer;
use identity::Scope;
use kernel::codes;
use law::procedure::{Action, Case};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::{not_found, store as whole};
use crate::Cases;

codes! {
    /// How a case was concluded (处理结果).
    CaseResult {
        /// A penalty (行政处罚).
        Penalty = "penalty", "给予行政处罚";
        /// No penalty (不予处罚).
        NoPenalty = "no_penalty", "不予行政处罚";
        /// Withdrawn after filing (撤案).
        Withdrawn = "withdrawn", "撤销案件";
        /// Ended without a decision (终止).
        Terminated = "terminated", "终止调查";
    }
}

/// Which concluded cases are asked for.
#[derive(Debug, Clone)]
pub struct ConcludedWanted {
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Before this instant.
    pub to: DateTime<Utc>,
    /// On this ground: a prefix of region codes; empty for all.
    pub ground: String,
    /// Of this unit alone.
    pub unit: Option<Uuid>,
    /// Procedures; none for all.
    pub tracks: Vec<String>,
    /// Results; none for all.
    pub results: Vec<String>,
}

/// A case that was concluded (办结的案件): nothing of who its parties are.
#[derive(Debug, Clone, FromRow)]
pub struct ConcludedCase {
    /// Its district.
    pub region: String,
    /// Its docket.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The procedure's code.
    pub track: String,
    /// The code of [`CaseResult`].
    pub result: String,
    /// The matter.
    pub matter_code: String,
    /// Its name.
    pub matter_name: String,
    /// The unit.
    pub unit: Option<Uuid>,
    /// The region in charge.
    pub jurisdiction: String,
    /// The first officer who was not recused.
    pub officer: Option<Uuid>,
    /// When it was concluded.
    pub concluded_at: DateTime<Utc>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The decision is gone.
    pub revoked: bool,
    /// Made by the simulator.
    pub simulated: bool,
}

/// A step as it was taken.
#[derive(Debug, Clone)]
pub struct CourseStep {
    /// Its code.
    pub action: String,
    /// Its name.
    pub label: &'static str,
    /// When.
    pub at: DateTime<Utc>,
    /// What was given with it.
    pub content: Value,
}

/// What happened in a case (办案经过).
#[derive(Debug, Clone)]
pub struct CaseCourse {
    /// Its header.
    pub header: Header,
    /// The matter.
    pub matter_code: String,
    /// Its name.
    pub matter_name: String,
    /// What the guards of the law read.
    pub facts: Case,
    /// The officers who handled it: person, certificate, its last day.
    pub officers: Vec<(Uuid, Option<String>, Option<NaiveDate>)>,
    /// Everybody who had any part in it: opened, handled, reviewed, approved, hosted, weighed, sent back.
    pub participants: Vec<Uuid>,
    /// In their order.
    pub steps: Vec<CourseStep>,
}

/// A matter that a township was empowered with, and since when.
#[derive(Debug, Clone)]
pub struct PowerGiven {
    /// The matter's code.
    pub matter: String,
    /// The township.
    pub township: String,
    /// From this instant.
    pub since: DateTime<Utc>,
    /// The stretch before that is compared begins here: as long as the one since.
    pub before: DateTime<Utc>,
}

/// How a power was used (赋权使用情况).
#[derive(Debug, Clone, FromRow)]
pub struct PowerUsed {
    /// The matter's code.
    pub matter: String,
    /// The township.
    pub township: String,
    /// Opened in a stretch of the same length before.
    pub before: i64,
    /// Opened since.
    pub opened: i64,
    /// Of these decided.
    pub decided: i64,
    /// Of these overturned by a review or a court.
    pub overturned: i64,
    /// When the last was opened.
    pub last_at: Option<DateTime<Utc>>,
}

/// People that the content of a step names: whoever is written there had a part in it.
fn named(content: &Value, people: &mut Vec<Uuid>) {
    match content {
        Value::String(text) => people.extend(Uuid::parse_str(text)),
        Value::Array(items) => items.iter().for_each(|item| named(item, people)),
        Value::Object(fields) => fields.values().for_each(|field| named(field, people)),
        _ => {}
    }
}

impl Cases {
    /// The cases concluded in a period within a scope, the first concluded first; at most `most`.
    ///
    /// # Errors
    /// The database's.
    pub async fn concluded(&self, scope: &Scope, wanted: &ConcludedWanted, most: i64) -> Answer<Vec<ConcludedCase>> {
        Ok(store::concluded(self.database().pool(), scope, wanted, most).await?)
    }

    /// What happened in a case, for the program itself.
    ///
    /// # Errors
    /// The database's.
    pub async fn course(&self, key: &KeyOf) -> Answer<Option<CaseCourse>> {
        let mut connection = self.database().pool().acquire().await?;
        let Some(dossier) = whole::dossier(&mut connection, key).await? else { return Ok(None) };
        let Some(header) = whole::header(&mut *connection, key.id.uuid()).await? else { return Ok(None) };
        let mut steps = whole::steps(&mut connection, key).await?;
        steps.reverse();
        let mut participants = store::participants(&mut connection, key).await?;
        steps.iter().for_each(|step| named(&step.content, &mut participants));
        participants.sort_unstable();
        participants.dedup();
        let officers = dossier.officers.iter().filter(|it| !it.recused);
        let officers = officers.map(|it| (it.person, it.certificate.clone(), it.valid_until)).collect();
        let steps = steps.into_iter().map(|step| CourseStep {
            label: Action::from_code(&step.action).map_or("", Action::label),
            action: step.action,
            at: step.at,
            content: step.content,
        });
        let (matter_code, matter_name) = (dossier.record.matter_code.clone(), dossier.record.matter_name.clone());
        Ok(Some(CaseCourse { header, matter_code, matter_name, facts: *dossier.facts(), officers, participants, steps: steps.collect() }))
    }

    /// Whether a text has the name or the number of a party in it: told without telling who that is, so that nothing is revealed.
    ///
    /// # Errors
    /// `case-not-found`, `vault-unreadable`; the database's.
    pub async fn names_party(&self, connection: &mut PgConnection, key: &KeyOf, text: &str) -> Answer<bool> {
        let dossier = whole::dossier(connection, key).await?.ok_or_else(not_found)?;
        for party in &dossier.parties {
            let fields = self.vault().read(connection, &key.region, party.subject.into()).await??;
            let known = fields.iter().filter(|(field, _)| ["name", "id_number", "telephone"].contains(&field.as_str()));
            if known.map(|(_, value)| value.trim()).any(|value| value.chars().count() > 1 && text.contains(value)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The code and name of a case's matter.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn matter_of(&self, key: &KeyOf) -> Answer<(String, String)> {
        Ok(store::matter_of(self.database().pool(), key).await?.ok_or_else(not_found)?)
    }

    /// The first officer of each of these cases who was not recused.
    ///
    /// # Errors
    /// The database's.
    pub async fn first_officers(&self, cases: &[Uuid]) -> Answer<HashMap<Uuid, Uuid>> {
        Ok(store::first_officers(self.database().pool(), cases).await?.into_iter().collect())
    }

    /// How powers were used, of cases within a scope; in the order of `given`.
    ///
    /// # Errors
    /// The database's.
    pub async fn power_used(&self, scope: &Scope, given: &[PowerGiven]) -> Answer<Vec<PowerUsed>> {
        Ok(store::power_used(self.database().pool(), scope, given).await?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whoever_a_step_names_had_a_part_in_it() {
        let person = Uuid::from_u128(7);
        let mut people = Vec::new();
        named(&json!({ "note": "同意", "heads": [person], "more": { "host": person.to_string() }, "fine_fen": 1 }), &mut people);
        assert_eq!(people, [person, person]);
    }
}
