//! The daily work of rewards: commitments for the coming days, the days that are ripe, what has to be taken back, what nobody claimed.
//!
//! Each step is a transaction under the programme's row; broken off at any moment, it is done again from where it was.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use http_api::Answer;
use kernel::{
    id::{SubjectId, uuid_at},
    position::Position,
    problem::Problem,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    LATE, commit,
    rule::{self, Candidate, Decision, Standing},
    store::{self, CandidateRow, Wanted},
};
use crate::{
    Rewards,
    award::{
        AwardState,
        store::{self as awards, NewAward},
    },
    journal::{self, Account, Line, What},
    programme::{self, Rules, Shortage},
};

/// How often somebody looks whether there is something to do.
const LOOK: Duration = Duration::from_secs(60);
/// Reports that are decided about at once; further ones have their turn with the next day.
const MOST: i64 = super::MOST_AT_ONCE as i64;

impl Rewards {
    /// Works for as long as it is let.
    pub async fn work(&self) {
        loop {
            // What failed is logged where it failed.
            let _ = self.catch_up().await;
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Does everything that is due now. What goes wrong with one programme keeps no other waiting, nor what has to be taken back.
    ///
    /// # Errors
    /// The first that was met, after everything was tried: `vault-unreadable`, `reward-seed-lost`; the database's.
    pub async fn catch_up(&self) -> Answer<()> {
        let mut first = Ok(());
        let mut note = |step: &'static str, programme: Option<Uuid>, done: Answer<()>| {
            if let Err(error) = done {
                tracing::warn!(code = error.problem().code, step, ?programme, "rewards: a step failed; tried again shortly");
                if first.is_ok() {
                    first = Err(error);
                }
            }
        };
        match store::programmes(self.database().pool(), self.home_region()).await {
            Ok(programmes) => {
                for programme in programmes {
                    note("settle", Some(programme), self.settle_ripe(programme).await);
                }
            }
            Err(error) => note("settle", None, Err(error.into())),
        }
        note("take back", None, self.take_back().await);
        note("expire", None, self.expire().await);
        first
    }

    async fn settle_ripe(&self, id: Uuid) -> Answer<()> {
        // By itself: a day that cannot be settled keeps no coming day from its promise.
        let mut transaction = self.database().pool().begin().await?;
        if programme::store::locked(&mut transaction, self.home_region(), id).await?.is_some() {
            commit::ahead(self, &mut transaction, id, self.clock().now()).await?;
        }
        transaction.commit().await?;
        while self.settle_next(id).await? {}
        Ok(())
    }

    /// Settles the next day of a programme that is ripe; whether there was one.
    async fn settle_next(&self, id: Uuid) -> Answer<bool> {
        let (now, today) = (self.clock().now(), self.today());
        let mut transaction = self.database().pool().begin().await?;
        let Some(row) = programme::store::locked(&mut transaction, self.home_region(), id).await? else { return Ok(false) };
        let day = row.settled_to + Days::new(1);
        let ripe = match programme::store::in_force(&mut transaction, id, day).await? {
            Some((version, rules))
                if day + Days::new(u64::from(rules.settle_after_days)) <= today && day <= rules.to_day + Days::new(LATE) =>
            {
                self.settle_day(&mut transaction, (id, version), &rules, day, now).await?;
                programme::store::set_settled(&mut transaction, id, day).await?;
                true
            }
            _ => false,
        };
        transaction.commit().await?;
        Ok(ripe)
    }

    async fn settle_day(
        &self,
        connection: &mut PgConnection,
        (id, version): (Uuid, i32),
        rules: &Rules,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Answer<()> {
        let from = commit::begins(rules.from_day.max(day - Days::new(LATE)));
        // The day's own rules say what may be spent; a report is judged by those that were in force when it was received.
        let versions = programme::store::versions(connection, id).await?;
        let of = |at: DateTime<Utc>| versions.of(rule::day_of(at)).unwrap_or((version, rules));
        let until = commit::begins(day.min(versions.last_day().unwrap_or(day)) + Days::new(1));
        let mut rows = self.candidates(connection, rules, (from, until), (Some(id), MOST)).await?;
        rows.retain(|row| rule::day_of(row.received_at) <= of(row.received_at).1.to_day);
        let seed = self.seed_of(connection, id, rules, day).await?;
        let candidates = self.weighed(connection, &rows).await?;
        let standing = self.standing(connection, versions.place_days(), &candidates).await?;
        let left = rules.daily_fen.min(journal::store::balances(connection, id).await?.of(Account::Budget));
        let mut decisions = rule::settle_by(&|at| of(at).1, seed.as_deref(), left, &candidates, &standing);
        let holds = self.holds(connection, &decisions).await?;
        decisions.sort_by_key(|it| it.lead);
        for (row, candidate) in rows.iter().zip(&candidates) {
            let Ok(at) = decisions.binary_search_by_key(&row.lead, |it| it.lead) else { continue };
            let decision = &decisions[at];
            let new = NewAward {
                id: uuid_at(now),
                region: self.home_region(),
                programme: id,
                version: of(row.received_at).0,
                day,
                of: row,
                fen: decision.fen,
                state: if decision.refused.is_some() { AwardState::Refused } else { AwardState::Reserved },
                reason: decision.refused,
                hold: holds.iter().find(|(lead, _)| *lead == row.lead).map(|(_, why)| why.as_str()),
                lot: decision.lot.as_deref(),
                person: candidate.person.as_deref(),
            };
            awards::insert(connection, &new, now).await?;
            if decision.refused.is_none() {
                let line = Line::between(Account::Budget, Account::Reserved, decision.fen, What::Reserve).of(new.id);
                journal::store::write(connection, id, &line, now).await?;
            }
        }
        if let Some(seed) = seed {
            store::reveal(connection, id, day, &seed, now).await?;
        }
        Ok(())
    }

    /// The reports of citizens that may get something.
    pub(crate) async fn candidates(
        &self,
        connection: &mut PgConnection,
        rules: &Rules,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        (programme, most): (Option<Uuid>, i64),
    ) -> Answer<Vec<CandidateRow>> {
        let sources = self.leads().sources_of_citizens().await?;
        let wanted = Wanted { region: self.home_region(), sources: &sources, area: &rules.area, from, until, programme, most };
        Ok(store::candidates(connection, &wanted).await?)
    }

    /// Rows as the rule weighs them.
    pub(crate) async fn weighed(&self, connection: &mut PgConnection, rows: &[CandidateRow]) -> Answer<Vec<Candidate>> {
        let telephones: Vec<Vec<u8>> = rows.iter().filter_map(|row| row.person.clone()).collect();
        let barred: HashSet<Vec<u8>> = store::barred(connection, self.home_region(), &telephones).await?.into_iter().collect();
        let candidate = |row: &CandidateRow| Candidate {
            lead: row.lead,
            number: row.number.clone(),
            received_at: row.received_at,
            position: row.lon.zip(row.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
            class: row.class.clone(),
            problem: row.problem,
            barred: row.staff || row.person.as_ref().is_some_and(|person| barred.contains(person)),
            person: row.person.clone(),
        };
        Ok(rows.iter().map(candidate).collect())
    }

    /// What was decided before about their problems, places and telephones.
    async fn standing(&self, connection: &mut PgConnection, place_days: u32, candidates: &[Candidate]) -> Answer<Vec<Standing>> {
        let Some(first) = candidates.iter().map(|it| it.received_at).min() else { return Ok(Vec::new()) };
        // As far back as a place or a month of a telephone reaches.
        let since = first - TimeDelta::days(i64::from(place_days).max(31) + 1);
        let rows = store::standing(connection, self.home_region(), since).await?;
        let mut standing: Vec<Standing> = rows
            .into_iter()
            .map(|row| Standing {
                problem: row.lead,
                received_at: row.received_at,
                position: row.lon.zip(row.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
                person: row.person,
                unpaid: row.unpaid,
            })
            .collect();
        let problems: Vec<Uuid> = candidates.iter().map(|it| it.problem).collect();
        for (problem, _) in store::rewarded(connection, self.home_region(), &problems).await? {
            standing.push(Standing { problem, received_at: first, position: None, person: None, unpaid: true });
        }
        Ok(standing)
    }

    /// The seed of a day whose lot was committed to before the day began; none where the order is that of receipt.
    async fn seed_of(&self, connection: &mut PgConnection, id: Uuid, rules: &Rules, day: NaiveDate) -> Answer<Option<String>> {
        if rules.shortage != Shortage::Draw {
            return Ok(None);
        }
        let Some(row) = store::day(connection, id, day).await?.filter(|row| row.committed_at < commit::begins(day)) else {
            return Ok(None);
        };
        let fields = self.vault().read(connection, self.home_region(), SubjectId::from(row.sealed)).await??;
        let seed = fields.into_iter().find(|(field, _)| field == commit::FIELD).map(|(_, seed)| seed);
        match seed {
            Some(seed) if rule::commitment(id, day, &seed) == row.commitment => Ok(Some(seed)),
            // Nobody draws with another seed than the one that was promised.
            _ => Err(Problem::unavailable("reward-seed-lost", "抽签种子与事先公布的承诺不符，请检查数据库与密钥").into()),
        }
    }

    /// Why a person must look at an award before it is approved.
    async fn holds(&self, connection: &mut PgConnection, decisions: &[Decision]) -> Answer<Vec<(Uuid, String)>> {
        let leads: Vec<Uuid> = decisions.iter().filter(|it| it.refused.is_none()).map(|it| it.lead).collect();
        let mut holds: Vec<(Uuid, String)> = self.leads().cautions_of(&leads).await?;
        if let Some(doubts) = self.doubts() {
            let doubted = doubts.doubted(connection, self.home_region(), &leads).await?;
            holds.extend(doubted.into_iter().map(|lead| (lead, super::DOUBTED.to_owned())));
        }
        Ok(holds)
    }
}
