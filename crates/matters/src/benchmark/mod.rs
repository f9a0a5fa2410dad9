//! Discretion benchmarks (裁量基准): rules as data for one matter, in versions; drafted, reviewed by another person, published from a day.

mod act;
mod draft;
mod list;
mod rules;
mod seed;
mod store;
mod try_out;
mod view;

pub(crate) use act::{__path_act, act};
pub(crate) use draft::{__path_create, __path_rewrite, create, rewrite};
pub(crate) use list::{__path_list, __path_show, list, show};
pub(crate) use seed::seed;
pub(crate) use try_out::{__path_try_out, try_out};

use chrono::NaiveDate;
use http_api::Answer;
use kernel::codes;
use law::discretion::Benchmark;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Matters;

codes! {
    /// How far a benchmark is (裁量基准状态).
    BenchmarkState {
        /// Being written, or returned by the reviewer.
        Draft = "draft", "草稿";
        /// Another person reviewed it.
        Reviewed = "reviewed", "已审核";
        /// Published: it counts from its day on.
        Published = "published", "已发布";
        /// Used no more.
        Withdrawn = "withdrawn", "已停用";
        /// A draft that was thrown away.
        Discarded = "discarded", "已放弃";
    }
}

/// The benchmark that counts on a day (适用的裁量基准).
#[derive(Debug, Clone)]
pub struct BenchmarkInForce {
    /// Its id.
    pub id: Uuid,
    /// The number of its version within the matter.
    pub number: i32,
    /// From which day on it counts.
    pub effective_from: NaiveDate,
    /// What it says.
    pub rules: Benchmark,
}

impl Matters {
    /// The benchmark of a matter that counts on a day: of those published whose day has come and that are not withdrawn by then, the one with
    /// the latest day, and of the same day the later version.
    ///
    /// # Errors
    /// The database's.
    pub async fn benchmark_on(&self, connection: &mut PgConnection, matter: &str, day: NaiveDate) -> Answer<Option<BenchmarkInForce>> {
        Ok(store::in_force(connection, matter, day).await?)
    }

    /// Of each matter the benchmark that counts on a day, for lists.
    ///
    /// # Errors
    /// The database's.
    pub async fn benchmarks_on(&self, connection: &mut PgConnection, day: NaiveDate) -> Answer<Vec<BenchmarkInForce>> {
        Ok(store::all_in_force(connection, day).await?)
    }
}
