//! The law of the day of the act, and the lighter newer one at the decision (从旧兼从轻, 行政处罚法第三十七条).

use chrono::NaiveDate;
use kernel::codes;

use crate::matter::{FineParty, FineRange, MatterFacts, MatterStatus, Version, on, yuan};

/// What the rule stands on.
pub const OLD_OR_LIGHTER: &str = "《行政处罚法》第三十七条";

codes! {
    /// Which version an act is judged by (适用结论).
    MatterVerdict {
        /// The same version holds on both days.
        Same = "same", "行为时与决定时为同一规定";
        /// That of the day of the act.
        OfAct = "of-act", "适用行为时的规定";
        /// The newer one, which is lighter.
        Newer = "newer", "适用决定时的规定（较轻）";
        /// The law no longer calls it unlawful.
        NotUnlawful = "not-unlawful", "决定时已不认为违法，不予处罚";
        /// The newer one cannot be compared by figures: a person compares.
        Compare = "compare", "两者须由办案人员比较，取较轻者";
        /// That of the act was replaced and the newer one is not in the library yet: a person looks it up and compares.
        NewerMissing = "newer-missing", "行为时的规定已被取代，新规定尚未录入，须查明后比较";
        /// Nothing that is published covers the day of the act: no document.
        NoLaw = "no-law", "行为发生时没有可用的规定";
    }
}

/// What follows for an act of one day that is decided on another.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'a> {
    /// The version of the day of the act.
    pub of_act: Option<&'a Version>,
    /// The version of the day of the decision.
    pub at_decision: Option<&'a Version>,
    /// Which counts.
    pub verdict: MatterVerdict,
    /// Why, in Chinese.
    pub why: String,
}

impl<'a> Choice<'a> {
    /// The version to decide by; `None` where there is none, or where a person must first compare.
    #[must_use]
    pub fn chosen(&self) -> Option<&'a Version> {
        match self.verdict {
            MatterVerdict::Same | MatterVerdict::OfAct => self.of_act,
            MatterVerdict::Newer => self.at_decision,
            MatterVerdict::NotUnlawful | MatterVerdict::Compare | MatterVerdict::NewerMissing | MatterVerdict::NoLaw => None,
        }
    }
}

/// Which of a matter's published versions, in the order of their numbers, judges an act.
#[must_use]
pub fn choose(versions: &[Version], act: NaiveDate, decision: NaiveDate, party: FineParty) -> Choice<'_> {
    let (of_act, at_decision) = (on(versions, act), on(versions, decision));
    let of_act = of_act.filter(|version| version.facts.status != MatterStatus::NotUnlawful);
    let (verdict, why) = match (of_act, at_decision) {
        (None, _) => (MatterVerdict::NoLaw, no_law(versions, act)),
        (Some(old), None) => {
            let last = old.facts.effective_to.map(|day| format!("自 {day} 之后失效")).unwrap_or_default();
            (MatterVerdict::NewerMissing, format!("《{}》{last}，新规定尚未录入；请先录入新条文，再比较轻重", old.facts.law))
        }
        (Some(old), Some(new)) if old.number == new.number => {
            (MatterVerdict::Same, format!("行为日 {act} 与决定日 {decision} 适用同一规定"))
        }
        (Some(_), Some(new)) if new.facts.status == MatterStatus::NotUnlawful => {
            (MatterVerdict::NotUnlawful, "决定时的规定不再认为该行为违法".to_owned())
        }
        (Some(old), Some(new)) => compare(&old.facts, &new.facts, party),
    };
    Choice { of_act, at_decision, verdict, why }
}

fn no_law(versions: &[Version], act: NaiveDate) -> String {
    let replaced = versions.iter().rev().find(|version| version.facts.effective_to.is_some_and(|last| last < act));
    match replaced {
        Some(version) => {
            let last = version.facts.effective_to.map(|day| day.to_string()).unwrap_or_default();
            format!("《{}》只适用于 {last} 及以前的行为；{act} 的行为须等新条文录入并发布后才能引用", version.facts.law)
        }
        None => format!("没有覆盖行为日 {act} 的已发布版本"),
    }
}

/// The amounts decide; where they are no plain ranges, or anything beside them differs, a person does.
fn compare(old: &MatterFacts, new: &MatterFacts, party: FineParty) -> (MatterVerdict, String) {
    let told = |range: FineRange| format!("{}–{} 元", yuan(range.min_fen), yuan(range.max_fen));
    let (Some(before), Some(after)) = (old.range(party), new.range(party)) else {
        return (MatterVerdict::Compare, format!("{}的罚款不是固定幅度，无法自动比较轻重", party.label()));
    };
    let beside = old.formula != new.formula
        || old.other_measure != new.other_measure
        || old.precondition.condition != new.precondition.condition
        || old.precondition.optional != new.precondition.optional;
    let (before_words, after_words) = (told(before), told(after));
    let lighter = after.max_fen <= before.max_fen && after.min_fen <= before.min_fen;
    let heavier = after.max_fen >= before.max_fen && after.min_fen >= before.min_fen;
    if beside || (!lighter && !heavier) {
        return (MatterVerdict::Compare, format!("原规定 {before_words}，新规定 {after_words}，其他条件或幅度交错，须由办案人员比较"));
    }
    if lighter && before != after {
        (MatterVerdict::Newer, format!("原规定 {before_words}，新规定 {after_words}，新规定较轻"))
    } else {
        (MatterVerdict::OfAct, format!("原规定 {before_words}，新规定 {after_words}，新规定不较轻"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{day, facts, version};

    #[test]
    fn article_37_the_law_of_the_day_of_the_act() {
        let old = version(1, facts(200, 1_000).until("2026-08-14"));
        let heavier = version(2, facts(500, 2_000).since("2026-08-15"));
        let versions = [old, heavier];
        let choice = choose(&versions, day("2026-08-14"), day("2026-11-23"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen().map(|it| it.number)), (MatterVerdict::OfAct, Some(1)));
        assert_eq!((choice.of_act.unwrap().number, choice.at_decision.unwrap().number), (1, 2));
        assert!(choice.why.contains("200–1000 元") && choice.why.contains("500–2000 元"), "{}", choice.why);
        // An act of the first day of the new law knows the new law only.
        let choice = choose(&versions, day("2026-08-15"), day("2026-11-23"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen().map(|it| it.number)), (MatterVerdict::Same, Some(2)));
    }

    #[test]
    fn article_37_the_lighter_newer_law_at_the_decision() {
        let old = version(1, facts(200, 1_000).until("2026-08-14"));
        let versions = [old, version(2, facts(100, 500).since("2026-08-15"))];
        let choice = choose(&versions, day("2026-08-01"), day("2026-08-20"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen().map(|it| it.number)), (MatterVerdict::Newer, Some(2)));
        // Decided before the new law came: nothing newer yet.
        let choice = choose(&versions, day("2026-08-01"), day("2026-08-10"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen().map(|it| it.number)), (MatterVerdict::Same, Some(1)));
    }

    #[test]
    fn article_37_what_figures_cannot_tell_a_person_compares() {
        let old = || version(1, facts(200, 1_000).until("2026-08-14"));
        let crossing = [old(), version(2, facts(100, 2_000).since("2026-08-15"))];
        let with_more = [old(), version(2, facts(100, 500).since("2026-08-15").with_measure("没收工具"))];
        let no_range = [old(), version(2, facts(0, 0).since("2026-08-15").by_formula("违法所得×1–3"))];
        for versions in [crossing, with_more, no_range] {
            let choice = choose(&versions, day("2026-08-01"), day("2026-08-20"), FineParty::Individual);
            assert_eq!((choice.verdict, choice.chosen()), (MatterVerdict::Compare, None));
        }
    }

    #[test]
    fn article_37_what_is_no_longer_unlawful_is_not_penalised() {
        let versions =
            [version(1, facts(200, 1_000).until("2026-08-14")), version(2, facts(200, 1_000).since("2026-08-15").no_longer_unlawful())];
        let choice = choose(&versions, day("2026-08-01"), day("2026-08-20"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen()), (MatterVerdict::NotUnlawful, None));
        assert_eq!(choose(&versions, day("2026-08-16"), day("2026-08-20"), FineParty::Individual).verdict, MatterVerdict::NoLaw);
    }

    #[test]
    fn a_superseded_row_is_of_no_use_for_later_acts_until_the_new_article_is_filled_in() {
        let old = version(1, facts(200, 1_000).until("2026-08-14"));
        let alone = [old.clone()];
        let choice = choose(&alone, day("2026-08-15"), day("2026-09-01"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.chosen()), (MatterVerdict::NoLaw, None));
        assert!(choice.why.contains("2026-08-14"), "{}", choice.why);
        // For acts before, the newer law must be known to see whether it is lighter.
        let choice = choose(&alone, day("2026-08-14"), day("2026-09-01"), FineParty::Individual);
        assert_eq!((choice.verdict, choice.of_act.map(|it| it.number), choice.chosen()), (MatterVerdict::NewerMissing, Some(1), None));
        assert_eq!(choose(&alone, day("2026-08-13"), day("2026-08-14"), FineParty::Individual).verdict, MatterVerdict::Same);
        let filled = [old, version(2, facts(200, 1_000).since("2026-08-15"))];
        assert_eq!(choose(&filled, day("2026-08-15"), day("2026-09-01"), FineParty::Individual).chosen().map(|it| it.number), Some(2));
    }

    #[test]
    fn a_correction_covers_what_it_corrects() {
        let versions = [version(1, facts(200, 1_000)), version(2, facts(200, 2_000))];
        assert_eq!(choose(&versions, day("2020-01-01"), day("2026-01-01"), FineParty::Individual).chosen().map(|it| it.number), Some(2));
    }
}
