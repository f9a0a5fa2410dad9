//! Laws about who acts, who approves, who is reached and how.

use super::{Law, law};
use crate::procedure::{Action, Actor, Approver, Ask, Crew, Host, Mode, Reviewer};

/// What officers do that is not yet, or not, enforcement against the party: to notice, to change the procedure, to take back, to record, to
/// persuade (行政处罚法第四十二条 speaks of penalties).
const NOT_ENFORCEMENT: &[Action] = &[
    Action::NotFile,
    Action::TurnOrdinary,
    Action::FindCrime,
    Action::TakeBack,
    Action::Record,
    Action::ServiceDone,
    Action::Educate,
    Action::Dissuade,
    Action::Interview,
    Action::Comply,
    Action::NotComply,
];

pub(super) const LAWS: &[Law] = &[
    law(
        "two-certificates",
        "行政处罚法第四十二条",
        "执法人员不少于两人，都有有效证件",
        &["two-certificates"],
        |taken| {
            let acts = taken.transition.actor == Actor::Officers && !taken.is(NOT_ENFORCEMENT);
            let asked = taken.transition.asks.contains(&Ask::Crew);
            (!acts || asked) && (!asked || taken.attempt.crew != Crew::OneCertificate)
        },
    ),
    law(
        "recused-stay-away",
        "行政处罚法第四十三条",
        "应当回避的人员不参与执法的任何环节",
        &["not-recused"],
        |taken| !taken.transition.asks.contains(&Ask::Crew) || taken.attempt.crew != Crew::Recused,
    ),
    law("approver-apart", "行政处罚法第五十七条", "审批人是机关负责人，不是承办人", &["head-approves"], |taken| {
        let asked = taken.transition.asks.contains(&Ask::Approver);
        taken.transition.actor != Actor::Head || (asked && taken.attempt.approver == Approver::Head)
    }),
    law(
        "host-apart",
        "行政处罚法第六十四条第四项",
        "听证主持人不是本案调查人员，与本案无利害关系",
        &["host-apart", "host-unrelated"],
        |taken| !taken.is(&[Action::HoldHearing]) || taken.attempt.host == Host::Outsider,
    ),
    law(
        "reviewer-apart",
        "行政处罚法第五十八条",
        "法制审核人员合格，不是承办人",
        &["reviewer-qualified", "reviewer-apart"],
        |taken| !taken.is(&[Action::PassReview, Action::FailReview]) || taken.attempt.reviewer == Reviewer::Qualified,
    ),
    law(
        "every-party",
        "行政处罚法第四十四条、第六十一条",
        "告知、责令、决定和催告及于每一个当事人",
        &["every-party"],
        |taken| {
            let tells = taken.transition.asks.contains(&Ask::Mode) || taken.is(&[Action::TellOnSpot]);
            !tells || (taken.transition.asks.contains(&Ask::Everyone) && taken.attempt.everyone)
        },
    ),
    law(
        "served-lawfully",
        "行政处罚法第六十一条；民事诉讼法第八十九条、第九十五条；行政强制法第三十八条",
        "留置有见证，电子有同意，公告在最后，催告先直接送达",
        &["witnessed", "electronic-agreed", "public-last", "told-lawfully", "reminder-direct"],
        |taken| {
            let mode = taken.attempt.mode;
            if taken.is(&[Action::TellFacts]) {
                return mode != Mode::ElectronicUnagreed;
            }
            let served = taken.transition.asks.contains(&Ask::Mode);
            !served || !matches!(mode, Mode::LeftUnwitnessed | Mode::ElectronicUnagreed | Mode::PublicFirst)
        },
    ),
];
