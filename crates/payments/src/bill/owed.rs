//! What is owed on a bill on a day (应缴金额): the fine by its parts, and the extra fine day by day, by the rule of `law`.

use chrono::NaiveDate;
use kernel::problem::Problem;
use law::surcharge::{Fine, Instalment, Pause, Payment, Surcharge, count};

use super::store::{BillRow, PartRow};
use crate::FinedCase;

/// Everything that decides what is owed.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub fine_fen: i64,
    pub surcharge_stated: bool,
    /// By their days; at least one.
    pub parts: Vec<(NaiveDate, i64)>,
    /// What came for the fine, by its day.
    pub payments: Vec<(NaiveDate, i64)>,
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    pub fine_paid_fen: i64,
    pub surcharge_paid_fen: i64,
}

/// What is owed on a day.
#[derive(Debug, Clone)]
pub(crate) struct Owed {
    /// Of the fine, due or not.
    pub fine_fen: i64,
    /// Of the extra fine.
    pub surcharge_fen: i64,
    /// Of the fine: up to the next part that is not paid, and whatever is due besides.
    pub next_fine_fen: i64,
    /// The next part's last day; none where the whole fine is paid.
    pub next_due_on: Option<NaiveDate>,
    /// The way to the extra fine.
    pub surcharge: Surcharge,
}

impl Owed {
    pub fn total_fen(&self) -> i64 {
        self.fine_fen + self.surcharge_fen
    }

    pub fn next_fen(&self) -> i64 {
        self.next_fine_fen + self.surcharge_fen
    }
}

impl Account {
    /// # Errors
    /// `surcharge-not-counted` beyond what the rule counts.
    pub fn owed(&self, until: NaiveDate) -> Result<Owed, Problem> {
        let fen = |fen: i64| u64::try_from(fen).unwrap_or_default();
        let fine = Fine {
            instalments: self.parts.iter().map(|(due, sum)| Instalment { due: *due, fen: fen(*sum) }).collect(),
            payments: self.payments.iter().map(|(on, sum)| Payment { on: *on, fen: fen(*sum) }).collect(),
            pauses: self.pauses.iter().map(|(from, to)| Pause { from: *from, to: *to }).collect(),
            stated: self.surcharge_stated,
        };
        let surcharge = count(&fine, until).map_err(|error| Problem::conflict("surcharge-not-counted", error.to_string()))?;
        let extra = i64::try_from(surcharge.surcharge_fen).unwrap_or(i64::MAX);
        let open = self.fine_fen - self.fine_paid_fen;
        let (mut sum, mut next, mut due_on) = (0, 0, None);
        for (due, part) in &self.parts {
            sum += part;
            let unpaid = (sum - self.fine_paid_fen).max(0);
            if *due < until || (unpaid > 0 && next == 0) {
                next = next.max(unpaid);
            }
            if unpaid > 0 && due_on.is_none() {
                due_on = Some(*due);
            }
        }
        Ok(Owed {
            fine_fen: open,
            surcharge_fen: (extra - self.surcharge_paid_fen).max(0),
            next_fine_fen: next.min(open),
            next_due_on: due_on,
            surcharge,
        })
    }

    /// How a sum that came is divided: as its order said, then to the fine, then to the extra fine; the rest fits nothing.
    pub fn divide(&self, fen: i64, of_order: (i64, i64), on: NaiveDate) -> Result<(i64, i64, i64), Problem> {
        let owed = self.owed(on)?;
        let extra = of_order.1.min(owed.surcharge_fen).min(fen);
        let fine = owed.fine_fen.min(fen - extra);
        let more = (owed.surcharge_fen - extra).min(fen - extra - fine);
        Ok((fine, extra + more, fen - fine - extra - more))
    }

    pub fn of(bill: &BillRow, parts: &[PartRow], payments: Vec<(NaiveDate, i64)>, case: &FinedCase) -> Self {
        let mut parts: Vec<_> = parts.iter().map(|part| (part.due_on, part.fen)).collect();
        if parts.is_empty() {
            parts.push((super::due_on(bill, case), bill.fine_fen));
        }
        Self {
            fine_fen: bill.fine_fen,
            surcharge_stated: bill.surcharge_stated,
            parts,
            payments,
            pauses: case.pauses.clone(),
            fine_paid_fen: bill.fine_paid_fen,
            surcharge_paid_fen: bill.surcharge_paid_fen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn account(parts: &[(u32, i64)]) -> Account {
        Account {
            fine_fen: parts.iter().map(|part| part.1).sum(),
            surcharge_stated: true,
            parts: parts.iter().map(|(on, fen)| (day(*on), *fen)).collect(),
            payments: Vec::new(),
            pauses: Vec::new(),
            fine_paid_fen: 0,
            surcharge_paid_fen: 0,
        }
    }

    #[test]
    fn three_per_cent_a_day_after_the_last_day_in_time() {
        let account = account(&[(10, 20_000)]);
        // Worked by hand: 200 yuan, due on the 10th; on the 12th two days have begun: 2 × 6 yuan.
        let owed = account.owed(day(12)).unwrap();
        assert_eq!((owed.fine_fen, owed.surcharge_fen, owed.next_fen()), (20_000, 1_200, 21_200));
        assert_eq!(account.owed(day(10)).unwrap().total_fen(), 20_000);
    }

    #[test]
    fn the_next_part_is_asked_for_and_whatever_is_due_besides() {
        let mut account = account(&[(10, 10_000), (20, 20_000), (30, 30_000)]);
        assert_eq!(account.owed(day(1)).unwrap().next_fine_fen, 10_000);
        // Two parts are due and unpaid.
        assert_eq!(account.owed(day(21)).unwrap().next_fine_fen, 30_000);
        account.fine_paid_fen = 10_000;
        account.payments = vec![(day(9), 10_000)];
        let owed = account.owed(day(11)).unwrap();
        assert_eq!((owed.next_fine_fen, owed.next_due_on, owed.fine_fen), (20_000, Some(day(20)), 50_000));
    }

    #[test]
    fn a_sum_is_divided_as_its_order_said_and_the_rest_fits_nothing() {
        let mut account = account(&[(10, 20_000), (20, 20_000)]);
        assert_eq!(account.divide(20_600, (20_000, 600), day(11)).unwrap(), (20_000, 600, 0));
        assert_eq!(account.divide(50_000, (40_000, 0), day(1)).unwrap(), (40_000, 0, 10_000));
        account.fine_paid_fen = 40_000;
        account.payments = vec![(day(1), 40_000)];
        assert_eq!(account.divide(20_000, (20_000, 0), day(2)).unwrap(), (0, 0, 20_000));
    }
}
