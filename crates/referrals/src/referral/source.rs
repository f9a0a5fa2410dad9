//! A case is opened out of a referral (登记案件): the room of cases asks this one, in its own transaction.

use std::collections::HashMap;

use async_trait::async_trait;
use axum::http::HeaderMap;
use cases::{LeadFacts, ReferralFacts as Brought, ReferralSource};
use chrono::{DateTime, Utc};
use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use evidence::{Kind, Manner, TakenIn};
use files::{FileId, Variant};
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

    async fn open_of_lead(&self, connection: &mut PgConnection, region: &str, lead: Uuid) -> Result<Option<String>, ApiProblem> {
        Ok(store::open_of_lead(connection, region, lead).await?)
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
        let (taken, lost) = self.carry_over(connection, caller, (&key, &locked.header.number), &record, case).await?;
        let text = if lost == 0 {
            format!("案件 {number}")
        } else {
            format!("案件 {number}；线索照片中有 {lost} 张在文件存储中已经找不到，没有收入证据")
        };
        let mut change = Change { details: true, ..Change::default() };
        move_to(self, &locked, &record, &mut change, (ReferralState::Case, false, 0), now);
        let line = LineRow {
            ordinal: 0,
            at: now,
            person: Some(caller.person.uuid()),
            unit: Some(caller.organisation.uuid()),
            verb: "case".to_owned(),
            text: Some(text.clone()),
            inside: false,
            ask: None,
        };
        write_line(connection, &key, &line, &[]).await?;
        store::update(connection, &key, &record).await?;
        let (actor, role) = (Actor::Person(caller.person), caller.roles.first().cloned());
        let words = payload([("case", json!(case.id)), ("text", json!(text)), ("evidence", json!(taken)), ("lost", json!(lost))]);
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
    /// What came with a referral becomes evidence of its case: the files, but for those of what was said inside, and the photos of the lead; how
    /// many, and how many photos the store has lost.
    async fn carry_over(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        (key, number): (&KeyOf, &str),
        record: &ReferralRecord,
        case: &KeyOf,
    ) -> Answer<(usize, usize)> {
        let (parts, now) = (self.parts(), self.parts().clock.now());
        let liaisons = self.liaisons().await?;
        let lines = store::lines(&mut *connection, key).await?;
        let (mut taken, mut lost) = (0, 0);
        for file in store::files(&mut *connection, key).await? {
            let line = lines.iter().find(|line| line.ordinal == file.line && !line.inside);
            let Some(line) = line else { continue };
            let item = self.as_evidence((&file, line), (record, number), &liaisons).await?;
            let ordinal = parts.evidence.take_in_with(connection, caller, case, item).await?;
            store::became(connection, file.id, ordinal).await?;
            taken += 1;
        }
        let photos = store::photos(&mut *connection, key).await?;
        let shot = self.photos_at(connection, key, record).await?;
        for (photo, ordinal) in photos.into_iter().zip(1..) {
            // One photo that the store has lost keeps nobody from opening the case; anything else that fails does.
            let found = match parts.files.serve(&FileId::parse(&photo)?, Variant::Original, &HeaderMap::new()).await {
                Ok(found) => found,
                Err(error) if matches!(error.problem().code, "file-lost" | "file-not-found") => {
                    lost += 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            // Read out of what came in and hashed again on its way: what becomes evidence is what is there.
            let stream = found.into_body().into_data_stream().map_err(std::io::Error::other);
            let kept = parts.files.pour(stream, Some(caller.person.uuid())).await?;
            let of = record.lead_number.as_deref().unwrap_or_default();
            let item = TakenIn {
                id: uuid_at(now),
                kind: Kind::Audiovisual,
                manner: Manner::HandedIn,
                title: format!("线索 {of} 的照片，第 {ordinal} 张"),
                file: kept,
                obtained_at: shot.get(&photo).copied().unwrap_or(now),
                note: format!("线索 {of} 的照片，随移交 {number} 收到"),
                custody: "收入线索附带的材料",
            };
            parts.evidence.take_in_with(connection, caller, case, item).await?;
            taken += 1;
        }
        Ok((taken, lost))
    }

    /// When the photos of the lead came in, by file.
    async fn photos_at(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        record: &ReferralRecord,
    ) -> Answer<HashMap<String, DateTime<Utc>>> {
        let Some(lead) = record.lead_id else { return Ok(HashMap::new()) };
        let lead = KeyOf { region: key.region.clone(), id: lead.into() };
        let found = self.parts().leads.evidence(connection, std::slice::from_ref(&lead)).await?;
        Ok(found.into_iter().flat_map(|it| it.photos).map(|photo| (photo.file, photo.at)).collect())
    }
}
