//! How long each step of a referral may take (移交时限).

pub(crate) mod read;
pub(crate) mod save;
pub(crate) mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::referral::ReferralLimit;

/// The limits, in working days, 1 to 60. The numbers are the house's own and provisional: no law that we know of sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseReferralSettings)]
pub(crate) struct Settings {
    /// To take it in.
    pub receipt: u32,
    /// To split it, once it was taken in.
    pub split: u32,
    /// To open the case.
    pub register: u32,
    /// For another bureau to answer what it was given.
    pub answer: u32,
    /// For the asker to say what he does with the result.
    pub feedback: u32,
    /// To answer a request for assistance.
    pub assist: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { receipt: 2, split: 3, register: 5, answer: 15, feedback: 10, assist: 5 }
    }
}

impl Settings {
    /// Every limit with its field.
    pub(crate) const fn all(&self) -> [(&'static str, u32); 6] {
        [
            ("receipt", self.receipt),
            ("split", self.split),
            ("register", self.register),
            ("answer", self.answer),
            ("feedback", self.feedback),
            ("assist", self.assist),
        ]
    }

    /// Working days of a limit.
    pub(crate) const fn days(&self, limit: ReferralLimit) -> u32 {
        match limit {
            ReferralLimit::Receipt => self.receipt,
            ReferralLimit::Split => self.split,
            ReferralLimit::Register => self.register,
            ReferralLimit::Answer => self.answer,
            ReferralLimit::Feedback => self.feedback,
            ReferralLimit::Assist => self.assist,
        }
    }
}
