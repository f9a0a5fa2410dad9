//! The rights that notify asks for.

identity::rights! {
    /// Follow live events and read one's notifications (接收实时更新与通知).
    FollowEvents = "event.follow", "接收实时更新与通知", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "legal_reviewer", "auxiliary", "evaluator", "leader", "administrator", "liaison", "enterprise"];
    /// Keep the list of webhooks (管理推送地址).
    ManageWebhooks = "webhook.manage", "管理推送地址", decides = true, roles = ["administrator"];
}
