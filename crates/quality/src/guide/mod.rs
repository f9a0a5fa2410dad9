//! Case guides (办案指引) and model cases (典型案例): shown inside cases of their matters.

pub(crate) mod guides;
pub(crate) mod models;
pub(crate) mod of_case;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// How high a model case was chosen (典型案例级别).
    ModelCaseLevel {
        /// County (县级).
        County = "county", "县级";
        /// City (市级).
        City = "city", "市级";
        /// Province (省级).
        Province = "province", "省级";
    }
}

codes! {
    /// Where a model case stands (典型案例状态).
    ModelCaseState {
        /// Waits for another person's look.
        Nominated = "nominated", "待核对";
        /// Shown to officers.
        Shown = "shown", "已展示";
        /// Shown no more.
        Withdrawn = "withdrawn", "已撤下";
    }
}

codes! {
    /// What is done with a model case (典型案例办理).
    ModelCaseStep {
        /// Another person looked it through: shown (核对通过).
        Show = "show", "核对通过";
        /// Not, or no more (撤下).
        Withdraw = "withdraw", "撤下";
    }
}

pub(crate) fn no_model() -> Problem {
    Problem::not_found("model-not-found", "没有这个典型案例，或不在您的权限范围内")
}
