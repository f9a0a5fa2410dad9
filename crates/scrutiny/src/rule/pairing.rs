//! Who meets whom more often than chance, territory and duty explain (结对异常): of all who reported, verified or checked, against all who
//! fixed.
//!
//! Within one stratum anybody who was there could have met anybody: `n` meetings, of which `a` are of the one and `b` of the other, are expected
//! to have `ab/n` of both, with the variance of the hypergeometric distribution. Over all strata the sum of what was seen less what was
//! expected, by the root of the summed variances and less a half for continuity, is a standard normal variable where nothing but the
//! strata brings the two together (W. G. Cochran, Biometrics 10, 1954; N. Mantel and W. Haenszel, JNCI 22, 1959). A stratum in which one
//! of the two had no choice, as where a grid has one collector, has no variance and says nothing.
//!
//! Two ways of laying strata are taken: *territory* (unit grid × major class × half of the day, over the whole window) and *duty* (township ×
//! half of the day × city day, so that only who was on duty counts). A pair stands out only by both: the greater of the two chances is
//! its chance. Of all pairs that were tested those stand out that the procedure of Benjamini and Yekutieli (Annals of Statistics 29, 2001) finds at 1 %,
//! which holds whatever the pairs have to do with each other: where nobody colludes, the chance that anything is found is at most 1 %.
//!
//! It finds who meets too often, not why: a person looks at the leads, and hears those concerned.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

/// Which version of the rule.
pub(crate) const RULE: &str = "pairing/1";
/// The days that are looked at.
pub(crate) const DAYS: i64 = 90;
/// The share of false ones that is allowed among those found, and so the chance of finding any where there is none.
pub(crate) const RATE: f64 = 0.01;
/// Fewer meetings say nothing.
const LEAST_MEETINGS: usize = 8;
/// So much variance the sum must have for the normal distribution to hold (after Mantel and Fleiss, American Journal of Epidemiology 112, 1980).
const LEAST_VARIANCE: f64 = 2.0;

/// What the one did for a lead that the other fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Reported,
    Verified,
    Checked,
}

impl Part {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Verified => "verified",
            Self::Checked => "checked",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Reported => "上报",
            Self::Verified => "核实",
            Self::Checked => "核查",
        }
    }
}

/// What is known of a lead that brought the two together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    /// Checked well within minutes of the reply.
    pub quick: bool,
    /// A suspicion about its photos was found and not dismissed.
    pub photo: bool,
    /// One about where it was answered from.
    pub away: bool,
    /// Looked at again blindly.
    pub rechecked: bool,
    /// And not found fixed.
    pub overturned: bool,
}

/// A lead on which somebody took part and somebody fixed.
#[derive(Debug, Clone)]
pub(crate) struct Meeting {
    pub lead: Uuid,
    pub part: Part,
    /// Who took part.
    pub one: Uuid,
    /// Who fixed: a unit, or a person of it.
    pub other: Uuid,
    /// The other is a person.
    pub of_person: bool,
    /// 6 to 15 digits.
    pub grid: String,
    pub class: String,
    /// The city day of the part, and whether it was before noon.
    pub day: NaiveDate,
    pub morning: bool,
    pub marks: Marks,
}

/// A pair as it was tested.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub part: Part,
    pub one: Uuid,
    pub other: Uuid,
    pub of_person: bool,
    /// Meetings.
    pub met: usize,
    /// Those expected by territory.
    pub by_territory: f64,
    /// And by duty.
    pub by_duty: f64,
    /// The smaller of both standardised excesses.
    pub excess: f64,
    /// The greater of both chances.
    pub chance: f64,
    /// It stands out at the rate.
    pub found: bool,
    pub quick: usize,
    pub photo: usize,
    pub away: usize,
    pub rechecked: usize,
    pub overturned: usize,
    /// The leads behind it, at most [`MOST_LEADS`].
    pub leads: Vec<Uuid>,
}

/// Leads behind a pair that are kept.
pub(crate) const MOST_LEADS: usize = 200;

type Key = (Part, bool, Uuid, Uuid);

#[derive(Default)]
struct Stratum {
    all: usize,
    ones: BTreeMap<Uuid, usize>,
    others: BTreeMap<Uuid, usize>,
}

/// Expected meetings and their variance.
type Expected = (f64, f64);

fn expected(meetings: &[&Meeting], stratum: impl Fn(&Meeting) -> String, pairs: &BTreeSet<Key>) -> BTreeMap<Key, Expected> {
    let mut strata: BTreeMap<(Part, bool, String), Stratum> = BTreeMap::new();
    for it in meetings {
        let of = strata.entry((it.part, it.of_person, stratum(it))).or_default();
        of.all += 1;
        *of.ones.entry(it.one).or_default() += 1;
        *of.others.entry(it.other).or_default() += 1;
    }
    let mut sums: BTreeMap<Key, Expected> = BTreeMap::new();
    for ((part, of_person, _), of) in &strata {
        if of.all < 2 {
            // One meeting is what it is: no chance in it. It is expected as it was seen.
            for (one, other) in of.ones.keys().zip(of.others.keys()) {
                sums.entry((*part, *of_person, *one, *other)).or_default().0 += 1.0;
            }
            continue;
        }
        let n = of.all as f64;
        for (one, a) in &of.ones {
            for (other, b) in &of.others {
                let key = (*part, *of_person, *one, *other);
                if !pairs.contains(&key) {
                    continue;
                }
                let (a, b) = (*a as f64, *b as f64);
                let sum = sums.entry(key).or_default();
                sum.0 += a * b / n;
                sum.1 += a * b * (n - a) * (n - b) / (n * n * (n - 1.0));
            }
        }
    }
    sums
}

/// The standardised excess and the chance of so much or more.
fn judge(met: usize, (expected, variance): Expected) -> (f64, f64) {
    if variance < LEAST_VARIANCE {
        return (0.0, 1.0);
    }
    let excess = (met as f64 - expected - 0.5) / variance.sqrt();
    (excess, 0.5 * libm::erfc(excess / std::f64::consts::SQRT_2))
}

/// All pairs with enough meetings, those with the smallest chance first; those that stand out are marked.
pub(crate) fn pairs(meetings: &[Meeting]) -> Vec<Pair> {
    let mut met: BTreeMap<Key, Vec<&Meeting>> = BTreeMap::new();
    for it in meetings {
        met.entry((it.part, it.of_person, it.one, it.other)).or_default().push(it);
    }
    met.retain(|_, of| of.len() >= LEAST_MEETINGS);
    let keys: BTreeSet<Key> = met.keys().copied().collect();
    let all: Vec<&Meeting> = meetings.iter().collect();
    let digits = |text: &str, most: usize| text.get(..most.min(text.len())).unwrap_or(text).to_owned();
    let territory = expected(&all, |it| format!("{}/{}/{}", it.grid, digits(&it.class, 2), it.morning), &keys);
    let duty = expected(&all, |it| format!("{}/{}/{}", digits(&it.grid, 9), it.day, it.morning), &keys);
    let mut tested: Vec<Pair> = met
        .into_iter()
        .map(|(key, of)| {
            let (part, of_person, one, other) = key;
            let (territory, duty) = (territory.get(&key).copied().unwrap_or_default(), duty.get(&key).copied().unwrap_or_default());
            let (by_place, by_time) = (judge(of.len(), territory), judge(of.len(), duty));
            let count = |mark: fn(&Marks) -> bool| of.iter().filter(|it| mark(&it.marks)).count();
            Pair {
                part,
                one,
                other,
                of_person,
                met: of.len(),
                by_territory: territory.0,
                by_duty: duty.0,
                excess: by_place.0.min(by_time.0),
                chance: by_place.1.max(by_time.1),
                found: false,
                quick: count(|it| it.quick),
                photo: count(|it| it.photo),
                away: count(|it| it.away),
                rechecked: count(|it| it.rechecked),
                overturned: count(|it| it.overturned),
                leads: of.iter().rev().map(|it| it.lead).take(MOST_LEADS).collect(),
            }
        })
        .collect();
    tested.sort_by(|a, b| a.chance.total_cmp(&b.chance));
    let tests = tested.len();
    let harmonic: f64 = (1..=tests).map(|i| 1.0 / i as f64).sum();
    let fits = |rank: usize, chance: f64| chance <= RATE * (rank + 1) as f64 / (tests as f64 * harmonic);
    let last = tested.iter().enumerate().rposition(|(rank, it)| fits(rank, it.chance));
    for it in tested.iter_mut().take(last.map_or(0, |last| last + 1)) {
        it.found = true;
    }
    tested
}

/// Which found pairs hang together: each with the number of its cluster, from 1; none for one that was not found.
pub(crate) fn clusters(pairs: &[Pair]) -> Vec<Option<usize>> {
    let mut of: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut next = 0;
    for pair in pairs.iter().filter(|it| it.found) {
        match (of.get(&pair.one).copied(), of.get(&pair.other).copied()) {
            (Some(a), Some(b)) => {
                for cluster in of.values_mut().filter(|it| **it == b) {
                    *cluster = a;
                }
            }
            (a, b) => {
                let cluster = a.or(b).unwrap_or_else(|| {
                    next += 1;
                    next
                });
                of.insert(pair.one, cluster);
                of.insert(pair.other, cluster);
            }
        }
    }
    pairs.iter().map(|it| it.found.then(|| of.get(&it.one).copied()).flatten()).collect()
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
