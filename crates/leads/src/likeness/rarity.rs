//! How rare a word is (词语稀有程度): counted over the newest leads, not over all.
//!
//! A sample is enough: what matters is whether half of the city says a word or nobody else does. It is read again now and then, so that
//! the words of a flood or of a festival become common while they are.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::PgPool;
use tokio::sync::Mutex;

use super::store;

/// Leads whose words are counted.
const SAMPLE: i64 = 2_000;
/// How long a sample is kept.
const KEEP: Duration = Duration::from_secs(600);
/// A young sample is read again sooner: it is small, and every lead changes it.
const KEEP_SMALL: Duration = Duration::from_secs(20);
/// Leads that are taken to be there besides: without them a city's first ten leads would make every word common.
const PRIOR: f64 = 200.0;
/// Words of at most this share of the sample are rare: looked up in the index they lead to few leads.
const RARE_SHARE: f64 = 0.01;
/// In a small sample words of so few leads are rare as well.
const RARE_FEW: u32 = 20;

/// The counts.
#[derive(Debug, Default)]
pub(crate) struct Rarity {
    leads: u32,
    counts: HashMap<String, u32>,
}

impl Rarity {
    /// Of the words of leads, each a list of bigrams with blanks between as the index holds them.
    pub(crate) fn of<'a>(leads: impl IntoIterator<Item = &'a str>) -> Self {
        let mut rarity = Self::default();
        for words in leads {
            rarity.leads += 1;
            for word in words.split(' ').filter(|word| !is_facet(word)) {
                match rarity.counts.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(rarity.counts.insert(word.to_owned(), 1)),
                }
            }
        }
        rarity
    }

    /// What a word tells, in nats: the logarithm of how many leads there are for one that has it.
    pub(crate) fn weight(&self, word: &str) -> f64 {
        let count = self.counts.get(word).copied().unwrap_or(0);
        ((f64::from(self.leads) + PRIOR) / (f64::from(count) + 1.0)).ln()
    }

    /// Whether few leads have the word.
    pub(crate) fn is_rare(&self, word: &str) -> bool {
        let count = self.counts.get(word).copied().unwrap_or(0);
        count <= RARE_FEW.max((f64::from(self.leads) * RARE_SHARE) as u32)
    }
}

/// Facets and codes of places stand among the words, but nobody said them.
fn is_facet(word: &str) -> bool {
    word.contains('=') || (matches!(word.len(), 9 | 12 | 15) && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The sample of the home district, made by whoever needs it first.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Option<(Instant, Arc<Rarity>)>>);

impl Cache {
    /// The counts, at most ten minutes old.
    pub(crate) async fn get_or_read(&self, pool: &PgPool, region: &str) -> sqlx::Result<Arc<Rarity>> {
        let mut kept = self.0.lock().await;
        if let Some((at, rarity)) = kept.as_ref() {
            let keep = if i64::from(rarity.leads) < SAMPLE { KEEP_SMALL } else { KEEP };
            if at.elapsed() < keep {
                return Ok(rarity.clone());
            }
        }
        let words = store::newest_words(pool, region, SAMPLE).await?;
        let rarity = Arc::new(Rarity::of(words.iter().map(String::as_str)));
        *kept = Some((Instant::now(), rarity.clone()));
        Ok(rarity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_says_weighs_little_and_facets_are_nobodys_words() {
        let lines: Vec<String> =
            (0..1_000).map(|n| format!("影响 {} class=06 330482901001 330482901001007", if n < 5 { "喷泉" } else { "垃圾" })).collect();
        let rarity = Rarity::of(lines.iter().map(String::as_str));
        assert!(rarity.weight("影响") < 0.3 && rarity.weight("喷泉") > 5.0 && rarity.weight("独角") > 7.0);
        assert!(rarity.is_rare("喷泉") && rarity.is_rare("独角") && !rarity.is_rare("垃圾"));
        assert_eq!(rarity.counts.len(), 3);
    }
}
