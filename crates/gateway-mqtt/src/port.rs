//! What this room asks of whoever takes events in (接入端口).

use async_trait::async_trait;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The answer to its sender, JSON.
    pub receipt: String,
    /// Something in it was refused: the sender is told.
    pub refused: bool,
}

/// Nothing of the message is kept: it is to be handed in again.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Later(pub String);

/// Whoever takes events in.
#[async_trait]
pub trait Intake: Send + Sync + 'static {
    /// Takes a message in. The answer comes when what is taken of it is durable.
    ///
    /// # Errors
    /// [`Later`] when nothing of it is kept for now.
    async fn take(&self, message: &[u8]) -> Result<Taken, Later>;
}
