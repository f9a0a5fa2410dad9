//! Names of those who took, added and held evidence.

use std::collections::HashMap;

use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Evidence;

/// A person of the house by id and name (人员).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EvidencePerson {
    pub id: Uuid,
    pub name: String,
}

/// The names of some people, asked for once.
pub(crate) struct Names(HashMap<Uuid, String>);

impl Names {
    pub async fn of(evidence: &Evidence, people: impl IntoIterator<Item = Uuid>) -> Answer<Self> {
        let mut people: Vec<Uuid> = people.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        Ok(Self(evidence.identity().names_of(&people).await?))
    }

    pub fn person(&self, id: Uuid) -> EvidencePerson {
        EvidencePerson { id, name: self.0.get(&id).cloned().unwrap_or_default() }
    }
}
