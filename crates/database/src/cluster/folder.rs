//! The data folder: what stands where, who may enter, and that one Bihuan at a time holds it.

use super::{Account, Endpoint};
use crate::{DatabaseError, Result, error::io};
use nix::fcntl::{Flock, FlockArg};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{Read, Seek, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The longest path of a socket that Linux takes.
const LONGEST_SOCKET: usize = 107;

/// The data folder (数据目录) of an embedded cluster.
#[derive(Debug, Clone)]
pub struct Folder {
    data: PathBuf,
    account: Account,
    endpoint: Endpoint,
}

/// Held while a process works on the folder; let go when dropped, and by the kernel when the process dies.
#[derive(Debug, Clone)]
pub struct Lock {
    _file: Arc<Flock<File>>,
}

impl Folder {
    /// Makes the folder where it is missing.
    pub fn prepare(data: &Path) -> Result<Self> {
        if !data.exists() {
            // Others may pass through (PostgreSQL's user must), not look inside.
            DirBuilder::new().recursive(true).mode(0o755).create(data).map_err(io("mkdir", data))?;
            fs::set_permissions(data, Permissions::from_mode(0o711)).map_err(io("chmod", data))?;
        }
        let data = data.canonicalize().map_err(io("open", data))?;
        let owner = fs::metadata(data.join("postgres")).ok().map(|meta| meta.uid());
        let account = Account::choose(owner)?;
        let endpoint = Endpoint::new(socket_folder(&data));
        Ok(Self { data, account, endpoint })
    }

    /// The data folder itself.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The cluster's folder.
    pub fn cluster(&self) -> PathBuf {
        self.data.join("postgres")
    }

    /// PostgreSQL's log: warnings and errors, without statements or values.
    pub fn log(&self) -> PathBuf {
        self.data.join("postgres.log")
    }

    /// The user PostgreSQL runs as.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Where the cluster listens.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The major version that made the cluster; none where there is no cluster yet.
    pub fn version(&self) -> Result<Option<u32>> {
        let path = self.cluster().join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => text
                .trim()
                .parse()
                .map(Some)
                .map_err(|_| io("read", &path)(std::io::Error::new(std::io::ErrorKind::InvalidData, text.trim().to_owned()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io("read", &path)(error)),
        }
    }

    /// Takes the folder for this process.
    pub fn lock(&self) -> Result<Lock> {
        let path = self.data.join("lock");
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(io("open", &path))?;
        let mut holder = String::new();
        file.read_to_string(&mut holder).map_err(io("read", &path))?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(mut file) => {
                // The number is for the reader of the error message; the lock itself is the kernel's.
                file.set_len(0).and_then(|()| file.rewind()).map_err(io("write", &path))?;
                write!(*file, "{}", std::process::id()).map_err(io("write", &path))?;
                Ok(Lock { _file: Arc::new(file) })
            }
            Err(_) => {
                let holder = holder.trim();
                let holder = if holder.is_empty() { String::new() } else { format!("（进程号 / pid {holder}）") };
                Err(DatabaseError::InUse { data: self.data.clone(), holder })
            }
        }
    }

    /// Checks that PostgreSQL's user can come here and owns what is here.
    pub(super) fn check_account(&self) -> Result<()> {
        if self.account.differs() {
            for parent in self.data.ancestors() {
                let meta = fs::metadata(parent).map_err(io("stat", parent))?;
                if !self.account.may_enter(meta.uid(), meta.gid(), meta.mode()) {
                    return Err(DatabaseError::NotTraversable { user: self.account.name().to_owned(), folder: parent.to_owned() });
                }
            }
        }
        for ours in [self.cluster(), self.endpoint.socket_folder().to_owned()] {
            match fs::symlink_metadata(&ours) {
                Ok(meta) if meta.is_dir() && meta.uid() == self.account.uid() => {}
                Ok(meta) => {
                    return Err(DatabaseError::ForeignFolder { folder: ours, found: meta.uid(), expected: self.account.uid() });
                }
                Err(_) => continue,
            }
            fs::set_permissions(&ours, Permissions::from_mode(0o700)).map_err(io("chmod", &ours))?;
        }
        if !self.endpoint.socket_folder().exists() {
            self.make_private(self.endpoint.socket_folder())?;
        }
        Ok(())
    }

    /// Makes a folder that only PostgreSQL's user may enter.
    pub(super) fn make_private(&self, path: &Path) -> Result<()> {
        DirBuilder::new().mode(0o700).create(path).map_err(io("mkdir", path))?;
        self.account.own(path)
    }

    /// The end of PostgreSQL's log.
    pub(super) fn end_of_log(&self) -> String {
        let text = fs::read(self.log()).unwrap_or_default();
        let from = text.len().saturating_sub(2_000);
        String::from_utf8_lossy(&text[from..]).trim().to_owned()
    }
}

/// `run` inside the data folder, or, where its path is too long for a socket, a private folder in /tmp that is named
/// after the data folder.
fn socket_folder(data: &Path) -> PathBuf {
    let inside = data.join("run");
    if inside.join(".s.PGSQL.5432.lock").as_os_str().len() <= LONGEST_SOCKET {
        return inside;
    }
    let digest = hex::encode(Sha256::digest(data.as_os_str().as_encoded_bytes()));
    Path::new("/tmp").join(format!("bihuan-{}", &digest[..16]))
}
