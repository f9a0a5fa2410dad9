//! What may be done with a thing, and why not (出入库规则). Pure: facts in, a refusal out.

use kernel::problem::Problem;

use super::{MovementKind, Stand, State};
use crate::{HoldState, item::Measure};

/// What a movement is judged by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub stand: Stand,
    pub measure: Measure,
    /// How the measure stands in the case; nothing of a vehicle without a case, and of what was confiscated.
    pub held: Option<HoldState>,
    /// A decision of the case that was served and stands confiscates.
    pub forfeits: bool,
    /// A review or a suit against it runs.
    pub contested: bool,
    /// The case was merged into another one, whose decision is not known here.
    pub merged: bool,
    pub perishable: bool,
    /// A stock-take found it missing and another person settled that.
    pub lost: bool,
}

fn no(code: &'static str, why: &str, article: &str, cure: &str) -> Option<Problem> {
    Some(Problem::conflict(code, format!("{why}。{cure}")).citing(article).cured_by(cure, None))
}

/// Why a movement may not be made of an item that stands like this; nothing where it may.
pub(crate) fn refusal(kind: MovementKind, of: &Facts) -> Option<Problem> {
    use MovementKind as K;
    if of.stand.state.is_gone() {
        return no("property-gone", "这件财物已经出库，保管链已经结束", "行政强制法第二十六条", "核对编码；有误的另行登记");
    }
    if !possible(kind, of.stand.state) {
        return not_from_here(kind, of.stand.state);
    }
    if of.measure == Measure::Towing {
        return match kind {
            K::Lent | K::Sold | K::Destroyed | K::Forfeited => no(
                "towed-only",
                "拖移的车辆只是换了停放地点，不是查封、扣押的财物",
                "道路交通安全法第九十三条第二款",
                "通知驾驶人取回，或者移交有权处理的机关",
            ),
            K::Lost if !of.lost => not_counted(),
            _ => None,
        };
    }
    match kind {
        K::Moved | K::Back => return None,
        K::Lost if of.lost => return None,
        K::Lost => return not_counted(),
        _ => {}
    }
    if of.merged {
        return of_merged(kind);
    }
    if of.measure == Measure::Confiscated && !of.forfeits {
        return fallen(kind);
    }
    if of.forfeits && of.contested && matches!(kind, K::Sold | K::Destroyed | K::Forfeited | K::HandedOver) {
        return no(
            "disposal-contested",
            "没收决定正在复议或者诉讼，决定被撤销的应当退还，处置以后无法退还",
            "行政处罚法第七十四条",
            "等待复议、诉讼结束",
        );
    }
    if of.forfeits {
        match kind {
            K::In | K::Lent | K::Sold | K::Destroyed | K::Forfeited | K::HandedOver => return None,
            K::Returned if of.measure == Measure::Confiscated => {
                return no("goods-forfeited", "财物已经没收，不得退还", "行政处罚法第七十四条", "决定被撤销的予以退还；否则依法拍卖、上缴");
            }
            // A decision need not confiscate each thing of the case: the measure over this one says.
            _ => {}
        }
    }
    by_measure(kind, of)
}

/// What is held goes on in the leading case: neither its period nor its decision is read here, so nothing leaves.
fn of_merged(kind: MovementKind) -> Option<Problem> {
    if kind == MovementKind::In {
        return None;
    }
    no("case-merged", "案件已经并入他案，财物随主案处理", "行政强制法第二十七条、第二十八条", "由主案作出处理决定，凭主案的决定办理")
}

/// Confiscated by a decision that does not stand any more: it goes back to whom it belongs, and nowhere else.
fn fallen(kind: MovementKind) -> Option<Problem> {
    if kind == MovementKind::Returned {
        return None;
    }
    no("forfeiture-fallen", "没收决定已经撤销或者不再执行，财物只能退还", "国家赔偿法第三十六条第一项", "办理退还")
}

/// What the measure over a thing answers where no decision confiscates.
fn by_measure(kind: MovementKind, of: &Facts) -> Option<Problem> {
    use MovementKind as K;
    match kind {
        K::In | K::Lent => match of.held {
            Some(HoldState::Standing) => None,
            Some(HoldState::Expired) => {
                no("holding-over", over(of.measure), article_over(of.measure), "在案件中作出处理或者解除决定，立即退还，不得继续保管、送检")
            }
            _ => no(
                "measure-settled",
                "案件已经作出处理决定，不再需要保管",
                "行政强制法第二十八条第一款第三项",
                "按处理决定退还、移交或者上缴",
            ),
        },
        K::Returned => match of.held {
            Some(HoldState::Settled) => None,
            Some(HoldState::Expired) => {
                no("release-not-decided", over(of.measure), article_over(of.measure), "立即在案件中办理解除（处理）决定，随即退还")
            }
            _ => no(
                "release-not-decided",
                "案件尚未作出解除或者处理决定",
                "行政强制法第二十七条、第二十八条",
                "先在案件中办理解除（处理）决定",
            ),
        },
        // Beyond its period it must be given back at once (行政强制法第二十五条、第二十八条), not sold.
        K::Sold if of.perishable && of.held == Some(HoldState::Standing) && of.measure == Measure::Seizure => None,
        K::Sold => no(
            "goods-not-forfeited",
            "没有没收决定，不得拍卖、变卖；只有扣押期限内的鲜活或者其他不易保管的财物可以先行拍卖、变卖",
            "行政处罚法第七十四条；行政强制法第二十八条第二款",
            "等待没收决定；鲜活、不易保管的登记时注明；期限届满的立即退还",
        ),
        // What the case released is given back (行政强制法第二十八条第二款): that it is dealt with destroys nothing.
        K::Destroyed => no(
            "goods-not-forfeited",
            "没有没收决定，不得销毁；解除查封、扣押的应当退还",
            "行政强制法第二十六条、第二十七条、第二十八条",
            "先由案件作出没收决定；应当销毁的写明法律、行政法规的条款",
        ),
        K::Forfeited => {
            no("goods-not-forfeited", "没有没收决定，不得上缴国库", "行政处罚法第七十四条", "等待没收决定；解除查封、扣押的应当退还")
        }
        K::HandedOver if of.held == Some(HoldState::Settled) => None,
        K::HandedOver => no(
            "release-not-decided",
            "案件尚未移送或者作出处理决定",
            "行政强制法第二十一条、第二十七条",
            "先在案件中办理移交涉案物品和材料或者处理决定",
        ),
        // Judged before: they rest on no decision.
        K::Moved | K::Back | K::Lost => None,
    }
}

/// Whether a movement can happen from a state at all, whatever the law says.
const fn possible(kind: MovementKind, state: State) -> bool {
    use MovementKind as K;
    match kind {
        K::In => matches!(state, State::Listed),
        K::Moved | K::Lent | K::Sold | K::Destroyed | K::Lost => matches!(state, State::Stored),
        K::Back => matches!(state, State::Lent),
        K::Returned => matches!(state, State::Listed | State::Stored | State::Sold),
        K::HandedOver => matches!(state, State::Listed | State::Stored),
        K::Forfeited => matches!(state, State::Stored | State::Sold),
    }
}

fn not_from_here(kind: MovementKind, state: State) -> Option<Problem> {
    let cure = match state {
        State::Listed => "先办理入库",
        State::Lent => "先办理送检收回",
        State::Sold => "价款退还当事人或者上缴国库",
        _ => "按现在的状态办理",
    };
    no("property-not-here", &format!("财物现在的状态是“{}”，不能办理“{}”", state.label(), kind.label()), "行政强制法第二十六条第一款", cure)
}

fn not_counted() -> Option<Problem> {
    no("loss-not-settled", "没有盘点认定这件财物缺失", "行政强制法第二十六条第一款", "先盘点，由另一人处理差异后再核销；造成损失的依法赔偿")
}

const fn over(measure: Measure) -> &'static str {
    match measure {
        Measure::Registration => "先行登记保存已经超过七个工作日",
        _ => "查封、扣押期限已经届满",
    }
}

const fn article_over(measure: Measure) -> &'static str {
    match measure {
        Measure::Registration => "行政处罚法第五十六条、第八十五条",
        _ => "行政强制法第二十五条、第二十八条第一款第四项",
    }
}

/// The article that a movement stands on where none is given.
pub(crate) const fn usual_article(kind: MovementKind, measure: Measure) -> &'static str {
    match (kind, measure) {
        (MovementKind::Returned, Measure::Towing) => "道路交通安全法第九十三条第二款",
        (MovementKind::Returned, Measure::Registration) => "行政处罚法第五十六条",
        (MovementKind::Returned, _) => "行政强制法第二十八条第二款",
        (MovementKind::Lent, _) => "行政强制法第二十五条第三款",
        (MovementKind::Sold | MovementKind::Forfeited, _) => "行政处罚法第七十四条",
        (MovementKind::HandedOver, _) => "行政强制法第二十一条",
        (MovementKind::Destroyed, _) => "行政强制法第二十七条",
        (_, Measure::Towing) => "道路交通安全法第九十三条第二款",
        (_, Measure::Registration) => "行政处罚法第五十六条",
        _ => "行政强制法第二十六条第一款",
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn facts(held: HoldState) -> Facts {
        let stand = Stand { state: State::Stored, place: Some(Uuid::nil()), lent_until: None, moves: 1 };
        Facts {
            stand,
            measure: Measure::Seizure,
            held: Some(held),
            forfeits: false,
            contested: false,
            merged: false,
            perishable: false,
            lost: false,
        }
    }

    fn code(kind: MovementKind, of: &Facts) -> Option<&'static str> {
        refusal(kind, of).map(|refused| refused.code)
    }

    #[test]
    fn seized_goods_are_neither_destroyed_nor_given_back_before_the_case_decides() {
        use MovementKind as K;
        let held = facts(HoldState::Standing);
        assert_eq!(code(K::Destroyed, &held), Some("goods-not-forfeited"));
        assert_eq!(code(K::Forfeited, &held), Some("goods-not-forfeited"));
        assert_eq!(code(K::Sold, &held), Some("goods-not-forfeited"));
        assert_eq!(code(K::Sold, &Facts { perishable: true, ..held }), None);
        assert_eq!(code(K::Sold, &Facts { perishable: true, measure: Measure::Registration, ..held }), Some("goods-not-forfeited"));
        assert_eq!(code(K::Returned, &held), Some("release-not-decided"));
        assert_eq!(code(K::Returned, &facts(HoldState::Settled)), None);
        assert_eq!(code(K::Lent, &facts(HoldState::Expired)), Some("holding-over"));
        assert_eq!(code(K::Moved, &facts(HoldState::Expired)), None);
        assert_eq!(code(K::Lost, &held), Some("loss-not-settled"));
    }

    #[test]
    fn goods_of_a_decision_that_fell_or_is_contested_are_not_disposed_of() {
        use MovementKind as K;
        let disposals = [K::Sold, K::Destroyed, K::Forfeited, K::HandedOver];
        let stands = Facts { measure: Measure::Confiscated, held: None, forfeits: true, ..facts(HoldState::Settled) };
        for kind in disposals {
            assert_eq!(code(kind, &stands), None, "{kind}");
            assert_eq!(code(kind, &Facts { contested: true, ..stands }), Some("disposal-contested"), "{kind}");
            assert_eq!(code(kind, &Facts { forfeits: false, ..stands }), Some("forfeiture-fallen"), "{kind}");
        }
        assert_eq!(code(K::Returned, &stands), Some("goods-forfeited"));
        assert_eq!(code(K::Returned, &Facts { forfeits: false, ..stands }), None);
        assert_eq!(code(K::Moved, &Facts { forfeits: false, ..stands }), None);
    }

    #[test]
    fn what_was_released_is_not_destroyed_what_ran_out_is_not_sold_and_what_was_merged_waits() {
        use MovementKind as K;
        let settled = facts(HoldState::Settled);
        assert_eq!(code(K::Destroyed, &settled), Some("goods-not-forfeited"));
        assert_eq!(code(K::Sold, &Facts { perishable: true, ..facts(HoldState::Expired) }), Some("goods-not-forfeited"));
        for kind in [K::Returned, K::Destroyed, K::HandedOver, K::Forfeited, K::Sold, K::Lent] {
            assert_eq!(code(kind, &Facts { merged: true, perishable: true, ..settled }), Some("case-merged"), "{kind}");
        }
        assert_eq!(code(K::Moved, &Facts { merged: true, ..settled }), None);
    }

    #[test]
    fn what_the_rules_let_pass_the_fold_takes_and_what_the_fold_refuses_they_refuse() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
        for state in State::ALL {
            let place = (*state == State::Stored).then(Uuid::nil);
            let lent_until = (*state == State::Lent).then_some(day).flatten();
            let stand = Stand { state: *state, place, lent_until, moves: 3 };
            for kind in MovementKind::ALL {
                for held in HoldState::ALL {
                    for measure in Measure::ALL {
                        let of = Facts { stand, measure: *measure, forfeits: true, perishable: true, lost: true, ..facts(*held) };
                        let taken = stand.after(*kind, Some(Uuid::max()), day).is_some();
                        if refusal(*kind, &of).is_none() {
                            assert!(taken, "{kind} from {state}");
                        }
                        if !taken {
                            assert!(refusal(*kind, &of).is_some(), "{kind} from {state}");
                        }
                    }
                }
            }
        }
    }
}
