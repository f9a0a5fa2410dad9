//! Hands rows to the intake, many at once so that they share commits.

use std::{collections::HashSet, time::Duration};

use futures::{StreamExt, stream};
use kernel::problem::{Problem, ProblemKind};
use uuid::Uuid;

use super::store;
use crate::{Leads, Received, Report};

/// So many rows wait for the intake at once: two shared commits, and room left for the city.
const TOGETHER: usize = 128;
/// How often a row that the intake has no room for is offered again before the import waits for better times.
const TRIES: u32 = 20;

/// What became of a row.
#[derive(Debug)]
pub(crate) struct RowOutcome {
    pub row: i64,
    /// `imported`, `present` or `rejected`.
    pub outcome: &'static str,
    pub reason: Option<String>,
    pub lead: Option<Uuid>,
}

impl RowOutcome {
    fn rejected(row: i64, reason: String) -> Self {
        Self { row, outcome: "rejected", reason: Some(reason), lead: None }
    }
}

/// Takes rows in and says what became of each.
///
/// # Errors
/// When the intake is closed or the database out of reach for long; the rows are to be offered again.
pub(crate) async fn receive(leads: &Leads, import: Uuid, rows: Vec<(i64, Result<Report, String>)>) -> Result<Vec<RowOutcome>, Problem> {
    let mut outcomes = Vec::with_capacity(rows.len());
    let mut keys = HashSet::new();
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for (row, report) in rows {
        match report {
            Err(reason) => outcomes.push(RowOutcome::rejected(row, reason)),
            // The first row of a key wins, so a second one of the same file waits until the first is in.
            Ok(report) if keys.insert(report.source_key.clone()) => first.push((row, report)),
            Ok(report) => again.push((row, report)),
        }
    }
    let mut received = Vec::with_capacity(first.len() + again.len());
    for round in [first, again] {
        let mut answers = stream::iter(round.into_iter().map(|(row, report)| async move { (row, offer(leads, report).await) }))
            .buffer_unordered(TOGETHER);
        while let Some((row, answer)) = answers.next().await {
            match answer {
                Ok(found) => received.push((row, found)),
                Err(problem) if problem.kind == ProblemKind::Unavailable => return Err(problem),
                Err(problem) => outcomes.push(RowOutcome::rejected(row, problem.detail)),
            }
        }
    }
    // A lead that this very row made before the worker was cut off is this import's own.
    let present: Vec<Uuid> = received.iter().filter(|(_, found)| found.already_present).map(|(_, found)| found.key.id.uuid()).collect();
    let own = if present.is_empty() {
        HashSet::new()
    } else {
        store::made_by(leads.database().pool(), import, &present).await.map_err(|_| out_of_reach())?.into_iter().collect()
    };
    for (row, found) in received {
        let lead = found.key.id.uuid();
        let present = found.already_present && !own.contains(&(lead, row));
        outcomes.push(RowOutcome { row, outcome: if present { "present" } else { "imported" }, reason: None, lead: Some(lead) });
    }
    outcomes.sort_by_key(|outcome| outcome.row);
    Ok(outcomes)
}

async fn offer(leads: &Leads, report: Report) -> Result<Received, Problem> {
    let mut tries = 0;
    loop {
        match leads.receive(report.clone()).await {
            Err(problem) if problem.kind == ProblemKind::Unavailable && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(u64::from(tries) * 50)).await;
            }
            settled => return settled,
        }
    }
}

pub(crate) fn out_of_reach() -> Problem {
    Problem::unavailable("database-unavailable", "数据库暂时不可用")
}
