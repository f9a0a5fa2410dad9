//! How far an administrator's hand reaches: nobody gives, or takes from, more than he has himself.

use kernel::problem::Problem;

use crate::{
    caller::Caller,
    error::Result,
    rights::POWERS,
    role::{Role, grants::Grants},
    service::Identity,
};

/// Whether every region of the second list lies in one of the first.
pub(crate) fn contains(own: &[String], asked: &[String]) -> bool {
    asked.iter().all(|asked| own.iter().any(|own| asked.starts_with(own.as_str())))
}

/// Refuses roles that carry a power over others which the caller does not hold.
pub(crate) fn refuse_wider_roles(caller: &Caller, grants: &Grants, roles: &[String]) -> std::result::Result<(), Problem> {
    let wider = roles.iter().find(|role| grants.of(role).any(|right| POWERS.contains(&right.as_str()) && !caller.may_by_name(right)));
    match wider {
        None => Ok(()),
        Some(role) => {
            let label = Role::from_code(role).map_or("未知角色", Role::label);
            Err(Problem::forbidden("role-exceeded", format!("您没有“{label}”的管理权限，不能处理这一角色。")))
        }
    }
}

/// Refuses regions that the caller does not have.
pub(crate) fn refuse_wider_regions(own: &[String], asked: &[String]) -> std::result::Result<(), Problem> {
    if contains(own, asked) {
        Ok(())
    } else {
        Err(Problem::forbidden("scope-exceeded", "超出了您的辖区范围，请由上级管理员办理。"))
    }
}

/// Whether the caller's regions contain those of every root of the tree: what concerns the whole installation is his.
pub(crate) async fn keeps_everything(identity: &Identity, caller: &Caller) -> Result<bool> {
    let tree = identity.organisations().await?;
    let roots: Vec<String> = tree.all().into_iter().filter(|one| one.parent_id.is_none()).map(|root| root.region.clone()).collect();
    Ok(contains(caller.regions(), &roots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_contain_what_lies_below_them() {
        let list = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
        assert!(contains(&list(&["330681"]), &list(&["330681004", "330681"])));
        assert!(!contains(&list(&["330681004"]), &list(&["330681"])));
        assert!(!contains(&list(&["330681"]), &list(&["330602"])));
        assert!(!contains(&[], &list(&["330681"])));
        assert!(contains(&list(&[""]), &list(&["33"])));
    }
}
