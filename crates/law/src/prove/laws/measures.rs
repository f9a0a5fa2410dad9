//! Laws about seized goods.

use super::{Law, law};
use crate::procedure::{Action, Actor, Measure, Seizure};

pub(super) const LAWS: &[Law] = &[
    law(
        "seizure-lawful",
        "行政强制法第十七条至第十九条",
        "查封扣押有授权、经批准",
        &["measure-lawful", "measure-approved"],
        |taken| !taken.is(&[Action::Seize]) || (taken.attempt.power && taken.attempt.measure != Measure::Never),
    ),
    law(
        "seizure-in-term",
        "行政强制法第二十五条、第二十八条",
        "查封扣押过期，机关先解除，再办别的",
        &["seizure-in-term"],
        |taken| {
            let organ = !matches!(taken.transition.actor, Actor::Party | Actor::Police | Actor::Court | Actor::Other | Actor::Time);
            !organ || taken.before.seizure != Seizure::Expired || taken.is(&[Action::SettleSeizure])
        },
    ),
    law("seizure-extended-once", "行政强制法第二十五条", "查封扣押只延长一次", &[], |taken| {
        !taken.is(&[Action::ExtendSeizure]) || taken.before.seizure == Seizure::Held
    }),
];
