//! Made histories (模拟): what the rule finds where it is known what there is to find.

use super::*;

struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).max(1))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

fn collector(n: usize) -> Uuid {
    Uuid::from_u128(1_000 + n as u128)
}

fn unit(n: usize) -> Uuid {
    Uuid::from_u128(2_000 + n as u128)
}

/// A made city over sixty days: six grids in two townships, each with eight collectors of its own, of whom half are on duty on a day; each
/// township has three units, of which each class mostly goes to one; so territory, duty and class bring people together. The last grid has one
/// unit alone. `planted` sends so many in a hundred of what unit 0 fixed in the first grid to collector 0, whenever that one is on duty.
fn city(seed: u64, planted: usize) -> Vec<Meeting> {
    let mut dice = Dice::new(seed);
    let mut meetings = Vec::new();
    for lead in 0..6_000_u128 {
        let day_number = dice.below(60);
        let (grid, morning) = (dice.below(6), dice.below(2) == 0);
        let class = dice.below(3);
        let mostly = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][dice.below(10)];
        let fixes = if grid == 5 { 5 } else { grid / 3 * 3 + (class + mostly) % 3 };
        let on_duty: Vec<usize> = (0..8).filter(|it| (it + day_number).is_multiple_of(2)).map(|it| grid * 8 + it).collect();
        let mut checks = on_duty[dice.below(on_duty.len())];
        if grid == 0 && fixes == 0 && on_duty.contains(&0) && dice.below(100) < planted {
            checks = 0;
        }
        meetings.push(Meeting {
            lead: Uuid::from_u128(lead + 1),
            part: Part::Checked,
            one: collector(checks),
            other: unit(fixes),
            of_person: false,
            grid: format!("33048290{}001{:03}", grid / 3 + 1, grid),
            class: format!("0{class}010"),
            day: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap() + chrono::Days::new(day_number as u64),
            morning,
            marks: Marks::default(),
        });
    }
    meetings
}

#[test]
fn in_an_honest_city_nothing_stands_out() {
    // At 1 % a city at most, three or more of sixty have something with a chance of 2 %.
    let cities_with_something = (1..=60).filter(|seed| pairs(&city(*seed, 0)).iter().any(|it| it.found)).count();
    assert!(cities_with_something <= 2, "{cities_with_something} of 60");
}

#[test]
fn a_planted_pair_is_found_and_hardly_another() {
    let mut others = 0;
    for seed in 1..=20 {
        let all = pairs(&city(seed, 50));
        let (pair, rest) = all.split_first().unwrap();
        assert!(pair.found && (pair.one, pair.other) == (collector(0), unit(0)), "city {seed}: {pair:?}");
        assert!(pair.met as f64 > pair.by_territory + 5.0 && pair.met as f64 > pair.by_duty + 5.0, "{pair:?}");
        assert_eq!(pair.leads.len(), pair.met.min(MOST_LEADS));
        // Where one always meets one, the others of that grid meet the rest more often than they should.
        let beside: Vec<&Pair> = rest.iter().filter(|it| it.found).collect();
        assert!(beside.iter().all(|it| it.one < collector(8)), "city {seed}: {beside:?}");
        others += beside.len();
    }
    assert!(others <= 3, "{others} beside the twenty planted ones");
}

#[test]
fn whom_a_grid_alone_brings_together_is_not_found() {
    // Whoever checks in the last grid meets its unit every time.
    let all = pairs(&city(3, 0));
    let local: Vec<&Pair> = all.iter().filter(|it| it.other == unit(5) && it.one >= collector(40)).collect();
    assert!(!local.is_empty() && local.iter().all(|it| !it.found && it.chance > 0.99 && it.met > 50), "{local:?}");
}

#[test]
fn the_expected_meetings_are_the_hypergeometric_s() {
    // Of 20 meetings in one stratum 10 are of the one and 10 of the other: 5 expected, variance 10·10·10·10 / (20·20·19).
    let meeting = |n: usize, one: usize, other: usize| Meeting { one: collector(one), other: unit(other), ..city(1, 0)[n].clone() };
    let mut made: Vec<Meeting> = (0..20).map(|n| meeting(n, usize::from(n >= 10), usize::from(n >= 10))).collect();
    for it in &mut made {
        (it.grid, it.class, it.morning) = ("330482901001001".to_owned(), "06010".to_owned(), true);
        it.day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    }
    let all = pairs(&made);
    let variance: f64 = 10_000.0 / (400.0 * 19.0);
    assert_eq!((all[0].met, all[0].by_territory, all[0].by_duty), (10, 5.0, 5.0));
    // The variance is below what the normal distribution needs: it says nothing, however odd it looks.
    assert!(variance < LEAST_VARIANCE && all[0].chance == 1.0);
    let (excess, chance) = judge(12, (5.0, 4.0));
    // (12 − 5 − 0.5) / 2 = 3.25; the tail of the normal distribution beyond 3.25 is 0.000577.
    assert!((excess - 3.25).abs() < 1e-12 && (chance - 0.000_577_03).abs() < 1e-7, "{chance}");
}

#[test]
fn pairs_that_share_somebody_are_one_cluster() {
    let pair =
        |one: usize, other: usize, found: bool| Pair { one: collector(one), other: unit(other), found, ..pairs(&city(1, 100))[0].clone() };
    let made = [pair(1, 1, true), pair(2, 2, true), pair(1, 2, true), pair(3, 3, true), pair(4, 4, false)];
    let of = clusters(&made);
    assert_eq!((of[0], of[1], of[2], of[4]), (of[2], of[0], of[1], None));
    assert!(of[3].is_some() && of[3] != of[0]);
}
