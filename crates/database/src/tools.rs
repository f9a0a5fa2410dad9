//! PostgreSQL's own programs for moving a whole database: pg_dump and pg_restore.

use crate::{
    DatabaseError, OWNER_ROLE, Reach, Result,
    cluster::{DATABASE, Programs},
    error::io,
};
use sqlx::postgres::PgSslMode;
use std::{
    io::{ErrorKind, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// A pg_dump at work; its archive is read from it.
pub(crate) struct Dump {
    child: Child,
    pub(crate) archive: ChildStdout,
}

/// Starts to dump what a snapshot sees (all of it as it is now, without one), as one archive in the custom format.
pub(crate) fn dump(programs: &Programs, reach: &Reach, snapshot: Option<&str>) -> Result<Dump> {
    let mut command = command(programs, "pg_dump", reach)?;
    command.args(["--format", "custom", "--compress", "3", "--encoding", "UTF8"]);
    if let Some(snapshot) = snapshot {
        command.args(["--snapshot", snapshot]);
    }
    let path = programs.path("pg_dump");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(io("run", &path))?;
    let archive = child.stdout.take().ok_or_else(|| failed("pg_dump", ""))?;
    Ok(Dump { child, archive })
}

impl Dump {
    /// Waits for its end; whatever it complained about is an error.
    pub(crate) fn finish(self) -> Result<()> {
        drop(self.archive);
        ended("pg_dump", self.child)
    }
}

/// The table of contents of an archive; also the proof that it can be read. The archive is written to the returned
/// program, which stops reading when it has seen enough.
pub(crate) struct Contents {
    child: Child,
    input: Option<ChildStdin>,
}

/// Starts to read an archive's table of contents.
pub(crate) fn contents(programs: &Programs) -> Result<Contents> {
    let path = programs.path("pg_restore");
    let mut child = Command::new(&path)
        .arg("--list")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io("run", &path))?;
    let input = child.stdin.take();
    Ok(Contents { child, input })
}

impl Contents {
    /// Hands it a piece of the archive.
    pub(crate) fn write(&mut self, piece: &[u8]) {
        if let Some(input) = &mut self.input
            && input.write_all(piece).is_err()
        {
            self.input = None;
        }
    }

    /// The lines of the table, without the default rights: those name the roles of the server the archive came from,
    /// and the database it goes into has its own.
    pub(crate) fn finish(mut self) -> Result<String> {
        self.input = None;
        let output = self.child.wait_with_output().map_err(|error| failed("pg_restore", &error.to_string()))?;
        if !output.status.success() {
            return Err(failed("pg_restore", &String::from_utf8_lossy(&output.stderr)));
        }
        let lines = String::from_utf8_lossy(&output.stdout);
        Ok(lines.lines().filter(|line| !line.contains(" DEFAULT ACL ")).collect::<Vec<_>>().join("\n") + "\n")
    }
}

/// A pg_restore at work; the archive is written to it.
pub(crate) struct Restore {
    child: Child,
    archive: ChildStdin,
    // The list is read from this file while the program runs.
    _list: tempfile::NamedTempFile,
}

/// Starts to restore an archive in one transaction; everything belongs to the connecting role afterwards.
pub(crate) fn restore(programs: &Programs, reach: &Reach, list: &str) -> Result<Restore> {
    let path = programs.path("pg_restore");
    let mut file = tempfile::NamedTempFile::new().map_err(io("make a file for", &path))?;
    file.write_all(list.as_bytes()).map_err(io("write", &path))?;
    let mut command = command(programs, "pg_restore", reach)?;
    command.args(["--format", "custom", "--exit-on-error", "--single-transaction", "--no-owner", "--use-list"]).arg(file.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(io("run", &path))?;
    let archive = child.stdin.take().ok_or_else(|| failed("pg_restore", ""))?;
    Ok(Restore { child, archive, _list: file })
}

impl Restore {
    /// Hands it a piece of the archive. A pipe that it closed is no error here: `finish` tells why it did.
    pub(crate) fn write(&mut self, piece: &[u8]) -> std::io::Result<()> {
        match self.archive.write_all(piece) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits for its commit.
    pub(crate) fn finish(self) -> Result<()> {
        drop(self.archive);
        ended("pg_restore", self.child)
    }
}

fn command(programs: &Programs, program: &'static str, reach: &Reach) -> Result<Command> {
    let path = programs.path(program);
    if !path.exists() {
        return Err(failed(program, &format!("{} 不存在 / does not exist", path.display())));
    }
    let mut command = Command::new(path);
    command.env("LC_ALL", "C").env("PGAPPNAME", program).env_remove("PGOPTIONS").env_remove("PGSERVICE");
    match reach {
        Reach::Embedded(endpoint) => {
            command.args(endpoint.arguments(OWNER_ROLE, DATABASE));
        }
        Reach::Given(options, password) => {
            let host = options.get_socket().map_or_else(|| options.get_host().to_owned(), |socket| socket.display().to_string());
            command.args(["--host", &host, "--port", &options.get_port().to_string(), "--username", options.get_username()]);
            command.args(["--dbname", options.get_database().unwrap_or_else(|| options.get_username()), "--no-password"]);
            command.env(
                "PGSSLMODE",
                match options.get_ssl_mode() {
                    PgSslMode::Disable => "disable",
                    PgSslMode::Allow => "allow",
                    PgSslMode::Prefer => "prefer",
                    PgSslMode::Require => "require",
                    PgSslMode::VerifyCa => "verify-ca",
                    PgSslMode::VerifyFull => "verify-full",
                },
            );
            // Arguments are seen by everybody on the machine, the environment is not.
            if let Some(password) = password {
                command.env("PGPASSWORD", password);
            }
        }
    }
    Ok(command)
}

fn ended(program: &'static str, mut child: Child) -> Result<()> {
    let mut said = String::new();
    if let Some(mut complaints) = child.stderr.take() {
        // What cannot be read cannot be told; the status decides.
        let _ = complaints.read_to_string(&mut said);
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(failed(program, &said)),
        Err(error) => Err(failed(program, &error.to_string())),
    }
}

fn failed(program: &'static str, said: &str) -> DatabaseError {
    DatabaseError::Program { program, said: said.trim().to_owned() }
}
