//! Score sheets (评查标准): sections of items with points, deductions and vetoes, each citing its article; in versions.

pub(crate) mod body;
pub(crate) mod list;
pub(crate) mod settle;
pub(crate) mod store;
pub(crate) mod write;

use http_api::Answer;
use kernel::problem::Problem;

use crate::Quality;

/// The sheet that comes with the program; a district writes its own beside it.
const SHIPPED: &str = include_str!("../../../../data/review-sheet.json");

pub(crate) fn no_sheet() -> Problem {
    Problem::not_found("sheet-not-found", "没有这份评查标准")
}

impl Quality {
    /// Writes the shipped sheet where there is none under its code yet.
    ///
    /// # Errors
    /// The database's, or a shipped sheet that does not read.
    pub async fn seed(&self) -> Answer<()> {
        let shipped: write::NewSheet = serde_json::from_str(SHIPPED).map_err(|error| {
            tracing::error!(%error, "the shipped sheet does not read");
            Problem::internal("sheet-broken", "随附的评查标准无法读取，请联系管理员")
        })?;
        shipped.body.check()?;
        store::seed(self.database().pool(), &shipped, self.clock().now()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_sheet_holds_cites_an_article_everywhere_and_has_a_hundred_points() {
        let shipped: write::NewSheet = serde_json::from_str(SHIPPED).unwrap();
        shipped.body.check().unwrap();
        assert_eq!(shipped.body.points(), 100);
        let items: Vec<_> = shipped.body.items().collect();
        assert!(items.iter().all(|item| item.article.contains('第') && item.article.contains('条')), "an item without an article");
        for check in crate::auto::AutoCheck::ALL {
            assert!(items.iter().any(|item| item.auto == Some(*check)), "nothing asks {}", check.code());
        }
        assert!(items.iter().filter(|item| item.veto.is_some()).count() >= 3);
    }
}
