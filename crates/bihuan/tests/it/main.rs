//! The program as it is shipped: the real binary on a folder and a port of its own.

mod crash;
mod hostile;
mod program;
mod rights;
