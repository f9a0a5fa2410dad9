//! Which documents a party sees (送达的文书): what arrived on his page, and, where he is the only party, what was served on him by a step.

use cases::{Delivery, PartyCase};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::Paper;

/// The kinds that are for a party: orders, notices, decisions, reminders. What officers write among themselves is none of them.
pub(crate) const SERVED_KINDS: [&str; 13] = ["B13", "B15", "C02", "C03", "D03", "D04", "D08", "D14", "D15", "D16", "D24", "D25", "E06"];
/// What goes with a penalty decision (三书同达): the advice on compliance and the notice of the repair of credit.
pub(crate) const COMPANIONS: [&str; 2] = ["D24", "D25"];
/// The decisions that they go with.
pub(crate) const DECISIONS: [&str; 2] = ["D14", "D15"];

/// Whether a step that serves these kinds serves this one: what goes with a decision is served with it.
fn serves(step: &[&str], kind: &str) -> bool {
    step.contains(&kind) || (COMPANIONS.contains(&kind) && DECISIONS.iter().any(|decision| step.contains(decision)))
}

/// A document that was served on a party.
#[derive(Debug, Clone)]
pub(super) struct ServedDocument {
    pub id: Uuid,
    pub title: String,
    pub file: String,
    pub served_at: DateTime<Utc>,
    pub void: bool,
    /// Of what arrived on the page.
    pub delivery: Option<Delivery>,
}

/// The documents served on a party, the newest first. Of several parties each has his own documents, and which paper went to whom is
/// known of deliveries alone: what was handed over on paper is then shown to none.
pub(super) fn served_on(party: i16, of: &PartyCase, papers: &[Paper], deliveries: Vec<Delivery>) -> Vec<ServedDocument> {
    let void = |id: Uuid| papers.iter().any(|paper| paper.id == id && paper.void);
    let mut all: Vec<ServedDocument> = deliveries
        .into_iter()
        .filter(|it| it.party == party)
        .map(|it| ServedDocument {
            id: it.document,
            title: it.title.clone(),
            file: it.file.clone(),
            served_at: it.arrived_at,
            void: void(it.document),
            delivery: Some(it),
        })
        .collect();
    if of.parties == 1 {
        for paper in papers.iter().filter(|paper| SERVED_KINDS.contains(&paper.kind.as_str()) && !paper.void) {
            let step = of.served.iter().find(|step| serves(step.kinds, &paper.kind) && step.entered_at >= paper.issued_at);
            if let Some(step) = step
                && !all.iter().any(|it| it.id == paper.id)
            {
                let (title, file) = (paper.title.clone(), paper.file.clone());
                all.push(ServedDocument { id: paper.id, title, file, served_at: step.at, void: false, delivery: None });
            }
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse((it.served_at, it.id)));
    all
}
