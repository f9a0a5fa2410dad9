//! Findings (评查问题): told to the officer, corrected or objected to by him, judged by somebody without a part in the case.

pub(crate) mod answer;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod store;
pub(crate) mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// Where a finding stands (问题状态).
    FindingState {
        /// The officer was told (待整改).
        Told = "told", "待整改";
        /// He says it is corrected (待复核).
        Corrected = "corrected", "已整改待复核";
        /// He objects (有异议).
        Objected = "objected", "异议待复核";
        /// The correction was confirmed (整改已确认).
        Confirmed = "confirmed", "整改已确认";
        /// The objection was not followed (异议不成立).
        Upheld = "upheld", "异议不成立";
        /// The objection was followed: the points come back (异议成立).
        Dropped = "dropped", "异议成立，已撤销";
    }
}

codes! {
    /// What the officer answers (答复).
    FindingAnswer {
        /// It is corrected (已整改).
        Corrected = "corrected", "已整改";
        /// It is not as the finding says (提出异议).
        Objected = "objected", "提出异议";
    }
}

codes! {
    /// What is judged of an answer (复核意见).
    FindingVerdict {
        /// Corrected indeed (确认整改).
        Confirm = "confirm", "确认整改";
        /// Not yet (退回继续整改).
        Return = "return", "退回继续整改";
        /// The finding stands (异议不成立).
        Uphold = "uphold", "异议不成立";
        /// The finding is dropped (异议成立).
        Drop = "drop", "异议成立，撤销问题";
    }
}

impl FindingState {
    /// Whether nothing more is to be done.
    pub(crate) const fn is_settled(self) -> bool {
        matches!(self, Self::Confirmed | Self::Upheld | Self::Dropped)
    }

    /// Where a verdict leads from here; nothing where it does not fit.
    pub(crate) const fn judged(self, verdict: FindingVerdict) -> Option<Self> {
        match (self, verdict) {
            (Self::Corrected, FindingVerdict::Confirm) => Some(Self::Confirmed),
            (Self::Corrected | Self::Objected, FindingVerdict::Return) => Some(Self::Told),
            (Self::Objected, FindingVerdict::Uphold) => Some(Self::Upheld),
            (Self::Objected, FindingVerdict::Drop) => Some(Self::Dropped),
            _ => None,
        }
    }
}

pub(crate) fn no_finding() -> Problem {
    Problem::not_found("finding-not-found", "没有这条评查问题，或不在您的权限范围内")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_is_judged_and_what_is_settled_stays() {
        for state in FindingState::ALL {
            for verdict in FindingVerdict::ALL {
                let after = state.judged(*verdict);
                assert_eq!(
                    after.is_some(),
                    matches!(state, FindingState::Corrected | FindingState::Objected) && {
                        let objected = *state == FindingState::Objected;
                        match verdict {
                            FindingVerdict::Return => true,
                            FindingVerdict::Confirm => !objected,
                            FindingVerdict::Uphold | FindingVerdict::Drop => objected,
                        }
                    }
                );
            }
        }
    }
}
