//! Deriving what a case stands on from the library. What is ours is a pure rule of who acts, who has the power, and where.

use chrono::NaiveDate;
use identity::{OrganisationKind, OrganisationTree};
use kernel::problem::Problem;
use matters::{FineCondition, FineParty, Ground, HearingHint, MatterFacts, MatterTarget, PowerHolder, Version};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    super::penalty::{HEAVY_CITIZEN, HEAVY_UNIT},
    BasisRow, CaseBasisStep, CaseDerivation,
};

/// The law of the day of the act.
const OF_THE_DAY: &str = "行政处罚法第三十七条";
/// Departments whose work a bureau of comprehensive enforcement does, as the law's text names them. Which bureau does whose work stands in
/// the place's own published list: until it is entered as a transfer, what follows from these words is provisional.
const OUR_DEPARTMENTS: [&str; 2] = ["综合行政执法部门", "城市管理部门"];

/// Who acts: the caller's organisation and those above it.
#[derive(Debug, Clone)]
pub(in crate::case) struct Acting {
    /// Their names, the own first.
    pub names: Vec<String>,
    /// The ground of the own.
    pub region: String,
    /// The own is a township's.
    pub township: bool,
}

impl Acting {
    /// From the tree of organisations.
    pub fn of(tree: &OrganisationTree, own: Uuid) -> Self {
        let (mut names, mut at) = (Vec::new(), tree.get(own));
        let region = at.map(|it| it.region.clone()).unwrap_or_default();
        let township = at.is_some_and(|it| it.kind == OrganisationKind::Township);
        // A tree that somebody made a ring is not walked for ever.
        while let Some(it) = at.filter(|_| names.len() < 20) {
            names.push(it.name.clone());
            at = it.parent_id.and_then(|above| tree.get(above));
        }
        Self { names, region, township }
    }
}

/// Where the act was done.
#[derive(Debug, Clone)]
pub(in crate::case) struct Spot {
    /// The region code, as exact as it is known.
    pub region: String,
    /// It lies in the home county.
    pub inside: bool,
    /// How it is known, in Chinese.
    pub how: String,
}

/// Whether a case is the acting organisation's, and why; the flag says that the place must still confirm it.
pub(in crate::case) fn ours(ground: &Ground, acting: &Acting, spot: &Spot) -> (bool, bool, String) {
    let own = acting.names.first().map(String::as_str).unwrap_or_default();
    if !spot.inside {
        return (false, false, "违法行为发生地不在本县（市、区），不属本机关管辖".to_owned());
    }
    match ground.holder {
        PowerHolder::Township => {
            let here = ground.township.as_deref().is_some_and(|township| acting.region.starts_with(township));
            let why = if here {
                format!("“{own}”在该镇街执法，由本机关管辖")
            } else {
                format!("该事项已经赋权该镇街，“{own}”不属该镇街，不由本机关管辖")
            };
            (here, false, why)
        }
        PowerHolder::Bureau => {
            let to = ground.organ.as_deref().unwrap_or_default();
            let here = acting.names.iter().any(|name| name == to);
            let why = if here {
                format!("该事项已经划转“{to}”，由本机关管辖")
            } else {
                format!("该事项已经划转“{to}”，不是“{own}”及其上级，不由本机关管辖")
            };
            (here, false, why)
        }
        PowerHolder::Named => {
            let named = ground.organ.as_deref().unwrap_or_default();
            if acting.township {
                return (false, false, format!("没有公告赋权该镇街，由“{named}”行使，不由本机关管辖"));
            }
            if OUR_DEPARTMENTS.iter().any(|department| named.contains(department)) {
                return (true, true, format!("法条所列部门为“{named}”，按综合行政执法部门由本机关管辖；以当地公布的目录为准"));
            }
            (false, false, format!("法条所列部门为“{named}”，没有公告划转给本机关，不由本机关管辖"))
        }
    }
}

/// The articles of a version, as a case cites them.
pub(in crate::case) fn articles(facts: &MatterFacts) -> String {
    let violated = facts.violated_article.as_deref().unwrap_or(&facts.penalty_article);
    format!("违反《{}》{violated}；依据《{}》{}", facts.law, facts.law, facts.penalty_article)
}

/// A range that follows from a formula, computed by the officer (计算所得的幅度).
#[derive(Debug, Clone)]
pub(in crate::case) struct Computed {
    pub min_fen: i64,
    pub max_fen: i64,
    pub reason: String,
}

/// What follows for a case.
#[derive(Debug)]
pub(in crate::case) struct Derived {
    pub name: String,
    pub articles: String,
    pub range: (Option<i64>, Option<i64>),
    /// A fine waits for an order to correct that was not obeyed.
    pub order_first: bool,
    pub row: BasisRow,
}

/// The range for this party: the matter's own, or what the officer computed from its formula.
fn range(facts: &MatterFacts, party: FineParty, mixed: bool, computed: Option<&Computed>) -> Result<(Option<i64>, Option<i64>), Problem> {
    if mixed && facts.individual != facts.organisation {
        let why = "该事项对个人和单位的罚款幅度不同，请分别登记案件";
        return Err(Problem::invalid("parties-mixed", why).field("parties", why).citing("行政处罚法第五条第二款"));
    }
    let only = match (facts.target, party) {
        (MatterTarget::Organisation, FineParty::Individual) => Some("单位"),
        (MatterTarget::Individual, FineParty::Organisation) => Some("个人"),
        _ => None,
    };
    if let Some(only) = only {
        let why = format!("该事项只处罚{only}");
        return Err(Problem::invalid("matter-not-for-party", why.clone()).field("parties", why).citing("行政处罚法第四条"));
    }
    match (facts.range(party), computed) {
        (Some(range), None) => Ok((Some(range.min_fen), Some(range.max_fen))),
        (Some(_), Some(_)) => Err(super::follows("computed_range")),
        (None, None) => Ok((None, None)),
        (None, Some(_)) if facts.formula.is_none() => Err(super::follows("computed_range")),
        (None, Some(one)) if one.min_fen < 0 || one.max_fen < one.min_fen => {
            let why = "罚款幅度的上限不能低于下限";
            Err(Problem::invalid("case-invalid", why).field("computed_range", why))
        }
        (None, Some(one)) => Ok((Some(one.min_fen), Some(one.max_fen))),
    }
}

fn yuan(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
}

fn hearing(facts: &MatterFacts, party: FineParty) -> String {
    match facts.hearing {
        HearingHint::Always => "必须告知听证权利".to_owned(),
        HearingHint::ByAmount => {
            let heavy = if party == FineParty::Individual { HEAVY_CITIZEN } else { HEAVY_UNIT };
            format!("罚款或者没收达到 {} 元应当告知听证权利（数额标准暂定）", yuan(heavy))
        }
    }
}

/// Derives what a case stands on.
///
/// # Errors
/// `parties-mixed`, `matter-not-for-party`, `field-not-here`, `case-invalid`.
pub(in crate::case) fn derived(
    ground: &Ground,
    (acting, spot): (&Acting, &Spot),
    act: NaiveDate,
    (party, mixed): (FineParty, bool),
    computed: Option<&Computed>,
) -> Result<Derived, Problem> {
    let Version { facts, number, .. } = &ground.version;
    let range = range(facts, party, mixed, computed)?;
    let (is_ours, provisional, why_ours) = ours(ground, acting, spot);
    let by = ground.announcement.as_ref();
    let mut steps = Vec::new();
    let mut step = |text: String, basis: String| steps.push(CaseBasisStep { text, basis });
    step(format!("{act} 的行为适用第 {number} 版：《{}》{}", facts.law, facts.penalty_article), OF_THE_DAY.to_owned());
    step(spot.how.clone(), "行政处罚法第二十二条".to_owned());
    step(ground.why.clone(), ground.citation.trim_matches(['《', '》']).replace('》', ""));
    if let Some(by) = by {
        step(format!("{}《{}》，{} 公布，{} 施行", by.number, by.title, by.announced_on, by.effective_from), by.number.clone());
    }
    step(why_ours, "行政处罚法第二十二条、第二十三条、第二十四条".to_owned());
    let penalty = format!("《{}》{}", facts.law, facts.penalty_article);
    match (range, computed) {
        ((Some(least), Some(most)), None) => {
            step(format!("对{}的罚款幅度为 {} 元至 {} 元", party.label(), yuan(least), yuan(most)), penalty.clone())
        }
        ((Some(least), Some(most)), Some(one)) => {
            let formula = facts.formula.as_deref().unwrap_or_default();
            step(format!("罚款按“{formula}”计算，为 {} 元至 {} 元：{}", yuan(least), yuan(most), one.reason), penalty.clone());
        }
        _ => step("没有固定的罚款幅度，不得罚款".to_owned(), penalty.clone()),
    }
    if let Some(words) = &facts.precondition.text {
        step(format!("罚款的前置条件：{words}"), penalty);
    }
    let row = BasisRow {
        typed_reason: None,
        matter_version: Some(*number),
        act_region: spot.region.clone(),
        township: ground.township.clone(),
        holder: Some(ground.holder.code().to_owned()),
        announcement: by.map(|it| it.number.clone()),
        ours: is_ours,
        derivation: Json(CaseDerivation {
            steps,
            precondition: facts.precondition.text.clone(),
            formula: facts.formula.clone(),
            other_measure: facts.other_measure.clone(),
            hearing: Some(hearing(facts, party)),
            provisional,
        }),
        settled: None,
    };
    let order_first = facts.precondition.condition == FineCondition::NotObeyed;
    Ok(Derived { name: facts.name.clone(), articles: articles(facts), range, order_first, row })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(holder: PowerHolder, organ: Option<&str>) -> Ground {
        let (code, facts) = matters::shipped().unwrap().into_iter().find(|(code, _)| code == "M001").unwrap();
        let version = Version {
            code,
            number: 1,
            facts,
            reason: "模拟".into(),
            shipped: true,
            created_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
            settled_at: None,
            settled_by: None,
        };
        let township = Some("330482901".to_owned());
        Ground {
            version,
            holder,
            township,
            organ: organ.map(str::to_owned),
            announcement: None,
            why: "模拟".into(),
            citation: "《模拟》第一条",
        }
    }

    fn acting(names: &[&str], region: &str, township: bool) -> Acting {
        Acting { names: names.iter().map(|&name| name.to_owned()).collect(), region: region.to_owned(), township }
    }

    #[test]
    fn what_is_ours_follows_from_place_power_and_who_acts() {
        let spot = |inside: bool| Spot { region: "330482901001001".into(), inside, how: String::new() };
        let squad = acting(&["西街道中队", "模拟县局"], "330482901", false);
        let bureau = acting(&["模拟县局"], "330482", false);
        let street = acting(&["模拟西街道办事处"], "330482901", true);
        let is = |ground: &Ground, acting: &Acting, inside: bool| ours(ground, acting, &spot(inside)).0;
        let granted = ground(PowerHolder::Township, None);
        assert!(is(&granted, &squad, true) && is(&granted, &street, true));
        assert!(!is(&granted, &bureau, true), "what the township has the county has not");
        assert!(!is(&granted, &acting(&["东街道中队"], "330482902", false), true));
        let moved = ground(PowerHolder::Bureau, Some("模拟县局"));
        assert!(is(&moved, &squad, true) && is(&moved, &bureau, true));
        assert!(!is(&ground(PowerHolder::Bureau, Some("模拟县水利局")), &bureau, true));
        let named = ground(PowerHolder::Named, Some("综合行政执法部门(依职权)"));
        assert_eq!((is(&named, &bureau, true), is(&named, &street, true), is(&named, &bureau, false)), (true, false, false));
        assert!(ours(&named, &bureau, &spot(true)).1, "the place confirms it");
        assert!(!is(&ground(PowerHolder::Named, Some("公安机关")), &bureau, true));
    }

    #[test]
    fn the_range_is_the_partys_and_a_typed_one_belongs_to_a_formula_alone() {
        let mut facts = ground(PowerHolder::Named, None).version.facts;
        let computed = Computed { min_fen: 100, max_fen: 200, reason: "违法所得 1 元".into() };
        assert_eq!(range(&facts, FineParty::Individual, false, None).unwrap(), (Some(5_000), Some(50_000)));
        assert_eq!(range(&facts, FineParty::Individual, false, Some(&computed)).unwrap_err().code, "field-not-here");
        (facts.individual, facts.formula) = (None, Some("违法所得×1–3".into()));
        assert_eq!(range(&facts, FineParty::Individual, false, Some(&computed)).unwrap(), (Some(100), Some(200)));
        assert_eq!(range(&facts, FineParty::Individual, true, None).unwrap_err().code, "parties-mixed");
        facts.target = MatterTarget::Organisation;
        assert_eq!(range(&facts, FineParty::Individual, false, None).unwrap_err().code, "matter-not-for-party");
    }
}
