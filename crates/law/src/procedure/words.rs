//! The tracks of a case and the states it can be in.

named! {
    /// The procedure a case follows (程序).
    Track {
        /// The ordinary procedure (普通程序).
        Ordinary = "ordinary", "普通程序";
        /// The ordinary procedure with short inner ways (简案快办).
        Fast = "fast", "简案快办";
        /// Evidence by a device, the whole way online (非现场执法).
        OffSite = "off-site", "非现场执法";
        /// A decision on the spot (简易程序、当场处罚).
        Simple = "simple", "简易程序";
        /// A small fine at once, online (轻微速罚): the bounds of the simple procedure.
        MinorQuick = "minor-quick", "轻微速罚";
        /// Persuasion instead of penalty (柔性执法).
        Soft = "soft", "柔性执法";
    }
}

named! {
    /// Where a case stands (案件状态).
    State {
        /// A clue is being checked.
        Clue = "clue", "线索核查";
        /// A device took a record.
        Captured = "captured", "设备采集";
        /// The record was reviewed.
        Screened = "screened", "记录已审核";
        /// Officers stand before the party.
        OnSpot = "on_spot", "当场查处";
        /// Told to do better, without a penalty.
        Persuaded = "persuaded", "已说服劝导";
        /// Not filed.
        NotFiled = "not_filed", "不予立案";
        /// Filed.
        Filed = "filed", "已立案";
        /// Under investigation.
        Investigating = "investigating", "调查取证";
        /// The investigation is suspended.
        Suspended = "suspended", "中止调查";
        /// The investigation has ended.
        Ended = "ended", "调查终结";
        /// The party serves the public instead of being fined.
        Volunteering = "volunteering", "公益服务中";
        /// Handed to another organ.
        TransferOrgan = "transfer_organ", "移送其他机关";
        /// On its way to the police.
        TransferPolice = "transfer_police", "移送公安机关";
        /// The police filed it.
        PoliceFiled = "police_filed", "公安机关已立案";
        /// No penalty.
        NoPenalty = "no_penalty", "不予处罚";
        /// The filing is withdrawn.
        Withdrawn = "withdrawn", "撤销案件";
        /// Ended without a decision.
        Terminated = "terminated", "已终止";
        /// Part of another case now.
        Merged = "merged", "已并案";
        /// The party was told what is planned.
        Noticed = "noticed", "已告知";
        /// A hearing was asked for.
        HearingRequested = "hearing_requested", "已申请听证";
        /// The hearing was held.
        HearingHeld = "hearing_held", "听证已举行";
        /// Under legal review.
        Reviewing = "reviewing", "法制审核";
        /// Discussed by the heads.
        Discussed = "discussed", "已集体讨论";
        /// Decided.
        Decided = "decided", "已决定";
        /// The decision is served.
        Served = "served", "已送达";
        /// To be performed.
        Performing = "performing", "履行中";
        /// Payment is deferred or in parts.
        Deferred = "deferred", "暂缓或者分期";
        /// Performed.
        Paid = "paid", "已履行";
        /// Reminded in writing.
        Reminded = "reminded", "已催告";
        /// Enforced by the organ itself.
        OwnEnforcement = "own_enforcement", "行政强制执行";
        /// The court was applied to.
        CourtApplied = "court_applied", "已申请法院执行";
        /// The court has ruled.
        CourtRuled = "court_ruled", "法院已裁定";
        /// Closed.
        Closed = "closed", "已结案";
        /// In the archive.
        Archived = "archived", "已归档";
    }
}

impl State {
    /// Nothing follows.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Archived | Self::Merged)
    }

    /// The decision has reached the party, so that what led to it is read no more.
    #[must_use]
    pub const fn is_after_service(self) -> bool {
        matches!(
            self,
            Self::Served
                | Self::Performing
                | Self::Deferred
                | Self::Paid
                | Self::Reminded
                | Self::OwnEnforcement
                | Self::CourtApplied
                | Self::CourtRuled
        )
    }
}
