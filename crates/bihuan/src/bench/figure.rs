//! How a figure is printed: one JSON object a line, or a line for people.

use std::time::Duration;

use anyhow::{Context, Result};

/// Prints one figure of a bench.
pub fn figure(json: bool, name: &str, value: f64, unit: &str, n: usize) {
    if json {
        println!("{}", serde_json::json!({ "name": name, "value": value, "unit": unit, "n": n }));
    } else {
        println!("{name:<32} {value:>16.3} {unit:<6} (n = {n})");
    }
}

/// The `share` quantile of `times` in milliseconds; zero of none.
pub fn quantile_ms(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    // The nearest rank; a bench has far fewer than 2^53 times.
    let at = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1).min(last);
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

/// Resident memory of a process, in megabytes.
///
/// # Errors
/// A process that is not there.
pub fn resident_mb(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
