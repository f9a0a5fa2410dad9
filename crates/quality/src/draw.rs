//! Drawing files and reviewers so that anybody can draw them again (可复现抽样). Pure: SHA-256 of texts, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The name of the way of drawing; another way gets another name, and old rounds keep theirs.
pub const ALGORITHM: &str = "sha256-ranking-1";

/// The place of a text in the order of a draw: SHA-256 of the seed, a colon and the text, as UTF-8. The smallest come first.
#[must_use]
pub fn ticket(seed: &str, text: &str) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(":").chain_update(text).finalize().into()
}

/// The digest of the list of candidates: SHA-256 of each number and a line feed, in the order of the list.
#[must_use]
pub fn list_hash<'a>(numbers: impl Iterator<Item = &'a str>) -> String {
    let all = numbers.fold(Sha256::new(), |hash, number| hash.chain_update(number).chain_update("\n"));
    format!("sha256:{}", hex::encode(all.finalize()))
}

/// How many of each stratum are drawn: by share, the largest remainders first, each stratum with at least one while there are enough.
fn quotas<'a>(strata: &BTreeMap<&'a str, usize>, size: usize) -> BTreeMap<&'a str, usize> {
    let all: usize = strata.values().sum();
    let size = size.min(all);
    let least = usize::from(size >= strata.len());
    let rest = size - least * strata.len().min(size);
    // What each may still get after its first.
    let open: usize = strata.values().map(|count| count - least).sum();
    let mut given: BTreeMap<&str, usize> = strata.keys().map(|name| (*name, least)).collect();
    if least == 0 || rest == 0 || open == 0 {
        let mut order: Vec<(&&str, &usize)> = strata.iter().collect();
        order.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (name, _) in order.into_iter().take(if least == 0 { size } else { 0 }) {
            *given.entry(name).or_default() += 1;
        }
        return given;
    }
    let mut remainders = Vec::new();
    let mut left = rest;
    for (name, count) in strata {
        let room = count - 1;
        let whole = rest * room / open;
        *given.entry(name).or_default() += whole;
        left -= whole;
        remainders.push((rest * room % open, *name));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    for (_, name) in remainders.into_iter().take(left) {
        *given.entry(name).or_default() += 1;
    }
    given
}

/// Draws `size` of the candidates — number and stratum — by a seed: their places in the list, in the order of the draw.
#[must_use]
pub fn draw(candidates: &[(String, String)], seed: &str, size: usize, stratified: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_cached_key(|&place| (ticket(seed, &candidates[place].0), place));
    if !stratified {
        order.truncate(size);
        return order;
    }
    let mut strata: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, stratum) in candidates {
        *strata.entry(stratum).or_default() += 1;
    }
    let mut left = quotas(&strata, size);
    order.retain(|&place| {
        let quota = left.entry(&candidates[place].1).or_default();
        let drawn = *quota > 0;
        *quota -= usize::from(drawn);
        drawn
    });
    order
}

/// Gives a file to `seats` reviewers by lot: of those who had no part in it the ones with least to do, among them the smallest tickets. A seat for
/// which there is nobody stays empty.
#[must_use]
pub fn seat(
    seed: &str,
    number: &str,
    pool: &[Uuid],
    barred: &BTreeSet<Uuid>,
    load: &mut BTreeMap<Uuid, usize>,
    seats: usize,
) -> Vec<Option<Uuid>> {
    let mut free: Vec<Uuid> = pool.iter().copied().filter(|person| !barred.contains(person)).collect();
    free.sort_by_cached_key(|person| (load.get(person).copied().unwrap_or(0), ticket(seed, &format!("{number}:{person}"))));
    free.dedup();
    (0..seats)
        .map(|place| {
            let person = free.get(place).copied();
            if let Some(person) = person {
                *load.entry(person).or_default() += 1;
            }
            person
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(strata: &[(&str, usize)]) -> Vec<(String, String)> {
        let of = strata.iter().flat_map(|(name, count)| (0..*count).map(move |place| (format!("{name}-{place}"), (*name).to_owned())));
        of.collect()
    }

    #[test]
    fn the_ticket_and_the_hash_are_what_any_tool_computes() {
        // printf '%s' '2026-11-22:XS1' | sha256sum
        assert_eq!(hex::encode(ticket("2026-11-22", "XS1")), "4f7bc07df37c722816f1969e688f15ee9bd4c40cc3528fcc32114cf1d4c273fa");
        // printf 'a\nb\n' | sha256sum
        assert_eq!(list_hash(["a", "b"].into_iter()), "sha256:911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2");
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_another() {
        let all = list(&[("甲", 40), ("乙", 10)]);
        let first = draw(&all, "第2026133期", 12, false);
        assert_eq!(first, draw(&all, "第2026133期", 12, false));
        assert_ne!(first, draw(&all, "第2026134期", 12, false));
        assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 12);
        assert_eq!(draw(&all, "第2026133期", 500, true).len(), 50, "no more than there are");
    }

    #[test]
    fn a_stratified_draw_gives_each_unit_its_share_and_at_least_one() {
        let all = list(&[("大", 80), ("中", 18), ("小", 2)]);
        for size in [3, 7, 10, 50, 100] {
            let drawn = draw(&all, "公开种子", size, true);
            assert_eq!(drawn.len(), size);
            for name in ["大", "中", "小"] {
                let of = drawn.iter().filter(|&&place| all[place].1 == name).count();
                assert!(of >= 1, "{name} of {size}");
            }
        }
        assert_eq!(draw(&all, "公开种子", 2, true).len(), 2, "fewer than there are units");
    }

    #[test]
    fn nobody_who_had_a_part_is_given_a_file_and_work_is_shared() {
        let pool: Vec<Uuid> = (1..=6).map(Uuid::from_u128).collect();
        let mut load = BTreeMap::new();
        for number in 0..300 {
            let barred: BTreeSet<Uuid> = [Uuid::from_u128(1 + number % 6), Uuid::from_u128(1 + (number / 6) % 6)].into();
            let seats = seat("种子", &number.to_string(), &pool, &barred, &mut load, 2);
            let people: BTreeSet<Uuid> = seats.iter().flatten().copied().collect();
            assert_eq!(people.len(), 2, "two different people");
            assert!(people.is_disjoint(&barred));
        }
        let (least, most) = (load.values().min().unwrap(), load.values().max().unwrap());
        assert!(most - least <= 4, "{load:?}");
        let everybody: BTreeSet<Uuid> = pool.iter().copied().collect();
        assert_eq!(seat("种子", "x", &pool, &everybody, &mut load, 2), [None, None]);
    }
}
