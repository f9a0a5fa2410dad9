/** The fields of documents: what people call them, and which input fits, told from a sample of the same shape. */

import { labels } from "./labels";

/** Any content of a document. */
export type Content = string | number | boolean | null | Content[] | { [field: string]: Content };
export type Fields = { [field: string]: Content };

const words: Record<string, string> = {
  accepted: "是否采纳", account: "账号", address: "地址", agent: "委托代理人", amount_fen: "金额（元）", answer: "答", archived_on: "归档日期", asked: "被询问人",
  attending: "列席人员", bank: "代收银行", bank_address: "银行地址", basis: "处罚（处理）依据", begun_at: "开始时间", born_on: "出生日期", case: "案件", cause: "案由",
  certificate: "执法证号", checked_at: "复查时间", checker: "检查人", closed_because: "不公开举行的理由", closed_on: "结案日期", collected: "当场收缴的理由", conclusion: "结论",
  condition: "状况", consequence: "逾期的后果", contact: "联系方式", copies: "份数", corrected: "是否已经改正", correction: "责令改正", course: "办案经过", court: "受诉法院",
  credit_code: "统一社会信用代码", days: "天数", decided_on: "决定日期", decision: "处理决定", decision_number: "决定书文号", defence: "陈述、申辩", defence_days: "陈述申辩期限（天）",
  discretion: "裁量情况", documents: "送达文书", done_at: "违法（实施）时间", due_on: "期限（截止日期）", duties: "应当履行的义务", education: "教育情况", employer: "工作单位", ended_at: "结束时间",
  entries: "卷内材料", evidence: "证据", exchanges: "问答", extra_fen: "加处罚款（元）", fact: "违法事实", facts: "违法事实", filed_on: "立案日期", finding: "意见", findings: "经过和情况",
  fine_fen: "罚款（元）", from_on: "起始日期", ground: "理由", head: "法定代表人（负责人）", head_opinion: "机关负责人意见", head_title: "职务", hearing: "告知听证权利", held_at: "听证时间",
  host: "主持人", id_number: "证件号码", id_type: "证件种类", keeper: "保管人", kept_at: "保管地点", kind: "类型", legal_opinion: "法制审核意见", listed_on: "清点日期", measure: "措施",
  measures: "改正要求", members: "参加人员", mode: "送达方式", name: "姓名（名称）", note: "备注", notice_number: "告知书文号", noticed_on: "告知日期", number: "文号（编号）",
  officer_opinion: "承办人意见", officers: "执法人员", on: "日期", online: "可以网上缴纳", order_number: "责令改正通知书文号", ordered_on: "责令日期", organ: "机关", page: "页次", pages: "总页数",
  party: "当事人", party_name: "当事人", payment: "缴款方式", penalties: "处罚内容", performance: "履行情况", place: "地点", point: "事项", points: "逐项意见", present: "在场人", proposal: "处理建议",
  proposals: "处罚建议", proves: "证明的事实", public: "公开举行", qualification: "审核人资格", quantity: "数量", question: "问", reasons: "理由", received_by: "收件人", received_on: "收到日期",
  recipient: "受送达人", recorder: "记录人", refusal: "拒收情况", relation: "与案件的关系", remarks: "备考", remedies: "救济途径", reminded_on: "催告日期", report: "案情汇报", reported_on: "报告日期",
  result: "处理结果", retention: "保管期限", review_body: "复议机关", reviewer: "审核人", rights_told: "已经告知权利", said: "意见", served_on: "送达日期", sex: "性别", source: "案件来源",
  speaker: "发言人", specification: "规格型号", speeches: "发言", submitted_by: "送审人", telephone: "电话", text: "内容", things: "物品", title: "题名", to_on: "截止日期", total_fen: "合计（元）",
  advice: "合规建议", advised_on: "建议日期", conditions: "修复条件", earliest_on: "最短公示期届满", ends_on: "最长公示期届满", materials: "申请材料", risks: "违法风险", severity: "失信程度", ways: "申请途径",
  trigger: "应当审核的情形", unit_opinion: "承办机构意见", views: "讨论意见", violated: "违反的规定", weather: "天气", witness: "见证人", word: "机关代字",
};

/** What people call a field. */
export const labelOf = (field: string): string => words[field] ?? labels[field] ?? field;

/** Codes that stand in a document, with their words. */
export const choices: Record<string, [string, string][]> = { measure: [["seize", "扣押"], ["seal", "查封"]], halt: [["suspend", "中止执行"], ["end", "终结执行"], ["resume", "恢复执行"]] };

/** The two shapes of a party. */
export const parties: Record<string, Fields> = {
  person: { kind: "person", name: "", sex: "", born_on: "1980-01-01", id_type: "身份证号", id_number: "", address: "", telephone: "", employer: "" },
  organisation: { kind: "organisation", name: "", credit_code: "", head: "", head_title: "法定代表人", address: "", telephone: "" },
};

/** The order in which people fill documents in: who, about what, against whom, what happened, on what grounds, what follows. */
const order = [
  "name", "word", "organ", "number", "cause", "case", "receiver", "court", "recipient", "asked", "party", "party_name", "sex", "born_on", "id_type", "id_number", "credit_code", "head", "head_title", "employer", "address", "telephone",
  "chief", "chief_title", "agent", "officers", "certificate", "source", "measure", "halt", "decision_name", "decision_number", "decided_on", "served_on", "notice_number", "reminder_number", "reminded_on", "requested_on", "taken_at", "come_at", "begun_at", "ended_at", "done_at", "checked_at", "place", "weather", "host", "recorder", "present", "members", "attending", "report", "question", "answer", "point",
  "fact", "facts", "findings", "exchanges", "speeches", "views", "points", "evidence", "proves", "course", "defence", "discretion", "reasons", "ground", "violated", "basis", "text", "amount_fen", "penalties", "proposals",
  "proposal", "correction", "risks", "advice", "conditions", "ways", "measures", "object", "requests", "decision", "samples", "things", "settled", "photos", "materials", "duties", "plan", "costs", "fine_fen", "extra_fen", "total_fen", "days", "from_on", "to_on", "extended_on",
  "due_on", "conclusion", "opinion", "officer_opinion", "unit_opinion", "legal_opinion", "head_opinion", "contact", "payment", "remedies", "dated_on",
];
const rank = (field: string) => { const at = order.indexOf(field); return at < 0 ? order.length : at; };

/** The fields of some content as people fill them in. */
export const inOrder = (fields: string[]): string[] => [...fields].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));

/** Fields without some of them. */
export const without = (fields: Fields, names: readonly string[]): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

export type Shape = "party" | "group" | "rows" | "paragraphs" | "yes" | "money" | "number" | "day" | "moment" | "long" | "line" | "choice";

/** Which input fits a field whose sample looks like this. */
export function shapeOf(field: string, sample: Content): Shape {
  if (Array.isArray(sample)) return typeof sample[0] === "object" && sample[0] !== null ? "rows" : "paragraphs";
  if (typeof sample === "object" && sample !== null) return typeof sample.kind === "string" && sample.kind in parties ? "party" : "group";
  if (typeof sample === "boolean") return "yes";
  if (field.endsWith("_fen")) return "money";
  if (typeof sample === "number") return "number";
  if (field in choices) return "choice";
  if (field === "on" || field.endsWith("_on") || /^\d{4}-\d\d-\d\d$/.test(String(sample))) return "day";
  if (/^\d{4}-\d\d-\d\dT/.test(String(sample))) return "moment";
  return String(sample ?? "").length > 24 ? "long" : "line";
}

/** Content of the same shape with nothing in it: a new row. */
export function blank(sample: Content): Content {
  if (Array.isArray(sample)) return [];
  if (typeof sample === "object" && sample !== null) return Object.fromEntries(Object.entries(sample).map(([field, value]) => [field, field === "kind" ? value : isDate(field, value) ? null : blank(value)]));
  if (typeof sample === "number") return null;
  return typeof sample === "boolean" ? false : "";
}

const isDate = (field: string, value: Content) => ["day", "moment", "money"].includes(shapeOf(field, value));

/** What the server takes: rows without anything in them, and numbers that were left out, stay away. */
export function tidied(content: Content): Content {
  if (Array.isArray(content)) return content.map(tidied).filter((it) => !isEmpty(it));
  if (typeof content !== "object" || content === null) return content;
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null && value !== undefined).map(([field, value]) => [field, tidied(value)]));
}

function isEmpty(content: Content): boolean {
  if (content === null || content === "") return true;
  if (Array.isArray(content)) return content.every(isEmpty);
  return typeof content === "object" && Object.values(content).every((it) => it === false || isEmpty(it));
}
