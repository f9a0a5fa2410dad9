//! The passphrase of a backup: from the environment or a file, never from the command line, which everybody can see.

use anyhow::{Context, Result, bail};
use database::backup::SecretString;
use std::path::{Path, PathBuf};

/// The variable that holds the passphrase.
const VARIABLE: &str = "BIHUAN_BACKUP_PASSPHRASE";
/// Shorter ones are guessed.
const SHORTEST: usize = 12;

/// Where the passphrase is.
#[derive(Debug, clap::Args)]
pub struct Passphrase {
    /// 口令文件（首行为口令）；也可用环境变量 BIHUAN_BACKUP_PASSPHRASE
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Passphrase {
    /// The passphrase for a new backup, which must be long enough.
    pub fn for_writing(&self) -> Result<SecretString> {
        let text = self.text()?;
        if text.chars().count() < SHORTEST {
            bail!("备份口令太短：至少 {SHORTEST} 个字符。The passphrase is too short: {SHORTEST} characters at least.");
        }
        Ok(text.into())
    }

    /// The passphrase of an existing backup.
    pub fn for_reading(&self) -> Result<SecretString> {
        self.text().map(Into::into)
    }

    fn text(&self) -> Result<String> {
        let text = match &self.passphrase_file {
            Some(path) => first_line(path)?,
            None => std::env::var(VARIABLE).unwrap_or_default(),
        };
        if text.is_empty() {
            bail!(
                "没有备份口令：请设置环境变量 {VARIABLE} 或用 --passphrase-file 指定口令文件。\n\
                 No passphrase: set {VARIABLE} or name a file with --passphrase-file."
            );
        }
        Ok(text)
    }
}

fn first_line(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("读取口令文件 {}", path.display()))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
