//! Whose case something would be (管辖推定), before there is one: by the same derivation as when it is opened.

use chrono::NaiveDate;
use http_api::Answer;
use identity::OrganisationTree;
use kernel::position::Position;
use matters::{FineParty, PowerHolder};
use uuid::Uuid;

use super::{
    basis::derive::{Acting, ours},
    opened_on::spot_of,
};
use crate::Cases;

/// Who has the power over an act (管辖).
#[derive(Debug, Clone)]
pub struct PowerOver {
    /// The organisation that asked, or one above it, has it.
    pub ours: bool,
    /// The place must still confirm it: it follows from the words of the law alone.
    pub provisional: bool,
    /// Who holds it.
    pub holder: PowerHolder,
    /// The bureau, as the transfer or the law names it.
    pub organ: Option<String>,
    /// The township of the act.
    pub township: Option<String>,
    /// The way to it: what follows, and by what.
    pub steps: Vec<(String, String)>,
}

impl Cases {
    /// Who would have the power over an act about a matter, of a day, at a place or in a region, seen from the organisation `unit`.
    ///
    /// # Errors
    /// `matter-unknown`, `matter-no-law`, `matter-elsewhere`; `field-required` where the place tells no township.
    pub async fn power_over(
        &self,
        tree: &OrganisationTree,
        unit: Uuid,
        (matter, day): (&str, NaiveDate),
        (position, region): (Option<Position>, &str),
    ) -> Answer<PowerOver> {
        let marked = position.map(|at| self.catalogue().place(at).grid_code().map(str::to_owned));
        let spot = spot_of(self, marked, Some(region))?;
        let ground = self.matters().ground(matter, &spot.region, day, FineParty::Organisation).await?;
        let (is_ours, provisional, why) = ours(&ground, &Acting::of(tree, unit), &spot);
        let cited = ground.citation.trim_matches(['《', '》']).replace('》', "");
        let mut steps = vec![(spot.how, "行政处罚法第二十二条".to_owned()), (ground.why, cited)];
        if let Some(by) = &ground.announcement {
            steps.push((format!("{}《{}》，{} 施行", by.number, by.title, by.effective_from), by.number.clone()));
        }
        steps.push((why, "行政处罚法第二十二条、第二十三条、第二十四条".to_owned()));
        Ok(PowerOver { ours: is_ours, provisional, holder: ground.holder, organ: ground.organ, township: ground.township, steps })
    }
}
