//! Chores of the workshop: `cargo xtask tidy` checks taste, `cargo xtask tidy --shrink` tightens the ratchet.

mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["tidy"] => tidy::check(),
        ["tidy", "--shrink"] => tidy::shrink(),
        _ => bail!("usage: cargo xtask tidy [--shrink]"),
    }
}
