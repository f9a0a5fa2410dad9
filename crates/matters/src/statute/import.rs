//! Importing statutes: each file is imported, there already, or refused with the reason. What was imported never changes.

use identity::audit::{self, SettingChange};
use kernel::id::uuid_at;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    parse::{self, Statute},
    store,
};
use crate::{Matters, MattersError};

/// A file to import.
#[derive(Debug, Clone)]
pub struct LawFile {
    /// Its name without folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LawOutcome {
    /// It is in the library now, with so many articles.
    Imported(usize),
    /// It was there already, to the letter.
    Present,
    /// It was refused.
    Refused(String),
}

/// Of title, date and articles.
fn digest(statute: &Statute) -> String {
    let mut hash = Sha256::new();
    for part in [statute.title.as_str(), &statute.dated.to_string()].into_iter().chain(statute.history.iter().map(String::as_str)) {
        hash.update(part);
        hash.update([0]);
    }
    for article in &statute.articles {
        hash.update(article.number.to_be_bytes());
        hash.update(&article.heading);
        hash.update([0]);
        hash.update(&article.text);
        hash.update([0]);
    }
    format!("sha256:{}", hex::encode(hash.finalize()))
}

impl Matters {
    /// Imports a statute from its file.
    ///
    /// # Errors
    /// The database's; a file that cannot be taken is an outcome.
    pub async fn import_law(&self, file: &LawFile) -> Result<LawOutcome, MattersError> {
        let statute = match parse::parse(&file.name, &file.text) {
            Ok(statute) => statute,
            Err(reason) => return Ok(LawOutcome::Refused(reason.to_string())),
        };
        if file.text.contains('\0') {
            return Ok(LawOutcome::Refused("文件含有不能使用的字符".to_owned()));
        }
        let digest = digest(&statute);
        let mut transaction = self.pool().begin().await?;
        if let Some(there) = store::digest(&mut transaction, &statute.title, statute.dated).await? {
            let refusal =
                || format!("《{}》({}) 已在库中且文字不同；法规入库后不可改动，修订后的文本请用新的日期", statute.title, statute.dated);
            return Ok(if there == digest { LawOutcome::Present } else { LawOutcome::Refused(refusal()) });
        }
        let id = uuid_at(self.now());
        store::add(&mut transaction, id, &statute, &digest, &file.name, self.now()).await?;
        let after = json!({ "title": statute.title, "dated": statute.dated, "articles": statute.articles.len(), "digest": digest });
        let change =
            SettingChange { region: self.home_region(), action: "statute-imported", target: &id.to_string(), before: Value::Null, after };
        audit::record(&mut transaction, self.now(), None, change).await?;
        transaction.commit().await?;
        Ok(LawOutcome::Imported(statute.articles.len()))
    }
}
