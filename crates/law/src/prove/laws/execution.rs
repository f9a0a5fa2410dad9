//! Laws after the decision: payment, enforcement, court, remedies, publication, closing.

use super::{Law, law};
use crate::procedure::{Action, Change, Fate, Hour, Means, Party, Published, Registration, Remedy, Seizure, State, Track, Urged, Window};

pub(super) const LAWS: &[Law] = &[
    law(
        "cash",
        "行政处罚法第六十七条至第七十条",
        "当场收缴有法定情形和专用票据",
        &["cash-allowed", "cash-receipt"],
        |taken| !taken.is(&[Action::TakeCash]) || (taken.attempt.power && taken.attempt.receipt),
    ),
    law(
        "deferral-asked-for",
        "行政处罚法第六十六条第二款",
        "暂缓、分期由当事人申请",
        &["deferral-asked-for"],
        |taken| !taken.is(&[Action::Defer]) || taken.attempt.consent,
    ),
    law("urged-when-overdue", "行政强制法第三十四条、第三十五条", "履行期限届满才催告", &["overdue"], |taken| {
        !taken.is(&[Action::Remind]) || taken.before.overdue
    }),
    law(
        "urged-before-force",
        "行政强制法第三十五条、第五十四条",
        "催告满十个工作日才强制执行或者申请法院",
        &["reminded-long-enough"],
        |taken| !taken.is(&[Action::OrderEnforcement, Action::ApplyToCourt]) || taken.before.urged == Urged::Passed,
    ),
    law(
        "own-power",
        "行政强制法第十三条、第四十六条",
        "有法定执行权的才自行强制执行，终结执行有法定事由",
        &["own-enforcement-power", "ground-to-end-execution"],
        |taken| !taken.is(&[Action::OrderEnforcement, Action::EndExecution]) || taken.attempt.power,
    ),
    law("daytime", "行政强制法第四十三条", "夜间和法定节假日不强制执行，紧急的除外", &["daytime"], |taken| {
        !taken.is(&[Action::Enforce]) || !matches!(taken.attempt.hour, Hour::Night | Hour::Holiday)
    }),
    law(
        "court-window",
        "行政强制法第五十三条",
        "复议诉讼期满后三个月以内申请法院执行",
        &["remedy-time-over", "court-window-open"],
        |taken| !taken.is(&[Action::ApplyToCourt]) || taken.before.window == Window::Open,
    ),
    law(
        "court-window-waits",
        "行政处罚法第七十二条第二款",
        "暂缓、分期期间申请法院执行的期限不届满",
        &[],
        |taken| !taken.is(&[Action::CourtWindowCloses]) || taken.before.state != State::Deferred,
    ),
    law(
        "demolition",
        "行政强制法第四十四条",
        "强制拆除经公告，复议、诉讼期满且没有进行中的复议、诉讼",
        &["demolition-announced"],
        |taken| {
            let demolishes = taken.is(&[Action::OrderEnforcement]) && taken.attempt.means == Means::Demolition;
            let over = taken.before.window != Window::NotYet && !matches!(taken.before.remedy, Remedy::Review | Remedy::Suit);
            !demolishes || (taken.attempt.announced && over)
        },
    ),
    law(
        "money-by-force",
        "行政强制法第四十六条第一款",
        "加处罚款超过三十日才对金钱直接强制",
        &["extra-fine-thirty-days"],
        |taken| {
            let money = taken.is(&[Action::OrderEnforcement]) && taken.attempt.means == Means::Money;
            !money || taken.attempt.dunned
        },
    ),
    law("review-first", "行政复议法第二十三条", "当场处罚先复议后诉讼", &["review-first"], |taken| {
        let spot = matches!(taken.before.track, Track::Simple | Track::MinorQuick);
        let tried = matches!(taken.before.remedy, Remedy::Reviewed | Remedy::ReviewRefused | Remedy::ReviewLapsed);
        !taken.is(&[Action::Sue]) || !spot || tried
    }),
    law(
        "changed-no-heavier",
        "行政复议法第六十三条第二款；行政诉讼法第七十七条第二款",
        "复议、诉讼变更的处罚不重于原决定，第三人提出相反请求的除外",
        &["changed-no-heavier"],
        |taken| !taken.is(&[Action::Changed]) || taken.attempt.change != Change::Heavier || taken.attempt.power,
    ),
    law(
        "stands-unless-revoked",
        "行政复议法第六十五条；行政诉讼法第七十四条",
        "变更、确认违法的决定仍然有效，案件留在原来的环节；被撤销的才退出履行",
        &[],
        |taken| !taken.is(&[Action::Changed, Action::FoundUnlawful]) || taken.before.state == taken.after.state,
    ),
    law(
        "unlawful-is-not-public",
        "行政处罚法第四十八条第二款",
        "被确认违法的决定不再公开",
        &["unlawful-unpublished"],
        |taken| !taken.is(&[Action::Publish]) || taken.before.fate != Fate::Unlawful,
    ),
    law(
        "published-masked",
        "行政处罚法第四十八条、第五十条；个人信息保护法第三十四条",
        "公开的已脱敏，未成年人的不公开",
        &["masked", "youth-unpublished"],
        |taken| !taken.is(&[Action::Publish]) || (taken.attempt.masked && taken.before.party != Party::Youth),
    ),
    law(
        "revoked-is-withdrawn",
        "行政处罚法第四十八条第二款",
        "被变更、撤销、确认违法的决定撤回公开后才结案、归档",
        &["publication-withdrawn"],
        |taken| {
            let (fell, case) = (taken.before.remedy == Remedy::Revoked, taken.before);
            let stale = case.published == Published::Stale || (fell && case.published == Published::Public);
            !taken.is(&[Action::Close, Action::Archive]) || !stale
        },
    ),
    law(
        "closed-when-done",
        "行政处罚法第四十七条、第五十二条第三款；行政强制法第二十七条",
        "财物处理完毕、复议诉讼结束、当场处罚已备案才结案",
        &["property-settled", "remedy-settled", "recorded"],
        |taken| {
            let after = taken.after;
            let goods = !matches!(after.registration, Registration::Held | Registration::Expired)
                && matches!(after.seizure, Seizure::Free | Seizure::Settled);
            let pending = matches!(after.remedy, Remedy::Review | Remedy::Suit);
            let spot = taken.is(&[Action::Close]) && matches!(after.track, Track::Simple | Track::MinorQuick);
            // What a party asks for afterwards, the closing could not wait for.
            !taken.is(&[Action::Close]) || (goods && !pending && (!spot || after.recorded))
        },
    ),
    law(
        "fought-and-public-where-decided",
        "行政处罚法第四十八条；行政复议法第二十条；行政诉讼法第四十六条",
        "只有作出并送达的处罚决定才公开、复议、诉讼，结案归档以后也是",
        &[],
        |taken| {
            let before = taken.before;
            let decided = before.state.is_after_service() || before.sealed;
            !taken.is(&[Action::Publish, Action::AskReview, Action::Sue]) || (decided && before.remedy != Remedy::Revoked)
        },
    ),
    law("archive-is-last", "行政处罚法第四十七条", "结案或者不予立案才归档", &[], |taken| {
        !taken.is(&[Action::Archive]) || matches!(taken.before.state, State::Closed | State::NotFiled)
    }),
];
