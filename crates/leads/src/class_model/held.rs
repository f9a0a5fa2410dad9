//! The model in use, in memory: read once, not for each report.

use std::sync::Arc;

use classify::Model;
use moka::future::Cache;

use super::store;
use crate::Leads;

/// A model as it proposes.
#[derive(Debug)]
pub(super) struct Used {
    /// Its number.
    pub number: i64,
    /// The model.
    pub model: Model,
    /// How much the table of words counts beside it.
    pub words_weight: f64,
}

/// The models that were asked lately: the one in use, and one that somebody tries.
pub(crate) struct Held(Cache<i64, Arc<Used>>);

impl Default for Held {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(2).build())
    }
}

impl Leads {
    /// A model by its number; none where it cannot be read any more.
    pub(super) async fn class_model(&self, number: i64) -> sqlx::Result<Option<Arc<Used>>> {
        let held = &self.class_models().0;
        if let Some(used) = held.get(&number).await {
            return Ok(Some(used));
        }
        let Some((body, words_weight)) = store::body(self.database().pool(), self.home_region(), number).await? else {
            return Ok(None);
        };
        match Model::from_bytes(&body) {
            Ok(model) => {
                let used = Arc::new(Used { number, model, words_weight });
                held.insert(number, used.clone()).await;
                Ok(Some(used))
            }
            Err(error) => {
                tracing::error!(number, %error, "a class model cannot be read; the table of words proposes alone");
                Ok(None)
            }
        }
    }
}
