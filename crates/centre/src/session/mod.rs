//! Sessions (场次): a room that is booked for a case, who comes, what he was told, from when to when he was spoken with.

pub(crate) mod book;
pub(crate) mod list;
pub(crate) mod of_case;
pub(crate) mod reveal;
pub(crate) mod rules;
pub(crate) mod show;
pub(crate) mod step;
pub(crate) mod store;
pub(crate) mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// What a session is for (事由).
    #[schema(as = CentreSessionPurpose)]
    Purpose {
        /// Questioning (询问).
        Inquiry = "inquiry", "询问";
        /// Statement and defence (陈述申辩).
        Statement = "statement", "陈述申辩";
        /// A hearing (听证).
        Hearing = "hearing", "听证";
        /// Mediation (调解).
        Mediation = "mediation", "调解";
        /// Identification (辨认).
        Identification = "identification", "辨认";
        /// Looking through the file (阅卷).
        Inspection = "inspection", "阅卷";
    }
}

codes! {
    /// Who comes (到场人员身份).
    #[schema(as = CentreSessionRole)]
    Role {
        /// A party of the case (当事人).
        Party = "party", "当事人";
        /// A witness (证人).
        Witness = "witness", "证人";
        /// Who was harmed (受害人).
        Victim = "victim", "受害人";
        /// An expert (鉴定人).
        Expert = "expert", "鉴定人";
        /// Who acts for a party (代理人).
        Agent = "agent", "代理人";
        /// Somebody else (其他).
        Other = "other", "其他人员";
    }
}

codes! {
    /// Where a session stands (场次状态).
    #[schema(as = CentreSessionState)]
    SessionState {
        /// Booked (已预约).
        Booked = "booked", "已预约";
        /// Who was asked has come (已到场).
        Arrived = "arrived", "已到场";
        /// It goes on (进行中).
        Running = "running", "进行中";
        /// A rest (休息中).
        Resting = "resting", "休息中";
        /// Over (已结束).
        Ended = "ended", "已结束";
        /// Nobody came (未到场).
        NoShow = "no_show", "未到场";
        /// Cancelled (已取消).
        Cancelled = "cancelled", "已取消";
    }
}

codes! {
    /// What is done with a session (办理).
    #[schema(as = CentreSessionStep)]
    Step {
        /// Who was asked has come (登记到场).
        Arrive = "arrive", "登记到场";
        /// Rights were told, it begins (告知权利并开始).
        Start = "start", "告知权利并开始";
        /// A rest begins (开始休息).
        Rest = "rest", "休息";
        /// It goes on (继续).
        Resume = "resume", "继续";
        /// It is over (结束).
        End = "end", "结束";
        /// Nobody came (登记未到场).
        NoShow = "no-show", "登记未到场";
        /// It is cancelled (取消).
        Cancel = "cancel", "取消";
        /// Why there is no recording (说明没有录音录像).
        Unrecorded = "unrecorded", "说明没有录音录像";
    }
}

/// The problem of a session that is not there for the caller.
pub(crate) fn no_session() -> Problem {
    Problem::not_found("session-not-found", "没有这个场次，或者不在您的查看范围内")
}
