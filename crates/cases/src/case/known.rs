//! What a case knows of a document that is about to be written (文书预填), by the names of the fields of forms.

use docket::{Actor, Change, NewEntry, ledger::payload};
use http_api::Answer;
use identity::Caller;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    PartyKind, decided, known_course, not_found,
    penalty::PenaltyKind,
    record::{CaseRecord, PartyRow},
    store,
};
use crate::{Cases, rights, scope::covers};

impl Cases {
    /// The fields that the case knows. Who may see parties gets the first of them named, and the ledger says that he did.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn known_of_document(&self, caller: &Caller, id: Uuid, kind: &str) -> Answer<Map<String, Value>> {
        let scope = caller.scope::<rights::SeeCases>().ok_or_else(not_found)?;
        let mut transaction = self.database().pool().begin().await?;
        let header = store::header(&mut *transaction, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
        let key = header.key();
        let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
        let dossier = store::dossier(&mut transaction, &key).await?.ok_or_else(not_found)?;
        let (record, now) = (&dossier.record, self.clock().now());
        let names = self.identity().names_of(&dossier.officers.iter().map(|officer| officer.person).collect::<Vec<_>>()).await?;
        let mut known = facts(&header.number, record);
        let officers =
            dossier.officers.iter().filter(|officer| !officer.recused).map(
                |officer| json!({ "name": names.get(&officer.person), "certificate": officer.certificate.clone().unwrap_or_default() }),
            );
        let steps = store::steps(&mut transaction, &key).await?;
        for (name, value) in known_course::course(kind, &steps, &dossier.clocks, now) {
            known.entry(name).or_insert(value);
        }
        known.insert("officers".to_owned(), officers.collect());
        if let Some(party) = dossier.parties.first().filter(|_| caller.may::<rights::RevealParties>()) {
            let fields = self.vault().read(&mut transaction, &key.region, party.subject.into()).await??;
            let told = named(party, &fields);
            known.insert("party_name".to_owned(), told["name"].clone());
            known.insert("recipient".to_owned(), told["name"].clone());
            known.insert("party".to_owned(), told);
            let entry = NewEntry {
                actor: Actor::Person(caller.person),
                role: caller.roles.first().cloned(),
                action: "reveal",
                place: None,
                payload: payload([("reason", json!("拟制文书")), ("document", json!(kind)), ("subject", json!(party.subject))]),
            };
            locked.change(&mut transaction, now, Change { entries: vec![entry], ..Change::default() }).await?;
        }
        transaction.commit().await?;
        Ok(known)
    }

    /// What a case knows without telling who anybody is (用语填充), by the names of the fields of forms.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn facts_of_document(&self, caller: &Caller, id: Uuid) -> Answer<Map<String, Value>> {
        let scope = caller.scope::<rights::SeeCases>().ok_or_else(not_found)?;
        let mut connection = self.database().pool().acquire().await?;
        let header = store::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
        let dossier = store::dossier(&mut connection, &header.key()).await?.ok_or_else(not_found)?;
        Ok(facts(&header.number, &dossier.record))
    }
}

/// What stands in a case's record, without its parties.
fn facts(number: &str, record: &CaseRecord) -> Map<String, Value> {
    let mut known = Map::new();
    let mut say = |name: &str, value: Value| {
        known.insert(name.to_owned(), value);
    };
    say("case", json!({ "number": number, "cause": record.matter_name }));
    say("facts", json!([record.summary]));
    say("fact", json!(record.summary));
    say("matter", json!(format!("{}一案", record.matter_name)));
    if let Some(at) = record.hearing_at {
        say("held_at", json!(known_course::moment(at)));
    }
    say("place", json!(record.place));
    say("acted_on", json!(record.acted_on));
    let (violated, basis) = decided::provisions(&record.articles);
    say("violated", json!(violated));
    say("basis", json!(basis));
    if let Some(plan) = &record.plan {
        let penalties: Vec<Value> = plan
            .kinds
            .iter()
            .map(|kind| match kind {
                PenaltyKind::Fine => json!({ "text": "处以罚款", "amount_fen": plan.fine_fen }),
                PenaltyKind::Confiscation if plan.confiscated_fen > 0 => {
                    json!({ "text": kind.label(), "amount_fen": plan.confiscated_fen })
                }
                _ => json!({ "text": kind.label() }),
            })
            .collect();
        say("penalties", json!(penalties));
        say("proposals", json!(penalties));
        say("reasons", json!([plan.reasons]));
    }
    if let Some(decided) = record.decided_at {
        say("decided_on", json!(known_course::day(decided)));
    }
    known
}

/// A party as documents name it.
fn named(party: &PartyRow, fields: &[(String, String)]) -> Value {
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    if party.kind == PartyKind::Unit.code() {
        json!({ "kind": "organisation", "name": field("name"), "credit_code": field("id_number"), "telephone": field("telephone") })
    } else {
        json!({ "kind": "person", "name": field("name"), "id_number": field("id_number"), "telephone": field("telephone") })
    }
}
