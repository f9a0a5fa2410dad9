//! Deadlines (期限) in two families that are never mixed: service limits of the city and statutory periods of the law.

pub mod service;
pub mod statutory;

use chrono::NaiveDate;
use serde::Serialize;

/// One line of the way from the event to the last moment, so that a person can follow the count (计算过程).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day it is about.
    pub date: NaiveDate,
    /// Whether anything was counted on it.
    pub counted: bool,
    /// Its number in the count, where days are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The seconds counted on it, where hours are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    /// The calendar of its year is not published.
    pub provisional: bool,
    /// The line in Chinese.
    pub text: String,
}

impl Step {
    fn aside(date: NaiveDate, text: impl Into<String>) -> Self {
        Self { date, counted: false, number: None, seconds: None, provisional: false, text: text.into() }
    }
}
