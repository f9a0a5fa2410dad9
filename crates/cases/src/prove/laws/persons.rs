//! Laws about who acts, who approves, who is reached and how.

use super::{Law, law};
use crate::procedure::{Action, Actor, Approver, Ask, Crew, Host, Mode, Reviewer};

pub(super) const LAWS: &[Law] = &[
    law(
        "two-certificates",
        "行政处罚法第四十二条",
        "执法人员不少于两人，都有有效证件",
        &["two-certificates"],
        |taken| !taken.transition.asks.contains(&Ask::Crew) || taken.attempt.crew != Crew::OneCertificate,
    ),
    law(
        "recused-stay-away",
        "行政处罚法第四十三条",
        "应当回避的人员不参与立案后的调查和当场处罚",
        &["not-recused"],
        |taken| {
            let acts = taken.is(&[
                Action::Investigate,
                Action::Inquire,
                Action::OrderCorrection,
                Action::CheckCorrection,
                Action::End,
                Action::Reinvestigate,
                Action::ConsiderDefence,
                Action::Register,
                Action::Seize,
                Action::ShowCard,
                Action::TellOnSpot,
                Action::DecideOnSpot,
            ]);
            !acts || taken.attempt.crew != Crew::Recused
        },
    ),
    law("approver-apart", "行政处罚法第五十七条", "审批人是机关负责人，不是承办人", &["head-approves"], |taken| {
        let approved = taken.transition.actor == Actor::Head && taken.transition.asks.contains(&Ask::Approver);
        !approved || taken.attempt.approver == Approver::Head
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
        "告知和决定及于每一个当事人",
        &["every-party"],
        |taken| {
            !taken.is(&[Action::ServeNotice, Action::TellOnSpot, Action::ServeDecision, Action::HandDecision]) || taken.attempt.everyone
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
