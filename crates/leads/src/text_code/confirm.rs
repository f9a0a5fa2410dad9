//! Whether a public report needs a code, and whether the one it brings is right (核对短信验证码).

use http_api::Answer;
use kernel::{personal::Telephone, position::Position, problem::Problem};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TextCodeMode, rules, store};
use crate::{Leads, caution, lead::Source};

/// The code that came by text message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TelephoneCode {
    /// What sending it answered.
    id: Uuid,
    /// Six digits.
    code: String,
}

/// What of a report decides.
pub(crate) struct Asked<'a> {
    pub key: &'a str,
    pub telephone: Option<&'a Telephone>,
    pub position: Option<Position>,
    pub photos: &'a [String],
}

/// The digest of a code; without the master key nobody can try the million of them.
pub(super) fn digest(leads: &Leads, id: Uuid, code: &str) -> Vec<u8> {
    leads.vault().blind("text-code", &format!("{id}/{code}"))
}

fn needed(field: &'static str, detail: &'static str) -> Problem {
    Problem::invalid("text-code-needed", detail).field(field, detail)
}

fn wrong(detail: &'static str) -> Problem {
    Problem::invalid("text-code-wrong", detail).field("telephone_code", detail)
}

/// Whether the telephone of a report was confirmed by a code. While the database is out of reach no code can be looked up, and the report goes
/// on without: it is worth more than the proof.
///
/// # Errors
/// `text-code-needed` where it must be and was not; `text-code-wrong`.
pub(crate) async fn verify(leads: &Leads, asked: Asked<'_>, given: Option<TelephoneCode>) -> Answer<bool> {
    if leads.database_is_away() {
        return Ok(false);
    }
    match look(leads, asked, given).await {
        Err(error) if error.problem().code == "database-unavailable" && leads.spool().is_some() => {
            leads.found_away();
            Ok(false)
        }
        settled => settled,
    }
}

async fn look(leads: &Leads, asked: Asked<'_>, given: Option<TelephoneCode>) -> Answer<bool> {
    let setting = leads.settings().await?.text_codes;
    if setting.mode == TextCodeMode::Off || leads.text_messages().is_none() {
        return Ok(false);
    }
    // Sent again after its answer was lost, it is the report that is there: its code was asked for then.
    if leads.outside_known(&Source::PORTAL, asked.key).await?.is_some() {
        return Ok(false);
    }
    let odd = setting.mode == TextCodeMode::Odd && caution::would_bear_mark(leads, asked.position, asked.photos).await?;
    let Some(telephone) = asked.telephone else {
        return if odd {
            Err(needed("telephone", "这件上报需要手机验证：请留下手机号码并填写短信验证码").into())
        } else {
            Ok(false)
        };
    };
    let Some(given) = given else { return Err(needed("telephone_code", "请获取并填写短信验证码").into()) };
    confirm(leads, telephone, &given, asked.key).await?;
    Ok(true)
}

async fn confirm(leads: &Leads, telephone: &Telephone, given: &TelephoneCode, key: &str) -> Answer<()> {
    let region = leads.home_region();
    let mut transaction = leads.database().pool().begin().await?;
    let row = store::lock(&mut transaction, region, given.id).await?.ok_or_else(|| wrong("验证码不对，请重新获取"))?;
    if row.telephone != leads.vault().blind("text-code-telephone", telephone.expose()) {
        return Err(wrong("验证码与这个号码不符，请重新获取").into());
    }
    let again = row.used_for.as_deref() == Some(key);
    if row.used_for.is_some() && !again {
        return Err(wrong("这个验证码已经用过，请重新获取").into());
    }
    if !again && row.tries >= rules::TRIES {
        return Err(wrong("验证码输错太多次，请重新获取").into());
    }
    if !again && leads.clock().now() - row.sent_at > rules::HOLDS {
        return Err(wrong("验证码已过期，请重新获取").into());
    }
    let right: bool = digest(leads, given.id, given.code.trim()).ct_eq(&row.digest).into();
    if !again || !right {
        store::tried(&mut transaction, region, given.id, right.then_some(key)).await?;
        transaction.commit().await?;
    }
    if right { Ok(()) } else { Err(wrong("验证码不对，请核对").into()) }
}
