//! Receives a file with its few words and makes it durable, streamed and counted.

use std::{
    io,
    path::{Path, PathBuf},
};

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError, MultipartRejection},
};
use kernel::problem::Problem;
use tokio::{fs, io::AsyncWriteExt};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LARGEST_FILE, prepare};
use crate::Leads;

/// The longest of the words beside the file.
const LONGEST_WORDS: usize = 64 * 1024;
/// The longest file name that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// What an import is made of, as the document describes it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the form is read part by part; this describes it")]
pub(crate) struct ImportForm {
    /// CSV (UTF-8 or GBK) or XLSX, at most 1 GiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `hotline`, `letters` or `import`.
    source: Option<String>,
    /// JSON: field name → column name. Without one, by the names of the columns.
    mapping: Option<String>,
}

/// A file for a look, as the document describes it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the form is read part by part; this describes it")]
pub(crate) struct PreviewForm {
    /// CSV (UTF-8 or GBK) or XLSX, at most 1 GiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that is durable, in a folder of its own. Dropped without [`Spooled::keep`], the folder goes.
pub(crate) struct Spooled {
    pub id: Uuid,
    pub folder: PathBuf,
    pub file_name: String,
    pub size: u64,
    pub source: Option<String>,
    pub mapping: Option<String>,
    kept: bool,
}

impl Spooled {
    /// A new, empty folder that only this account can read.
    pub(crate) async fn new(leads: &Leads) -> Result<Self, Problem> {
        let root = leads.import_folder().ok_or_else(|| Problem::unavailable("import-unavailable", "本服务未配置导入目录"))?;
        let id = kernel::id::uuid_at(leads.clock().now());
        let folder = root.join(id.to_string());
        private_folder(root).await.map_err(|error| disk(&error))?;
        private_folder(&folder).await.map_err(|error| disk(&error))?;
        Ok(Self { id, folder, file_name: String::new(), size: 0, source: None, mapping: None, kept: false })
    }

    /// Keeps the folder.
    pub(crate) const fn keep(&mut self) {
        self.kept = true;
    }

    /// Takes the file from a reader.
    pub(crate) async fn fill(&mut self, name: &str, mut from: fs::File) -> Result<(), Problem> {
        let mut file = self.create().await?;
        self.size = tokio::io::copy(&mut from, &mut file).await.map_err(|error| disk(&error))?;
        if self.size > LARGEST_FILE {
            return Err(too_large());
        }
        self.file_name = plain_name(Some(name));
        self.settle(file).await
    }

    async fn create(&self) -> Result<fs::File, Problem> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options.open(prepare::upload(&self.folder)).await.map_err(|error| disk(&error))
    }

    async fn settle(&self, file: fs::File) -> Result<(), Problem> {
        let durable = async {
            file.sync_all().await?;
            for folder in [Some(self.folder.as_path()), self.folder.parent()].into_iter().flatten() {
                fs::File::open(folder).await?.sync_all().await?;
            }
            Ok(())
        };
        durable.await.map_err(|error: io::Error| disk(&error))
    }

    async fn take_file(&mut self, mut field: Field<'_>) -> Result<(), Problem> {
        if !self.file_name.is_empty() {
            return Err(Problem::invalid("file-twice", "一次只能导入一个文件").field("file", "一次只能导入一个文件"));
        }
        self.file_name = plain_name(field.file_name());
        let mut file = self.create().await?;
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
            self.size += chunk.len() as u64;
            if self.size > LARGEST_FILE {
                return Err(too_large());
            }
            file.write_all(&chunk).await.map_err(|error| disk(&error))?;
        }
        file.flush().await.map_err(|error| disk(&error))?;
        self.settle(file).await
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

async fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder).await
}

/// Receives the parts of a form, in any order.
///
/// # Errors
/// `file-missing`, `file-too-large`, `form-broken`, `content-type-unsupported`.
pub(crate) async fn receive(leads: &Leads, form: Result<Multipart, MultipartRejection>) -> Result<Spooled, Problem> {
    let mut form =
        form.map_err(|_| Problem::unsupported("content-type-unsupported", "请以表单上传文件（Content-Type: multipart/form-data）"))?;
    let mut spooled = Spooled::new(leads).await?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("file") => spooled.take_file(field).await?,
            Some("source") => spooled.source = Some(words(field).await?),
            Some("mapping") => spooled.mapping = Some(words(field).await?),
            _ => drop(words(field).await?),
        }
    }
    if spooled.file_name.is_empty() || spooled.size == 0 {
        return Err(Problem::invalid("file-missing", "请选择要导入的文件").field("file", "没有文件，或文件是空的"));
    }
    Ok(spooled)
}

async fn words(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_WORDS {
            return Err(Problem::too_large("form-too-large", "表单中除文件外的内容过长"));
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::invalid("form-broken", "表单内容应为 UTF-8"))
}

/// The last part of a name, without what no name should hold.
fn plain_name(name: Option<&str>) -> String {
    let name = name.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    if name.trim().is_empty() { "未命名".to_owned() } else { name }
}

fn too_large() -> Problem {
    Problem::too_large("file-too-large", "文件超过 1 GB，请拆分后导入")
}

fn broken(error: &MultipartError) -> Problem {
    tracing::debug!(%error, "a form broke off");
    Problem::invalid("form-broken", "文件没有完整收到，请重新上传")
}

fn disk(error: &io::Error) -> Problem {
    tracing::error!(%error, "an import file could not be stored");
    if error.kind() == io::ErrorKind::StorageFull {
        return Problem::unavailable("disk-full", "服务器磁盘空间不足，文件没有保存");
    }
    Problem::internal("internal", "文件无法保存，系统已记录；请稍后重试")
}
