//! What can be done with a lead, by code.

use kernel::codes;

codes! {
    /// What can be done with a lead (操作).
    Verb {
        /// Ask a collector to verify before filing (发起核实).
        RequestVerify = "request-verify", "发起核实";
        /// Say on site whether the report is true (核实).
        Verify = "verify", "核实反馈";
        /// Accept (受理).
        Accept = "accept", "受理";
        /// Do not accept (不予受理).
        Reject = "reject", "不予受理";
        /// Merge into another lead (并案).
        Merge = "merge", "并案";
        /// File (立案).
        File = "file", "立案";
        /// Dispatch to a unit (派遣).
        Dispatch = "dispatch", "派遣";
        /// Take it as the unit, or give it to a handler (接单).
        Take = "take", "接单";
        /// Take back the naming of a handler (撤回指派).
        Unassign = "unassign", "撤回指派";
        /// Send it back to the dispatcher (回退).
        SendBack = "send-back", "回退";
        /// Ask for more time (申请延期).
        RequestExtension = "request-extension", "申请延期";
        /// Grant more time (同意延期).
        GrantExtension = "grant-extension", "同意延期";
        /// Refuse more time (不同意延期).
        RefuseExtension = "refuse-extension", "不同意延期";
        /// Suspend (挂账).
        Suspend = "suspend", "挂账";
        /// Go on after a suspension (恢复).
        Resume = "resume", "恢复办理";
        /// Reply that it is fixed (处置反馈).
        Fix = "fix", "处置反馈";
        /// Ask a collector to check after the fix (发起核查).
        RequestCheck = "request-check", "发起核查";
        /// Say on site whether it is fixed (核查).
        Check = "check", "核查反馈";
        /// Send it back to be fixed again (返工).
        Rework = "rework", "返工";
        /// Close (结案).
        Close = "close", "结案";
        /// Void (作废).
        Void = "void", "作废";
        /// Correct class, place or address (更正).
        Correct = "correct", "更正";
        /// Appoint who follows it up until the source has its answer (指定跟办人).
        Appoint = "appoint", "指定跟办人";
        /// Remind whoever must act (催办).
        Remind = "remind", "催办";
        /// Add a comment (备注).
        Comment = "comment", "备注";
        /// Call units to assist (联合处置).
        CallJoint = "call-joint", "联合处置";
        /// Ask on the spot for another unit (请求协办，一键指令).
        AskJoint = "ask-joint", "请求协办";
        /// Take the joint task of one's unit (接受协办).
        JointTake = "joint-take", "接受协办";
        /// Say that it is done (协办反馈).
        JointDone = "joint-done", "协办反馈";
        /// Send it back (协办退回).
        JointReturn = "joint-return", "协办退回";
        /// Withdraw a unit's joint task (撤回协办).
        JointWithdraw = "joint-withdraw", "撤回协办";
        /// Refer it to a neighbour city (转邻市).
        Refer = "refer", "转邻市";
        /// Take it back from a neighbour city (撤回转办).
        TakeBack = "take-back", "撤回转办";
        /// The neighbour city says that it is over (邻市办结).
        ReferralEnd = "referral-end", "邻市办结";
        /// Put it under a named leader's charge (指定包案领导).
        Charge = "charge", "指定包案";
        /// Take it out of the leader's charge (解除包案).
        EndCharge = "end-charge", "解除包案";
        /// The leader in charge instructs whoever has it (批示).
        Instruct = "instruct", "批示";
        /// Answer an instruction (答复批示).
        AnswerInstruction = "answer-instruction", "答复批示";
        /// The leader in charge takes an instruction back (撤回批示).
        WithdrawInstruction = "withdraw-instruction", "撤回批示";
        /// Raise it to the unit of the level above (上提).
        Raise = "raise", "上提";
        /// The level above returns what was raised to it (退回下级).
        ReturnRaised = "return-raised", "退回下级";
        /// Send it down to a unit below (下派).
        SendDown = "send-down", "下派";
    }
}
