//! The rights of campaigns. What decides is never an auxiliary's.

identity::rights! {
    /// See campaigns and how far they are (查看整治).
    SeeCampaigns = "campaign.see", "查看全域整治", decides = false, roles = ["shift_leader", "operator", "dispatcher", "evaluator", "leader", "administrator"];
    /// Begin and end campaigns (发起、结束整治).
    RunCampaigns = "campaign.run", "发起全域整治", decides = true, roles = ["shift_leader", "leader"];
    /// Look at a grid for a campaign (网格排查).
    CheckGrids = "campaign.check", "网格排查", decides = false, roles = ["collector"];
}
