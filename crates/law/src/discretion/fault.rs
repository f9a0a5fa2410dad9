//! What is wrong with a benchmark, each fault with a pointer into the file (RFC 6901): a gap, an overlap, a double, a tier out of the law.

use serde::Serialize;

use super::{Benchmark, Factor, FineRange, Kind, MOST, MOST_POINTS, MOST_YUAN, Tier};

/// A fault of a benchmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where in the file, as a JSON pointer: `/tiers/1/from_percent`.
    pub pointer: String,
    /// What is wrong, in Chinese.
    pub detail: String,
}

fn fault(pointer: impl Into<String>, detail: impl Into<String>) -> Fault {
    Fault { pointer: pointer.into(), detail: detail.into() }
}

impl Benchmark {
    /// Everything that is wrong with it; nothing where it can be used.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        for (name, count) in [("ranges", self.ranges.len()), ("factors", self.factors.len()), ("tiers", self.tiers.len())] {
            if count == 0 || count > MOST {
                found.push(fault(format!("/{name}"), format!("幅度、因素、阶次各须 1 至 {MOST} 项")));
            }
        }
        if self.circumstances.len() > MOST {
            found.push(fault("/circumstances", format!("法定情节最多 {MOST} 项")));
        }
        if !found.is_empty() {
            return found;
        }
        for (at, range) in self.ranges.iter().enumerate() {
            if range.min > range.max || range.max == 0 || range.max > MOST_YUAN {
                let detail = format!("{}的幅度 {} 至 {} 元无效", range.party.label(), range.min, range.max);
                found.push(fault(format!("/ranges/{at}"), detail));
            }
        }
        doubled(&mut found, "/ranges", "幅度或者因素重复", self.ranges.iter().map(|range| range.party.label()));
        doubled(&mut found, "/factors", "幅度或者因素重复", self.factors.iter().map(|factor| factor.code.as_str()));
        doubled(&mut found, "/circumstances", "法定情节重复", self.circumstances.iter().map(|one| one.code.as_str()));
        for (at, one) in self.circumstances.iter().enumerate() {
            if [&one.code, &one.label, &one.article].iter().any(|text| text.trim().is_empty()) {
                found.push(fault(format!("/circumstances/{at}"), "法定情节须写明编码、名称和条款"));
            }
        }
        for (at, factor) in self.factors.iter().enumerate() {
            factor.faults(&format!("/factors/{at}"), &mut found);
        }
        self.tier_faults(&mut found);
        found
    }

    fn tier_faults(&self, found: &mut Vec<Fault>) {
        let tiers = &self.tiers;
        let least: i64 = self.factors.iter().filter_map(|factor| factor.values.iter().map(|value| i64::from(value.points)).min()).sum();
        if i64::from(tiers[0].from_points) > least {
            let detail = format!("最轻阶次自 {} 分起，低于该分的情形没有阶次", tiers[0].from_points);
            found.push(fault("/tiers/0/from_points", detail));
        }
        for (at, pair) in tiers.windows(2).enumerate() {
            if pair[0].from_points >= pair[1].from_points {
                let detail = format!("阶次“{}”与“{}”之间有空档、重叠或者轻重颠倒", pair[0].label, pair[1].label);
                found.push(fault(format!("/tiers/{}/from_points", at + 1), detail));
            }
        }
        if tiers.iter().all(|tier| tier.amounts.is_empty()) {
            self.share_faults(found);
        } else {
            for range in &self.ranges {
                self.amount_faults(range, found);
            }
        }
    }

    fn share_faults(&self, found: &mut Vec<Fault>) {
        for (at, tier) in self.tiers.iter().enumerate() {
            if tier.from_percent > tier.to_percent || tier.to_percent > 100 {
                found.push(fault(format!("/tiers/{at}/to_percent"), format!("阶次“{}”的比例无效，超出法定幅度", tier.label)));
            }
        }
        for (at, pair) in self.tiers.windows(2).enumerate() {
            let (before, after) = (&pair[0], &pair[1]);
            let word = match after.from_percent.cmp(&before.to_percent) {
                std::cmp::Ordering::Greater => "有空档",
                std::cmp::Ordering::Less => "有空档、重叠或者轻重颠倒",
                std::cmp::Ordering::Equal => continue,
            };
            let detail = format!("阶次“{}”与“{}”之间{word}", before.label, after.label);
            found.push(fault(format!("/tiers/{}/from_percent", at + 1), detail));
        }
        let (first, last) = (&self.tiers[0], &self.tiers[self.tiers.len() - 1]);
        if first.from_percent != 0 {
            found.push(fault("/tiers/0/from_percent", "最轻阶次应从法定幅度的 0% 起，下面有空档"));
        }
        if last.to_percent != 100 {
            found.push(fault(format!("/tiers/{}/to_percent", self.tiers.len() - 1), "最重阶次应到法定幅度的 100%，上面有空档"));
        }
    }

    /// Tiers in amounts: of each kind of party they cover the range, each beginning where the one before ends or a yuan above.
    fn amount_faults(&self, range: &FineRange, found: &mut Vec<Fault>) {
        let mut before: Option<(&Tier, u64)> = None;
        for (at, tier) in self.tiers.iter().enumerate() {
            let Some(own) = tier.amount(range.party) else {
                let detail = format!("阶次“{}”没有{}的数额", tier.label, range.party.label());
                found.push(fault(format!("/tiers/{at}/amounts"), detail));
                return;
            };
            if own.min > own.max || own.min < range.min || own.max > range.max {
                let detail = format!("阶次“{}”的 {} 至 {} 元超出{}的法定幅度", tier.label, own.min, own.max, range.party.label());
                found.push(fault(format!("/tiers/{at}/amounts"), detail));
            }
            let (least, most, name) =
                before.map_or((range.min, range.min, "法定下限"), |(tier, end)| (end, end + 1, tier.label.as_str()));
            if own.min < least || own.min > most {
                let word = if own.min > most { "有空档" } else { "有重叠" };
                found.push(fault(format!("/tiers/{at}/amounts"), format!("阶次“{}”与“{name}”之间{word}", tier.label)));
            }
            before = Some((tier, own.max));
        }
        if before.is_some_and(|(_, end)| end != range.max) {
            let at = self.tiers.len() - 1;
            found.push(fault(format!("/tiers/{at}/amounts"), format!("最重阶次没有到{}的法定上限，上面有空档", range.party.label())));
        }
    }
}

impl Tier {
    /// Its part of the range in amounts; none where it is a share, or has nothing for this party.
    pub(super) fn amount(&self, party: Kind) -> Option<&FineRange> {
        self.amounts.iter().find(|range| range.party == party)
    }
}

impl Factor {
    fn faults(&self, at: &str, found: &mut Vec<Fault>) {
        let label = &self.label;
        let mut say = |pointer: String, detail: String| found.push(Fault { pointer, detail });
        let mut seen = std::collections::BTreeSet::new();
        let single = self.values.iter().all(|value| seen.insert(value.code.as_str()));
        if self.values.is_empty() || self.values.len() > MOST || !single {
            say(format!("{at}/values"), format!("因素“{label}”没有取值、取值过多或者重复"));
            return;
        }
        for (number, value) in self.values.iter().enumerate() {
            // The lowest number has no absolute value of its own.
            if value.points.unsigned_abs() > MOST_POINTS.unsigned_abs() {
                say(format!("{at}/values/{number}/points"), format!("因素“{label}”的分值超过 {MOST_POINTS}"));
            }
        }
        let limits: Vec<Option<u64>> = self.values.iter().map(|value| value.up_to).collect();
        let Some((last, bands)) = limits.split_last() else { return };
        let rising = bands.iter().all(Option::is_some) && bands.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = if self.unit.is_some() { last.is_none() && rising } else { limits.iter().all(Option::is_none) };
        if !sound {
            say(format!("{at}/values"), format!("因素“{label}”的数值区间应逐级递增，最后一级不设上限"));
        }
        if self.monotone
            && let Some(number) = self.values.windows(2).position(|pair| pair[0].points > pair[1].points)
        {
            let detail = format!("因素“{label}”声明越往后越重，分值却在变小");
            say(format!("{at}/values/{}/points", number + 1), detail);
        }
    }
}

fn doubled<'a>(found: &mut Vec<Fault>, pointer: &str, detail: &str, mut codes: impl Iterator<Item = &'a str>) {
    let mut seen = std::collections::BTreeSet::new();
    if !codes.all(|code| seen.insert(code)) {
        found.push(fault(pointer, detail));
    }
}
