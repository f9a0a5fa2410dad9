//! `bihuan study`: what the program finds in real files. Only counts leave it: no word that people wrote, no number, no id.

mod hotline;
mod replies;
mod store;

use anyhow::Result;

/// What to look into.
#[derive(Debug, clap::Subcommand)]
pub enum StudyCommand {
    /// 热线工单：文字相同的有多少对，疑似重复还有多少对
    Hotline(hotline::HotlineArgs),
}

/// Looks into it.
///
/// # Errors
/// When the file cannot be imported or an answer is refused.
pub async fn run(command: StudyCommand) -> Result<()> {
    // The client takes its TLS from the process, although no study leaves the machine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match command {
        StudyCommand::Hotline(args) => hotline::run(args).await,
    }
}
