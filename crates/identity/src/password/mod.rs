//! Passwords (口令): what is good enough, and how they are kept.

pub(crate) mod hash;
mod policy;

use std::fmt;

use serde::Deserialize;
use utoipa::ToSchema;

pub(crate) use policy::refuse_weak;

/// A password as somebody typed it; it never shows itself.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes what was typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// The clear text, for hashing alone.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_show_itself() {
        assert!(!format!("{:?}", Password::new("correct horse")).contains("horse"));
    }
}
