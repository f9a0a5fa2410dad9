//! The counts that may only fall.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::{Finding, Measure, tree::Tree};

const FILE: &str = "xtask/ratchet.txt";
const HEAD: &str = "# What does not hold yet: rule, count, file. A count may fall, never rise; `cargo xtask tidy --shrink` tightens it.\n";

/// The counts by rule and place.
pub struct Ratchet(BTreeMap<(String, String), usize>);

impl Ratchet {
    /// Reads the list; no list is an empty one.
    pub fn read(tree: &Tree) -> Result<Self> {
        let text = tree.file(FILE).map_or("", |file| file.text.as_str());
        let mut counts = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(rule), Some(count), Some(place)) = (words.next(), words.next(), words.next()) else {
                anyhow::bail!("{FILE}: not `rule count file`: {line}");
            };
            counts.insert((rule.to_owned(), place.to_owned()), count.parse().with_context(|| format!("{FILE}: {line}"))?);
        }
        Ok(Self(counts))
    }

    /// What is above its count.
    pub fn compare(&self, measures: &[Measure]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for Measure { rule, place, count, free } in measures {
            match self.0.get(&((*rule).to_owned(), place.clone())) {
                Some(most) if count > most => findings.push(Finding::new(place, format!("{rule}: {count}, at most {most} by {FILE}"))),
                None if count > free => findings.push(Finding::new(place, format!("{rule}: {count}, at most {free}"))),
                _ => {}
            }
        }
        findings
    }

    /// What stands in the list for nothing.
    pub fn loose(&self, measures: &[Measure]) -> Vec<String> {
        let stands = |rule: &str, place: &str| measures.iter().any(|it| it.rule == rule && it.place == place && it.count > it.free);
        self.0.keys().filter(|(rule, place)| !stands(rule, place)).map(|(rule, place)| format!("{rule} {place}")).collect()
    }

    /// The same list with today's lower counts. The first list of all takes today's counts as they are.
    pub fn shrunk(&self, measures: &[Measure]) -> Self {
        let first = self.0.is_empty();
        let kept = measures.iter().filter(|it| it.count > it.free).filter_map(|it| {
            let key = (it.rule.to_owned(), it.place.clone());
            let most = self.0.get(&key).copied().or(first.then_some(it.count))?;
            Some((key, most.min(it.count)))
        });
        Self(kept.collect())
    }

    /// Writes the list.
    pub fn write(&self, tree: &Tree) -> Result<()> {
        let lines = self.0.iter().map(|((rule, place), count)| format!("{rule} {count} {place}\n"));
        std::fs::write(tree.on_disk(FILE), HEAD.to_owned() + &lines.collect::<String>())?;
        Ok(())
    }
}
