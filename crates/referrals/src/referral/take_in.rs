//! Take a file that came after the case was opened into its evidence (收入证据): once, with its hash and the first line of its custody.

use axum::extract::State;
use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use evidence::{Kind, Manner, TakenIn};
use files::FileId;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde_json::json;
use uuid::Uuid;

use super::{
    file::may_see,
    not_found,
    sides::{Sight, sight},
    store::{self, FileRow, LineRow, ReferralRecord},
    view::{self, ReferralFile},
};
use crate::{Referrals, rights};

/// What kind of evidence a file is taken for, by what it is; the officer says otherwise where he knows better.
pub(super) fn kind_of(media_type: &str) -> Kind {
    match media_type.split('/').next() {
        Some("image" | "video" | "audio") => Kind::Audiovisual,
        _ => Kind::Documentary,
    }
}

impl Referrals {
    /// A file of a referral as evidence: what came from outside was transferred, what the house added was handed in.
    pub(super) async fn as_evidence(
        &self,
        (file, line): (&FileRow, &LineRow),
        (record, number): (&ReferralRecord, &str),
        liaisons: &[Uuid],
    ) -> Answer<TakenIn> {
        let parts = self.parts();
        let outside = line.unit.is_some_and(|unit| liaisons.contains(&unit) || unit == record.asker_unit && !record.own);
        let (manner, custody) = if outside {
            (Manner::Transferred, "收入其他机关移送的材料")
        } else {
            (Manner::HandedIn, "收入本机关随移交附带的材料")
        };
        Ok(TakenIn {
            id: uuid_at(parts.clock.now()),
            kind: kind_of(&file.media_type),
            manner,
            title: file.name.clone(),
            file: parts.files.large(&FileId::parse(&file.file)?).await?,
            obtained_at: line.at,
            note: format!("随移交 {number} 收到，第 {} 份材料", file.ordinal),
            custody,
        })
    }
}

/// Takes a file of a referral into the evidence of its case, which the caller handles.
///
/// # Errors
/// `referral-not-found`, `file-not-found`, `no-case-yet`, `file-inside`, `file-taken`; `case-not-handled`, `case-over`, `evidence-full`.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/files/{ordinal}/actions/take-in", tag = "referrals", operation_id = "take_in_referral_file",
    params(("id" = Uuid, Path, description = "The referral"), ("ordinal" = i32, Path, description = "Which file")),
    responses((status = 200, body = ReferralFile, description = "The referral as it then stands: the file has its number of evidence")))]
pub(crate) async fn take_in(
    State(room): State<Referrals>,
    allowed: Allowed<rights::ActOnReferrals>,
    Path((id, ordinal)): Path<(Uuid, i32)>,
) -> Answer<Json<ReferralFile>> {
    let (caller, scope, parts) = (&allowed.caller, allowed.scope(), room.parts());
    let header = store::header(parts.database.pool(), &scope, id).await?.ok_or_else(not_found)?;
    let key = header.key();
    let seen = store::record(parts.database.pool(), &key).await?.ok_or_else(not_found)?;
    if sight(&scope, &seen) != Sight::Inside {
        return Err(Problem::forbidden("forbidden", "由本案的承办人收入证据").into());
    }
    let early = || Problem::conflict("no-case-yet", "这件移交还没有登记案件；登记案件时材料自动收入证据");
    let case = KeyOf { region: key.region.clone(), id: seen.case_id.ok_or_else(early)?.into() };
    // Whether the caller handles the case, and it still takes evidence.
    parts.evidence.may_add(caller, case.id.uuid()).await?;
    let mut transaction = parts.database.pool().begin().await?;
    // The case first, the referral then: as whoever opens a case out of one.
    let _case = docket::lock(&mut transaction, &case, None).await?.ok_or_else(not_found)??;
    let locked = docket::lock(&mut transaction, &key, None).await?.ok_or_else(not_found)??;
    let record = store::record(&mut *transaction, &key).await?.ok_or_else(not_found)?;
    let missing = || Problem::not_found("file-not-found", "没有这个文件，或不在您的权限范围内");
    let file = store::files(&mut *transaction, &key).await?.into_iter().find(|file| file.ordinal == ordinal).ok_or_else(missing)?;
    let line = store::lines(&mut *transaction, &key).await?.into_iter().find(|line| line.ordinal == file.line).ok_or_else(missing)?;
    let asks = store::asks(&mut *transaction, &key).await?;
    if !may_see(Sight::Inside, &scope, &line, &asks) {
        return Err(missing().into());
    }
    if line.inside {
        let why = "内部备注的文件不是其他机关移送的材料；需要作为证据的，由承办人在案件页“证据”里提交并写明来源";
        return Err(Problem::conflict("file-inside", why).into());
    }
    if let Some(number) = file.evidence {
        return Err(Problem::conflict("file-taken", format!("这份材料已经收入证据，编号 {number}")).into());
    }
    let liaisons = room.liaisons().await?;
    let item = room.as_evidence((&file, &line), (&record, &locked.header.number), &liaisons).await?;
    let number = parts.evidence.take_in_with(&mut transaction, caller, &case, item).await?;
    store::became(&mut transaction, file.id, number).await?;
    let words = payload([("file", json!(file.ordinal)), ("digest", json!(format!("sha256:{}", file.file))), ("evidence", json!(number))]);
    let entry = NewEntry {
        actor: Actor::Person(caller.person),
        role: caller.roles.first().cloned(),
        action: "take-in",
        place: None,
        payload: words,
    };
    locked.change(&mut transaction, parts.clock.now(), Change { entries: vec![entry], details: true, ..Change::default() }).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}
