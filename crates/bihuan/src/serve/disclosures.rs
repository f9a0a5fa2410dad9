//! Matters, people and procedures as publication sees them: the lists that are public in advance.

use async_trait::async_trait;
use chrono::NaiveDate;
use database::Database;
use http_api::Answer;
use identity::{Identity, Scope};
use kernel::{
    clock::{SharedClock, shanghai},
    id::PersonId,
};
use law::procedure::Table;
use matters::{FineParty, Matters};
use publication::{DisclosureKind, Lines, Live, LiveOfficer};
use uuid::Uuid;

/// Officers listed at most: more than a county employs.
const MOST_OFFICERS: i64 = 3_000;

/// What the house holds.
pub struct HouseLive {
    /// Powers and benchmarks.
    pub matters: Matters,
    /// Officers.
    pub identity: Identity,
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// The home district.
    pub home_region: String,
    /// The demo city.
    pub demo: bool,
}

fn lines<const N: usize>(heads: [&str; N], rows: Vec<[String; N]>) -> Lines {
    Lines { heads: heads.map(str::to_owned).to_vec(), rows: rows.into_iter().map(|row| row.to_vec()).collect() }
}

impl HouseLive {
    fn today(&self) -> NaiveDate {
        self.clock.now().with_timezone(&shanghai()).date_naive()
    }

    fn county(&self) -> Scope {
        Scope { regions: vec![self.home_region.clone()], units: None, person: PersonId::from(Uuid::nil()) }
    }

    async fn powers(&self) -> Answer<Lines> {
        let rows = self.matters.held_on(self.today()).await?.into_iter().filter(|(_, facts)| facts.applies_in(&self.home_region));
        let rows = rows.map(|(code, facts)| {
            let range = |party: FineParty| facts.range(party).is_some();
            let party = match (range(FineParty::Individual), range(FineParty::Organisation)) {
                (true, true) => "公民、单位",
                (true, false) => "公民",
                (false, true) => "单位",
                (false, false) => "按条文",
            };
            [code, facts.name, facts.law, facts.penalty_article, party.to_owned(), facts.enforcer]
        });
        Ok(lines(["编码", "事项", "依据", "处罚条款", "对象", "条文所列部门"], rows.collect()))
    }

    async fn officers(&self) -> Answer<Lines> {
        let officers = self.identity.officers_within(&self.county(), self.today(), MOST_OFFICERS).await?;
        let valid = officers.into_iter().filter(|it| it.valid);
        let rows = valid.map(|it| {
            [it.name, it.organisation, it.number.unwrap_or_default(), it.valid_until.map(|day| day.to_string()).unwrap_or_default()]
        });
        Ok(lines(["姓名", "单位", "执法证号", "有效期至"], rows.collect()))
    }

    async fn benchmarks(&self) -> Answer<Lines> {
        let mut connection = self.database.pool().acquire().await?;
        let rows = self.matters.benchmarks_on(&mut connection, self.today()).await?;
        let rows = rows.into_iter().map(|it| {
            let tiers: Vec<String> = it.rules.tiers.iter().map(|tier| tier.label.clone()).collect();
            [it.rules.matter, it.rules.name, it.rules.article, it.rules.version, tiers.join("、"), it.effective_from.to_string()]
        });
        Ok(lines(["事项编码", "事项", "依据", "版本", "档次", "施行日期"], rows.collect()))
    }
}

/// Each step of the table of the law, once, with who takes it and the article.
fn procedures() -> Lines {
    let mut rows: Vec<[String; 3]> = Vec::new();
    for row in Table::house().transitions() {
        let line = [row.action.label().to_owned(), row.actor.label().to_owned(), row.article.to_owned()];
        if !rows.contains(&line) {
            rows.push(line);
        }
    }
    lines(["环节", "由谁办理", "依据"], rows)
}

#[async_trait]
impl Live for HouseLive {
    async fn lines(&self, kind: DisclosureKind) -> Answer<Lines> {
        match kind {
            DisclosureKind::Powers => self.powers().await,
            DisclosureKind::Officers => self.officers().await,
            DisclosureKind::Procedures => Ok(procedures()),
            DisclosureKind::Benchmarks => self.benchmarks().await,
            _ => Ok(Lines::default()),
        }
    }

    async fn officer(&self, person: Uuid) -> Answer<Option<LiveOfficer>> {
        let Some(caller) = self.identity.caller_of(person.into()).await? else { return Ok(None) };
        let organisation = self.identity.organisations().await?.name(caller.organisation.uuid()).to_owned();
        let name = self.identity.names_of(&[person]).await?.remove(&person).unwrap_or_default();
        Ok(Some(LiveOfficer { name, organisation }))
    }

    fn is_simulated(&self) -> bool {
        self.demo
    }
}
