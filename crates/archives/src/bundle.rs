//! What is put together of a case: who takes it is written into the ledger first, then its files follow one another into a ZIP on the disk.

use std::io::{Seek, SeekFrom};

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use docket::{
    Actor, Change, NewEntry,
    ledger::{TranscriptLine, payload, transcript},
};
use dossier::PartKind;
use evidence::Exhibit;
use futures::StreamExt;
use http_api::{Answer, ApiProblem};
use identity::Caller;
use kernel::problem::Problem;
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::io::ReaderStream;

use crate::{
    Archives, CasePaper, CaseTold,
    packing::{Desk, Last, Signed},
};

/// Bytes of all files of one bundle at most.
const LARGEST: i64 = 32 * 1024 * 1024 * 1024;

/// Which evidence goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// All of it, also what was excluded, which says so: a dossier is what happened.
    All,
    /// What stands: nothing is decided on what was excluded (行政处罚法第四十六条).
    Standing,
}

/// How a bundle ends.
pub(crate) enum Ending {
    /// With an index that is signed, the ledger and the checker: a dossier.
    Dossier(Value),
    /// With a list for people.
    Listing(String),
}

/// A bundle under way: nobody else makes one meanwhile.
pub(crate) struct Bundle<'a> {
    archives: &'a Archives,
    seat: OwnedSemaphorePermit,
    desk: Desk,
    exhibits: Vec<Exhibit>,
    number: String,
    ledger: Vec<TranscriptLine>,
    made_at: chrono::DateTime<chrono::Utc>,
}

impl<'a> Bundle<'a> {
    /// Begins one: `action` is written into the case's ledger before the first byte leaves.
    ///
    /// # Errors
    /// `busy`, `dossier-too-large`, `case-not-found`, the database's, the disk's.
    pub async fn begin(archives: &'a Archives, caller: &Caller, case: &CaseTold, (action, taken): (&'static str, Taken)) -> Answer<Self> {
        let seat = archives.seat.clone().try_acquire_owned();
        let seat = seat.map_err(|_| Problem::unavailable("busy", "正在制作另一份案卷，请稍后重试"))?;
        let mut transaction = archives.parts.database.pool().begin().await?;
        let mut exhibits = archives.parts.evidence.exhibits(&mut transaction, &case.key).await?;
        exhibits.retain(|exhibit| taken == Taken::All || !exhibit.excluded);
        if exhibits.iter().map(|exhibit| exhibit.size).sum::<i64>() > LARGEST {
            return Err(Problem::conflict("dossier-too-large", "证据合计超过 32 GB，请分别下载").into());
        }
        let made_at = archives.parts.clock.now();
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        let locked = docket::lock(&mut transaction, &case.key, None).await?.ok_or_else(gone)??;
        let entry = NewEntry {
            actor: Actor::Person(caller.person),
            role: caller.roles.first().cloned(),
            action,
            place: None,
            payload: payload([("documents", json!(case.papers.len())), ("evidence", json!(exhibits.len()))]),
        };
        locked.change(&mut transaction, made_at, Change { entries: vec![entry], ..Change::default() }).await?;
        let ledger = transcript(&mut transaction, &case.key).await?;
        transaction.commit().await?;
        let desk = Desk::open(&archives.parts.folder)?;
        Ok(Self { archives, seat, desk, exhibits, number: case.number.clone(), ledger, made_at })
    }

    /// The evidence that goes along.
    pub fn exhibits(&self) -> &[Exhibit] {
        &self.exhibits
    }

    /// Puts a document in.
    pub async fn paper(&self, name: String, paper: &CasePaper) -> Answer<()> {
        self.desk.begin(PartKind::Document, name, &paper.title).await;
        let mut stream = self.archives.parts.files.open(&paper.file).await?;
        while let Some(piece) = stream.next().await {
            self.desk.write(piece.map_err(|error| lost(&error))?).await;
        }
        Ok(())
    }

    /// Puts a few words in.
    pub async fn text(&self, kind: PartKind, name: String, title: &str, words: &str) {
        self.desk.begin(kind, name, title).await;
        self.desk.write(words.to_owned().into()).await;
    }

    /// Puts all evidence in.
    pub async fn put_exhibits(&self) -> Answer<()> {
        for exhibit in &self.exhibits {
            self.desk.begin(PartKind::Evidence, format!("{:03}.{}", exhibit.ordinal, exhibit.ending), &exhibit.title).await;
            let mut stream = self.archives.parts.files.open_large(&exhibit.file).await?;
            while let Some(piece) = stream.next().await {
                self.desk.write(piece.map_err(|error| lost(&error))?).await;
            }
        }
        Ok(())
    }

    /// Ends it and hands it over.
    pub async fn finish(self, ending: Ending, name: &'static str) -> Answer<Response> {
        let Self { archives, seat, desk, number, ledger, made_at, .. } = self;
        let last = match ending {
            Ending::Listing(listing) => Last::Listing(listing),
            Ending::Dossier(told) => Last::Signed(Box::new(Signed { number, told, ledger, made_at, key: archives.parts.key.clone() })),
        };
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
        if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            head.insert(header::CONTENT_DISPOSITION, named);
        }
        Ok(answer)
    }
}

fn lost(error: &dyn std::error::Error) -> ApiProblem {
    tracing::error!(error = %error, "a file of a dossier broke off");
    Problem::unavailable("file-lost", "文件存储中找不到该文件的完整内容，请联系系统管理员").into()
}
