//! How likely two leads are one, and why. Pure: traits in, a figure and its reasons out.
//!
//! Evidence adds up in log-odds, as if its kinds were independent, and the sum becomes a figure between 0 and 1. It is no probability in
//! the strict sense: the weights were set by hand on a few made pairs (the tests below), in steps of a half, and not fitted to a city's
//! own merges, of which there are none yet. How they do on pairs made from other words is what `bihuan bench dedupe` measures.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{
    Rarity, Traits,
    named::{Meeting, meet},
    overlap,
};

/// Evidence that is found outside the traits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside {
    /// Bits of 64 in which the nearest two of their pictures differ, where they look alike.
    pub picture: Option<u32>,
    /// The words of one name the number of the other.
    pub named: bool,
    /// The words are the same to the letter.
    pub same_text: bool,
}

/// A figure and its reasons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Likeness {
    /// 0 to 1.
    pub score: f64,
    /// In Chinese, the strongest kind first.
    pub reasons: Vec<String>,
    /// Metres between them, where both places are known.
    pub distance_m: Option<f64>,
}

/// Two leads of which nothing is alike yet: of those that the paths find, about one in fifty is a duplicate.
const BEGIN: f64 = -4.0;
/// All words in common, and they tell much.
const WORDS: f64 = 6.0;
/// Shared words tell much from so many nats on: four or five rare bigrams.
const TELLING: f64 = 25.0;
/// All words in common, and they tell a whole story.
const STORY: f64 = 4.0;
/// A story is so many nats: fifteen rare bigrams.
const STORY_TELLING: f64 = 100.0;
/// The same place; falls to a third within [`NEAR_METRES`], and below nothing before [`FAR_METRES`].
const PLACE: f64 = 3.0;
/// Positions of one thing told by two people lie within the width of a crossing.
const NEAR_METRES: f64 = 80.0;
/// From here on the places differ: the same words are of another lamp.
const FAR_METRES: f64 = 300.0;
const FAR: f64 = -8.0;
/// Another part of the city.
const ELSEWHERE_METRES: f64 = 1_000.0;
const ELSEWHERE: f64 = -9.0;
/// How far apart they are is not known, and no name tells: the same words are said all over the city.
const NOWHERE: f64 = -2.0;
/// How far apart they are is not known, but both name the same place, or another one of the same kind.
const SAME_NAME: f64 = 1.0;
const OTHER_NAME: f64 = -6.0;
/// The same class of five digits, the same category of two, another category.
const SAME_CLASS: f64 = 1.0;
const SAME_CATEGORY: f64 = 0.0;
const OTHER_CATEGORY: f64 = -1.5;
/// Reported within hours; falls to a third within a day. What is weeks apart is often the next one of its kind.
const SOON: f64 = 0.5;
const LATER: f64 = -1.0;
/// A picture that looks the same: the fewer bits differ, the surer.
const PICTURE: f64 = 4.0;
/// The words name the other's number.
const NAMED: f64 = 4.0;
/// The same words to the letter, where no distance speaks against it.
const SAME_TEXT: f64 = 4.0;
/// Both name numbers of houses or poles: at least one in common, or none.
const SAME_NUMBER: f64 = 0.5;
const OTHER_NUMBER: f64 = -2.5;

/// Holds two leads against each other.
pub(crate) fn score(one: &Traits, other: &Traits, rarity: &Rarity, beside: Beside) -> Likeness {
    let mut odds = BEGIN;
    let mut reasons = Vec::new();
    let distance_m = one.position.zip(other.position).map(|(here, there)| here.distance_m(there));
    if let Some(metres) = distance_m {
        odds += place(metres);
        reasons.push(distance_words(metres));
    }
    if let Some((kind, words)) = one.class.as_deref().zip(other.class.as_deref()).map(|(one, other)| class(one, other)) {
        odds += kind;
        reasons.extend(words.map(str::to_owned));
    }
    let gap = (one.at - other.at).abs();
    let hours = gap.num_minutes() as f64 / 60.0;
    odds += SOON * (-hours / 24.0).exp() + LATER * (1.0 - (-hours / (24.0 * 14.0)).exp());
    reasons.push(gap_words(gap, other.at <= one.at));

    let common: BTreeSet<&str> = one.grams.intersection(&other.grams).map(String::as_str).collect();
    let telling: f64 = common.iter().map(|gram| rarity.weight(gram)).sum();
    let whole = |traits: &Traits| traits.grams.iter().map(|gram| rarity.weight(gram)).sum::<f64>();
    // Of the shorter text most may stand in the longer, which tells more besides: the geometric mean lies between.
    let share = telling / (whole(one) * whole(other)).sqrt().max(f64::MIN_POSITIVE);
    let story = ((telling - TELLING) / (STORY_TELLING - TELLING)).clamp(0.0, 1.0);
    let share = share.min(1.0);
    odds += share * WORDS * (telling / TELLING).min(1.0);
    let mut whole_story = share * STORY * story;
    if distance_m.is_none() {
        match meet(&one.names, &other.names) {
            Meeting::Same(name) => {
                odds += SAME_NAME;
                reasons.push(format!("都在{name}"));
            }
            Meeting::Other(here, there) => {
                odds += OTHER_NAME;
                // The same story of another place is another thing.
                whole_story = 0.0;
                reasons.push(format!("地点不同：{here}、{there}"));
            }
            // A picture or a number is evidence wherever it was taken or told.
            Meeting::Unknown if beside.named || beside.picture.is_some() => {}
            Meeting::Unknown => odds += NOWHERE,
        }
    }
    odds += whole_story;
    if beside.same_text && distance_m.is_none_or(|metres| metres < FAR_METRES) {
        odds += SAME_TEXT;
    }
    if beside.same_text {
        reasons.push("文字完全相同".to_owned());
    } else {
        let told = overlap::told(&one.text, &common, rarity);
        if !told.is_empty() {
            reasons.push(format!("描述共有{}", told.iter().map(|word| format!("“{word}”")).collect::<String>()));
        }
    }
    if !one.numbers.is_empty() && !other.numbers.is_empty() {
        let same: Vec<&String> = one.numbers.intersection(&other.numbers).collect();
        odds += if same.is_empty() { OTHER_NUMBER } else { SAME_NUMBER };
        match same.first() {
            Some(number) if !beside.same_text => reasons.push(format!("都提到{number}")),
            Some(_) => {}
            None => reasons.push("门牌等编号不同".to_owned()),
        }
    }
    if let Some(bits) = beside.picture {
        odds += PICTURE * (1.0 - f64::from(bits.min(files::SAME_PICTURE)) / 16.0);
        reasons.push(if bits == 0 { "照片相同" } else { "照片相似" }.to_owned());
    }
    if beside.named {
        odds += NAMED;
        reasons.push("描述中提到对方编号".to_owned());
    }
    Likeness { score: 1.0 / (1.0 + (-odds).exp()), reasons, distance_m }
}

fn place(metres: f64) -> f64 {
    if metres >= ELSEWHERE_METRES {
        ELSEWHERE
    } else if metres >= FAR_METRES {
        FAR
    } else {
        PLACE * (-metres / NEAR_METRES).exp() + FAR * (metres / FAR_METRES).powi(3)
    }
}

fn class(one: &str, other: &str) -> (f64, Option<&'static str>) {
    match (one == other, one.get(..2) == other.get(..2)) {
        (true, _) => (SAME_CLASS, Some("同类")),
        (false, true) => (SAME_CATEGORY, Some("同大类")),
        (false, false) => (OTHER_CATEGORY, Some("类别不同")),
    }
}

/// How far, as people say it.
pub(crate) fn distance_words(metres: f64) -> String {
    if metres < 1_000.0 { format!("相距 {metres:.0} 米") } else { format!("相距 {:.1} 公里", metres / 1_000.0) }
}

fn gap_words(gap: TimeDelta, before: bool) -> String {
    let side = if before { "前" } else { "后" };
    match (gap.num_days(), gap.num_hours(), gap.num_minutes()) {
        (1.., ..) => format!("{} 天{side}", gap.num_days()),
        (_, 1.., _) => format!("{} 小时{side}", gap.num_hours()),
        (_, _, 1..) => format!("{} 分钟{side}", gap.num_minutes()),
        _ => "同时上报".to_owned(),
    }
}

#[cfg(test)]
mod tests;
