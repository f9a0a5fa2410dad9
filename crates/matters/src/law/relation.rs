//! How two rows about the same conduct stand to each other: the higher-ranking law prevails, and a local rule within the range of the law
//! above makes it concrete (行政处罚法第十二条).

use std::collections::BTreeSet;

use kernel::{codes, words::bigrams};

use crate::matter::{FineParty, MatterFacts, MatterRank};

/// Above this share of common pairs of characters two names are taken for the same conduct. Chosen for this program by looking at the
/// shipped rows; a person reads what it finds.
const ALIKE: f64 = 0.42;

codes! {
    /// How the other row stands to this one (条款关系).
    RelationKind {
        /// The other law ranks higher and its range is another: it prevails.
        Yields = "yields", "冲突：对方位阶更高，优先适用";
        /// This law ranks higher and its range is another: this one prevails.
        Prevails = "prevails", "冲突：本条位阶更高，优先适用";
        /// The lower law stays within the range of the higher.
        Concrete = "concrete", "下位法在上位法幅度内作出具体规定";
        /// The higher law names no range: the local row gives it.
        GivesRange = "gives-range", "上位法未定幅度，以地方规定的幅度为准";
        /// Of the same rank, or ranks between which the law names no order: a person decides.
        Unordered = "unordered", "位阶相同或者不能直接比较，须由法制审核人员判断";
    }
}

/// A relation between this row and another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// Which.
    pub kind: RelationKind,
}

/// How high a rank stands where the law orders it. Rules of ministries and regulations of places have no order between them
/// (立法法: the State Council is asked).
fn height(rank: MatterRank) -> (u8, bool) {
    match rank {
        MatterRank::Law => (5, true),
        MatterRank::Administrative => (4, true),
        MatterRank::Provincial => (3, true),
        MatterRank::Municipal => (2, true),
        MatterRank::Government => (1, true),
        MatterRank::Ministry => (3, false),
    }
}

/// Whether the other rank stands above this one; `None` where the law names no order.
fn above(this: MatterRank, other: MatterRank) -> Option<bool> {
    let ((mine, plain), (theirs, plainly)) = (height(this), height(other));
    let national = mine >= 4 || theirs >= 4;
    (mine != theirs && ((plain && plainly) || national)).then_some(theirs > mine)
}

/// How the other row stands to this one.
#[must_use]
pub fn relate(this: &MatterFacts, other: &MatterFacts) -> Relation {
    let Some(other_above) = above(this.rank, other.rank) else { return Relation { kind: RelationKind::Unordered } };
    let (upper, lower) = if other_above { (other, this) } else { (this, other) };
    let kind = if upper.needs_local_row() {
        RelationKind::GivesRange
    } else if concrete(upper, lower) {
        RelationKind::Concrete
    } else if other_above {
        RelationKind::Yields
    } else {
        RelationKind::Prevails
    };
    Relation { kind }
}

fn concrete(upper: &MatterFacts, lower: &MatterFacts) -> bool {
    let within = |party| match (upper.range(party), lower.range(party)) {
        (Some(upper), Some(lower)) => Some(lower.is_within(upper)),
        (None, Some(_)) => Some(false),
        (_, None) => None,
    };
    let parties = [within(FineParty::Individual), within(FineParty::Organisation)];
    parties.iter().any(Option::is_some) && !parties.contains(&Some(false))
}

/// Whether two rows are likely about the same conduct: of one field and different laws, whose places meet, with names alike. A proposal by
/// words: who reads it decides.
#[must_use]
pub fn same_conduct(this: &MatterFacts, other: &MatterFacts) -> bool {
    let meet = this.region_prefix.starts_with(&other.region_prefix) || other.region_prefix.starts_with(&this.region_prefix);
    if this.law == other.law || this.domain != other.domain || !meet {
        return false;
    }
    let pairs = |name: &str| bigrams(name).into_iter().collect::<BTreeSet<_>>();
    let (mine, theirs) = (pairs(&this.name), pairs(&other.name));
    let common = mine.intersection(&theirs).count();
    common as f64 * 2.0 >= ALIKE * (mine.len() + theirs.len()) as f64 && common > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::facts;

    #[test]
    fn the_higher_ranking_law_prevails() {
        let province = facts(50_000, 500_000).of("浙江省条例", MatterRank::Provincial, "33").0;
        let city = facts(500, 5_000).of("湖州市条例", MatterRank::Municipal, "3305").0;
        assert_eq!(relate(&city, &province).kind, RelationKind::Yields);
        assert_eq!(relate(&province, &city).kind, RelationKind::Prevails);
    }

    #[test]
    fn article_12_a_local_rule_within_the_range_above_makes_it_concrete() {
        let state = facts(100, 5_000).of("条例", MatterRank::Administrative, "").0;
        let city = facts(500, 3_000).of("市条例", MatterRank::Municipal, "3304").0;
        assert_eq!((relate(&city, &state).kind, relate(&state, &city).kind), (RelationKind::Concrete, RelationKind::Concrete));
        let without = facts(0, 0).by_formula("国家条例未定幅度，按地方规定").of("条例", MatterRank::Administrative, "").0;
        assert_eq!(relate(&city, &without).kind, RelationKind::GivesRange);
    }

    #[test]
    fn ministries_and_places_have_no_order_between_them() {
        let ministry = facts(100, 200).of("部门规章", MatterRank::Ministry, "").0;
        let city = facts(500, 3_000).of("市条例", MatterRank::Municipal, "3304").0;
        assert_eq!(relate(&city, &ministry).kind, RelationKind::Unordered);
        let law = facts(500, 4_000).of("法", MatterRank::Law, "").0;
        assert_eq!(relate(&ministry, &law).kind, RelationKind::Yields);
    }
}
