//! The worker that learns models (模型训练): one at a time in the whole house, and by itself where the city turned that on.

use std::time::{Duration, Instant};

use classify::Model;
use database::advisory;
use http_api::Answer;
use identity::audit::{self, SettingChange};
use kernel::{id::uuid_at, problem::Problem};

use super::{
    Report,
    choose::traced,
    exam::{ExamError, examine},
    propose::Proposer,
    samples,
    store::{self, Choice, Ended},
};
use crate::{Leads, import::receive::out_of_reach};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How often it asks whether enough leads came.
const AGAIN: Duration = Duration::from_secs(3_600);
/// How long it waits after the database's failures.
const LATER: Duration = Duration::from_secs(10);
/// New leads after which a model is learned anew.
pub(super) const ENOUGH: i64 = 500;

impl Leads {
    /// Learns class models for as long as it is let. Cut off at any moment, it begins the model anew.
    pub async fn work_class_models(&self) {
        let mut asked: Option<Instant> = None;
        loop {
            if asked.is_none_or(|at| at.elapsed() > AGAIN) {
                asked = Some(Instant::now());
                if let Err(error) = self.ask_for_class_model().await {
                    tracing::warn!(code = error.problem().code, "whether a class model is due could not be looked up");
                }
            }
            let pause = match self.learn_class_model().await {
                Ok(true) => continue,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "a class model waits for the database");
                    LATER
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Asks for a new model where the city wants that and enough leads came since the last one; `true` when it did.
    ///
    /// # Errors
    /// The database's.
    pub async fn ask_for_class_model(&self) -> Answer<bool> {
        let (pool, region) = (self.database().pool(), self.home_region());
        if !store::choice(pool, region).await?.automatic {
            return Ok(false);
        }
        let last = store::list(pool, region).await?.into_iter().next();
        if let Some(last) = last
            && store::leads_since(pool, region, uuid_at(last.asked_at), ENOUGH).await? < ENOUGH
        {
            return Ok(false);
        }
        let mut connection = pool.acquire().await?;
        Ok(store::ask(&mut connection, region, None, self.clock().now()).await?.is_some())
    }

    /// Learns the model that is asked for, if there is one and nobody else learns it; `true` when it did.
    ///
    /// # Errors
    /// The database's; the model is learned later.
    pub async fn learn_class_model(&self) -> Answer<bool> {
        let (pool, region) = (self.database().pool(), self.home_region());
        let Some(number) = store::learning(pool, region).await? else { return Ok(false) };
        // Let go when this is over, or with its connection.
        let lock = format!("leads.class_model.{region}");
        let Some(_held) = advisory::try_hold(pool, &lock).await.map_err(|_| out_of_reach())? else { return Ok(false) };
        let samples = samples::of_today(self.catalogue(), store::samples(pool, region, samples::MOST).await?);
        let catalogue = self.catalogue().clone();
        let used = match store::choice(pool, region).await?.number {
            Some(number) => self.class_model(number).await?.map(|used| Proposer::new(catalogue.clone(), Some(used))),
            None => None,
        };
        let learned = tokio::task::spawn_blocking(move || {
            examine(&samples, |text| catalogue.suggest(text), used.as_ref().map(|used| |text: &str| used.classes(text)))
        });
        match learned.await {
            Ok(learned) => self.settle(number, learned).await?,
            // The worker goes on; the model failed, and says so.
            Err(panicked) => {
                tracing::error!(%panicked, number, "learning a class model broke off");
                let mut connection = pool.acquire().await?;
                let why = Ended::Failed("训练中断，请查看系统日志");
                store::settle(&mut connection, region, number, self.clock().now(), why).await?;
            }
        }
        Ok(true)
    }

    async fn settle(&self, number: i64, learned: Result<(Model, Report), ExamError>) -> Answer<()> {
        let (region, now) = (self.home_region(), self.clock().now());
        let mut transaction = self.database().pool().begin().await?;
        match learned {
            Ok((model, report)) => {
                store::settle(&mut transaction, region, number, now, Ended::Ready { report: &report, body: &model.to_bytes() }).await?;
                let choice = store::choice(&mut *transaction, region).await?;
                if choice.automatic && is_better(&report) {
                    let new = Choice { number: Some(number), automatic: true, version: choice.version + 1 };
                    if store::choose(&mut transaction, region, &new).await? {
                        let (before, after) = (traced(&choice), traced(&new));
                        let change = SettingChange { region, action: "class-model-chosen", target: region, before, after };
                        audit::record(&mut transaction, now, None, change).await?;
                    }
                }
            }
            Err(why) => store::settle(&mut transaction, region, number, now, Ended::Failed(&why.to_string())).await?,
        }
        transaction.commit().await?;
        self.settings_cache().forget();
        Ok(())
    }
}

/// Better on the same leads than what proposes now: the model in use, or the table of words alone.
fn is_better(report: &Report) -> bool {
    report.right > report.right_by_used.unwrap_or(report.right_by_words)
}

/// What one asks for while another one is being learned.
pub(super) fn busy() -> Problem {
    Problem::conflict("class-model-learning", "已有一个类别模型正在训练，请等它结束")
}
