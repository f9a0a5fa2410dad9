//! The shipped matters on their way into the database, once per change of the data.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use super::{
    columns::MatterRow,
    facts::MatterFacts,
    parse::parse,
    store::{self, New},
};
use crate::MattersError;

const SHEET: &str = include_str!("../../../../data/matters.csv");
const FIRST: &str = "随程序提供";
const CORRECTED: &str = "随程序更新";

/// The matters that ship with the program, by code.
///
/// # Errors
/// A sheet that does not read.
pub fn shipped() -> Result<Vec<(String, MatterFacts)>, MattersError> {
    let mut found = Vec::new();
    for row in csv::Reader::from_reader(SHEET.as_bytes()).deserialize::<MatterRow>() {
        let row = row.map_err(|error| MattersError::Data(error.to_string()))?;
        let facts = parse(&row).map_err(|faults| MattersError::Data(format!("{}: {faults:?}", row.code)))?;
        found.push((row.code, facts));
    }
    Ok(found)
}

/// Writes what is new; nothing when these very data were seeded already. What a city changed stays as it is, and
/// where somebody is drafting the next version, the news wait: published after them, his draft would stand below what it was to replace.
pub(crate) async fn seed(pool: &PgPool, now: DateTime<Utc>) -> Result<(), MattersError> {
    let checksum = hex::encode(Sha256::digest(SHEET));
    let mut transaction = pool.begin().await?;
    let held = store::hold(&mut transaction).await?;
    if held.seeded.as_deref() == Some(checksum.as_str()) {
        return Ok(());
    }
    let shipped = shipped()?;
    let (mut new, mut waiting) = (Vec::new(), 0);
    for (code, facts) in &shipped {
        let before = held.newest.get(code);
        if before.is_some_and(|before| !before.shipped || before.facts == *facts) || (before.is_none() && held.highest.contains_key(code)) {
            continue;
        }
        if held.drafts.contains_key(code) {
            waiting += 1;
            continue;
        }
        let reason = if before.is_some() { CORRECTED } else { FIRST };
        let number = held.highest.get(code).copied().unwrap_or(0) + 1;
        new.push(New { code, number, facts, reason, shipped: true, by: None });
    }
    store::add(&mut transaction, &new, now).await?;
    // What waits is looked at again with the next start.
    if waiting == 0 {
        store::mark_seeded(&mut transaction, &checksum).await?;
    }
    if !new.is_empty() {
        store::changed(&mut transaction).await?;
    }
    transaction.commit().await?;
    tracing::info!(matters = new.len(), waiting, "matters seeded");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::{FineParty, MatterStatus, SimpleUse};

    #[test]
    fn the_shipped_matters_read_whole() {
        let all = shipped().unwrap();
        assert_eq!(all.len(), 411);
        let with = |status| all.iter().filter(|(_, facts)| facts.status == status).count();
        assert_eq!((with(MatterStatus::InText), with(MatterStatus::Superseded), with(MatterStatus::CheckUpperLaw)), (354, 19, 21));
        // Local law gives the range of sixteen rows of the national regulations.
        assert!(all.iter().filter(|(_, facts)| facts.needs_local_row()).count() >= 19);
    }

    #[test]
    fn article_51_is_what_every_shipped_row_says_of_the_simple_procedure() {
        // Where a row said something else than the rule, it would not have been read; so the sheet speaks at all.
        let rows: Vec<MatterRow> = csv::Reader::from_reader(SHEET.as_bytes()).deserialize().map(Result::unwrap).collect();
        let told = rows.iter().filter(|row| !row.simple_individual.is_empty()).count();
        assert_eq!((rows.len(), told), (411, 234));
        for row in &rows {
            let facts = parse(row).unwrap();
            // The sheet speaks wherever the rule does.
            assert_eq!(row.simple_individual.is_empty(), facts.simple_use(FineParty::Individual).is_none(), "{}", row.code);
            assert_eq!(row.simple_unit.is_empty(), facts.simple_use(FineParty::Organisation).is_none(), "{}", row.code);
        }
        let mut wrong = rows[0].clone();
        wrong.simple_individual = SimpleUse::Always.label().into();
        assert_eq!(parse(&wrong).unwrap_err()[0].0, "simple_individual");
    }

    #[test]
    fn a_row_goes_out_as_it_came_in() {
        for (code, facts) in shipped().unwrap() {
            let again = parse(&MatterRow::of(&code, &facts)).unwrap();
            assert_eq!(again, facts, "{code}");
        }
    }
}
