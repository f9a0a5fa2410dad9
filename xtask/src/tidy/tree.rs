//! The files under version control, with their text.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

/// A file of the repository.
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its text; empty when it is not text.
    pub text: String,
}

impl File {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The crate it belongs to, when it stands in `crates/`.
    pub fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Whether it is Rust that runs in production.
    pub fn is_product_rust(&self) -> bool {
        self.path.ends_with(".rs")
            && (self.path.starts_with("crates/") || self.path.starts_with("xtask/"))
            && !self.path.contains("/tests/")
    }
}

/// The repository.
pub struct Tree {
    root: PathBuf,
    files: Vec<File>,
}

impl Tree {
    /// Reads what git tracks, and what is new and not ignored; a file that is gone from disk is left out.
    pub fn read() -> Result<Self> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .context("git ls-files")?;
        ensure!(listed.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&listed.stderr));
        let mut files = Vec::new();
        for path in String::from_utf8(listed.stdout)?.split('\0').filter(|path| !path.is_empty()) {
            let Ok(bytes) = std::fs::read(root.join(path)) else { continue };
            files.push(File { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() });
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { root, files })
    }

    /// All files.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a path names a file or a folder of the repository.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// Where a path stands on disk.
    pub fn on_disk(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}
