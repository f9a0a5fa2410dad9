//! Where a referral should go (分流建议): whose case it would be, derived from the matter, the day and the place, with its reasons.

use chrono::NaiveDate;
use http_api::Answer;
use identity::{OrganisationKind, OrganisationTree};
use kernel::{clock::shanghai, position::Position};
use matters::PowerHolder;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Way, store::ReferralRecord, target::Target};
use crate::Referrals;

/// A step of the derivation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CaseReferralPowerStep)]
pub(crate) struct PowerStep {
    /// What follows, in Chinese.
    pub text: String,
    /// The article, announcement or setting that says so.
    pub basis: String,
}

/// Where it should go, and why; a person decides.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CaseReferralPower)]
pub(crate) struct Proposal {
    /// The way that is proposed; none where nothing follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    pub way: Option<Way>,
    /// The unit, where one of those that take referrals fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Uuid>,
    /// The place must still confirm it.
    pub provisional: bool,
    /// In one sentence.
    pub why: String,
    pub steps: Vec<PowerStep>,
}

impl Proposal {
    fn nothing(why: &str) -> Self {
        Self { way: None, unit: None, provisional: false, why: why.to_owned(), steps: Vec::new() }
    }
}

/// Which of the targets of a way works on this ground, the nearest first.
fn on_ground(targets: &[Target], way: Way, region: &str) -> Option<Uuid> {
    let fits = targets.iter().filter(|target| target.way == way && region.starts_with(&target.region));
    fits.max_by_key(|target| target.region.len()).map(|target| target.id)
}

impl Referrals {
    /// Derives where a referral should go.
    ///
    /// # Errors
    /// The database's; that nothing follows is an answer.
    pub(super) async fn proposal(
        &self,
        tree: &OrganisationTree,
        record: &ReferralRecord,
        (jurisdiction, position): (&str, Option<Position>),
        targets: &[Target],
    ) -> Answer<Proposal> {
        let parts = self.parts();
        let Some(matter) = &record.matter_code else {
            return Ok(Proposal::nothing("没有选择执法事项，去向由案件管理中心判断"));
        };
        let organ = tree.all().into_iter().find(|one| one.kind == OrganisationKind::Bureau && one.region == parts.home_region);
        let Some(organ) = organ else {
            return Ok(Proposal::nothing("单位树里没有本级执法机关，去向由案件管理中心判断"));
        };
        let today: NaiveDate = parts.clock.now().with_timezone(&shanghai()).date_naive();
        let day = record.acted_on.unwrap_or(today);
        let over = match parts.cases.power_over(tree, organ.id, (matter, day), (position, jurisdiction)).await {
            Ok(over) => over,
            Err(error) => return Ok(Proposal::nothing(&error.problem().detail)),
        };
        let steps = over.steps.into_iter().map(|(text, basis)| PowerStep { text, basis }).collect();
        let township = over.township.as_deref().unwrap_or(jurisdiction);
        let (way, unit, why) = match over.holder {
            PowerHolder::Township => {
                (Way::Township, on_ground(targets, Way::Township, township), "该事项已经赋权镇街，建议由镇街办理".to_owned())
            }
            _ if over.ours => (Way::Here, on_ground(targets, Way::Here, jurisdiction), "属本机关管辖，建议本级办理".to_owned()),
            _ => {
                let named = over.organ.unwrap_or_default();
                let unit = targets.iter().find(|it| it.way == Way::Bureau && (named.contains(&it.name) || it.name.contains(&named)));
                (Way::Bureau, unit.filter(|_| !named.is_empty()).map(|it| it.id), format!("由“{named}”行使，不由本机关管辖，建议转该部门"))
            }
        };
        Ok(Proposal { way: Some(way), unit, provisional: over.provisional, why, steps })
    }
}
