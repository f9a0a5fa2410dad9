//! A case is opened out of a referral (登记案件): the room of cases asks this one, in its own transaction.

use async_trait::async_trait;
use cases::{LeadFacts, ReferralFacts as Brought, ReferralSource};
use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use evidence::{Kind, Manner, TakenIn};
use files::FileId;
use futures::TryStreamExt;
use http_api::{Answer, ApiProblem};
use identity::Caller;
use kernel::{id::uuid_at, problem::Problem};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    HOUSE, ReferralState, not_found,
    perform::{finish, move_to, write_line},
    sides::facts,
    store::{self, LineRow, ReferralRecord},
};
use crate::{Referrals, rights};

/// What kind of evidence a file is taken for, by what it is; the officer says otherwise where he knows better.
fn kind_of(media_type: &str) -> Kind {
    match media_type.split('/').next() {
        Some("image" | "video" | "audio") => Kind::Audiovisual,
        _ => Kind::Documentary,
    }
}

#[async_trait]
impl ReferralSource for Referrals {
    async fn referral(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Brought, ApiProblem> {
        let scope = caller.scope::<rights::SeeReferrals>().ok_or_else(not_found)?;
        let header = store::header(&mut *connection, &scope, id).await?.ok_or_else(not_found)?;
        let key = header.key();
        let locked = docket::lock(connection, &key, None).await?.ok_or_else(not_found)??;
        let record = store::record(&mut *connection, &key).await?.ok_or_else(not_found)?;
        let tree = self.parts().identity.organisations().await?;
        if store::state_of(&locked.header)? != ReferralState::Assigned {
            let why = "这件移交不在等待登记案件；先由案件管理中心分流到办案单位";
            return Err(Problem::conflict("action-refused", why).citing(HOUSE).into());
        }
        if !facts(caller, &scope, &tree, &locked.header, &record, &[]).taker {
            return Err(Problem::conflict("action-refused", "由分流到的办案单位登记案件").citing(HOUSE).into());
        }
        let facts = LeadFacts {
            key,
            number: header.number,
            jurisdiction: header.jurisdiction,
            position: header.lon.zip(header.lat),
            photos: store::photos(&mut *connection, &locked.header.key()).await?,
            simulated: header.simulated,
        };
        Ok(Brought { facts, lead: record.lead_id.zip(record.lead_number) })
    }

    async fn became(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid, case: &KeyOf) -> Result<(), ApiProblem> {
        let parts = self.parts();
        let now = parts.clock.now();
        let key = KeyOf { region: case.region.clone(), id: id.into() };
        let opened = docket::lock(connection, case, None).await?.ok_or_else(not_found)??;
        let number = opened.header.number;
        let locked = docket::lock(connection, &key, None).await?.ok_or_else(not_found)??;
        let mut record = store::record(&mut *connection, &key).await?.ok_or_else(not_found)?;
        (record.case_id, record.case_number) = (Some(case.id.uuid()), Some(number.clone()));
        let taken = self.carry_over(connection, caller, (&key, &locked.header.number), &record, case).await?;
        let mut change = Change { details: true, ..Change::default() };
        move_to(self, &locked, &record, &mut change, (ReferralState::Case, false, 0), now);
        let line = LineRow {
            ordinal: 0,
            at: now,
            person: Some(caller.person.uuid()),
            unit: Some(caller.organisation.uuid()),
            verb: "case".to_owned(),
            text: Some(format!("案件 {number}")),
            inside: false,
            ask: None,
        };
        write_line(connection, &key, &line, &[]).await?;
        store::update(connection, &key, &record).await?;
        let (actor, role) = (Actor::Person(caller.person), caller.roles.first().cloned());
        let words = payload([("case", json!(case.id)), ("text", json!(format!("案件 {number}"))), ("evidence", json!(taken))]);
        let entry = NewEntry { actor: actor.clone(), role: role.clone(), action: "case", place: None, payload: words };
        finish(connection, locked, &record, change, (entry, "case", None), now).await?;
        if let Some(lead) = record.lead_id {
            let lead = KeyOf { region: case.region.clone(), id: lead.into() };
            if let Some(locked) = docket::lock(connection, &lead, None).await? {
                let line = payload([("case", json!(case.id)), ("text", json!(format!("案件 {number}")))]);
                let entry = NewEntry { actor, role, action: "case", place: None, payload: line };
                locked?.change(connection, now, Change { entries: vec![entry], ..Change::default() }).await?;
            }
        }
        Ok(())
    }
}

impl Referrals {
    /// What came with a referral becomes evidence of its case: the files, and the photos of the lead; how many.
    async fn carry_over(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        (key, number): (&KeyOf, &str),
        record: &ReferralRecord,
        case: &KeyOf,
    ) -> Answer<usize> {
        let (parts, now) = (self.parts(), self.parts().clock.now());
        let (manner, custody) = if record.own {
            (Manner::HandedIn, "收入线索附带的材料")
        } else {
            (Manner::Transferred, "收入其他机关移送的材料")
        };
        let lines = store::lines(&mut *connection, key).await?;
        let mut taken = 0;
        for file in store::files(&mut *connection, key).await? {
            let kept = parts.files.large(&FileId::parse(&file.file)?).await?;
            let at = lines.iter().find(|line| line.ordinal == file.line).map_or(now, |line| line.at);
            let item = TakenIn {
                id: uuid_at(now),
                kind: kind_of(&file.media_type),
                manner,
                title: file.name.clone(),
                file: kept,
                obtained_at: at,
                note: format!("随移交 {number} 收到，第 {} 份材料", file.ordinal),
                custody,
            };
            let ordinal = parts.evidence.take_in_with(connection, caller, case, item).await?;
            store::became(connection, file.id, ordinal).await?;
            taken += 1;
        }
        for (photo, ordinal) in store::photos(&mut *connection, key).await?.into_iter().zip(1..) {
            // Read out of what came in and hashed again on its way: what becomes evidence is what is there.
            let stream = parts.files.open(&FileId::parse(&photo)?).await?.map_err(std::io::Error::other);
            let kept = parts.files.pour(stream, Some(caller.person.uuid())).await?;
            let of = record.lead_number.as_deref().unwrap_or_default();
            let item = TakenIn {
                id: uuid_at(now),
                kind: Kind::Audiovisual,
                manner: Manner::HandedIn,
                title: format!("线索 {of} 的照片，第 {ordinal} 张"),
                file: kept,
                obtained_at: now,
                note: format!("线索 {of} 的照片，随移交 {number} 收到"),
                custody: "收入线索附带的材料",
            };
            parts.evidence.take_in_with(connection, caller, case, item).await?;
            taken += 1;
        }
        Ok(taken)
    }
}
