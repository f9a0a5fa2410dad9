//! From where on the light of a limit is yellow (预警点), by class and limit: taken when a limit begins, and kept by it. A limit that runs
//! keeps the point that it began with: people were shown it.

pub(crate) mod save;
pub(crate) mod store;

use kernel::deadline::service::{Timer, WarnPoint};
use sqlx::FromRow;

use crate::{lead::Limit, settings::Snapshot};

/// A rule of the city for a class, or its first digits, and a limit, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct LightRule {
    pub region: String,
    pub class_prefix: String,
    pub limit_name: String,
    pub percent: Option<i16>,
    pub before_minutes: Option<i32>,
}

impl LightRule {
    fn point(&self) -> Option<WarnPoint> {
        let before = self.before_minutes.and_then(|minutes| u32::try_from(minutes).ok()).map(WarnPoint::Before);
        before.or_else(|| self.percent.and_then(|percent| u8::try_from(percent).ok()).map(WarnPoint::Share))
    }
}

impl Snapshot {
    /// From where on a limit of a lead of this class warns: by the rule of the longest prefix, and of those by the one for this very limit.
    pub(crate) fn warn_point(&self, region: &str, class: Option<&str>, limit: Limit) -> WarnPoint {
        let class = class.unwrap_or_default();
        let fits = |rule: &&LightRule| {
            rule.region == region
                && class.starts_with(&rule.class_prefix)
                && (rule.limit_name.is_empty() || rule.limit_name == limit.code())
        };
        let best = self.lights.iter().filter(fits).max_by_key(|rule| (rule.class_prefix.len(), !rule.limit_name.is_empty()));
        best.and_then(LightRule::point).unwrap_or(WarnPoint::Share(Timer::WARN_PERCENT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(class_prefix: &str, limit_name: &str, percent: i16) -> LightRule {
        LightRule {
            region: "330482".into(),
            class_prefix: class_prefix.into(),
            limit_name: limit_name.into(),
            percent: Some(percent),
            before_minutes: None,
        }
    }

    #[test]
    fn the_longest_prefix_decides_and_then_the_very_limit() {
        let before = LightRule { percent: None, before_minutes: Some(60), ..rule("06010", "check", 0) };
        let lights = vec![rule("", "", 50), rule("06", "", 60), rule("06", "fix", 70), before];
        let settings = Snapshot { lights, ..Snapshot::default() };
        let of = |class: Option<&str>, limit| settings.warn_point("330482", class, limit);
        assert_eq!(of(None, Limit::Fix), WarnPoint::Share(50));
        assert_eq!(of(Some("06010"), Limit::Fix), WarnPoint::Share(70));
        assert_eq!(of(Some("06010"), Limit::Close), WarnPoint::Share(60));
        assert_eq!(of(Some("06010"), Limit::Check), WarnPoint::Before(60));
        assert_eq!(settings.warn_point("330483", Some("06010"), Limit::Fix), WarnPoint::Share(80));
    }
}
