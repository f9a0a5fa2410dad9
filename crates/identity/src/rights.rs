//! The rights that identity itself asks for.

crate::rights! {
    /// See organisations (查看单位).
    SeeOrganisations = "organisation.see", "查看单位", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "legal_reviewer", "auxiliary", "evaluator", "leader", "administrator"];
    /// Add and change organisations (维护单位).
    ManageOrganisations = "organisation.manage", "维护单位", decides = true, roles = ["administrator"];
    /// See people (查看人员).
    SeePeople = "person.see", "查看人员", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "unit_leader", "evaluator", "leader", "administrator"];
    /// Add and change people (维护人员).
    ManagePeople = "person.manage", "维护人员与账号", decides = true, roles = ["administrator"];
    /// See what roles allow (查看角色).
    SeeRoles = "role.see", "查看角色与权限", decides = false, roles = ["administrator", "leader", "shift_leader"];
    /// Change what roles allow (维护角色).
    ManageRoles = "role.manage", "调整角色权限", decides = true, roles = ["administrator"];
    /// See who signed in (查看登录审计).
    SeeSignIns = "sign-in.see", "查看登录审计", decides = false, roles = ["administrator"];
    /// See who changed which setting, when (查看设置变更).
    SeeSettingsHistory = "settings-history.see", "查看设置变更记录", decides = false, roles = ["administrator", "evaluator"];
    /// Make and take away machines' keys (管理接口密钥).
    ManageApiKeys = "api-key.manage", "管理接口密钥", decides = true, roles = ["administrator"];
}

/// The rights that let a person change what others may do: nobody gives them who does not hold them.
pub(crate) const POWERS: [&str; 4] = ["organisation.manage", "person.manage", "role.manage", "api-key.manage"];
