//! Roles (角色): a closed list of posts; which rights each holds is data.

mod change;
pub(crate) mod grants;
mod list;
pub(crate) mod store;

pub(crate) use change::__path_change;
pub(crate) use change::change;
pub(crate) use list::__path_list;
pub(crate) use list::list;

/// A post that a person may fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Takes leads in (受理员).
    Operator,
    /// Leads the shift of the command desk (值班长).
    ShiftLeader,
    /// Sends leads to units (派遣员).
    Dispatcher,
    /// Finds, verifies and checks on the spot (采集员).
    Collector,
    /// Fixes for the responsible unit (处置人员).
    UnitHandler,
    /// Answers for the responsible unit (处置单位负责人).
    UnitLeader,
    /// Enforces the law (执法队员).
    Officer,
    /// Reviews penalties before they are decided (法制审核员).
    LegalReviewer,
    /// Assists and never decides (协管员).
    Auxiliary,
    /// Measures (考评员).
    Evaluator,
    /// Leads the bureau (局领导).
    Leader,
    /// Keeps people, organisations and settings (系统管理员).
    Administrator,
    /// A program that reports (机器来源).
    Machine,
    /// Speaks for a supervising bureau on its own referrals (监管部门联络员).
    Liaison,
    /// Speaks for an enterprise: sees and applies for what is its own (企业用户).
    Enterprise,
}

/// How far what a role allows reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything inside the person's regions.
    Region,
    /// Only what the person's own organisation and those below it hold.
    Unit,
}

impl Role {
    /// Every role, in the order people read them.
    pub const ALL: [Role; 15] = [
        Role::Operator,
        Role::ShiftLeader,
        Role::Dispatcher,
        Role::Collector,
        Role::UnitHandler,
        Role::UnitLeader,
        Role::Officer,
        Role::LegalReviewer,
        Role::Auxiliary,
        Role::Evaluator,
        Role::Leader,
        Role::Administrator,
        Role::Machine,
        Role::Liaison,
        Role::Enterprise,
    ];

    /// The stable code, e.g. `shift_leader`.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::ShiftLeader => "shift_leader",
            Role::Dispatcher => "dispatcher",
            Role::Collector => "collector",
            Role::UnitHandler => "unit_handler",
            Role::UnitLeader => "unit_leader",
            Role::Officer => "officer",
            Role::LegalReviewer => "legal_reviewer",
            Role::Auxiliary => "auxiliary",
            Role::Evaluator => "evaluator",
            Role::Leader => "leader",
            Role::Administrator => "administrator",
            Role::Machine => "machine",
            Role::Liaison => "liaison",
            Role::Enterprise => "enterprise",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Role::Operator => "受理员",
            Role::ShiftLeader => "值班长",
            Role::Dispatcher => "派遣员",
            Role::Collector => "采集员",
            Role::UnitHandler => "处置人员",
            Role::UnitLeader => "处置单位负责人",
            Role::Officer => "执法队员",
            Role::LegalReviewer => "法制审核员",
            Role::Auxiliary => "协管员",
            Role::Evaluator => "考评员",
            Role::Leader => "局领导",
            Role::Administrator => "系统管理员",
            Role::Machine => "机器来源",
            Role::Liaison => "监管部门联络员",
            Role::Enterprise => "企业用户",
        }
    }

    /// How far what this role allows reaches.
    pub const fn reach(self) -> Reach {
        match self {
            Role::UnitHandler | Role::UnitLeader | Role::Liaison | Role::Enterprise => Reach::Unit,
            _ => Reach::Region,
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_to_its_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("god"), None);
    }
}
