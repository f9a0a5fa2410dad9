//! Certificates of enforcement and the qualification of legal reviewers (执法证、法律职业资格), as data of a person.

mod change;
pub(crate) mod store;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use change::{__path_change, __path_show, change, show};

use crate::{Identity, Scope, error::Result};

/// What lets a person enforce and review (执法证).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::FromRow)]
#[schema(as = EnforcementCertificate)]
pub struct Certificate {
    /// The person.
    pub person_id: Uuid,
    /// The number; none where the person holds no certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The first day it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The last day it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// May review penalties (行政处罚法第五十八条第二款).
    pub legal_qualified: bool,
    /// For `If-Match`; 0 where nothing was entered yet.
    pub version: i64,
}

impl Certificate {
    /// Nothing was entered of this person.
    #[must_use]
    pub fn none(person: Uuid) -> Self {
        Self { person_id: person, number: None, valid_from: None, valid_until: None, legal_qualified: false, version: 0 }
    }

    /// Whether the person may enforce on this day.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.number.is_some() && self.valid_from.is_some_and(|from| from <= day) && self.valid_until.is_some_and(|until| day <= until)
    }
}

/// A person who may be named as officer of a case (执法人员).
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Officer {
    /// The person.
    pub id: Uuid,
    /// The name that colleagues read.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
    /// The certificate's number.
    pub number: Option<String>,
    /// The last day it is valid.
    pub valid_until: Option<NaiveDate>,
    /// Whether it is valid on the day that was asked for.
    pub valid: bool,
}

impl Identity {
    /// The certificates of these people; who has none is left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn certificates_of(&self, connection: &mut PgConnection, people: &[Uuid]) -> Result<HashMap<Uuid, Certificate>> {
        let rows = store::of(connection, people).await?;
        Ok(rows.into_iter().map(|row| (row.person_id, row)).collect())
    }

    /// The active officers whose ground meets this scope, with whether their certificates are valid on `day`, at most `most`.
    ///
    /// # Errors
    /// The database's.
    pub async fn officers_within(&self, scope: &Scope, day: NaiveDate, most: i64) -> Result<Vec<Officer>> {
        Ok(store::officers(self.pool(), scope, day, most).await?)
    }
}
