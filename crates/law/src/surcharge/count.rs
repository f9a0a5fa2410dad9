//! Counting an extra fine day by day.

use chrono::NaiveDate;

use super::{Fine, MOST_DAYS, MOST_ENTRIES, MOST_FEN, PER_CENT_A_DAY, Surcharge, SurchargeError, steps::Way};

/// The extra fine at the end of `until`.
///
/// A day counts when, at its beginning, a part of the fine is due and unpaid, so that the day of payment counts. Where only a
/// part is due or unpaid, that part is the measure: the law speaks of the fine's amount alone, and the smaller reading does
/// not burden the party. Parts of a fen are left out.
///
/// # Errors
/// A fine of nothing or too much, a count over more than thirty years, a pause that ends before it begins.
pub fn count(fine: &Fine, until: NaiveDate) -> Result<Surcharge, SurchargeError> {
    let whole = checked(fine, until)?;
    let mut way = Way::default();
    let (mut surcharge, mut days) = (0_u64, 0_u32);
    let mut instalments = fine.instalments.clone();
    instalments.sort_by_key(|part| part.due);
    for part in &instalments {
        way.due(part.due, part.fen);
    }
    let first = instalments.first().map_or(until, |part| part.due);
    if !fine.stated {
        way.note(
            until,
            "决定书未告知加处罚款及其标准，不得加收（罚款决定与罚款收缴分离实施办法第九条、行政强制法第四十五条第一款）".to_owned(),
        );
    }
    for day in first.iter_days().skip(1).take_while(|day| fine.stated && *day <= until) {
        let due: u64 = instalments.iter().filter(|part| part.due < day).map(|part| part.fen).sum();
        let paid: u64 = fine.payments.iter().filter(|payment| payment.on < day).map(|payment| payment.fen).sum();
        let base = due.saturating_sub(paid);
        if base == 0 {
            way.settled(day, paid >= whole);
            if paid >= whole {
                break;
            }
        } else if fine.pauses.iter().any(|pause| pause.from <= day && pause.to.is_none_or(|to| day <= to)) {
            way.paused(day);
        } else if surcharge >= whole {
            way.capped(day, whole);
            break;
        } else {
            let more = (base * PER_CENT_A_DAY / 100).min(whole - surcharge);
            surcharge += more;
            days += 1;
            way.counted(day, days, base, more, surcharge);
        }
    }
    let paid: u64 = fine.payments.iter().filter(|payment| payment.on <= until).map(|payment| payment.fen).sum();
    Ok(Surcharge {
        until,
        fine_fen: whole,
        unpaid_fen: whole.saturating_sub(paid),
        surcharge_fen: surcharge,
        days,
        capped: surcharge == whole,
        steps: way.finish(),
    })
}

/// The whole fine, where it can be counted.
fn checked(fine: &Fine, until: NaiveDate) -> Result<u64, SurchargeError> {
    if [fine.instalments.len(), fine.payments.len(), fine.pauses.len()].into_iter().any(|entries| entries > MOST_ENTRIES) {
        return Err(SurchargeError::TooMany);
    }
    let whole = fine.instalments.iter().try_fold(0_u64, |sum, part| sum.checked_add(part.fen).filter(|sum| *sum <= MOST_FEN));
    let whole = whole.ok_or(SurchargeError::TooMuch)?;
    if fine.payments.iter().any(|payment| payment.fen > MOST_FEN) {
        return Err(SurchargeError::TooMuch);
    }
    if whole == 0 {
        return Err(SurchargeError::Nothing);
    }
    if fine.pauses.iter().any(|pause| pause.to.is_some_and(|to| to < pause.from)) {
        return Err(SurchargeError::Backwards);
    }
    let first = fine.instalments.iter().map(|part| part.due).min().unwrap_or(until);
    if (until - first).num_days() > MOST_DAYS { Err(SurchargeError::TooLong) } else { Ok(whole) }
}
