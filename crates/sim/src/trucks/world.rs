//! What trucks drive between (模拟工地、消纳场、黑点), and what each may do (模拟准运证).

use std::collections::HashSet;

use super::network::{Network, stretch};
use crate::city::{chance::Chance, plane::distance};

/// A place by its crossing.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// Begins with 模拟.
    pub name: String,
    pub node: usize,
}

/// Everything that trucks drive between.
#[derive(Debug)]
pub(crate) struct World {
    pub network: Network,
    /// Construction sites (工地).
    pub sites: Vec<Spot>,
    /// Disposal sites (消纳场).
    pub disposals: Vec<Spot>,
    /// Where rubbish is dumped in secret (偷倒黑点).
    pub black_spots: Vec<Spot>,
    /// Where trucks stand over night (停车场).
    pub depots: Vec<Spot>,
}

/// What a truck may do (模拟准运证).
#[derive(Debug, Clone)]
pub(crate) struct Permit {
    pub site: usize,
    pub disposal: usize,
    pub depot: usize,
    /// From site to disposal, by crossings.
    pub route: Vec<usize>,
    pub stretches: HashSet<(usize, usize)>,
    /// From which hour to which in Beijing; the second may lie in the next day.
    pub hours: (u32, u32),
    pub max_kg: u32,
    pub limit: f64,
}

/// A site and its disposal lie apart by so many metres at least, as the crow flies.
const APART: f64 = 4_000.0;

impl World {
    /// The places on a network; the same seed makes the same ones.
    pub fn new(network: Network, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "truck places");
        let mut taken = HashSet::new();
        let mut spots = |what: &str, many: usize| {
            (1..=many)
                .map(|number| {
                    // A small network has fewer crossings than places; two places may share one then.
                    let node = (0..50).map(|_| chance.below(network.len())).find(|node| taken.insert(*node));
                    Spot { name: format!("模拟{what}{number:02}"), node: node.unwrap_or_else(|| chance.below(network.len())) }
                })
                .collect::<Vec<_>>()
        };
        let (sites, disposals) = (spots("工地", 8), spots("消纳场", 4));
        let (black_spots, depots) = (spots("黑点", 5), spots("停车场", 2));
        Self { network, sites, disposals, black_spots, depots }
    }

    /// What a truck may do: one site, one disposal apart from it, the quickest way between, days or nights.
    pub fn permit(&self, truck: u32, seed: u64) -> Permit {
        let mut chance = Chance::new(seed, &format!("permit {truck}"));
        let site = truck as usize % self.sites.len();
        let place = |spot: &Spot| self.network.node(spot.node);
        let far = |disposal: &usize| distance(place(&self.sites[site]), place(&self.disposals[*disposal]));
        let mut fit: Vec<usize> = (0..self.disposals.len()).filter(|disposal| far(disposal) >= APART).collect();
        if fit.is_empty() {
            fit = (0..self.disposals.len()).collect();
        }
        let disposal = fit[chance.below(fit.len())];
        let route = self.network.way(self.sites[site].node, self.disposals[disposal].node, None);
        let stretches = route.windows(2).map(|pair| stretch(pair[0], pair[1])).collect();
        Permit {
            site,
            disposal,
            depot: truck as usize % self.depots.len(),
            route,
            stretches,
            hours: if truck.is_multiple_of(2) { (6, 20) } else { (20, 6) },
            max_kg: 16_000,
            limit: 60.0,
        }
    }
}
