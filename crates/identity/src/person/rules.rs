//! What a person's account, roles and regions may be, and who may touch them.

use kernel::problem::Problem;

use super::store::PersonRow;
use crate::{
    authority::{refuse_wider_regions, refuse_wider_roles},
    caller::{Caller, Scope},
    organisation::{has_control, is_region},
    role::{Role, grants::Grants},
};

/// An account as it is kept: lower case.
pub(crate) fn account(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Faults of an account and name, field by field.
pub(crate) fn check_names(mut problem: Problem, account: &str, name: &str) -> Problem {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let well_formed = (2..=64).contains(&account.len())
        && account.bytes().all(|byte| plain(byte) || matches!(byte, b'.' | b'_' | b'-'))
        && account.bytes().next().is_some_and(plain);
    if !well_formed {
        problem = problem.field("account", "账号为 2 至 64 个小写字母、数字或 . _ -，以字母或数字开头");
    }
    if name.trim().is_empty() || name.chars().count() > 60 || has_control(name) {
        problem = problem.field("name", "姓名为 1 至 60 个字");
    }
    problem
}

/// Faults of roles and regions, field by field: an auxiliary may fill no role that decides, a machine only its own.
pub(crate) fn check_post(mut problem: Problem, grants: &Grants, roles: &[String], regions: &[String], auxiliary: bool) -> Problem {
    if let Some(unknown) = roles.iter().find(|code| Role::from_code(code).is_none()) {
        problem = problem.field("roles", format!("没有“{unknown}”这一角色"));
    }
    if is_machine(roles) && roles.len() > 1 {
        problem = problem.field("roles", "机器来源不能兼任其他角色");
    }
    if auxiliary && let Some(role) = roles.iter().filter_map(|code| Role::from_code(code)).find(|role| grants.role_decides(role.code())) {
        problem = problem.field("roles", format!("协管员不得行使决定权，不能担任“{}”", role.label()));
    }
    if regions.iter().any(|region| !is_region(region)) {
        problem = problem.field("regions", "辖区代码应为 2、4、6、9、12 或 15 位数字");
    }
    if regions.len() > 200 {
        problem = problem.field("regions", "辖区最多 200 个");
    }
    problem
}

/// Whether these are a machine's roles.
pub(crate) fn is_machine(roles: &[String]) -> bool {
    roles.iter().any(|role| role == Role::Machine.code())
}

/// Whoever fills the auxiliaries' role is an auxiliary, whatever the form said.
pub(crate) fn is_auxiliary(roles: &[String], said: bool) -> bool {
    said || roles.iter().any(|role| role == Role::Auxiliary.code())
}

/// Roles and regions as they are kept: each once, in order.
pub(crate) fn tidy(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list.dedup();
    list
}

/// Refuses to touch somebody who reaches further than the caller.
pub(crate) fn refuse_stronger(caller: &Caller, scope: &Scope, grants: &Grants, target: &PersonRow) -> Result<(), Problem> {
    refuse_wider_regions(&scope.regions, &target.effective_regions())?;
    refuse_wider_roles(caller, grants, &target.roles)
}

/// Nobody changes his own powers, and nobody locks himself out.
pub(crate) fn refuse_self(caller: &Caller, target: &PersonRow) -> Result<(), Problem> {
    if caller.person.uuid() == target.id {
        return Err(Problem::conflict("own-account", "不能更改自己的角色、辖区、单位或停用自己，请由另一位管理员办理。"));
    }
    Ok(())
}

/// The person is not there, or not for the caller to know.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("person-not-found", "没有这个人员，或不在您的辖区。")
}

/// What the form's faults are gathered in.
pub(crate) fn form() -> Problem {
    Problem::invalid("person-invalid", "人员信息不符合要求。")
}

/// The faults, if any.
pub(crate) fn judge(problem: Problem) -> Result<(), Problem> {
    if problem.fields.is_empty() { Ok(()) } else { Err(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::rights! {
        /// Decide.
        Decide = "test.decide", "定", decides = true, roles = ["officer"];
        /// See.
        See = "test.see", "看", decides = false, roles = ["auxiliary", "collector"];
    }

    fn faults(roles: &[&str], regions: &[&str], auxiliary: bool) -> Vec<String> {
        let list = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let problem = check_post(form(), &Grants::by_default(&rights()), &list(roles), &list(regions), auxiliary);
        problem.fields.into_iter().map(|fault| fault.field.into_owned()).collect()
    }

    #[test]
    fn an_auxiliary_is_given_no_role_that_decides() {
        assert_eq!(faults(&["officer"], &[], true), ["roles"]);
        assert!(faults(&["auxiliary", "collector"], &[], true).is_empty());
        assert!(faults(&["officer"], &[], false).is_empty());
        assert!(is_auxiliary(&["auxiliary".into()], false));
    }

    #[test]
    fn unknown_roles_mixed_machines_and_odd_regions_are_named() {
        assert_eq!(faults(&["god"], &["3306811"], false), ["roles", "regions"]);
        assert_eq!(faults(&["machine", "operator"], &[], false), ["roles"]);
        assert!(faults(&["machine"], &["330681"], false).is_empty());
    }

    #[test]
    fn accounts_are_plain() {
        let ok = |account: &str| check_names(form(), account, "受理员01").fields.is_empty();
        assert!(ok("operator01") && ok("zhuji.cg-01"));
        assert!(!ok("a") && !ok("_x1") && !ok("受理员") && !ok("Operator") && !ok(""));
    }
}
