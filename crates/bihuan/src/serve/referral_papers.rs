//! The documents of cases that whoever referred them may read: decisions, never a draft, never a sheet of the organ's own.

use docket::KeyOf;
use documents::Documents;
use futures::future::BoxFuture;
use http_api::Answer;
use referrals::{CasePapers, ShownPaper};

/// Penalty on the spot, penalty, no penalty (处罚决定书、不予处罚决定书).
const SHOWN: [&str; 3] = ["D14", "D15", "D16"];

/// The issued documents of cases.
pub struct DecisionPapers(pub Documents);

impl CasePapers for DecisionPapers {
    fn shown<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<ShownPaper>>> {
        Box::pin(async move {
            let issued = self.0.issued(case).await?;
            let shown = issued.into_iter().filter(|it| it.issued_at.is_some() && !it.void && SHOWN.contains(&it.kind.as_str()));
            Ok(shown.map(|it| ShownPaper { id: it.id, kind: it.kind, title: it.title, file: it.file.to_string() }).collect())
        })
    }
}
