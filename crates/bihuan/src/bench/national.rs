//! `bihuan bench classify --national`: a class model of the national classes (国标类别), learned from the simulator's texts alone and judged by
//! short reports that somebody wrote by hand in other words (`data/national-reports.csv`). It says how far made texts carry before a city
//! has a history of its own, and nothing about a city that has one.

use anyhow::{Result, ensure};
use classify::Model;

use super::{classify::macro_f1, figure::figure};

/// Hand-made reports: marked as such in `data/README.md`, nobody's real words.
const REPORTS: &str = include_str!("../../../../data/national-reports.csv");
/// A person looks through so many proposals.
const TOP: usize = 3;

/// Runs the bench.
///
/// # Errors
/// When nothing can be learned, or the reports cannot be read.
pub(super) fn run(json: bool) -> Result<()> {
    let taught = sim::labelled_texts();
    let test = reports()?;
    let model = Model::train(taught.iter().map(|(text, class)| (text.as_str(), *class)))?;
    let guesses: Vec<Vec<String>> =
        test.iter().map(|(text, _)| model.classify(text, TOP).into_iter().map(|guess| guess.label).collect()).collect();
    let said: Vec<&str> = guesses.iter().map(|labels: &Vec<String>| labels.first().map_or("", String::as_str)).collect();
    let share = |right: usize| right as f64 / test.len() as f64;
    let first = test.iter().zip(&said).filter(|((_, label), said)| label == *said).count();
    let among = test.iter().zip(&guesses).filter(|((_, label), labels)| labels.contains(label)).count();
    figure(json, "classify.national.macro_f1", macro_f1(&test, &said), "1", test.len());
    figure(json, "classify.national.accuracy", share(first), "1", test.len());
    figure(json, "classify.national.top_3", share(among), "1", test.len());
    figure(json, "classify.national.classes", model.labels().len() as f64, "count", taught.len());
    Ok(())
}

fn reports() -> Result<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(REPORTS.as_bytes());
    let rows = reader.records().map(|row| row.map(|row| (row[0].to_owned(), row[1].to_owned())));
    let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
    ensure!(!rows.is_empty(), "the hand-made reports are empty");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn the_reports_are_of_classes_that_are_taught_and_none_of_them_is() {
        let test = reports().unwrap();
        let taught = sim::labelled_texts();
        let known: BTreeSet<&str> = taught.iter().map(|(_, class)| *class).collect();
        let mut of_class = BTreeMap::<&str, usize>::new();
        for (text, class) in &test {
            assert!(known.contains(class.as_str()), "{class} is taught nowhere");
            assert!(taught.iter().all(|(other, _)| other != text), "{text} is taught");
            *of_class.entry(class).or_default() += 1;
        }
        assert!(test.len() >= 300 && of_class.len() >= 60, "{} reports of {} classes", test.len(), of_class.len());
        assert!(of_class.values().all(|count| *count == 5), "{of_class:?}");
        assert_eq!(test.iter().map(|(text, _)| text).collect::<BTreeSet<_>>().len(), test.len());
    }
}
