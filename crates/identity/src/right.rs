//! A right (权限) is what an operation asks for in its signature; each feature declares its own.

/// One kind of action that a role may or may not allow.
///
/// Implemented only through [`rights!`](crate::rights!), so that a right cannot exist without its definition.
pub trait Right: Send + Sync + 'static {
    /// The right's stable name, e.g. `lead.triage`.
    const NAME: &'static str;
    /// Whether using it decides something about a person or a lead: auxiliaries (协管员) never hold such a right.
    const DECIDES: bool;
}

/// How a feature describes one of its rights to the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightDefinition {
    /// The stable name, e.g. `lead.triage`.
    pub name: &'static str,
    /// What people read, in Chinese.
    pub label: &'static str,
    /// Whether it decides; see [`Right::DECIDES`].
    pub decides: bool,
    /// The roles that hold it on a fresh installation.
    pub default_roles: &'static [&'static str],
}

/// Declares the rights of a feature: a unit struct each, and `pub fn rights()` with all their definitions.
///
/// ```
/// identity::rights! {
///     /// Take a reported lead in (受理).
///     Triage = "lead.triage", "受理", decides = true, roles = ["operator", "shift_leader"];
///     /// See leads.
///     See = "lead.see", "查看线索", decides = false, roles = ["operator", "leader"];
/// }
/// assert_eq!(rights().len(), 2);
/// ```
#[macro_export]
macro_rules! rights {
    ($($(#[$meta:meta])* $right:ident = $name:literal, $label:literal, decides = $decides:literal, roles = [$($role:literal),* $(,)?]);+ $(;)?) => {
        $(
            $(#[$meta])*
            #[allow(dead_code, reason = "a right is asked for as a type and never made")]
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
            pub struct $right;

            impl $crate::Right for $right {
                const NAME: &'static str = $name;
                const DECIDES: bool = $decides;
            }
        )+

        /// The rights that this feature declares.
        pub fn rights() -> ::std::vec::Vec<$crate::RightDefinition> {
            ::std::vec![$($crate::RightDefinition {
                name: $name,
                label: $label,
                decides: $decides,
                default_roles: &[$($role),*],
            }),+]
        }
    };
}
