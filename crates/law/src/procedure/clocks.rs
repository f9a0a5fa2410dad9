//! The periods that run in a case, and what their ends do: the bridge from dates to the facts that guards read.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::statutory::{Deadline, Period, due, rule},
};

use super::{Action, Case, Remedy, Track};

named! {
    /// A period whose end opens or closes a way.
    Clock {
        /// To make a statement or a defence, as the notice says.
        Defence = "defence", "陈述申辩期限";
        /// To correct, as the order says.
        Correction = "correction", "责令改正期限";
        /// To ask for a hearing.
        Hearing = "hearing", "申请听证期限";
        /// To deal with evidence kept by registration.
        Registration = "registration", "先行登记保存期限";
        /// To have an urgent seizure approved.
        UrgentSeizure = "urgent-seizure", "紧急查封扣押补办批准期限";
        /// To hold seized goods.
        Seizure = "seizure", "查封扣押期限";
        /// To pay.
        Payment = "payment", "缴款期限";
        /// That a reminder must be out before the court is applied to.
        Urged = "urged", "催告期限";
        /// To sue.
        Remedy = "remedy", "起诉期限";
        /// To apply to the court.
        Court = "court", "申请法院执行期限";
        /// What payment is put off to.
        Deferral = "deferral", "暂缓或者分期期限";
        /// To serve the public as was promised.
        Service = "service", "公益服务期限";
    }
}

impl Clock {
    /// The rule of `data/deadlines.csv` that measures it in `case`; none where the notice or the order itself sets it. To sue takes six
    /// months from the decision, fifteen days from a review that left it standing or was not decided in time (行政诉讼法第四十五条、第四十六条); a decision on the spot
    /// goes to review first, within sixty days (行政复议法第二十条、第二十三条).
    #[must_use]
    pub const fn rule(self, case: &Case) -> Option<&'static str> {
        match self {
            Self::Defence | Self::Correction | Self::Deferral | Self::Service => None,
            Self::Hearing => Some("D05"),
            Self::Registration => Some("D03"),
            Self::UrgentSeizure => Some("D16"),
            Self::Seizure => Some("D17"),
            Self::Payment => Some("D09"),
            Self::Urged => Some("D19"),
            Self::Remedy if matches!(case.remedy, Remedy::Reviewed | Remedy::ReviewLapsed) => Some("D33"),
            // Who must ask for a review first sues within fifteen days of its being refused (行政复议法第三十四条).
            Self::Remedy if matches!(case.remedy, Remedy::ReviewRefused) && is_on_spot(case) => Some("D33"),
            Self::Remedy if is_on_spot(case) => Some("D25"),
            Self::Remedy => Some("D32"),
            Self::Court => Some("D20"),
        }
    }

    /// What its end does to the case.
    #[must_use]
    pub const fn end(self) -> Action {
        match self {
            Self::Defence => Action::DefenceRunsOut,
            Self::Correction => Action::CorrectionRunsOut,
            Self::Hearing => Action::HearingRunsOut,
            Self::Registration => Action::RegistrationRunsOut,
            Self::UrgentSeizure | Self::Seizure => Action::SeizureRunsOut,
            Self::Payment => Action::PaymentRunsOut,
            Self::Urged => Action::ReminderRunsOut,
            Self::Remedy => Action::RemedyRunsOut,
            Self::Court => Action::CourtWindowCloses,
            Self::Deferral => Action::DeferralRunsOut,
            Self::Service => Action::ServiceFailed,
        }
    }
}

const fn is_on_spot(case: &Case) -> bool {
    matches!(case.track, Track::Simple | Track::MinorQuick)
}

/// The periods that run in one case.
#[derive(Debug, Clone, Default)]
pub struct Clocks(Vec<(Clock, Deadline)>);

impl Clocks {
    /// Starts `clock` by its rule in `case`, from the event at `from`; a clock that ran is started anew, as that of the court is by the end
    /// of a deferral (行政处罚法第七十二条第二款). Periods that a notice or an order sets have no rule: see [`Clocks::run`].
    pub fn start(&mut self, calendar: &Calendar, clock: Clock, case: &Case, from: DateTime<Utc>) {
        if let Some(found) = clock.rule(case).and_then(rule) {
            self.run(calendar, clock, found.period, from);
        }
    }

    /// Starts `clock` with a period of its own.
    pub fn run(&mut self, calendar: &Calendar, clock: Clock, period: Period, from: DateTime<Utc>) {
        self.keep(clock, due(calendar, period, from));
    }

    /// Takes over a period that was counted before, as it was told.
    pub fn keep(&mut self, clock: Clock, deadline: Deadline) {
        self.stop(clock);
        self.0.push((clock, deadline));
    }

    /// What it measured is over.
    pub fn stop(&mut self, clock: Clock) {
        self.0.retain(|(other, _)| *other != clock);
    }

    /// The deadline of `clock`, where it runs.
    #[must_use]
    pub fn deadline(&self, clock: Clock) -> Option<&Deadline> {
        self.0.iter().find(|(other, _)| *other == clock).map(|(_, deadline)| deadline)
    }

    /// The day from which the end of `clock` opens the way.
    #[must_use]
    pub fn opens(&self, clock: Clock) -> Option<NaiveDate> {
        let deadline = self.deadline(clock)?;
        deadline.open_from.map(|(open, _)| open).or_else(|| deadline.last_day.succ_opt())
    }

    /// What the periods that are over at `now` do to the case, earliest first.
    #[must_use]
    pub fn ended(&self, now: DateTime<Utc>) -> Vec<Action> {
        let mut over: Vec<_> = self.0.iter().filter(|(_, deadline)| deadline.due_at < now.with_timezone(&shanghai())).collect();
        over.sort_by_key(|(_, deadline)| deadline.due_at);
        over.into_iter().map(|(clock, _)| clock.end()).collect()
    }
}
