//! The rights of rewards. What decides is never an auxiliary's.

identity::rights! {
    /// See programmes, awards and accounts (查看奖励).
    SeeRewards = "reward.see", "查看天天有奖", decides = false, roles = ["shift_leader", "evaluator", "leader", "administrator"];
    /// Publish the rules of programmes, and bar telephones (设置奖励方案).
    SetRewards = "reward.configure", "设置奖励方案", decides = true, roles = ["leader", "administrator"];
    /// Approve awards, or refuse them (审核奖励).
    ApproveRewards = "reward.approve", "审核奖励", decides = true, roles = ["shift_leader", "leader"];
    /// Make payout files and enter what finance says; never for what oneself approved (发放奖励).
    PayRewards = "reward.pay", "发放奖励", decides = true, roles = ["evaluator", "administrator"];
    /// Take out payout files with whole telephones (导出领奖电话).
    RevealPayees = "reward.reveal", "导出完整领奖电话", decides = true, roles = ["administrator"];
}
