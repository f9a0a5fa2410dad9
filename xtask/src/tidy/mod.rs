//! Taste as a test: what can be checked about the shape of the code is checked here, and nowhere by hand.
//!
//! Some habits came later than some code. What does not hold yet is counted in `xtask/ratchet.txt`; a count may fall,
//! never rise, and a file that is not listed there must hold at once.

mod layers;
mod locks;
mod migrations;
mod paths;
mod ratchet;
mod schemas;
mod source;
mod tests;
mod tree;

use std::process::ExitCode;

use anyhow::Result;

use ratchet::Ratchet;
use tree::Tree;

/// One thing that does not hold: where, and what.
pub struct Finding {
    place: String,
    what: String,
}

impl Finding {
    /// A finding at a file or folder.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

/// A count at a file that may only fall.
pub struct Measure {
    /// What is counted.
    pub rule: &'static str,
    /// Where.
    pub place: String,
    /// How much.
    pub count: usize,
    /// What a file that is not listed may have.
    pub free: usize,
}

/// Checks everything and names each finding.
pub fn check() -> Result<ExitCode> {
    let tree = Tree::read()?;
    let (mut findings, measures) = look(&tree)?;
    let ratchet = Ratchet::read(&tree)?;
    findings.extend(ratchet.compare(&measures));
    for loose in ratchet.loose(&measures) {
        println!("tidy: {loose} holds now; `cargo xtask tidy --shrink` keeps it so");
    }
    for Finding { place, what } in &findings {
        println!("{place}: {what}");
    }
    if findings.is_empty() {
        println!("tidy: {} files, nothing to say", tree.files().len());
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {} findings", findings.len());
    Ok(ExitCode::FAILURE)
}

/// Writes today's counts where they are lower than the ratchet's.
pub fn shrink() -> Result<ExitCode> {
    let tree = Tree::read()?;
    let (_, measures) = look(&tree)?;
    Ratchet::read(&tree)?.shrunk(&measures).write(&tree)?;
    Ok(ExitCode::SUCCESS)
}

fn look(tree: &Tree) -> Result<(Vec<Finding>, Vec<Measure>)> {
    let mut findings = Vec::new();
    let mut measures = Vec::new();
    source::look(tree, &mut findings, &mut measures);
    layers::look(tree, &mut findings);
    migrations::look(tree, &mut findings);
    schemas::look(tree, &mut findings);
    locks::look(tree, &mut findings);
    paths::look(tree, &mut findings);
    tests::look(tree, &mut findings, &mut measures);
    Ok((findings, measures))
}
