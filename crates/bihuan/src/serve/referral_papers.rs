//! The documents of cases that whoever referred them may read: decisions and closing papers, never a draft.

use docket::KeyOf;
use documents::Documents;
use futures::future::BoxFuture;
use http_api::Answer;
use referrals::{CasePapers, ShownPaper};

/// Penalty on the spot, penalty, no penalty, closing (处罚决定书、不予处罚决定书、结案审批表).
const SHOWN: [&str; 4] = ["D14", "D15", "D16", "F05"];

/// The issued documents of cases.
pub struct DecisionPapers(pub Documents);

impl CasePapers for DecisionPapers {
    fn shown<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<ShownPaper>>> {
        Box::pin(async move {
            let issued = self.0.issued(case).await?;
            let shown = issued.into_iter().filter(|it| it.issued_at.is_some() && !it.void && SHOWN.contains(&it.kind.as_str()));
            Ok(shown.map(|it| ShownPaper { id: it.id, title: it.title, file: it.file.to_string() }).collect())
        })
    }
}
