//! `POST /api/v1/cases/{id}/dossier`: the case as one file that anybody can check.

use std::io::{Seek, SeekFrom};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use docket::{
    Actor, Change, NewEntry,
    ledger::{payload, transcript},
};
use dossier::PartKind;
use evidence::Exhibit;
use futures::StreamExt;
use http_api::{Answer, ApiProblem, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde_json::json;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use crate::{
    Archives, CaseTold,
    packing::{Desk, Last},
    rights,
};

/// Bytes of all files of one dossier at most.
const LARGEST: i64 = 32 * 1024 * 1024 * 1024;

/// Makes the dossier of a case and hands it over as a ZIP: documents, evidence, the ledger, an index with the city's signature.
///
/// # Errors
/// `case-not-found`; `busy` while another is made; `dossier-too-large`; `file-lost` where the store has lost a file; `dossier-broken`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/dossier", tag = "archives", operation_id = "export_dossier",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, content_type = "application/zip", description = "The dossier")))]
pub(crate) async fn export(
    State(archives): State<Archives>,
    allowed: Allowed<rights::ExportDossiers>,
    Path(id): Path<Uuid>,
) -> Answer<Response> {
    let caller = &allowed.caller;
    let case = archives.parts.cases.told(caller, id).await?;
    let seat = archives.seat.clone().try_acquire_owned();
    let seat = seat.map_err(|_| Problem::unavailable("busy", "正在制作另一份案卷，请稍后重试"))?;
    let mut transaction = archives.parts.database.pool().begin().await?;
    let exhibits = archives.parts.evidence.exhibits(&mut transaction, &case.key).await?;
    if exhibits.iter().map(|exhibit| exhibit.size).sum::<i64>() > LARGEST {
        return Err(Problem::conflict("dossier-too-large", "证据合计超过 32 GB，请分别下载").into());
    }
    let made_at = archives.parts.clock.now();
    let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
    let locked = docket::lock(&mut transaction, &case.key, None).await?.ok_or_else(gone)??;
    let entry = NewEntry {
        actor: Actor::Person(caller.person),
        role: caller.roles.first().cloned(),
        action: "dossier",
        place: None,
        payload: payload([("documents", json!(case.papers.len())), ("evidence", json!(exhibits.len()))]),
    };
    locked.change(&mut transaction, made_at, Change { entries: vec![entry], ..Change::default() }).await?;
    let ledger = transcript(&mut transaction, &case.key).await?;
    transaction.commit().await?;
    let desk = Desk::open(&archives.parts.folder)?;
    put_papers(&archives, &desk, &case).await?;
    put_exhibits(&archives, &desk, &exhibits).await?;
    let last = Last { number: case.number, told: case.told, ledger, made_at, key: archives.parts.key.clone() };
    let mut file = desk.finish(last).await?;
    let size = file.seek(SeekFrom::End(0)).and_then(|size| file.rewind().map(|()| size)).map_err(|error| {
        tracing::error!(%error, "a dossier could not be read back");
        Problem::unavailable("dossier-broken", "案卷暂时不能制作，请稍后重试")
    })?;
    // The file fills the disk until the last byte has left: so long nobody else makes one.
    let body = ReaderStream::with_capacity(tokio::fs::File::from_std(file), 256 * 1024).map(move |piece| {
        let _held = &seat;
        piece
    });
    let mut answer = Body::from_stream(body).into_response();
    let head = answer.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    head.insert(header::CONTENT_LENGTH, size.into());
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"dossier.zip\""));
    Ok(answer)
}

async fn put_papers(archives: &Archives, desk: &Desk, case: &CaseTold) -> Answer<()> {
    for (number, paper) in (1..).zip(&case.papers) {
        desk.begin(PartKind::Document, format!("{number:03}.pdf"), &paper.title).await;
        let mut stream = archives.parts.files.open(&paper.file).await?;
        while let Some(piece) = stream.next().await {
            desk.write(piece.map_err(|error| lost(&error))?).await;
        }
    }
    Ok(())
}

async fn put_exhibits(archives: &Archives, desk: &Desk, exhibits: &[Exhibit]) -> Answer<()> {
    for exhibit in exhibits {
        desk.begin(PartKind::Evidence, format!("{:03}.{}", exhibit.ordinal, exhibit.ending), &exhibit.title).await;
        let mut stream = archives.parts.files.open_large(&exhibit.file).await?;
        while let Some(piece) = stream.next().await {
            desk.write(piece.map_err(|error| lost(&error))?).await;
        }
    }
    Ok(())
}

fn lost(error: &dyn std::error::Error) -> ApiProblem {
    tracing::error!(error = %error, "a file of a dossier broke off");
    Problem::unavailable("file-lost", "文件存储中找不到该文件的完整内容，请联系系统管理员").into()
}
