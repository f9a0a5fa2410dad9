//! Keyset cursors (游标): the sort key of the last row of a page, as an opaque word.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};

/// The cursor was not made by this server, or for another list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one of this list")]
pub struct InvalidCursor;

impl From<InvalidCursor> for Problem {
    fn from(_: InvalidCursor) -> Self {
        Problem::invalid("invalid-cursor", "翻页标记无效，请从第一页重新打开列表")
    }
}

/// The opaque cursor of a sort key, for example `encode(&(row.reported_at, row.id))`.
pub fn encode<K: Serialize>(key: &K) -> String {
    // A key is made of times, numbers, texts and ids; none of these can fail to serialise.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// The sort key that a cursor stands for.
pub fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K, InvalidCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| InvalidCursor)?;
    serde_json::from_slice(&bytes).map_err(|_| InvalidCursor)
}

/// Cuts a page out of rows that were asked for with `LIMIT limit + 1`: the rows to show, and the cursor of the next
/// page where one more row was there.
pub fn page<T, K: Serialize>(mut rows: Vec<T>, limit: usize, key: impl FnOnce(&T) -> K) -> (Vec<T>, Option<String>) {
    if rows.len() <= limit {
        return (rows, None);
    }
    rows.truncate(limit);
    let next = rows.last().map(|row| encode(&key(row)));
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_was() {
        let key = (chrono::DateTime::from_timestamp(1_790_000_000, 123_456_000), "件".to_owned(), uuid::Uuid::nil());
        let cursor = encode(&key);
        assert!(cursor.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        assert_eq!(decode(&cursor), Ok(key));
    }

    #[test]
    fn foreign_words_are_refused() {
        for word in ["", "%%%", "bm90IGpzb24", "e30"] {
            assert_eq!(decode::<(i64, String)>(word), Err(InvalidCursor));
        }
    }

    #[test]
    fn the_extra_row_becomes_the_cursor() {
        assert_eq!(page(vec![1, 2], 2, |n| *n), (vec![1, 2], None));
        let (rows, next) = page(vec![1, 2, 3], 2, |n| *n);
        assert_eq!((rows, decode(&next.unwrap())), (vec![1, 2], Ok(2)));
    }
}
