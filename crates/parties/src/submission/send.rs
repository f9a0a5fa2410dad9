//! Submit (提交): the words into the vault, the step into the case, the receipt to the party, all in one transaction.

use axum::{extract::State, http::StatusCode};
use cases::{PartyAct, PartyCase};
use docket::ledger::payload;
use files::FileId;
use http_api::{Answer, Json};
use kernel::{
    id::{SubjectId, uuid_at},
    problem::Problem,
};
use law::procedure::{Defence, Hearing, State as Stands};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Kind, Standing, SubmissionView, may_defer, said,
    store::{self, SubmissionRow},
    views,
};
use crate::{Parties, entry::Inside, page, text};

/// What is submitted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSubmission {
    kind: Kind,
    /// What there is to say.
    text: Option<String>,
    /// Files that were sent from this page.
    #[serde(default)]
    files: Vec<String>,
    /// Of what gives a right up: read the warning and confirmed it a second time.
    #[serde(default)]
    express: bool,
    /// Made by the client, so that what is sent twice is one.
    client_key: Uuid,
}

/// The longest text.
const LONGEST_TEXT: usize = 10_000;
/// Files of one submission at most.
const MOST_FILES: usize = 20;
/// Submissions of one party of one case at most.
const MOST: i64 = 300;

/// Looks at the form alone.
fn judged(new: &NewSubmission) -> Result<(Option<String>, Vec<String>), Problem> {
    let words = text::optional("text", "内容", new.text.as_deref(), LONGEST_TEXT)?;
    let missing = |field: &'static str, why: &'static str| Err(Problem::invalid("field-required", why).field(field, why));
    if new.files.len() > MOST_FILES {
        return Err(
            Problem::invalid("files-too-many", format!("一次最多提交 {MOST_FILES} 个文件，可以分几次提交")).field("files", "文件过多")
        );
    }
    let mut files = Vec::with_capacity(new.files.len());
    for file in &new.files {
        let unknown = |_| Problem::invalid("file-not-found", "文件没有传完，请重新选择").field("files", "请重新选择");
        let file = FileId::parse(file).map_err(unknown)?.to_string();
        if !files.contains(&file) {
            files.push(file);
        }
    }
    match new.kind {
        Kind::Evidence if files.is_empty() => missing("files", "请选择要提交的照片或者文件"),
        Kind::Defence if words.is_none() && files.is_empty() => missing("text", "请写下您的意见，或者上传写好的材料"),
        Kind::Deferral | Kind::Recusal if words.is_none() => missing("text", "请写明理由"),
        kind if kind.waives() && !new.express => {
            let why = "放弃权利须再次确认。不放弃的，请返回";
            Err(Problem::invalid("waiver-express", why).citing("行政处罚法第六十二条、第六十三条").field("express", why))
        }
        _ => Ok((words, files)),
    }
}

/// What becomes of it where the case stands.
fn standing(kind: Kind, of: &PartyCase) -> Result<Standing, Problem> {
    let no = |code: &'static str, why: &'static str| Err(Problem::conflict(code, why));
    let offered = kind.step().is_some_and(|step| of.offers.iter().any(|offer| offer.action == step));
    if !of.open && kind != Kind::Defence {
        return no("case-over", "案件已经结束，不能再提交；有问题请联系承办人");
    }
    match kind {
        _ if offered => Ok(Standing::Step),
        // 行政处罚法第四十五条: whatever a party says is heard; what comes late is marked, not refused.
        // 行政强制法第三十六条: whoever was reminded may speak anew, and that is never late.
        Kind::Defence if of.facts.state == Stands::Reminded => Ok(Standing::Inbox),
        Kind::Defence => Ok(match of.facts.defence {
            Defence::Closed | Defence::Open => Standing::Added,
            Defence::Made | Defence::Considered if !of.facts.state.is_after_service() => Standing::Added,
            _ => Standing::Late,
        }),
        Kind::Hearing => match of.facts.hearing {
            Hearing::Lapsed => Ok(Standing::Late),
            Hearing::Requested | Hearing::Called => no("hearing-requested", "您已经申请过听证，不用再申请"),
            Hearing::Held => no("hearing-held", "听证已经举行"),
            Hearing::Waived => no("hearing-waived", "您已经放弃听证；确有理由的，请写陈述申辩"),
            Hearing::Untold | Hearing::Open => no("hearing-not-told", "本案现在没有申请听证的环节；收到告知听证权利的文书以后可以申请"),
        },
        Kind::HearingWaived => no("hearing-nothing", "现在没有可以撤回或者放弃的听证"),
        Kind::DefenceWaived => no("defence-not-open", "现在不在陈述申辩期限内，不用放弃"),
        Kind::Recusal => no("recusal-not-now", "回避申请正在处理，或者案件已经作出决定，现在不能申请"),
        Kind::Deferral if may_defer(of) => Ok(Standing::Inbox),
        Kind::Deferral => no("deferral-not-now", "收到处罚决定书、还没有缴款时才能申请暂缓或者分期"),
        Kind::Evidence => Ok(Standing::Inbox),
    }
}

/// Takes a submission in. Sent again under the same key, the answer is the same receipt.
///
/// # Errors
/// `party-session-missing`, `too-many-requests`, `submissions-full`; `field-required`, `files-too-many`, `file-not-found`, `waiver-express`; what the case's
/// own table refuses; where the case does not stand for it, a code that says why.
#[utoipa::path(post, path = "/api/v1/public/my-case/submissions", tag = "public", operation_id = "submit_in_my_case", request_body = NewSubmission,
    responses((status = 201, body = SubmissionView, description = "Taken in, with the number of its receipt")))]
pub(crate) async fn send(
    State(room): State<Parties>,
    inside: Inside,
    Json(new): Json<NewSubmission>,
) -> Answer<(StatusCode, Json<SubmissionView>)> {
    room.sends().check(inside.code)?;
    let (words, files) = judged(&new)?;
    let (parts, key, party) = (room.parts(), &inside.key, inside.party);
    let now = parts.clock.now();
    let mut transaction = parts.database.pool().begin().await?;
    // The docket's lock: what is sent twice at once is one after the other, and where the case stands does not move meanwhile.
    docket::lock(&mut transaction, key, None).await?.ok_or_else(|| Problem::not_found("case-not-found", "没有这个案件"))??;
    if let Some(there) = store::by_client_key(&mut transaction, key, party, new.client_key).await? {
        let view = views(&room, &mut transaction, vec![there]).await?.remove(0);
        return Ok((StatusCode::CREATED, Json(view)));
    }
    if store::count(&mut transaction, key, party).await? >= MOST {
        return Err(Problem::conflict("submissions-full", "提交次数已达上限，请联系承办人").into());
    }
    let sent = page::store::own(&mut transaction, key, party, &files).await?;
    if usize::try_from(sent).ok() != Some(files.len()) {
        return Err(Problem::invalid("file-not-found", "文件没有传完，请重新选择").field("files", "请重新选择").into());
    }
    let of = parts.cases.before_party(&mut transaction, key, party).await?;
    let standing = standing(new.kind, &of)?;
    let number = format!("DSR{}", room.numbers().next(&key.region, "party", now).await?);
    let subject = match &words {
        Some(words) => {
            let subject = SubjectId::new(now);
            parts.vault.keep(&mut transaction, &key.region, subject, &[("text", words)]).await?;
            Some(subject.uuid())
        }
        None => None,
    };
    if let (Standing::Step, Some(action)) = (standing, new.kind.step()) {
        let note = format!("当事人在网上{}，回执 {number}", new.kind.label());
        parts.cases.act_as_party(&mut transaction, key, party, &PartyAct { action, express: new.express, note }).await?;
    }
    let row = SubmissionRow {
        id: uuid_at(now),
        region: key.region.clone(),
        case_id: key.id.uuid(),
        party,
        number: number.clone(),
        client_key: new.client_key,
        kind: new.kind.code().to_owned(),
        standing: standing.code().to_owned(),
        at: now,
        subject,
        judged_at: None,
        taken: None,
        reason: None,
    };
    store::insert(&mut transaction, &row, &files).await?;
    let digests: Vec<String> = files.iter().map(|file| format!("sha256:{file}")).collect();
    let line = payload([
        ("party", json!(party)),
        ("kind", json!(row.kind)),
        ("standing", json!(row.standing)),
        ("receipt", json!(number)),
        ("files", json!(digests)),
    ]);
    parts.cases.note(&mut transaction, key, None, "party-submitted", line).await?;
    let title = format!("案件 {} 的当事人网上提交：{}（{}）", of.number, new.kind.label(), said(Some(new.kind), standing));
    room.tell_officers(&mut transaction, key, &title).await?;
    let view = views(&room, &mut transaction, vec![row]).await?.remove(0);
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view)))
}
