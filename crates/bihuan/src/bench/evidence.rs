//! `bihuan bench evidence`: large files hashed and stored as evidence is, beside what the hashes and the disk reach alone.
//!
//! Each round pours a file of its own through the same lanes that an upload takes, from memory, until its row is committed and its bytes are
//! on the disk under their name. The limits beside it are taken in turn with it: the same bytes through each hash on one core, and written
//! to the same disk with one `fdatasync` at the end.

use std::{
    fs::File,
    hint::black_box,
    io::Write,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use bytes::Bytes;
use files::{Files, Hashes, Limits};
use futures::stream;
use kernel::clock::SystemClock;
use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::{
    figure::{figure, resident_mb},
    noise::Noise,
};

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct EvidenceArgs {
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
    /// 每个文件多少 MiB
    #[arg(long, default_value_t = 1024)]
    mib: u64,
    /// 测几轮，取中位数
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// 保留数据目录
    #[arg(long)]
    keep: bool,
}

/// Bytes of a piece: what a connection gives at once, rounded up.
const PIECE: usize = 512 * 1024;
/// Different pieces, used again and again: enough that no cache holds them.
const PIECES: usize = 128;

/// Runs the bench.
///
/// # Errors
/// When the database, the disk or a file fails.
pub async fn run(args: EvidenceArgs) -> Result<()> {
    ensure!(args.rounds > 0 && args.mib > 0, "至少一轮，每个文件至少 1 MiB");
    let folder = tempfile::Builder::new().prefix("bihuan-bench-").tempdir()?;
    let opened = database::open(&database::Settings { data: folder.path().join("data"), ..database::Settings::default() }).await?;
    database::migrate(&opened.owner_pool, files::MIGRATIONS).await?;
    let open = |hashes| {
        let limits = Limits { hashes, ..Limits::default() };
        Files::open_folder(&folder.path().join("kept"), opened.database.clone(), Arc::new(SystemClock), limits)
    };
    let (plain, with_sm3) = (open(Hashes::Sha256)?, open(Hashes::WithSm3)?);
    let pieces = pieces();
    let size = args.mib * 1024 * 1024;
    let megabytes = size as f64 / 1e6;
    let [mut sha256, mut sm3, mut sha256_alone, mut sm3_alone, mut disk]: [Vec<Duration>; 5] = Default::default();
    let before = resident_mb(std::process::id())?;
    for round in 0..args.rounds {
        sha256.push(pour(&plain, &pieces, size, 2 * round as u64).await?);
        sm3.push(pour(&with_sm3, &pieces, size, 2 * round as u64 + 1).await?);
        sha256_alone.push(hash::<Sha256>(&pieces, size));
        sm3_alone.push(hash::<Sm3>(&pieces, size));
        disk.push(write(&folder.path().join("plain"), &pieces, size)?);
    }
    let grown = resident_mb(std::process::id())? - before;
    let rate = |mut times: Vec<Duration>| {
        times.sort_unstable();
        megabytes / times[times.len() / 2].as_secs_f64()
    };
    let (sha256, sm3, sha256_alone, sm3_alone, disk) = (rate(sha256), rate(sm3), rate(sha256_alone), rate(sm3_alone), rate(disk));
    figure(args.json, "evidence.sha256_mb_per_second", sha256, "MB/s", args.rounds);
    figure(args.json, "evidence.sm3_mb_per_second", sm3, "MB/s", args.rounds);
    figure(args.json, "evidence.sha256_alone_mb_per_second", sha256_alone, "MB/s", args.rounds);
    figure(args.json, "evidence.sm3_alone_mb_per_second", sm3_alone, "MB/s", args.rounds);
    figure(args.json, "evidence.disk_alone_mb_per_second", disk, "MB/s", args.rounds);
    figure(args.json, "evidence.sha256_share_of_limit", sha256 / sha256_alone.min(disk), "share", args.rounds);
    figure(args.json, "evidence.sm3_share_of_limit", sm3 / sm3_alone.min(disk), "share", args.rounds);
    figure(args.json, "evidence.resident_growth_mb", grown, "MB", args.rounds);
    opened.close().await?;
    if args.keep {
        eprintln!("{}", folder.keep().display());
    }
    Ok(())
}

/// Noise that no two files share at their beginning.
fn pieces() -> Vec<Bytes> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    (0..PIECES).map(|_| (0..PIECE / 8).flat_map(|_| noise.bits().to_le_bytes()).collect::<Vec<u8>>().into()).collect()
}

/// Pours a file of `size` bytes that begins with `mark`, and takes it away again.
async fn pour(files: &Files, pieces: &[Bytes], size: u64, mark: u64) -> Result<Duration> {
    let body = (0..size / PIECE as u64).map(|at| Ok(pieces[at as usize % PIECES].clone()));
    let rest = size % PIECE as u64;
    let head = [Ok(Bytes::copy_from_slice(&mark.to_le_bytes())), Ok(pieces[0].slice(..rest as usize))];
    let started = Instant::now();
    let kept = files
        .pour(stream::iter(head.into_iter().chain(body)), None)
        .await
        .map_err(|refused| anyhow::anyhow!("{}", refused.problem().code))?;
    let taken = started.elapsed();
    ensure!(kept.size.unsigned_abs() == size + 8, "{} of {size} bytes were kept", kept.size);
    Ok(taken)
}

/// The hash alone, on this core.
fn hash<H: Digest>(pieces: &[Bytes], size: u64) -> Duration {
    let started = Instant::now();
    let mut hash = H::new();
    for at in 0..size / PIECE as u64 {
        hash.update(&pieces[at as usize % PIECES]);
    }
    black_box(hash.finalize());
    started.elapsed()
}

/// The disk alone.
fn write(path: &Path, pieces: &[Bytes], size: u64) -> Result<Duration> {
    let started = Instant::now();
    let mut file = File::create(path)?;
    for at in 0..size / PIECE as u64 {
        file.write_all(&pieces[at as usize % PIECES])?;
    }
    file.sync_data()?;
    let taken = started.elapsed();
    std::fs::remove_file(path)?;
    Ok(taken)
}
