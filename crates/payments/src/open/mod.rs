//! What anybody who has a code may see and do (公众缴款).

pub(crate) mod order;
pub(crate) mod show;
