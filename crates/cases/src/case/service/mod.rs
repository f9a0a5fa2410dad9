//! Service of documents (送达): who agreed to electronic service, what arrived on a party's page, and the day that counts for each mode.
//!
//! What nobody may type in is derived here: an electronic service is what arrived, and its day is the day it arrived
//! (行政处罚法第六十一条第二款、民事诉讼法第九十条第二款).

mod day;
mod store;

use chrono::{DateTime, Utc};
use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use identity::Caller;
use kernel::{id::uuid_at, problem::Problem};
use law::procedure::{Action, Transition};
use serde_json::{Value, json};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::not_found;
use crate::Cases;

pub(super) use day::{check, counted, counted_again};

/// The paper that tells of the right to a hearing (听证告知书).
const TELLS_HEARING: &str = "D04";

/// A party's consent to electronic service (电子送达确认书).
#[derive(Debug, Clone, FromRow)]
pub struct Agreement {
    /// Its id.
    pub id: Uuid,
    /// The party's ordinal.
    pub party: i16,
    /// When it was signed.
    pub agreed_at: DateTime<Utc>,
    /// SHA-256 of the drawn signature.
    pub signature: String,
    /// The typed name lies in the vault under this subject.
    pub subject: Uuid,
    /// What was agreed to.
    pub words: String,
    /// When it was taken back for the future.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// A document that arrived on a party's page (电子送达).
#[derive(Debug, Clone, FromRow)]
pub struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// The party's ordinal.
    pub party: i16,
    /// The document.
    pub document: Uuid,
    /// Its kind, such as `D03`.
    pub kind: String,
    /// What it is called, with its number.
    pub title: String,
    /// SHA-256 of its PDF.
    pub file: String,
    /// When it arrived: the day of service.
    pub arrived_at: DateTime<Utc>,
    /// The officer who sent it.
    pub sent_by: Uuid,
    /// When the party first opened it (已读回执).
    pub opened_at: Option<DateTime<Utc>>,
}

/// A document to be delivered.
#[derive(Debug, Clone)]
pub struct NewDelivery {
    /// The document.
    pub document: Uuid,
    /// Its kind.
    pub kind: String,
    /// What it is called, with its number.
    pub title: String,
    /// SHA-256 of its PDF.
    pub file: String,
}

/// What a case knows of service, as a step is judged by it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Served {
    agreements: Vec<Agreement>,
    deliveries: Vec<Delivery>,
    last: Vec<store::LastStep>,
    /// When the case was opened.
    opened: Option<DateTime<Utc>>,
}

impl Served {
    pub async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Self> {
        Ok(Self {
            agreements: store::agreements(connection, key).await?,
            deliveries: store::deliveries(connection, key).await?,
            last: store::last_steps(connection, key).await?,
            opened: store::opened(connection, key).await?,
        })
    }

    /// Whether a party's consent is in force.
    pub fn is_agreed(&self, party: i16) -> bool {
        self.agreements.iter().any(|it| it.party == party && it.withdrawn_at.is_none())
    }

    /// Before which nothing that `action` serves can have been served: the last of the steps that make the document, else the opening of the
    /// case, which has no such step where it began further on or was put off meanwhile.
    fn since(&self, action: Action) -> Option<DateTime<Utc>> {
        let made: &[Action] = match action {
            Action::ServeNotice => &[Action::ApproveNotice],
            Action::ServeDecision => &[Action::Decide],
            Action::HandDecision => &[Action::DecideOnSpot],
            Action::Remind => &[Action::PaymentRunsOut, Action::DeferralRunsOut],
            Action::OrderCorrection => &[Action::Investigate],
            Action::TellFacts => &[Action::ScreenLegally],
            _ => &[],
        };
        let made = self.last.iter().filter(|step| made.iter().any(|action| action.code() == step.action)).map(|step| step.at).max();
        made.or(self.opened)
    }

    /// When what the row serves arrived with the last of these parties; nothing while it is missing with one of them.
    /// A notice that tells of the hearing in a paper of its own (D04) has arrived with the later of the two.
    pub fn arrived(&self, row: &Transition, reached: &[i16]) -> Option<DateTime<Utc>> {
        let kind = row.documents.first()?;
        let since = self.since(row.action);
        let of = |party: i16, kind: &str| {
            let fits = |it: &&Delivery| it.party == party && it.kind == kind && since.is_none_or(|since| it.arrived_at >= since);
            self.deliveries.iter().filter(fits).map(|it| it.arrived_at).max()
        };
        let told = |party: i16| of(party, TELLS_HEARING).filter(|_| row.action == Action::ServeNotice);
        // Nothing is before everything: without a second paper the first alone counts.
        let both = |party: i16| of(party, kind).map(|at| Some(at).max(told(party)).unwrap_or(at));
        reached.iter().map(|party| both(*party)).collect::<Option<Vec<_>>>()?.into_iter().max()
    }
}

/// The refusal of an electronic service whose document has not arrived.
pub(super) fn not_delivered() -> Problem {
    let cure = "先签发文书，在“当事人页面”里送达到当事人的页面，再办理本环节";
    Problem::conflict("not-delivered", format!("要送达的文书还没有到达当事人的页面。{cure}"))
        .citing("行政处罚法第六十一条第二款；民事诉讼法第九十条第二款")
        .cured_by(cure, None)
}

impl Cases {
    /// Writes a line into a case's ledger for what a party, or the program for him, did; nothing of who he is belongs into it.
    ///
    /// # Errors
    /// `case-not-found`; the database's.
    pub async fn note(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        by: Option<&Caller>,
        action: &'static str,
        words: Value,
    ) -> Answer<()> {
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        let (actor, role) = match by {
            Some(caller) => (Actor::Person(caller.person), caller.roles.first().cloned()),
            None => (Actor::Public, None),
        };
        let entry = NewEntry { actor, role, action, place: None, payload: words };
        locked.change(connection, self.clock().now(), Change { entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }

    /// The consents of a case, the newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn agreements(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Vec<Agreement>> {
        Ok(store::agreements(connection, key).await?)
    }

    /// What arrived on the pages of a case's parties, the newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn deliveries(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<Vec<Delivery>> {
        Ok(store::deliveries(connection, key).await?)
    }

    /// Keeps a party's signed consent; it is a fact of the case from now on.
    ///
    /// # Errors
    /// `already-agreed`, `case-over`; the database's.
    pub async fn agree(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        party: i16,
        signature: &str,
        subject: Uuid,
        words: &str,
    ) -> Answer<()> {
        let now = self.clock().now();
        // The docket's lock makes a second consent at the same moment wait, and find the first.
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        if !locked.header.open {
            return Err(over().into());
        }
        if Served::of(connection, key).await?.is_agreed(party) {
            return Err(Problem::conflict("already-agreed", "您已经同意电子送达，不用再签").into());
        }
        let it = Agreement {
            id: uuid_at(now),
            party,
            agreed_at: now,
            signature: signature.to_owned(),
            subject,
            words: words.to_owned(),
            withdrawn_at: None,
        };
        store::insert_agreement(connection, key, &it).await?;
        let line = payload([("party", json!(party)), ("signature", json!(format!("sha256:{signature}")))]);
        self.note(connection, key, None, "electronic-agreed", line).await
    }

    /// Takes a party's consent back for the future; what arrived before stays served.
    ///
    /// # Errors
    /// `not-agreed`; the database's.
    pub async fn withdraw_agreement(&self, connection: &mut PgConnection, key: &KeyOf, party: i16) -> Answer<()> {
        let now = self.clock().now();
        docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        if !store::withdraw(connection, key, party, now).await? {
            return Err(Problem::conflict("not-agreed", "您没有同意过电子送达，或者已经撤回").into());
        }
        self.note(connection, key, None, "electronic-withdrawn", payload([("party", json!(party))])).await
    }

    /// Delivers an issued document onto a party's page: the moment it is kept is the moment of service. Delivered again, the first stays.
    ///
    /// # Errors
    /// `electronic-agreed` without a consent in force; `case-over`, `case-not-found`; the database's.
    pub async fn deliver(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        key: &KeyOf,
        party: i16,
        new: NewDelivery,
    ) -> Answer<Delivery> {
        let now = self.clock().now();
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        let served = Served::of(connection, key).await?;
        if let Some(there) = served.deliveries.iter().find(|it| it.party == party && it.document == new.document) {
            return Ok(there.clone());
        }
        if !locked.header.open {
            return Err(over().into());
        }
        if !served.is_agreed(party) {
            let cure = "请当事人在自己的页面上签电子送达确认书，或者改用其他方式";
            return Err(Problem::conflict("electronic-agreed", format!("当事人没有签订电子送达确认书。{cure}"))
                .citing("行政处罚法第六十一条第二款")
                .cured_by(cure, None)
                .into());
        }
        let it = Delivery {
            id: uuid_at(now),
            party,
            document: new.document,
            kind: new.kind,
            title: new.title,
            file: new.file,
            arrived_at: now,
            sent_by: caller.person.uuid(),
            opened_at: None,
        };
        store::insert_delivery(connection, key, &it).await?;
        let line = payload([
            ("party", json!(party)),
            ("document", json!(it.document)),
            ("kind", json!(it.kind)),
            ("digest", json!(format!("sha256:{}", it.file))),
        ]);
        self.note(connection, key, Some(caller), "electronic-delivered", line).await?;
        Ok(it)
    }

    /// Notes that a party opened what was delivered to him: the first time is the read receipt.
    ///
    /// # Errors
    /// The database's.
    pub async fn opened_by_party(&self, connection: &mut PgConnection, key: &KeyOf, delivery: &Delivery) -> Answer<()> {
        if delivery.opened_at.is_some() {
            return Ok(());
        }
        docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        if store::open(connection, key, delivery.id, self.clock().now()).await? {
            let line = payload([("party", json!(delivery.party)), ("document", json!(delivery.document))]);
            self.note(connection, key, None, "electronic-read", line).await?;
        }
        Ok(())
    }
}

fn over() -> Problem {
    Problem::conflict("case-over", "案件已经结束，不能再办理")
}
