//! LISTEN/NOTIFY: a channel of words between the processes on one database, which comes back after a lost connection.

use crate::{Result, error::sql};
use sqlx::{PgConnection, PgPool, postgres::PgListener};
use std::time::Duration;

/// What a listener hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A word was sent.
    Word(String),
    /// The connection was lost and is back: words may have been missed, the reader looks at the tables again.
    Resumed,
}

/// An ear on one channel.
#[derive(Debug)]
pub struct Listener {
    pool: PgPool,
    channel: String,
    ear: Option<PgListener>,
}

/// Starts to listen on a channel.
pub async fn listen(pool: &PgPool, channel: &str) -> Result<Listener> {
    let ear = connect(pool, channel).await.map_err(sql("LISTEN"))?;
    Ok(Listener { pool: pool.clone(), channel: channel.to_owned(), ear: Some(ear) })
}

/// Sends a word to everybody who listens; inside a transaction it leaves at its commit.
pub async fn notify(connection: &mut PgConnection, channel: &str, word: &str) -> Result<()> {
    sqlx::query("SELECT pg_notify($1, $2)").bind(channel).bind(word).execute(connection).await.map_err(sql("NOTIFY"))?;
    Ok(())
}

impl Listener {
    /// Waits for the next word. Never ends by itself: a lost connection is made again, for as long as it takes.
    pub async fn next(&mut self) -> Heard {
        loop {
            let Some(ear) = &mut self.ear else {
                match connect(&self.pool, &self.channel).await {
                    Ok(ear) => {
                        self.ear = Some(ear);
                        return Heard::Resumed;
                    }
                    Err(error) => {
                        tracing::debug!(%error, channel = %self.channel, "listening again failed");
                        tokio::time::sleep(Duration::from_millis(500)).await;
                        continue;
                    }
                }
            };
            match ear.try_recv().await {
                Ok(Some(notification)) => return Heard::Word(notification.payload().to_owned()),
                Ok(None) | Err(_) => self.ear = None,
            }
        }
    }
}

async fn connect(pool: &PgPool, channel: &str) -> std::result::Result<PgListener, sqlx::Error> {
    let mut ear = PgListener::connect_with(pool).await?;
    ear.listen(channel).await?;
    Ok(ear)
}
