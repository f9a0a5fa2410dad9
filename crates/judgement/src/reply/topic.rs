//! Answers that name neither what was asked nor where (未提及诉求).

use std::collections::BTreeSet;

use super::{Code, Finding, phrases};

/// Signs of its own from which on an answer could have named the matter (house rule).
const OWN: usize = 12;
/// Single signs in common that make a topic where no two stand side by side (house rule): 河道 and 河水 share one.
const SIGNS: usize = 2;
/// Pairs of signs in common, of the shorter question, from which on two questions are of one matter (house rule).
const ONE_MATTER: f64 = 0.2;
/// Signs of a run that is a name: of a river, a street, a market (house rule). Two questions that share one are of one matter.
const NAME: usize = 3;

pub(super) fn look(reply: &str, asked: &str) -> Option<Finding> {
    let own = phrases::rest(reply);
    let theirs = phrases::rest(asked);
    let length = |runs: &[String]| runs.iter().map(|run| run.chars().count()).sum::<usize>();
    if length(&own) < OWN || length(&theirs) < 4 {
        return None;
    }
    if runs_of(reply, 2).iter().any(|pair| asked.contains(pair.as_str())) {
        return None;
    }
    let signs = |runs: &[String]| runs.iter().flat_map(|run| run.chars()).filter(|sign| !sign.is_ascii()).collect::<BTreeSet<char>>();
    if signs(&own).intersection(&signs(&theirs)).count() >= SIGNS {
        return None;
    }
    let mut words = own;
    words.sort_by_key(|run| std::cmp::Reverse(run.chars().count()));
    words.truncate(3);
    let reason = "没有提到所反映的事，也没有提到地点".to_owned();
    Some(Finding { code: Code::OffTopic, reason, words })
}

/// Whether one answer to two questions is a copy: the questions are of two matters, and the answer names nothing of this one.
pub(super) fn is_copy(reply: &str, asked: &str, other: &str) -> bool {
    let (own, theirs) = (runs_of(asked, 2), runs_of(other, 2));
    let fewer = own.len().min(theirs.len());
    if fewer == 0 || own.intersection(&theirs).count() as f64 >= ONE_MATTER * fewer as f64 {
        return false;
    }
    // What names a thing of this question answers it, whoever else was told the same.
    runs_of(asked, NAME).is_disjoint(&runs_of(other, NAME)) && !runs_of(reply, NAME).iter().any(|name| asked.contains(name.as_str()))
}

/// All runs of so many signs in what a text says of its own.
fn runs_of(text: &str, signs: usize) -> BTreeSet<String> {
    let of_run = |run: &String| {
        let run: Vec<char> = run.chars().collect();
        run.windows(signs).map(String::from_iter).collect::<Vec<String>>()
    };
    phrases::rest(text).iter().flat_map(of_run).collect()
}
