//! How many files and connections this process may have open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// What a process needs beside its connections: files, the database's connections, pipes.
pub const BESIDE: u64 = 200;

/// Raises the limit to the most that the machine lets this process have: what a shell starts with is too little for a city's vehicles. Answers
/// what it is now.
pub fn raise() -> u64 {
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return 0 };
    match setrlimit(Resource::RLIMIT_NOFILE, hard, hard) {
        Ok(()) => hard,
        Err(_) => soft,
    }
}
