//! How much of whom is put up with.

use std::time::Duration;

/// The limits of the gateway (接入限制).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time, and addresses that speak over UDP.
    pub connections: usize,
    /// Of them those that have not shown their code yet; over UDP as many again, since an address there is anybody's word.
    pub strangers: usize,
    /// Of them those of one IP address, over TCP.
    pub strangers_of_an_address: usize,
    /// Registrations that one connection may try.
    pub registrations: u32,
    /// Bytes that all connections together may hold of unfinished messages and of datagrams that wait.
    pub bytes: usize,
    /// How long a connection has to show its code.
    pub introduction: Duration,
    /// How long a frame may take from its first byte to its last: who sends a byte now and then holds a place and says nothing.
    pub frame: Duration,
    /// How long a connection may be silent; heartbeats come every few minutes.
    pub silence: Duration,
    /// How long a terminal may take to read its answers.
    pub reading: Duration,
    /// Messages a second that one connection may send in the long run; ten seconds' worth at once, after a gap in the network.
    pub messages_a_second: u32,
    /// Positions a second in the long run, ten seconds' worth at once: who sends more is read on only when they are paid for.
    pub positions_a_second: u32,
    /// Bad frames in a row that end a connection.
    pub bad_frames: u32,
    /// Visitors that are remembered; further ones are refused.
    pub visitors: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 25_000,
            strangers: 2_000,
            strangers_of_an_address: 32,
            registrations: 5,
            bytes: 64 * 1024 * 1024,
            introduction: Duration::from_secs(30),
            frame: Duration::from_secs(30),
            silence: Duration::from_secs(900),
            reading: Duration::from_secs(10),
            messages_a_second: 300,
            positions_a_second: 300,
            bad_frames: 50,
            visitors: 1_000,
        }
    }
}
