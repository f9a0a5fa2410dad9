//! The closed lists of the matter library. The label is what a sheet holds.

use kernel::codes;

codes! {
    /// How high the law stands (效力位阶).
    MatterRank {
        /// Of the National People's Congress.
        Law = "law", "法律";
        /// Of the State Council.
        Administrative = "administrative", "行政法规";
        /// Of a province.
        Provincial = "provincial", "省级地方性法规";
        /// Of a city.
        Municipal = "municipal", "市级地方性法规";
        /// Of a ministry.
        Ministry = "ministry", "部门规章";
        /// Of a local government.
        Government = "government", "地方政府规章";
    }
}

codes! {
    /// Who may be penalised (处罚对象).
    MatterTarget {
        /// Natural persons.
        Individual = "individual", "个人";
        /// Legal persons and other organisations.
        Organisation = "organisation", "单位";
        /// Both, each with its range.
        Both = "both", "个人/单位";
        /// The formula says.
        Formula = "formula", "见formula";
    }
}

codes! {
    /// Whose fine is asked for (当事人类型).
    FineParty {
        /// A citizen.
        Individual = "individual", "个人";
        /// A legal person or another organisation.
        Organisation = "organisation", "单位";
    }
}

codes! {
    /// How far a row may be relied upon (条目状态).
    MatterStatus {
        /// The amounts stand in the text that was opened.
        InText = "in-text", "原文核对";
        /// The law was replaced: only for acts before.
        Superseded = "superseded", "已被取代";
        /// Its upper law was replaced: the amounts may be overtaken.
        CheckUpperLaw = "check-upper-law", "上位法已变，须核对";
        /// Whether the text is still in force is to be looked up.
        CheckCurrency = "check-currency", "现行性须核对";
        /// Restated by others; the text was not opened.
        Secondary = "secondary", "转引，未见原文";
        /// Entered by this city.
        Local = "local", "本地录入";
        /// The law no longer calls it unlawful.
        NotUnlawful = "not-unlawful", "不再认为违法";
    }
}

codes! {
    /// What must come before the fine (罚款前置条件).
    FineCondition {
        /// Nothing.
        None = "none", "无前置条件";
        /// An order to put it right goes with it.
        Order = "order", "责令改正";
        /// An order that was served and, at the check, not obeyed.
        NotObeyed = "not-obeyed", "责令限期改正，逾期不改正";
        /// Grave circumstances or consequences.
        Grave = "grave", "情节严重或者造成后果";
        /// Either of the two.
        NotObeyedOrGrave = "not-obeyed-or-grave", "逾期不改正或者造成严重后果";
        /// A warning goes with it.
        Warning = "warning", "警告";
    }
}

codes! {
    /// When a hearing must be offered (听证告知).
    HearingHint {
        /// Where the amount is large by the province's standard.
        ByAmount = "by-amount", "罚款/没收达到省定较大数额时告知";
        /// Always, by the kind of penalty.
        Always = "always", "必须告知听证(63条3–5项)";
    }
}

codes! {
    /// Whether the fine can be decided on the spot (简易程序适用).
    SimpleUse {
        /// The whole range lies inside.
        Always = "always", "是";
        /// Only when the fine that is imposed lies inside.
        WhenSmall = "when-small", "部分";
        /// Only where nothing but a warning is given.
        WarningOnly = "warning-only", "是(仅警告时)";
        /// Never.
        Never = "never", "否";
    }
}

codes! {
    /// How the row was checked (核对情况).
    MatterVerified {
        /// The penalty article was opened and the amounts stand in it.
        Text = "text", "已核对原文";
        /// Secondary sources agree.
        Secondary = "secondary", "二手资料一致";
        /// Nobody has checked it yet.
        NotYet = "not-yet", "尚未核对";
    }
}

impl MatterVerified {
    /// How the sheet of matters writes it.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Text => "Y",
            Self::Secondary => "S",
            Self::NotYet => "N",
        }
    }
}
