/** What the pages of cases say and ask. */
import type { CaseFile, CaseOffer, PenaltyKind } from "../../api/contract";

export const trackWords: Record<string, string> = { ordinary: "普通程序", simple: "简易程序", "minor-quick": "轻微速罚", "off-site": "非现场执法", soft: "柔性执法" };
export const penaltyWords: Record<PenaltyKind, string> = {
  warning: "警告", criticism: "通报批评", fine: "罚款", confiscation: "没收违法所得、非法财物", "suspend-permit": "暂扣许可证件", "lower-grade": "降低资质等级", "revoke-permit": "吊销许可证件",
  "restrict-business": "限制开展生产经营活动", "stop-business": "责令停产停业", "close-down": "责令关闭", "bar-from-work": "限制从业",
};
export const findingWords = { punishable: "应受行政处罚", "not-proved": "违法事实不能成立", slight: "轻微并及时改正、无危害后果", "first-slight": "初次违法、危害后果轻微并及时改正", faultless: "证据足以证明没有主观过错" };
export const modeWords = { direct: "直接送达", left: "留置送达", electronic: "电子送达", post: "邮寄送达", entrusted: "委托送达", public: "公告送达" };
export const meansWords = { other: "代履行、划拨等其他方式", money: "对罚款和加处罚款直接强制", demolition: "强制拆除违法建筑物、构筑物、设施" };

export interface CaseSearch { view?: string; track?: string; q?: string }
export type CaseView = "mine" | "waiting" | "overdue" | "open" | "all";
export const viewWords: Record<CaseView, string> = { mine: "我的案件", waiting: "待我办理", overdue: "已超期", open: "未归档", all: "全部" };
export const caseViews = Object.keys(viewWords) as CaseView[];

/** The address as the server is asked; what the address cannot mean is left out. */
export function filterOf(search: CaseSearch) {
  const view: CaseView = caseViews.includes(search.view as CaseView) ? (search.view as CaseView) : "mine";
  const q = search.q?.trim() ?? "";
  return {
    view,
    filter: {
      ...(view === "mine" ? { mine: true, open: true } : {}), ...(view === "waiting" ? { waiting: true, open: true } : {}),
      ...(view === "overdue" ? { overdue: true } : {}), ...(view === "open" ? { open: true } : {}),
      ...(search.track && search.track in trackWords ? { track: search.track } : {}), ...(q.length >= 2 ? { q } : {}),
    },
  };
}

/** The fields of a step's form: what the row looks at and nothing else tells. */
export type Field =
  | "officers" | "approved_by" | "related" | "service" | "reached" | "plan" | "finding" | "evidence" | "new_facts" | "lenient" | "checked_by" | "agreed" | "basis" | "heeded"
  | "education" | "hearing_at" | "on_record" | "tells_hearing" | "slight" | "receipt" | "announced" | "measure" | "means" | "urgent" | "days" | "recused" | "weighty" | "ended_on";

const byAsk: Record<string, Field[]> = {
  crew: ["officers"], host: ["related"], mode: ["service"], everyone: ["reached"], weight: ["plan"], change: ["plan"], range: ["plan"], "second-fine": ["plan"], finding: ["finding"], clear: ["evidence"],
  "new-facts": ["new_facts"], lenient: ["lenient"], masked: ["checked_by"], consent: ["agreed"], power: ["basis"], heeded: ["heeded"], educated: ["education"], "in-time": ["hearing_at"],
  "on-record": ["on_record"], "tells-hearing": ["tells_hearing"], slight: ["slight"], receipt: ["receipt"], announced: ["announced"], measure: ["measure", "approved_by", "urgent"], means: ["means"], hour: ["urgent"],
};
const byAction: Record<string, Field[]> = {
  "order-correction": ["days"], defer: ["days"], "offer-service": ["days"], "serve-notice": ["days"], "decide-recusal": ["recused"], end: ["plan", "weighty"], "review-refused": ["ended_on"], "review-lapses": ["ended_on"],
};
/** Steps whose document must set the days. */
export const daysNeeded = ["order-correction", "defer", "offer-service"];

export function fieldsOf(offer: Pick<CaseOffer, "action" | "actor" | "asks">, of: Pick<CaseFile, "facts">): Field[] {
  const all = [...offer.asks.flatMap((ask) => (ask === "approver" ? (offer.actor === "officers" ? (["approved_by"] as Field[]) : []) : (byAsk[ask] ?? []))), ...(byAction[offer.action] ?? [])];
  const youth = of.facts.some((it) => it.label === "当事人");
  const heard = of.facts.some((it) => it.label === "听证" && it.value === "已举行");
  return [...new Set(all)].filter((it) => (it !== "lenient" || youth) && (it !== "on_record" || heard));
}

/** A moment in milliseconds; what has none lies behind every other. */
const time = (at: string | null | undefined) => (at ? Date.parse(at) : Number.MAX_SAFE_INTEGER);

/** What is due first comes first; what has no limit comes last, the oldest before the newest. */
export const byDue = <T extends { due_at?: string | null | undefined; opened_at: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => time(a.due_at) - time(b.due_at) || Date.parse(a.opened_at) - Date.parse(b.opened_at));

/** Yuan, with fen only where there are some. */
export const yuan = (fen: number) => `${(fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: fen % 100 === 0 ? 0 : 2 })} 元`;

/** Steps beside the main way: never the one that is put forward. */
const beside = new Set([
  "ask-recusal", "raise-dispute", "dispute-ours", "dispute-theirs", "find-crime", "reinvestigate", "split", "suspend", "terminate", "withdraw", "merge", "turn-ordinary", "choose-fast",
  "transfer-to-organ", "not-file", "register", "seize", "order-correction", "ask-review", "review-refused", "review-lapses", "changed", "found-unlawful", "sue", "publish", "defer", "end-execution",
]);
export const isBeside = (offer: Pick<CaseOffer, "action">) => beside.has(offer.action);

/** The steps for the caller first, those for others after, refused ones last; what lies beside the main way stands behind it. */
export function sorted(offers: readonly CaseOffer[]) {
  const mine = offers.filter((it) => it.allowed && it.mine);
  return {
    now: [...mine.filter((it) => !isBeside(it)), ...mine.filter(isBeside)],
    others: offers.filter((it) => it.allowed && !it.mine),
    refused: offers.filter((it) => !it.allowed),
  };
}
