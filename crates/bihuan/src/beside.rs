//! The lead room for commands that work beside a running server, or without one.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use catalogue::Catalogue;
use database::Opened;
use docket::vault::Vault;
use identity::Identity;
use kernel::clock::{SharedClock, SystemClock};
use leads::Leads;

/// An opened lead room.
pub struct Beside {
    /// The database, of this process or of the server.
    pub opened: Opened,
    /// The room.
    pub leads: Leads,
}

/// Opens the lead room on a data folder.
pub async fn open(data: &Path, region: &str) -> Result<Beside> {
    std::fs::create_dir_all(data).with_context(|| format!("数据目录 {} 无法建立", data.display()))?;
    let opened = database::open_beside(&database::Settings::from_environment(data)).await?;
    database::migrate(&opened.owner_pool, &crate::serve::migrations()).await?;
    let database = opened.database.clone();
    let clock: SharedClock = Arc::new(SystemClock);
    let vault = Vault::open_for(&data.join("keys"), database.pool()).await.context("密钥目录无法使用")?;
    // Nobody signs in here and nothing is sealed: the key is of no use to these commands.
    let settings = identity::Settings { seal_key: [0; 32], secure_cookies: false, demo: false };
    let identity = Identity::new(database.pool().clone(), clock.clone(), settings);
    let catalogue = Catalogue::load(database.clone(), clock.clone(), catalogue::Settings::default()).await?;
    let files = crate::storage::open(data, database.clone(), clock.clone()).await?;
    let leads = Leads::new(leads::Parts {
        database,
        clock,
        catalogue,
        identity,
        files,
        vault,
        calendar: Arc::new(crate::serve::calendar_in_force(data)?),
        home_region: region.to_owned(),
        // Nothing is sent out by these commands either.
        outgoing: notify::Outgoing::new(&[0; 32], false).context("对外推送组件无法启动")?,
        reporter_may_check: false,
        demo: false,
    });
    leads.keep_imports_in(&data.join("imports")).context("导入目录无法使用")?;
    Ok(Beside { opened, leads })
}
