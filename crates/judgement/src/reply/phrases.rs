//! Words that say nothing of their own (套话), and what is left of a text without them.

/// Stock phrases and the words between them, longer ones before those they hold.
const FILLERS: &[&str] = &[
    "尊敬的市民", "尊敬的网友", "市民朋友", "网民朋友", "第一时间", "相关规定", "生活愉快", "工作顺利", "身体健康", "万事如意", "深表歉意", "高度重视",
    "之处", "带来", "不便", "您好", "你好", "感谢", "谢谢", "非常", "衷心", "来信", "来电", "来件", "来访", "留言", "反映", "反应", "提出", "问题", "诉求",
    "意见", "建议", "情况", "事项", "宝贵", "收悉", "收到", "阅悉", "转办", "转交", "转至", "转到", "转给", "转达", "移交", "批转", "交办", "交由", "相关",
    "有关", "部门", "单位", "职能", "责任", "属地", "承办", "主管", "领导", "处理", "办理", "调查", "核实", "核查", "处置", "解决", "答复", "回复", "反馈",
    "跟进", "落实", "督促", "协调", "研究", "认真", "重视", "尽快", "尽早", "及时", "立即", "马上", "抓紧", "积极", "妥善", "依法", "按照", "根据", "规定",
    "程序", "流程", "我们", "我局", "我办", "我中心", "我街道", "我区", "我市", "本局", "已经", "正在", "将会", "耐心", "等待", "等候", "予以", "给予",
    "进行", "做好", "工作", "支持", "理解", "关注", "关心", "监督", "配合", "参与", "派员", "完毕", "完成", "了解", "如有", "疑问", "拨打", "电话", "咨询", "联系", "欢迎", "继续", "特此",
    "敬请", "谅解", "原谅", "抱歉", "歉意", "结果", "如下", "一步", "进一步", "热线", "平台", "留意", "知悉", "知晓", "登记", "记录", "安排", "人员", "专人",
    "贵", "将", "会", "已", "请", "对", "的", "和", "与", "及", "并", "给", "您", "你", "我", "了", "中", "在", "为", "由", "此", "该", "本", "件", "所",
    "就", "向", "至", "到", "转", "祝", "可", "也", "是", "不", "予", "以", "于", "之", "其",
];

/// The text with every stock phrase taken out; what is left stands in runs of Han characters and digits.
pub(super) fn rest(text: &str) -> Vec<String> {
    let mut left = String::new();
    let mut at = text;
    while let Some(sign) = at.chars().next() {
        if let Some(filler) = FILLERS.iter().find(|filler| at.starts_with(**filler)) {
            left.push(' ');
            at = &at[filler.len()..];
            continue;
        }
        left.push(if sign.is_alphanumeric() { sign } else { ' ' });
        at = &at[sign.len_utf8()..];
    }
    left.split_whitespace().map(str::to_owned).collect()
}

/// The first of `phrases` that stands in the text and is not denied by the sign before it.
pub(super) fn first_said<'a>(text: &str, phrases: &[&'a str]) -> Option<&'a str> {
    phrases.iter().copied().find(|phrase| {
        text.match_indices(phrase).any(|(at, _)| !text[..at].ends_with(['未', '没', '不', '否', '待', '须', '需', '能']))
    })
}
