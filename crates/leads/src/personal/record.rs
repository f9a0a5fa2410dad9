//! Everything that is kept about the reporter of one lead (个人信息副本), for himself to read.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use kernel::{id::SubjectId, personal::redact};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;

use super::store;
use crate::{Leads, act::not_found, lead, view::history::label_of};

/// What is kept about the reporter of one lead. Field names are Chinese: the person reads the file himself.
#[derive(Debug, Serialize)]
pub struct PersonalLead {
    /// The number.
    #[serde(rename = "编号")]
    pub number: String,
    /// What it is followed by.
    #[serde(rename = "查询码")]
    pub tracking_code: String,
    /// Where it came from.
    #[serde(rename = "来源")]
    pub source: String,
    /// When it came in.
    #[serde(rename = "上报时间")]
    pub reported_at: DateTime<Utc>,
    /// The name that was left.
    #[serde(rename = "姓名", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The telephone that was left.
    #[serde(rename = "电话", skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// When name and telephone were erased.
    #[serde(rename = "姓名电话删除时间", skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<DateTime<Utc>>,
    /// The reporter's words.
    #[serde(rename = "您写的话")]
    pub description: String,
    /// The place in words.
    #[serde(rename = "地址", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Longitude and latitude, WGS-84 degrees.
    #[serde(rename = "位置（经度、纬度，WGS-84）", skip_serializing_if = "Option::is_none")]
    pub position: Option<(f64, f64)>,
    /// The notice it was made under, and who consented.
    #[serde(rename = "告知与同意", skip_serializing_if = "Option::is_none")]
    pub consent: Option<Value>,
    /// What else the source said of the report.
    #[serde(rename = "来源附带内容", skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// The reporter's own photos.
    #[serde(rename = "您的照片")]
    pub photos: Vec<PersonalPhoto>,
    /// The rating.
    #[serde(rename = "评分", skip_serializing_if = "Option::is_none")]
    pub stars: Option<i16>,
    /// The words with the rating.
    #[serde(rename = "评价", skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Every step, and each time somebody looked at name and telephone.
    #[serde(rename = "办理与查看记录")]
    pub steps: Vec<PersonalStep>,
    /// What other systems were told.
    #[serde(rename = "答复来源系统的内容")]
    pub answers: Vec<Value>,
}

/// A photo of the reporter's.
#[derive(Debug, Clone, Serialize)]
pub struct PersonalPhoto {
    /// The file, by its SHA-256.
    #[serde(rename = "文件（SHA-256）")]
    pub file: String,
    /// When it was added.
    #[serde(rename = "时间")]
    pub at: DateTime<Utc>,
}

/// A step of the handling. People are named by their role: who they are is their own personal information.
#[derive(Debug, Serialize)]
pub struct PersonalStep {
    /// When.
    #[serde(rename = "时间")]
    pub at: DateTime<Utc>,
    /// What.
    #[serde(rename = "事项")]
    pub what: String,
    /// In which role.
    #[serde(rename = "经办角色", skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl PersonalLead {
    /// What the code alone may show: it may have been passed on, and proves no name. Numbers inside words are hidden, as the follow page does.
    #[must_use]
    pub fn by_code_alone(self) -> Self {
        let hidden = |text: String| redact(&text).into_owned();
        Self {
            name: self.name.map(|_| "已留姓名，须到窗口核实本人后提供".to_owned()),
            telephone: None,
            description: hidden(self.description),
            address: self.address.map(hidden),
            comment: self.comment.map(hidden),
            details: None,
            answers: Vec::new(),
            ..self
        }
    }
}

impl Leads {
    /// Everything that is kept about the reporter of a lead.
    ///
    /// # Errors
    /// `lead-not-found`, `vault-unreadable`, the database's.
    pub async fn personal_of(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<PersonalLead> {
        let (region, id) = (key.region.as_str(), key.id.uuid());
        let header = lead::store::header(&mut *connection, id).await?.ok_or_else(not_found)?;
        let record = lead::store::record(connection, region, id).await?.ok_or_else(not_found)?;
        let (mut fields, erased_at) = match record.reporter_subject.map(SubjectId::from) {
            Some(subject) => {
                let fields = self.vault().read(connection, region, subject).await??;
                (fields, self.vault().erased_at(connection, region, subject).await?)
            }
            None => (Vec::new(), None),
        };
        let mut take = |name: &str| fields.iter().position(|(field, _)| field == name).map(|at| fields.swap_remove(at).1);
        let mut details = record.details.as_object().cloned().unwrap_or_default();
        let consent = details.remove("privacy");
        let photos = lead::store::photos(connection, region, id).await?.into_iter().filter(|photo| photo.role == "report");
        let role = |role: Option<String>| role.map(|code| identity::Role::from_code(&code).map_or(code, |role| role.label().to_owned()));
        let steps = store::steps(connection, region, id).await?.into_iter();
        let answers = store::answers(connection, region, id).await?.into_iter();
        Ok(PersonalLead {
            number: header.number,
            tracking_code: record.tracking_code,
            source: record.source,
            reported_at: header.opened_at,
            name: take("name"),
            telephone: take("telephone"),
            erased_at,
            description: record.description,
            address: record.address,
            position: header.lon.zip(header.lat),
            consent,
            details: (!details.is_empty()).then_some(Value::Object(details)),
            photos: photos.map(|photo| PersonalPhoto { file: photo.file, at: photo.at }).collect(),
            stars: record.stars,
            comment: record.rating_comment,
            steps: steps.map(|step| PersonalStep { at: step.at, what: label_of(&step.action), role: role(step.role) }).collect(),
            answers: answers
                .map(|row| serde_json::json!({ "来源": row.source, "内容": row.words, "状态": row.state, "时间": row.made_at }))
                .collect(),
        })
    }
}
