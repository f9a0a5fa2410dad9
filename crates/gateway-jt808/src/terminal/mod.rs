//! Terminals of vehicles (车载终端): who is believed, registration and code.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;
pub(crate) mod visitors;

use jt808::{Phone, Register};
use rand::RngExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Vehicles;

/// Longest texts of what a terminal calls itself.
const LONGEST_CLAIM: usize = 200;

/// A terminal as its connection knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// Its number here, which is its vehicle's in the tracks.
    pub id: i64,
    /// Nobody registered it.
    pub visitor: bool,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// The results of a registration (JT/T 808-2013, table 22).
mod registration {
    pub const DONE: u8 = 0;
    pub const VEHICLE_UNKNOWN: u8 = 2;
    pub const TERMINAL_TAKEN: u8 = 3;
    pub const TERMINAL_UNKNOWN: u8 = 4;
}

/// A terminal that is entered under a plate (车牌的终端).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlateTerminal {
    /// The plate and its colour by JT/T 415.
    pub plate: (String, i16),
    /// Its number here, which is its vehicle's in the tracks.
    pub id: i64,
    /// Its telephone number.
    pub phone: String,
    /// Nobody entered it.
    pub visitor: bool,
}

impl Vehicles {
    /// The active terminals under these plates and colours: of each one that was entered, or else the last that came by itself.
    ///
    /// # Errors
    /// The database's.
    pub async fn terminals_of(&self, plates: &[(String, i16)]) -> sqlx::Result<Vec<PlateTerminal>> {
        let (plates, colours): (Vec<String>, Vec<i16>) = plates.iter().cloned().unzip();
        let found = store::of_plates(self.database().pool(), self.home_region(), &plates, &colours).await?;
        let of =
            |kept: store::Kept| PlateTerminal { plate: (kept.plate, kept.colour), id: kept.id, phone: kept.phone, visitor: kept.visitor };
        Ok(found.into_iter().map(of).collect())
    }

    /// Registers a terminal: the result, and with result 0 the code that it shows from now on.
    ///
    /// Another plate than the one it was entered with, and another device under a number that is taken, are refused: a cloned terminal is
    /// not let in because its clone was quicker.
    pub(crate) async fn register(&self, phone: Phone, claim: &Register) -> sqlx::Result<(u8, String)> {
        let named = clean(&format!("{}/{}/{}", claim.maker, claim.model, claim.terminal));
        let plate = clean(&claim.plate);
        let mut transaction = self.database().pool().begin().await?;
        let known = match store::lock(&mut transaction, &phone.to_string()).await? {
            Some(known) => known,
            None => {
                let region = self.home_region();
                let open = store::visitors(&mut transaction, region).await?.map_or(self.visitors_by_default(), |setting| setting.visitors);
                if !open || store::count_visitors(&mut transaction, region).await? >= self.limits().visitors {
                    return Ok((registration::TERMINAL_UNKNOWN, String::new()));
                }
                store::add_visitor(&mut transaction, region, &phone.to_string(), &plate, i16::from(claim.colour)).await?
            }
        };
        if !known.active {
            return Ok((registration::TERMINAL_UNKNOWN, String::new()));
        }
        // What was entered is what must be said; a visitor's is his own word, which he need not repeat.
        if !known.plate.is_empty() && known.plate != plate && !(known.visitor && plate.is_empty()) {
            return Ok((registration::VEHICLE_UNKNOWN, String::new()));
        }
        if known.claim.is_some_and(|before| before != named) {
            return Ok((registration::TERMINAL_TAKEN, String::new()));
        }
        let code = hex::encode(rand::rng().random::<[u8; 8]>());
        store::registered(&mut transaction, known.id, &named, &digest(&code), self.clock().now()).await?;
        transaction.commit().await?;
        Ok((registration::DONE, code))
    }

    /// The terminal whose code this is; none where it is another's, or the terminal is not believed.
    pub(crate) async fn authenticate(&self, phone: Phone, code: &str) -> sqlx::Result<Option<Terminal>> {
        let Some(known) = store::find(self.database().pool(), &phone.to_string()).await? else { return Ok(None) };
        let right = known.code.is_some_and(|right| bool::from(right.as_bytes().ct_eq(digest(code).as_bytes())));
        Ok((right && known.active).then_some(Terminal { id: known.id, visitor: known.visitor, simulated: known.simulated }))
    }
}

fn digest(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

/// What a terminal says, as the database can keep it.
fn clean(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(LONGEST_CLAIM).collect::<String>().trim().to_owned()
}
