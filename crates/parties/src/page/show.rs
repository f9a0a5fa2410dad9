//! What a party sees of his own case (我的案件).

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use cases::{PartyCase, PlanWords};
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, ClientAddress, Json};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{served_on, words};
use crate::{
    Parties, Section,
    consent::WORDS,
    entry::Inside,
    submission::{self, SubmissionView},
};

/// A penalty in words.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyPenalty {
    kinds: Vec<&'static str>,
    /// In fen; 0 where there is none.
    fine_fen: i64,
    confiscated_fen: i64,
    reasons: String,
}

impl From<PlanWords> for MyPenalty {
    fn from(of: PlanWords) -> Self {
        Self { kinds: of.kinds, fine_fen: of.fine_fen, confiscated_fen: of.confiscated_fen, reasons: of.reasons }
    }
}

/// A period, with what it means and how it is counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyPeriod {
    /// What must be done in it.
    purpose: &'static str,
    /// What follows when it is over.
    then: &'static str,
    /// How long.
    period: String,
    from: DateTime<Utc>,
    last_day: NaiveDate,
    running: bool,
    ran_out: bool,
    provisional: bool,
    /// Day by day.
    derivation: Vec<String>,
}

/// Something a party may do now, or why he may not yet.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyOffer {
    action: &'static str,
    label: &'static str,
    article: &'static str,
    allowed: bool,
    why_not: Vec<String>,
}

/// A document that was served.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyDocument {
    id: Uuid,
    title: String,
    served_at: DateTime<Utc>,
    /// It arrived here, which was its service.
    electronic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<DateTime<Utc>>,
    void: bool,
}

/// Consent to electronic service.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyAgreement {
    /// What is, or was, agreed to.
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed_at: Option<DateTime<Utc>>,
}

/// An officer of the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyOfficer {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<String>,
}

/// One's own case.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyCase {
    number: String,
    matter: String,
    articles: String,
    acted_on: NaiveDate,
    place: String,
    open: bool,
    simulated: bool,
    /// Where it stands, in a sentence.
    stands: &'static str,
    /// What comes next, in a sentence.
    next: &'static str,
    /// What the notice tells, once it was served.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<MyPenalty>,
    /// What was decided, once it was served.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<MyPenalty>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hearing_at: Option<DateTime<Utc>>,
    /// A payment may be put off or spread.
    may_defer: bool,
    officers: Vec<MyOfficer>,
    periods: Vec<MyPeriod>,
    offers: Vec<MyOffer>,
    documents: Vec<MyDocument>,
    agreement: MyAgreement,
    submissions: Vec<SubmissionView>,
    /// What other rooms tell: payment, goods, credit.
    sections: Vec<Section>,
}

/// Shows one's own case.
///
/// # Errors
/// `party-session-missing`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/my-case", tag = "public", operation_id = "show_my_case",
    responses((status = 200, body = MyCase, description = "The case")))]
pub(crate) async fn show(State(room): State<Parties>, ClientAddress(address): ClientAddress, inside: Inside) -> Answer<impl IntoResponse> {
    room.reads().check(address)?;
    let case = whole(&room, &inside).await?;
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(case)))
}

async fn whole(room: &Parties, inside: &Inside) -> Answer<MyCase> {
    let parts = room.parts();
    let papers = parts.papers.issued(&inside.key).await?;
    let sections = told_besides(room, inside).await;
    let mut connection = parts.database.pool().acquire().await?;
    let of = parts.cases.before_party(&mut connection, &inside.key, inside.party).await?;
    let deliveries = parts.cases.deliveries(&mut connection, &inside.key).await?;
    let agreements = parts.cases.agreements(&mut connection, &inside.key).await?;
    let submissions = submission::of_party(room, &mut connection, &inside.key, inside.party).await?;
    drop(connection);
    let names = parts.identity.names_of(&of.officers.iter().map(|(person, _)| *person).collect::<Vec<_>>()).await?;
    let documents = served_on(inside.party, &of, &papers, deliveries);
    let agreement = agreements.into_iter().find(|it| it.party == inside.party && it.withdrawn_at.is_none());
    let agreement = match agreement {
        Some(it) => MyAgreement { words: it.words, agreed_at: Some(it.agreed_at) },
        None => MyAgreement { words: WORDS.to_owned(), agreed_at: None },
    };
    let (stands, next) = words::stands(of.facts.state, of.facts.hearing, of.facts.defence);
    let may_defer = submission::may_defer(&of);
    let PartyCase { number, matter, articles, acted_on, place, open, simulated, told, decided, hearing_at, .. } = of;
    Ok(MyCase {
        number,
        matter,
        articles,
        acted_on,
        place,
        open,
        simulated,
        stands,
        next,
        told: told.map(MyPenalty::from),
        decided: decided.map(MyPenalty::from),
        hearing_at,
        may_defer,
        officers: of
            .officers
            .into_iter()
            .map(|(person, certificate)| MyOfficer { name: names.get(&person).cloned().unwrap_or_default(), certificate })
            .collect(),
        periods: of
            .clocks
            .into_iter()
            .map(|it| {
                let (purpose, then) = words::period(it.clock);
                MyPeriod {
                    purpose,
                    then,
                    period: it.period,
                    from: it.from,
                    last_day: it.last_day,
                    running: it.running,
                    ran_out: it.ran_out,
                    provisional: it.provisional,
                    derivation: it.derivation,
                }
            })
            .collect(),
        offers: of
            .offers
            .into_iter()
            .map(|it| MyOffer {
                action: it.action.code(),
                label: words::may(it.action),
                article: it.article,
                allowed: it.against.is_empty(),
                why_not: it.against,
            })
            .collect(),
        documents: documents
            .into_iter()
            .map(|it| MyDocument {
                id: it.id,
                title: it.title,
                served_at: it.served_at,
                electronic: it.delivery.is_some(),
                opened_at: it.delivery.and_then(|delivery| delivery.opened_at),
                void: it.void,
            })
            .collect(),
        agreement,
        submissions,
        sections,
    })
}

/// What other rooms tell. One that fails is left out: the case is shown without it.
async fn told_besides(room: &Parties, inside: &Inside) -> Vec<Section> {
    let mut all = Vec::new();
    for extra in room.extras() {
        match extra.told(&inside.key, inside.party).await {
            // A way out of these pages is none that a party is sent on.
            Ok(told) => all.extend(told.into_iter().map(|mut it| {
                it.link = it.link.filter(|link| link.starts_with('/') && !link.starts_with("//"));
                it
            })),
            Err(problem) => tracing::warn!(code = problem.problem().code, "a room could not tell a party what it has to"),
        }
    }
    all
}
