//! To whom a referral may be given (接办单位): units and townships of this county for cases, bureaus with a liaison for the rest.

use http_api::Answer;
use identity::{Organisation, OrganisationKind, OrganisationTree};
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Way, store::ReferralRecord};
use crate::Referrals;

/// An organisation that a referral may be given to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CaseReferralTarget)]
pub(crate) struct Target {
    pub id: Uuid,
    pub name: String,
    /// In which way.
    #[schema(inline)]
    pub way: Way,
    /// Where it works.
    pub region: String,
}

/// Digits of a township's code.
const TOWNSHIP: usize = 9;

/// In which ways an organisation takes referrals.
fn ways_of(one: &Organisation, liaisons: &[Uuid], home: &str) -> &'static [Way] {
    if !one.active || !one.region.starts_with(home) {
        return &[];
    }
    match one.kind {
        _ if liaisons.contains(&one.id) => &[Way::Bureau],
        // A squad that the bureau keeps in a township enforces for the township what was granted to it.
        OrganisationKind::Squad if one.region.len() >= TOWNSHIP => &[Way::Here, Way::Township],
        OrganisationKind::Bureau | OrganisationKind::Brigade | OrganisationKind::Squad => &[Way::Here],
        OrganisationKind::Township => &[Way::Township],
        OrganisationKind::Centre | OrganisationKind::Department | OrganisationKind::Company => &[],
    }
}

impl Referrals {
    /// The bureaus with somebody who speaks for them.
    pub(super) async fn liaisons(&self) -> Answer<Vec<Uuid>> {
        Ok(self.parts().identity.units_with("liaison").await?)
    }

    /// Everybody whom this referral may be given to.
    pub(super) async fn targets(&self, tree: &OrganisationTree, record: &ReferralRecord) -> Answer<Vec<Target>> {
        let liaisons = self.liaisons().await?;
        let all = tree.all().into_iter().filter(|one| one.id != record.asker_unit || record.own);
        let shown = all.flat_map(|one| {
            let ways = ways_of(one, &liaisons, &self.parts().home_region).iter();
            ways.map(move |&way| Target { id: one.id, name: one.name.clone(), way, region: one.region.clone() })
        });
        Ok(shown.collect())
    }

    /// Refuses a unit that does not take referrals in this way.
    ///
    /// # Errors
    /// `unit-unfit`.
    pub(super) async fn fit(&self, tree: &OrganisationTree, record: &ReferralRecord, way: Way, unit: Uuid) -> Answer<()> {
        if self.targets(tree, record).await?.iter().any(|target| target.id == unit && target.way == way) {
            return Ok(());
        }
        let why = match way {
            Way::Here => "请选择本机关的办案单位",
            Way::Township => "请选择镇街",
            Way::Bureau => "请选择有联络员账号的其他部门；没有的由系统管理员先建立联络员账号",
        };
        Err(Problem::invalid("unit-unfit", why).field("unit", why).into())
    }
}
