//! What the history of settings tells of, in Chinese.

/// A kind of setting, with its actions.
pub(super) struct Kind {
    /// Its code.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    actions: &'static [(&'static str, &'static str)],
}

/// Every kind, in the order people read them.
pub(super) const KINDS: &[Kind] = &[
    Kind { code: "intake", label: "自动受理", actions: &[("intake-settings-changed", "修改")] },
    Kind { code: "source", label: "来源", actions: &[("source-changed", "修改")] },
    Kind { code: "neighbour", label: "邻市对接", actions: &[("neighbour-changed", "修改")] },
    Kind {
        code: "vehicle-terminal",
        label: "车载终端",
        actions: &[("vehicle-terminal-changed", "修改"), ("visitor-terminals-changed", "修改来访终端设置")],
    },
    Kind {
        code: "finding-rules",
        label: "车辆违规规则",
        actions: &[("finding-rules-drafted", "起草"), ("finding-rules-published", "发布")],
    },
    Kind {
        code: "waste",
        label: "建筑垃圾登记",
        actions: &[
            ("waste-place-added", "登记场所"),
            ("waste-place-changed", "修改场所"),
            ("waste-carrier-added", "登记运输企业"),
            ("waste-carrier-changed", "修改运输企业"),
            ("waste-vehicle-added", "登记运输车辆"),
            ("waste-vehicle-changed", "修改运输车辆"),
            ("waste-driver-added", "登记驾驶员"),
            ("waste-driver-changed", "修改驾驶员"),
            ("waste-paper-added", "登记证照"),
            ("waste-paper-removed", "移除证照"),
        ],
    },
    Kind { code: "device", label: "采集设备", actions: &[("device-changed", "修改")] },
    Kind { code: "machine-kind", label: "识别种类", actions: &[("machine-kind-changed", "修改")] },
    Kind { code: "class-model", label: "类别模型", actions: &[("class-model-chosen", "选用")] },
    Kind {
        code: "dispatch-rule",
        label: "派遣规则",
        actions: &[
            ("dispatch-rule-added", "草稿新增"),
            ("dispatch-rule-changed", "草稿修改"),
            ("dispatch-rule-removed", "草稿删除"),
            ("dispatch-draft-discarded", "放弃草稿"),
            ("dispatch-rules-published", "发布"),
            ("dispatch-rules-restored", "回退"),
        ],
    },
    Kind {
        code: "precedent",
        label: "判例",
        actions: &[("precedent-recorded", "登记"), ("precedent-changed", "修改"), ("precedent-withdrawn", "撤销")],
    },
    Kind { code: "light", label: "预警设置", actions: &[("light-settings-changed", "修改")] },
    Kind { code: "unit-hours", label: "单位工作时间", actions: &[("unit-hours-entered", "登记")] },
    Kind { code: "joint", label: "一键直呼", actions: &[("joint-pairs-changed", "修改")] },
    Kind { code: "duty-position", label: "值班位置", actions: &[("duty-position-settings-changed", "修改")] },
    Kind { code: "layer", label: "分层响应", actions: &[("layer-settings-changed", "修改")] },
    Kind { code: "reply-check", label: "答复核验", actions: &[("reply-check-settings-changed", "修改")] },
    Kind { code: "text-code", label: "短信验证", actions: &[("text-code-settings-changed", "修改")] },
    Kind { code: "notice", label: "督办设置", actions: &[("notice-settings-changed", "修改")] },
    Kind { code: "referral", label: "移交时限", actions: &[("referral-settings-changed", "修改")] },
    Kind { code: "duty", label: "值班", actions: &[("duty-added", "新增"), ("duty-removed", "删除")] },
    Kind { code: "class", label: "类别与时限", actions: &[("class-added", "新增类别"), ("limit-settled", "确定时限")] },
    Kind {
        code: "law",
        label: "法律库",
        actions: &[
            ("matters-imported", "导入事项"),
            ("matter-published", "发布事项"),
            ("matter-draft-discarded", "放弃事项草稿"),
            ("empowerment-announced", "录入赋权公告"),
            ("withdrawal-drafted", "起草收回赋权"),
            ("withdrawal-discarded", "放弃收回赋权草稿"),
            ("statute-imported", "导入法规"),
            ("benchmark-drafted", "起草裁量基准"),
            ("benchmark-reviewed", "审核裁量基准"),
            ("benchmark-returned", "退回裁量基准"),
            ("benchmark-published", "发布裁量基准"),
            ("benchmark-withdrawn", "停用裁量基准"),
            ("benchmark-discarded", "放弃裁量基准草稿"),
        ],
    },
    Kind { code: "payment", label: "收款账户", actions: &[("payee-set", "设置")] },
    Kind { code: "document-organ", label: "机关信息", actions: &[("document-organ-set", "设置")] },
    Kind { code: "phrase", label: "用语库", actions: &[("phrase-published", "发布"), ("phrase-withdrawn", "停用")] },
    Kind { code: "indicator", label: "考核权重与等级", actions: &[("indicator-settings-changed", "修改")] },
    Kind { code: "discretion-watch", label: "裁量监测", actions: &[("discretion-watch-changed", "修改")] },
    Kind {
        code: "quality",
        label: "案卷评查",
        actions: &[("quality-settings-changed", "修改办案能手权重"), ("review-sheet-published", "发布评查标准")],
    },
    Kind { code: "scrutiny", label: "诚实结案", actions: &[("scrutiny-settings-changed", "修改")] },
    Kind {
        code: "privacy",
        label: "个人信息保护",
        actions: &[
            ("privacy-notice-published", "发布告知书"),
            ("impact-assessment-entered", "登记影响评估"),
            ("retention-settings-changed", "修改保存期限"),
            ("retention-hold-placed", "暂停删除"),
            ("retention-hold-released", "解除暂停删除"),
        ],
    },
    Kind {
        code: "reward",
        label: "天天有奖",
        actions: &[
            ("reward-programme-published", "发布规则"),
            ("reward-telephones-barred", "登记不予奖励的电话"),
            ("reward-telephones-released", "解除不予奖励的电话"),
        ],
    },
    Kind {
        code: "property-place", label: "保管场所", actions: &[("property-place-added", "新增"), ("property-place-changed", "修改")]
    },
    Kind { code: "centre-room", label: "办案房间", actions: &[("centre-room-added", "新增"), ("centre-room-changed", "修改")] },
    Kind { code: "role", label: "角色权限", actions: &[("role-changed", "修改")] },
    Kind { code: "organisation", label: "单位", actions: &[("organisation-created", "新增"), ("organisation-changed", "修改")] },
    Kind {
        code: "person",
        label: "人员与账号",
        actions: &[
            ("person-created", "新增"),
            ("person-changed", "修改"),
            ("person-disabled", "停用"),
            ("person-enabled", "启用"),
            ("person-unlocked", "解除锁定"),
            ("certificate-changed", "登记执法证"),
            ("oidc-linked", "关联统一身份认证"),
            ("oidc-unlinked", "解除统一身份认证关联"),
            ("password-changed", "本人修改口令"),
            ("password-reset", "重置口令"),
            ("totp-enabled", "本人启用动态口令"),
            ("totp-disabled", "本人停用动态口令"),
            ("totp-reset", "停用动态口令"),
            ("api-key-created", "新建接口密钥"),
            ("api-key-removed", "作废接口密钥"),
        ],
    },
    Kind {
        code: "webhook",
        label: "推送",
        actions: &[("webhook-added", "新增"), ("webhook-changed", "修改"), ("webhook-removed", "删除")],
    },
];

/// The actions of a kind; nothing if there is no such kind.
pub(super) fn actions_of(code: &str) -> Option<Vec<String>> {
    let kind = KINDS.iter().find(|kind| kind.code == code)?;
    Some(kind.actions.iter().map(|(action, _)| (*action).to_owned()).collect())
}

/// The kind of an action and its label; an action of a later program is shown by its code.
pub(super) fn told(action: &str) -> (&'static str, &'static str, String) {
    for kind in KINDS {
        if let Some((_, label)) = kind.actions.iter().find(|(known, _)| *known == action) {
            return (kind.code, kind.label, (*label).to_owned());
        }
    }
    ("other", "其他", action.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_kind() {
        let all: Vec<&str> = KINDS.iter().flat_map(|kind| kind.actions.iter().map(|(action, _)| *action)).collect();
        assert_eq!(all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len());
        assert_eq!(told("duty-added"), ("duty", "值班", "新增".to_owned()));
        assert_eq!(told("made-up").0, "other");
        assert_eq!(actions_of("made-up"), None);
    }
}
