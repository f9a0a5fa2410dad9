//! Statutory periods (法定期限): hours, working days, calendar days, months and years named by a law.
//!
//! The hour or day of the event does not count (开始的时和日不计算在内). A party's period that ends on a day off ends on the
//! next working day; an organ's own does not. Months and years end on the day of the same number, or on the last day of the
//! month where there is none. `due_at` is the last second that is still in time, so that its date is the last day.

mod count;
mod period;
mod rules;

pub use count::{Deadline, due};
pub use period::{Direction, LastDay, Period, PeriodError, PeriodUnit};
pub use rules::{Obligor, Rule, rule, rules};
