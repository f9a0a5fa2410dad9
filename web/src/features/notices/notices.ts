/** What the pages of notices say and ask. */
import type { NoticeStage, NoticeState } from "../../api/contract";

export const stageWords: Record<NoticeStage, string> = { prompt: "提示单", supervise: "督办单", account: "问责建议单" };
export const noticeWords: Record<NoticeState, string> = { issued: "待回复", replied: "待审核", returned: "退回重报", accepted: "已办结", escalated: "已升级", withdrawn: "已撤回" };
export const noticeStages = Object.keys(stageWords) as NoticeStage[];
export const openStates: readonly NoticeState[] = ["issued", "replied", "returned"];

export interface NoticeSearch { view?: string; stage?: string; unit?: string }
export type NoticeView = "open" | "mine" | "overdue" | "over" | "all";
export const viewWords: Record<NoticeView, string> = { mine: "待我办理", open: "未办结", overdue: "已超期", over: "已了结", all: "全部" };
export const noticeViews = Object.keys(viewWords) as NoticeView[];

/** The address as the server is asked; what the address cannot mean is left out. */
export function filterOf(search: NoticeSearch) {
  const view: NoticeView = noticeViews.includes(search.view as NoticeView) ? (search.view as NoticeView) : "open";
  const stage = noticeStages.find((it) => it === search.stage);
  const states = view === "open" ? openStates.join(",") : view === "over" ? "accepted,escalated,withdrawn" : undefined;
  return {
    view,
    filter: {
      ...(states ? { state: states } : {}), ...(view === "mine" ? { mine: true } : {}), ...(view === "overdue" ? { overdue: true } : {}),
      ...(stage ? { stage } : {}), ...(search.unit ? { unit: search.unit } : {}),
    },
  };
}

/** What an action asks to be written. */
export const asked: Record<string, { field: string; label: string; extra: string; required: boolean }> = {
  reply: { field: "text", label: "回复内容", extra: "写明办理情况、逾期原因和整改措施；不要写报料人的姓名电话。", required: true },
  accept: { field: "note", label: "审核意见（选填）", extra: "采纳后文书办结。", required: false },
  return: { field: "reason", label: "退回理由", extra: "单位按原期限长短重新回复；也可以接着升级。", required: true },
  escalate: { field: "demand", label: "另提要求（选填）", extra: "正文由系统按事实生成，这里写的附在后面。", required: false },
  withdraw: { field: "reason", label: "撤回理由", extra: "撤回后单位不再需要回复。", required: true },
};
