//! The program as it is shipped: the real binary on a folder and a port of its own.

mod crash;
mod district;
mod hostile;
mod landmark;
mod program;
mod rights;
mod verify;
