//! What stands against each step of a publication, from facts alone: the page draws its buttons from the same rules.

use kernel::{codes, problem::Problem};
use uuid::Uuid;

use super::{PublicationState, store::PublicationRow};

codes! {
    /// A step of a publication (公开环节).
    PublicationStep {
        /// Write the draft (拟稿).
        Draft = "draft", "自动生成脱敏稿";
        /// Change it (修改).
        Edit = "edit", "修改公开内容";
        /// Check it (核对).
        Check = "check", "核对";
        /// Check secrecy (保密审查).
        Secrecy = "secrecy", "保密审查";
        /// Publish (公开).
        Publish = "publish", "公开";
        /// Do not publish (不予公开).
        Withhold = "withhold", "不予公开";
        /// Take back (撤回).
        Withdraw = "withdraw", "撤回";
    }
}

/// The refusal of a decision without a number.
pub(super) fn unnumbered() -> Problem {
    let cure = "先签发处罚决定书（D14、D15）再自动生成脱敏稿；文书在别处制作的，在“修改公开内容”里填写决定书文号";
    Problem::conflict("publication-unnumbered", format!("没有决定书文号，不能公开。{cure}"))
        .citing("行政处罚法第五十九条")
        .cured_by(cure, None)
}

/// What stands against a step by this person; nothing where he may take it.
pub(super) fn against(step: PublicationStep, row: &PublicationRow, me: Uuid) -> Option<Problem> {
    let state = row.state();
    let not_here = || Some(Problem::conflict("publication-not-here", format!("“{}”的公开记录不能{}", state.label(), step.label())));
    let drafted = state == PublicationState::Drafted;
    match step {
        PublicationStep::Draft if !matches!(state, PublicationState::Waiting | PublicationState::Drafted) => not_here(),
        PublicationStep::Edit | PublicationStep::Check | PublicationStep::Secrecy | PublicationStep::Publish if !drafted => not_here(),
        PublicationStep::Withhold if !matches!(state, PublicationState::Waiting | PublicationState::Drafted) => not_here(),
        PublicationStep::Withdraw if state != PublicationState::Published && !row.owes_withdrawal() => not_here(),
        PublicationStep::Secrecy if row.is_natural => {
            Some(Problem::conflict("publication-no-secrecy", "当事人是自然人的决定不须作商业秘密审查；核对时查看隐私"))
        }
        PublicationStep::Check | PublicationStep::Secrecy if row.drafted_by == Some(me) => Some(
            Problem::conflict("publication-two-persons", "公开内容由拟稿人以外的人核对，您是最后修改内容的人")
                .citing("浙江省行政处罚结果信息网上公开办法第七条")
                .cured_by("请另一名执法人员、法制审核人员或者机关负责人核对", None),
        ),
        PublicationStep::Publish if row.content.as_ref().is_none_or(|content| content.is_unnumbered()) => Some(unnumbered()),
        PublicationStep::Publish if row.checked_by.is_none() => Some(
            Problem::conflict("publication-unchecked", "公开内容还没有由另一人核对")
                .citing("行政处罚法第五十条；个人信息保护法第三十四条")
                .cured_by("请拟稿人以外的人核对", None),
        ),
        PublicationStep::Publish if !row.is_natural && row.secrecy_by.is_none() => Some(
            Problem::conflict("publication-secrecy", "单位的处罚决定公开前应当作保密审查")
                .citing("行政处罚法第五十条；政府信息公开条例第十五条、第十七条")
                .cured_by("请拟稿人以外的人审查国家秘密和商业秘密", None),
        ),
        PublicationStep::Publish if row.checked_by == Some(me) => Some(
            Problem::conflict("publication-two-persons", "核对人不能自己公开，由拟稿人或者其他人公开")
                .citing("浙江省行政处罚结果信息网上公开办法第七条"),
        ),
        _ => None,
    }
}
