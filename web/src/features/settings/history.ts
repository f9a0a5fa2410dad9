/** A change of a setting, told field by field. */
import { deviceKindWords, kindWords, limitWord, roleWord, sourceKindWords, sourceWord } from "../../format/words";
import type { LimitUnit } from "../../api/contract";
import { dateTime } from "../../format/time";
import { subjectWords } from "../indicators/figures";
import { fieldWord } from "../sources/mapping";
import { lightWord } from "./lights";

export interface Difference { field: string; before: string; after: string }

const fields: Record<string, string> = {
  priority: "优先级", class_prefix: "类别前缀", region_prefix: "区域前缀", weekdays: "星期", from_hour: "起时", to_hour: "止时", on_duty: "仅在班", unit: "单位", note: "说明",
  person: "人员", from: "起", to: "止", rights: "权限", roles: "角色", regions: "辖区", organisation: "单位", auxiliary: "协管员", renamed: "姓名", account: "账号", certificate: "执法证号", valid_from: "有效期起", valid_until: "有效期止", legal_qualified: "法制审核资格",
  name: "名称", kind: "性质", region: "区划", sort: "排序", active: "启用", parent_id: "上级", category: "大类", limits: "时限", key: "密钥", conditions: "条件",
  weights: "权重", grades: "等级", accept: "受理时限", reply: "答复时限", mapping: "字段对应", reply_url: "回传地址", senders: "报送账号", number: "推荐类别", automatic: "自动训练",
  position: "位置", address: "地址", sender: "报送账号", paused: "已自动暂停",
  rule_set: "版本", rules_count: "规则数", changes: "改动数", restored_from: "回退到第几版",
  lights: "预警点", automatic_notices: "自动签发", prompt_after: "超期后提示（工作时）", supervise_after: "未回复后督办（工作时）", reply_prompt: "提示单回复期限（工作时）", reply_supervise: "督办单回复期限（工作时）", reply_account: "问责建议单回复期限（工作时）", charge_leader: "包案领导", charge_after: "督办到期后包案（工作时）",
  telephones: "电话数", from_day: "生效日", week: "一周工作时间（周一起）", through_holidays: "节假日照常",
  straight: "一键直呼", assisting: "被呼单位", sharing: "共享值班位置", hours: "保留小时数", raise_automatically: "到期自动上提", share_township: "镇街份额（%）", share_county: "县份额（%）", share_city: "市份额（%）",
  ground: "区划", url: "地址", jurisdiction: "jurisdiction_id", api_key: "api_key", services: "类别对应", fallback_service: "其他类的服务", pulls: "接收邻市转来", poll_minutes: "查询间隔（分钟）",
  hold_closing: "存疑暂缓结案", notice: "告知书版本", retention: "保存期限", reason: "理由", title: "事项", assessed_on: "评估日期",
  plate: "车牌", colour: "车牌颜色", vendor: "厂家对照表", visitor: "来访", visitors: "接纳来访终端",
  precedent: "判例号", class_prefixes: "类别", decided_by: "裁定单位", decided_on: "裁定日期", withdrawn_for: "撤销理由",
  reply_check: "核验方式", reply_holding: "暂缓发出的情形",
  version: "版本", law: "法律法规", penalty_article: "处罚条款", individual_yuan: "个人罚款（元）", organisation_yuan: "单位罚款（元）", effective_from: "施行日期", effective_to: "失效日期", rows: "行数", imported: "导入", present: "已存在", rejected: "被拒绝",
  capacity: "容量", seats: "座位", opens: "开放时间", closes: "关闭时间", equipment: "设备", keeper_role: "保管角色", closed: "停用",
  act: "事由", matters: "事项数", townships: "镇街", to_organ: "划入部门", dated: "版本日期", articles: "条数", digest: "校验值",
  least_cases: "至少件数", maximum_percent: "顶格份额（%）", uniform_percent: "同一数额份额（%）", benchmark_state: "状态", withdrawn_from: "停用日期",
  word: "机关代字", postcode: "邮政编码", telephone: "联系电话", review_body: "行政复议机关", review_address: "复议机关地址", court: "管辖法院", bank: "收款银行", bank_address: "银行地址", phrase_kind: "文书", phrase_field: "填写项", phrase_text: "用语",
  powers: "收回项数", points: "总分", pass: "合格分", concluded: "每件办结", reviewed: "平均分倍数", failed: "每件不合格", overturned: "每件被撤销",
  receipt: "受理（工作日）", split: "分流（工作日）", register: "登记案件（工作日）", answer: "办理回复（工作日）", feedback: "反馈（工作日）", assist: "协助答复（工作日）",
  area: "范围", gates: "出入口", builder: "建设单位", contractor: "施工或者运营单位", capacity_m3: "容量（立方米）", daily_m3: "日处理（立方米）", reuse_percent: "综合利用率（%）", credit_code: "统一社会信用代码", carrier: "运输企业", rated_kg: "核定载质量（千克）", box_litres: "车厢容积（升）", model: "车型", licence_class: "准驾车型", licence_until: "驾驶证截止", qualified_until: "从业资格证截止", owner_kind: "证照归属",
  text_code: "需要短信验证码", daily_most: "每天最多发送（条）",
};
/** What a city sets for a kind that machines recognise. */
const rules: Record<string, string> = {
  active: "启用", automatic: "自动转线索", least_confidence: "最低置信度", need: "确认次数", of: "观察次数", quiet_minutes: "静默期（分钟）", floor: "准确率下限",
};

type Names = Record<string, string>;
const isObject = (it: unknown): it is Record<string, unknown> => typeof it === "object" && it !== null && !Array.isArray(it);

function words(field: string, value: unknown, names: Names): string {
  // The choice of a class model: its number, or none of them.
  if (field === "number") return value === null ? "只用词表" : value === undefined ? "—" : `第 ${String(value)} 号模型`;
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return field === "renamed" ? "已改" : value ? "是" : "否";
  if (field === "position" && Array.isArray(value)) return value.map((it) => Number(it).toFixed(6)).join(", ");
  if (field === "area" && Array.isArray(value)) return `${value.length} 个点`;
  if (field === "gates" && Array.isArray(value)) return value.map((it) => String((it as { name?: unknown }).name)).join("、") || "—";
  if (Array.isArray(value)) return value.length === 0 ? "—" : value.map((it) => words(field, it, names)).join("、");
  if (isObject(value)) {
    if ("value" in value && "unit" in value) {
      const conditions = Array.isArray(value.conditions) && value.conditions.length > 0 ? `（${value.conditions.join("、")}）` : "";
      return `${limitWord({ value: Number(value.value), unit: value.unit as LimitUnit })}${conditions}`;
    }
    if ("percent" in value || "before_minutes" in value) return lightWord(value);
    if ("name" in value && "from" in value) return `${String(value.name)} ≥ ${String(value.from)}`;
    if ("class" in value && "service" in value) return `${String(value.class)}＝${String(value.service)}`;
    return JSON.stringify(value);
  }
  const text = String(value);
  if (names[text]) return names[text];
  if (field === "kind") return (sourceKindWords as Record<string, string>)[text] ?? (deviceKindWords as Record<string, string>)[text] ?? (kindWords as Record<string, string>)[text] ?? text;
  if (field === "roles") return roleWord(text);
  if ((field === "from" || field === "to") && text.includes("T")) return dateTime(text);
  return text;
}

/** `sourceName` says what the sources are called today. Automatic acceptance is told a source and class a line; everything else a field a line. Unchanged fields are left out. */
export function differences(before: unknown, after: unknown, names: Names, sourceName: (code: string) => string = sourceWord): Difference[] {
  if (isObject(before) && isObject(after) && Array.isArray(before.items) && Array.isArray(after.items)) return intake(before.items, after.items, sourceName);
  if (Array.isArray(before) || Array.isArray(after)) return list("rights", asList(before), asList(after), names);
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => field !== "id" && field !== "version" && JSON.stringify(old[field] ?? null) !== JSON.stringify(now[field] ?? null))
    .flatMap((field) => (field === "mapping" ? mapping(old[field], now[field]) : field === "rules" ? rulesOf(old[field], now[field]) : field === "weights" ? weights(old[field], now[field]) : [{ field: fields[field] ?? field, before: words(field, old[field], names), after: words(field, now[field], names) }]));
}

const asList = (it: unknown): unknown[] => (Array.isArray(it) ? it : []);

function list(field: string, before: unknown[], after: unknown[], names: Names): Difference[] {
  const gone = before.filter((it) => !after.includes(it));
  const added = after.filter((it) => !before.includes(it));
  return [
    ...(added.length > 0 ? [{ field: `增加${fields[field] ?? field}`, before: "—", after: words(field, added, names) }] : []),
    ...(gone.length > 0 ? [{ field: `取消${fields[field] ?? field}`, before: words(field, gone, names), after: "—" }] : []),
  ];
}

/** A source's mapping is told a field of the lead a line. */
function mapping(before: unknown, after: unknown): Difference[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => old[name] !== now[name])
    .map((name) => ({ field: `${fields.mapping} · ${fieldWord(name)}`, before: words("mapping", old[name], {}), after: words("mapping", now[name], {}) }));
}

/** Weights are told a subject a line. */
function weights(before: unknown, after: unknown): Difference[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const say = (it: unknown) => asList(it).filter(isObject).map((one) => `${String(one.indicator)} ${String(one.weight)}${one.scoring === "steps" ? `（${asList(one.steps).filter(isObject).map((step) => `${String(step.from)}:${String(step.points)}`).join(" ")}）` : one.scoring === "inverse" ? "（100 减比率）" : ""}`).join("、") || "—";
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((subject) => ({ field: `${fields.weights} · ${subjectWords[subject] ?? subject}`, before: say(old[subject]), after: say(now[subject]) }))
    .filter((it) => it.before !== it.after);
}

/** The rules of a kind (识别种类) are told a rule a line. */
function rulesOf(before: unknown, after: unknown): Difference[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => old[name] !== now[name])
    .map((name) => ({ field: rules[name] ?? name, before: words(name, old[name], {}), after: words(name, now[name], {}) }));
}

function intake(before: unknown[], after: unknown[], sourceName: (code: string) => string): Difference[] {
  const keyed = (items: unknown[]) => new Map(items.filter(isObject).map((it) => [`${sourceName(String(it.source))} · ${it.class_prefix ? `类别 ${String(it.class_prefix)}` : "全部类别"}`, it.automatic === true]));
  const [old, now] = [keyed(before), keyed(after)];
  const say = (automatic: boolean | undefined) => (automatic === undefined ? "未设置（人工）" : automatic ? "自动受理" : "人工受理");
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).map((key) => ({ field: key, before: say(old.get(key)), after: say(now.get(key)) }));
}
