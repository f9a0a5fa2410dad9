//! How empowerment is used (赋权使用情况): a matter and township at a time, before and after the day it took effect; what is not used or badly
//! handled is proposed for withdrawal, with the reasons.

pub(crate) mod list;
pub(crate) mod rules;
