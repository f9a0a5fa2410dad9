//! The index against exact geometry, metres against geodesics, and what must not flap.

mod exact;
mod steady;
