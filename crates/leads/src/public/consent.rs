//! Under which notice a report is made, and who consents (告知与同意).

use futures::future::BoxFuture;
use http_api::Answer;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Where published notices are known (告知书).
pub trait Notices: Send + Sync {
    /// The number of the newest published notice of a district; 0 where there is none.
    fn newest<'a>(&'a self, region: &'a str) -> BoxFuture<'a, Answer<i64>>;
}

/// What the reporter had read when he left his contact.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportConsent)]
pub(crate) struct Consent {
    /// The number of the notice that was shown.
    pub notice: i64,
    /// The reporter is not yet fourteen.
    #[serde(default)]
    pub under_14: bool,
    /// A parent or another guardian agrees, and the contact is his.
    #[serde(default)]
    pub guardian: bool,
}

/// What a report keeps of notice and consent; nothing where it was made under none.
///
/// Whoever leaves a contact has been told before (个人信息保护法 art. 17); of a child under fourteen a guardian agrees (art. 31).
///
/// # Errors
/// `notice-not-seen`, `notice-unknown`, `guardian-consent-missing`.
pub(super) fn kept(newest: i64, contact: bool, consent: Option<Consent>) -> Result<Option<Value>, Problem> {
    let Some(consent) = consent else {
        if contact && newest > 0 {
            let detail = "请先阅读个人信息告知书，再留下姓名或电话";
            return Err(Problem::invalid("notice-not-seen", detail).field("consent", detail).citing("个人信息保护法第十七条"));
        }
        return Ok(None);
    };
    if !(1..=newest).contains(&consent.notice) {
        let detail = "没有这一版个人信息告知书，请刷新页面后再提交";
        return Err(Problem::invalid("notice-unknown", detail).field("consent", detail));
    }
    if contact && consent.under_14 && !consent.guardian {
        let detail = "未满十四周岁的，请由父母或其他监护人同意并留下监护人的联系方式；也可以不留联系方式";
        return Err(Problem::invalid("guardian-consent-missing", detail).field("consent", detail).citing("个人信息保护法第三十一条"));
    }
    Ok(Some(json!({ "notice": consent.notice, "under_14": consent.under_14, "guardian": consent.guardian })))
}

#[cfg(test)]
mod tests {
    use super::{Consent, kept};

    const READ: Consent = Consent { notice: 2, under_14: false, guardian: false };

    fn refusal(newest: i64, contact: bool, consent: Option<Consent>) -> &'static str {
        kept(newest, contact, consent).map_or_else(|problem| problem.code, |_| "taken")
    }

    #[test]
    fn a_contact_is_left_after_the_notice_was_read_and_for_a_child_by_a_guardian() {
        assert_eq!(refusal(0, true, None), "taken", "no notice is published");
        assert_eq!(refusal(2, false, None), "taken", "nothing personal is left");
        assert_eq!(refusal(2, true, None), "notice-not-seen");
        assert_eq!(refusal(2, true, Some(READ)), "taken");
        assert_eq!(refusal(3, true, Some(READ)), "taken", "written while an earlier one stood");
        assert_eq!(refusal(1, true, Some(READ)), "notice-unknown");
        assert_eq!(refusal(2, false, Some(Consent { notice: 0, ..READ })), "notice-unknown");
        assert_eq!(refusal(2, true, Some(Consent { under_14: true, ..READ })), "guardian-consent-missing");
        assert_eq!(refusal(2, true, Some(Consent { under_14: true, guardian: true, ..READ })), "taken");
        assert_eq!(refusal(2, false, Some(Consent { under_14: true, ..READ })), "taken", "anonymous");
    }
}
