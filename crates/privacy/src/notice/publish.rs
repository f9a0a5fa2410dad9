//! Publish the draft (发布告知书): from now on it is what people are shown.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::json;

use super::{
    list::{self, PrivacyNotices},
    store,
};
use crate::{
    Privacy, rights,
    words::{TEXT, required},
};

/// Publishes the draft as it was seen. Earlier notices stay readable, and reports keep the number of theirs.
///
/// # Errors
/// `field-required` for an empty part, `notice-unchanged`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/privacy-notices", tag = "privacy", operation_id = "publish_privacy_notice",
    params(("If-Match" = Option<String>, Header, description = "The draft's version that was seen")),
    responses((status = 200, body = PrivacyNotices, description = "The notices")))]
pub(crate) async fn publish(
    State(room): State<Privacy>,
    allowed: Allowed<rights::KeepNotices>,
    IfMatch(seen): IfMatch,
) -> Answer<Json<PrivacyNotices>> {
    room.require_ground(&allowed.scope())?;
    let (region, now) = (room.home_region(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let conflict = || Problem::precondition_failed("version-conflict", "草稿刚被别人改过或已发布，请刷新后再发布");
    let nothing = || Problem::invalid("field-required", "请先起草告知书").field("text", "请先起草告知书");
    let draft = store::draft(&mut *transaction, region).await?.ok_or_else(nothing)?;
    if seen.is_some_and(|seen| seen != draft.version) {
        return Err(conflict().into());
    }
    required("text", "告知书", &draft.text, TEXT)?;
    // Of children under fourteen there are rules of their own, or none may be taken (个人信息保护法 art. 31).
    required("minors", "未满十四周岁未成年人的处理规则", &draft.minors, TEXT)?;
    let newest = store::newest(&mut *transaction, region).await?;
    if newest.as_ref().is_some_and(|newest| newest.text == draft.text && newest.minors == draft.minors) {
        return Err(Problem::conflict("notice-unchanged", "草稿与现行版本完全相同，无须再发布").into());
    }
    let before = newest.map_or(0, |newest| newest.number);
    let number = before + 1;
    if !store::publish(&mut transaction, region, number, &draft, allowed.caller.person.uuid(), now).await? {
        return Err(conflict().into());
    }
    let target = number.to_string();
    let change = SettingChange {
        region,
        action: "privacy-notice-published",
        target: &target,
        before: json!({ "notice": before }),
        after: json!({ "notice": number }),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    list::whole(&room).await
}
