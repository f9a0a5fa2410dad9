//! The rooms of cases, documents, evidence and publication as file review sees them.

use std::sync::Arc;

use async_trait::async_trait;
use cases::{Cases, ConcludedCase, ConcludedWanted};
use chrono::{DateTime, Utc};
use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::{Caller, Scope};
use law::procedure::{Track, Weight};
use publication::Publications;
use quality::{
    Candidate, CaseRecords, CasesWanted, Course, CourseOfficer, CoursePaper, CourseStep, GuidedCase, PowerGiven, PowerUsed, RemedyEnded,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a case has beside its steps: documents that stand, and how many items of evidence; nothing of what the house does not keep.
pub type Beside = Arc<dyn Fn(KeyOf) -> BoxFuture<'static, Answer<(Option<Vec<CoursePaper>>, Option<usize>)>> + Send + Sync>;

/// Cases whose files are reviewed.
pub struct ReviewedCases {
    /// The cases.
    pub cases: Cases,
    /// Their reviews and suits.
    pub publications: Publications,
    /// Their documents and evidence.
    pub beside: Beside,
}

fn candidate(case: ConcludedCase) -> Candidate {
    Candidate {
        key: KeyOf { region: case.region, id: case.id.into() },
        number: case.number,
        title: case.title,
        track: case.track,
        result: case.result,
        matter_code: case.matter_code,
        matter_name: case.matter_name,
        unit: case.unit,
        officer: case.officer,
        opened_at: case.opened_at,
        concluded_at: case.concluded_at,
        revoked: case.revoked,
        simulated: case.simulated,
    }
}

/// The result that follows from the steps: of the last that concludes.
fn result(steps: &[cases::CourseStep]) -> &'static str {
    let last = steps.iter().rev().find_map(|step| match step.action.as_str() {
        "decide" | "decide-on-spot" => Some("penalty"),
        "decide-no-penalty" => Some("no_penalty"),
        "withdraw" => Some("withdrawn"),
        "terminate" => Some("terminated"),
        _ => None,
    });
    last.unwrap_or_default()
}

#[async_trait]
impl CaseRecords for ReviewedCases {
    async fn concluded(&self, scope: &Scope, wanted: &CasesWanted, most: i64) -> Answer<Vec<Candidate>> {
        let wanted = ConcludedWanted {
            from: wanted.from,
            to: wanted.to,
            ground: wanted.ground.clone(),
            unit: wanted.unit,
            tracks: wanted.tracks.clone(),
            results: wanted.results.clone(),
        };
        Ok(self.cases.concluded(scope, &wanted, most).await?.into_iter().map(candidate).collect())
    }

    async fn course(&self, key: &KeyOf) -> Answer<Option<Course>> {
        let Some(of) = self.cases.course(key).await? else { return Ok(None) };
        let (papers, evidence) = (self.beside)(key.clone()).await?;
        let said = |step: &cases::CourseStep, field: &str| !step.content[field].is_null() && step.content[field] != false;
        let steps = of.steps.iter().map(|step| CourseStep {
            action: step.action.clone(),
            label: step.label.to_owned(),
            at: step.at,
            tells_hearing: said(step, "tells_hearing"),
            educated: said(step, "education"),
            served_on: step.content["served_on"].as_str().and_then(|day| day.parse().ok()),
        });
        let mut participants = of.participants;
        participants.extend(papers.iter().flatten().flat_map(|paper| paper.people.iter().copied()));
        participants.sort_unstable();
        participants.dedup();
        let officers = of.officers.into_iter().map(|(person, certificate, valid_until)| CourseOfficer { person, certificate, valid_until });
        Ok(Some(Course {
            result: result(&of.steps).to_owned(),
            on_spot: matches!(of.facts.track, Track::Simple | Track::MinorQuick),
            in_power: of.facts.power,
            timely: of.facts.timely,
            heavy: of.facts.weight == Weight::Heavy,
            complex: of.facts.complex,
            review_due: of.facts.review_due,
            steps: steps.collect(),
            officers: officers.collect(),
            participants,
            title: of.header.title,
            jurisdiction: of.header.jurisdiction,
            matter_code: of.matter_code,
            matter_name: of.matter_name,
            unit: of.header.unit,
            papers,
            evidence,
        }))
    }

    async fn seen(&self, caller: &Caller, case: Uuid) -> Answer<GuidedCase> {
        let (header, decided) = self.cases.decided_seen(caller, case).await?;
        let key = header.key();
        let matter = self.cases.matter_of(&key).await?;
        Ok(GuidedCase { number: header.number, matter_code: matter.0, matter_name: matter.1, decided: decided.is_some(), key })
    }

    async fn names_party(&self, connection: &mut PgConnection, key: &KeyOf, text: &str) -> Answer<bool> {
        self.cases.names_party(connection, key, text).await
    }

    async fn remedies(&self, scope: &Scope, from: DateTime<Utc>, to: DateTime<Utc>, most: i64) -> Answer<Vec<RemedyEnded>> {
        let ended = self.publications.ended_remedies(scope, from, to, most).await?;
        let officers = self.cases.first_officers(&ended.iter().map(|it| it.case_id).collect::<Vec<_>>()).await?;
        let told = ended.into_iter().map(|it| RemedyEnded {
            officer: officers.get(&it.case_id).copied(),
            case_id: it.case_id,
            unit: it.unit,
            suit: it.suit,
            fell: it.fell,
        });
        Ok(told.collect())
    }

    async fn power_used(&self, scope: &Scope, given: &[PowerGiven]) -> Answer<Vec<PowerUsed>> {
        let given: Vec<cases::PowerGiven> = given
            .iter()
            .map(|it| cases::PowerGiven { matter: it.matter.clone(), township: it.township.clone(), since: it.since, before: it.before })
            .collect();
        let used = self.cases.power_used(scope, &given).await?.into_iter().map(|it| PowerUsed {
            matter: it.matter,
            township: it.township,
            before: it.before,
            opened: it.opened,
            decided: it.decided,
            overturned: it.overturned,
            last_at: it.last_at,
        });
        Ok(used.collect())
    }
}
