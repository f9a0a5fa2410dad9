//! `bihuan study hotline FILE`: imports a file of hotline orders into a throwaway server and asks for the likely duplicates of each.
//!
//! Its replies are looked at besides ([`super::replies`]), where it has any.
//!
//! The file has neither positions nor classes of the catalogue: a class is what the words proposed at the import, and a second round goes
//! without. Times are the orders' own.

use std::{collections::BTreeSet, path::PathBuf, process::Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use uuid::Uuid;

use super::store;
use crate::bench::{figure::figure, server::Server};

/// Which file.
#[derive(Debug, clap::Args)]
pub struct HotlineArgs {
    /// 热线工单文件（CSV、XLSX）
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Deserialize)]
struct Suggestions {
    duplicates: Vec<Proposed>,
}

#[derive(Debug, Deserialize)]
struct Proposed {
    id: Uuid,
    sure: bool,
}

type Pairs = BTreeSet<(Uuid, Uuid)>;

/// Runs the study.
///
/// # Errors
/// When the file cannot be imported or an answer is refused.
pub async fn run(args: HotlineArgs) -> Result<()> {
    let server = Server::start(false).await?;
    let imported = tokio::process::Command::new(std::env::current_exe()?)
        .args(["import", "leads"])
        .arg(&args.file)
        .args(["--source", "hotline", "--data"])
        .arg(server.data())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await
        .context("the import could not be started")?;
    // Orders without words are refused one by one; the import says so by its status.
    let opened = database::open_beside(&database::Settings { data: server.data().to_owned(), ..Default::default() }).await?;
    let pool = &opened.owner_pool;
    let leads = store::leads(pool).await?;
    ensure!(!leads.is_empty(), "nothing was imported ({imported})");
    store::settle(pool).await?;
    let same: Pairs = store::same_text(pool).await?.into_iter().collect();
    let (classed, placed) = store::known(pool).await?;
    let print = |name: &str, value: usize| figure(args.json, &format!("study.hotline.{name}"), value as f64, "count", leads.len());
    super::replies::run(&args.file, &|name, value| figure(args.json, &format!("study.hotline.{name}"), value, "count", leads.len()))?;
    print("orders", leads.len());
    print("with_class", usize::try_from(classed)?);
    print("with_position", usize::try_from(placed)?);
    print("same_text_pairs", same.len());
    round(&server, &leads, &same, "by_words_and_class", &print).await?;
    store::forget_classes(pool).await?;
    round(&server, &leads, &same, "by_words", &print).await?;
    opened.close().await?;
    Ok(())
}

/// Asks for the duplicates of each, and counts pairs.
async fn round(server: &Server, leads: &[Uuid], same: &Pairs, name: &str, print: &impl Fn(&str, usize)) -> Result<()> {
    let client = reqwest::Client::new();
    let (mut shown, mut sure) = (Pairs::new(), Pairs::new());
    for lead in leads {
        let path = format!("/api/v1/leads/{lead}/suggestions");
        let answer = client.get(server.url(&path)).header("cookie", &server.cookie).send().await?;
        ensure!(answer.status().is_success(), "an order's suggestions were refused: {}", answer.status());
        let found: Suggestions = serde_json::from_slice(&answer.bytes().await?)?;
        for other in found.duplicates {
            let pair = (*lead.min(&other.id), *lead.max(&other.id));
            shown.insert(pair);
            if other.sure {
                sure.insert(pair);
            }
        }
    }
    print(&format!("{name}.same_text_pairs"), shown.intersection(same).count());
    print(&format!("{name}.further_pairs"), shown.difference(same).count());
    print(&format!("{name}.further_sure_pairs"), sure.difference(same).count());
    Ok(())
}
