//! Breadth first through every reachable case, so that the first break found is the shortest.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};

use serde::Serialize;

use super::{
    abstraction::{beginnings, forgotten},
    laws::{Check, LAWS, Law, Taken},
    path::PathStep,
};
use crate::procedure::{Action, Actor, Attempt, Case, State, Table, Track, variants};

/// The most cases that are held; about 200 bytes each.
const MOST_CASES: usize = 4_000_000;

/// The table reaches more cases than the walk holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("可达案件超过 {MOST_CASES} 个，证明没有完成")]
pub struct TooMany;

/// A law that does not hold, with the shortest way to its break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The id of the law.
    pub law: &'static str,
    /// How the case begins.
    pub beginning: String,
    /// The shortest path; its last step breaks the law, or leads to the case that cannot go on.
    pub path: Vec<PathStep>,
}

/// What the walk found.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// Different cases reached, after abstraction.
    pub cases: usize,
    /// Steps taken between them.
    pub steps: u64,
    /// Steps tried, with every content, the refused among them.
    pub tried: u64,
    /// The tracks that were walked.
    pub tracks: BTreeSet<Track>,
    /// The states reached.
    pub states: BTreeSet<State>,
    /// The actions taken at least once.
    pub actions: BTreeSet<Action>,
    /// The laws held against every step.
    pub laws: usize,
    /// The laws that were broken, one path each.
    pub broken: Vec<Broken>,
}

/// Walks all of `table` and holds every law against it.
///
/// # Errors
/// When the table reaches more cases than are held.
pub fn prove(table: &Table) -> Result<Proof, TooMany> {
    Walk::new(table, &LAWS.iter().copied().flat_map(|group| group.iter()).collect::<Vec<_>>(), false).run()
}

/// Walks `table` until `law` is broken, or to the end.
///
/// # Errors
/// As [`prove`].
pub fn prove_law(table: &Table, law: &Law) -> Result<Option<Broken>, TooMany> {
    Ok(Walk::new(table, &[law], true).run()?.broken.pop())
}

/// From which case, by which row and content, a case was first reached.
type Came = Option<(u32, u16, u16)>;

struct Walk<'a> {
    table: &'a Table,
    laws: &'a [&'a Law],
    stop: bool,
    contents: Vec<Vec<Attempt>>,
    rows: HashMap<(Track, State), Vec<usize>>,
    index: HashMap<Case, u32, rustc_hash::FxBuildHasher>,
    cases: Vec<Case>,
    came: Vec<Came>,
    /// The steps that need no party: (to, from).
    back: Vec<(u32, u32)>,
    broken: Vec<Broken>,
}

impl<'a> Walk<'a> {
    fn new(table: &'a Table, laws: &'a [&'a Law], stop: bool) -> Self {
        let contents = table.transitions().iter().map(|transition| variants(transition.asks)).collect();
        let mut rows: HashMap<(Track, State), Vec<usize>> = HashMap::new();
        for (number, transition) in table.transitions().iter().enumerate() {
            for (track, state) in transition.tracks.iter().flat_map(|track| transition.from.iter().map(move |state| (*track, *state))) {
                rows.entry((track, state)).or_default().push(number);
            }
        }
        Self {
            table,
            laws,
            stop,
            contents,
            rows,
            index: HashMap::default(),
            cases: Vec::new(),
            came: Vec::new(),
            back: Vec::new(),
            broken: Vec::new(),
        }
    }

    fn run(mut self) -> Result<Proof, TooMany> {
        for case in beginnings() {
            self.reach(case, None)?;
        }
        let (mut steps, mut tried) = (0, 0);
        let (mut states, mut actions, mut tracks) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut next = 0;
        while next < self.cases.len() && self.goes_on() {
            let case = self.cases[next];
            states.insert(case.state);
            tracks.insert(case.track);
            let before = steps;
            let mut seen: Vec<u32> = Vec::new();
            for number in self.rows.get(&(case.track, case.state)).cloned().unwrap_or_default() {
                let transition = self.table.transitions()[number];
                if !(transition.when)(&case) {
                    continue;
                }
                if self.table.is_barred(transition, &case) {
                    tried += self.contents[number].len() as u64;
                    continue;
                }
                for content in 0..self.contents[number].len() {
                    let attempt = self.contents[number][content];
                    tried += 1;
                    if self.table.against(transition, &case, &attempt).next().is_some() {
                        continue;
                    }
                    steps += 1;
                    actions.insert(transition.action);
                    let after = transition.after(&case, &attempt);
                    let taken = Taken { before: &case, transition, attempt: &attempt, after: &after };
                    self.hold(&taken, next);
                    let came = Some((next as u32, number as u16, content as u16));
                    let to = self.reach(forgotten(&after), came)?;
                    if transition.actor != Actor::Party && !seen.contains(&to) {
                        seen.push(to);
                        self.back.push((to, next as u32));
                    }
                }
            }
            if steps == before && !case.state.is_final() {
                self.report(|check| matches!(check, Check::GoesOn), next, None);
            }
            next += 1;
        }
        if self.goes_on() {
            self.hold_ends();
        }
        let (cases, laws) = (self.cases.len(), self.laws.len());
        Ok(Proof { cases, steps, tried, tracks, states, actions, laws, broken: self.broken })
    }

    /// Nothing is broken yet, or every break is wanted.
    fn goes_on(&self) -> bool {
        !self.stop || self.broken.is_empty()
    }

    fn reach(&mut self, case: Case, came: Came) -> Result<u32, TooMany> {
        let number = self.cases.len();
        match self.index.entry(case) {
            Entry::Occupied(found) => Ok(*found.get()),
            Entry::Vacant(_) if number >= MOST_CASES => Err(TooMany),
            Entry::Vacant(free) => {
                free.insert(number as u32);
                self.cases.push(case);
                self.came.push(came);
                Ok(number as u32)
            }
        }
    }

    fn hold(&mut self, taken: &Taken<'_>, at: usize) {
        for law in self.laws {
            let Check::Step(holds) = law.check else { continue };
            if !holds(taken) && !self.broken.iter().any(|broken| broken.law == law.id) {
                let last = PathStep::new(taken.transition, taken.attempt, taken.after);
                let broken = self.broken_at(law, at, Some(last));
                self.broken.push(broken);
            }
        }
    }

    /// Every case must be able to end without the party: backwards from the ends.
    fn hold_ends(&mut self) {
        self.back.sort_unstable();
        let mut ends = vec![false; self.cases.len()];
        let mut open: Vec<u32> = (0_u32..).zip(&self.cases).filter(|(_, case)| case.state.is_final()).map(|(number, _)| number).collect();
        for number in &open {
            ends[*number as usize] = true;
        }
        while let Some(to) = open.pop() {
            let first = self.back.partition_point(|(other, _)| *other < to);
            for (_, from) in self.back[first..].iter().take_while(|(other, _)| *other == to) {
                if !std::mem::replace(&mut ends[*from as usize], true) {
                    open.push(*from);
                }
            }
        }
        if let Some(stuck) = ends.iter().position(|ends| !ends) {
            self.report(|check| matches!(check, Check::Ends), stuck, None);
        }
    }

    fn report(&mut self, which: impl Fn(&Check) -> bool, at: usize, last: Option<PathStep>) {
        for law in self.laws.iter().filter(|law| which(&law.check)) {
            if !self.broken.iter().any(|broken| broken.law == law.id) {
                let broken = self.broken_at(law, at, last.clone());
                self.broken.push(broken);
            }
        }
    }

    fn broken_at(&self, law: &Law, at: usize, last: Option<PathStep>) -> Broken {
        let mut path: Vec<PathStep> = last.into_iter().collect();
        let mut at = at;
        while let Some((from, row, content)) = self.came[at] {
            let transition = self.table.transitions()[usize::from(row)];
            path.push(PathStep::new(transition, &self.contents[usize::from(row)][usize::from(content)], &self.cases[at]));
            at = from as usize;
        }
        path.reverse();
        Broken { law: law.id, beginning: PathStep::beginning(&self.cases[at]), path }
    }
}
