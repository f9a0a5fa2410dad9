//! The register of impact assessments (个人信息保护影响评估登记, 个人信息保护法 art. 55 and 56). What is entered stays.

pub(crate) mod enter;
pub(crate) mod list;
mod store;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use kernel::codes;

codes! {
    /// Why it is assessed (art. 55).
    #[schema(as = ImpactOccasion)]
    Occasion {
        /// Sensitive information, children's among it.
        Sensitive = "sensitive", "处理敏感个人信息";
        /// Decisions by program.
        Automated = "automated", "利用个人信息进行自动化决策";
        /// Handed to others, or made public.
        Shared = "shared", "委托处理、对外提供或者公开个人信息";
        /// Abroad.
        Abroad = "abroad", "向境外提供个人信息";
        /// Another with a grave effect.
        Other = "other", "其他对个人权益有重大影响的处理活动";
    }
}

/// An assessment.
#[derive(Debug, Clone, Serialize, FromRow, ToSchema)]
pub(crate) struct ImpactAssessment {
    pub id: Uuid,
    /// What is assessed.
    pub title: String,
    /// The occasion's code.
    pub occasion: String,
    /// The occasion in words.
    #[sqlx(skip)]
    pub occasion_label: &'static str,
    /// What was found (art. 56): lawful and needed, effects and risks, protection.
    pub text: String,
    /// Who reviewed it, by office.
    pub reviewer: String,
    /// When.
    pub assessed_on: NaiveDate,
    /// When it was entered here.
    pub entered_at: DateTime<Utc>,
}
