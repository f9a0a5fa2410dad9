/** What the pages of referrals say and ask. */
import type { CaseReferralRow } from "../../api/referral-types";

export type ReferralState = CaseReferralRow["state"];
export const stateWords: Record<ReferralState, string> = { submitted: "待受理", received: "待分流", returned: "待补正", assigned: "待登记案件", away: "其他部门办理", case: "办案中", answered: "待反馈", closed: "已办结", withdrawn: "已撤回" };
export const referralStates = Object.keys(stateWords) as ReferralState[];
export const wayWords: Record<string, string> = { here: "本级办理", township: "镇街办理", bureau: "转其他部门" };

export interface ReferralSearch { view?: string; state?: string; way?: string; q?: string }
export type ReferralView = "mine" | "open" | "overdue" | "over" | "all";
export const viewWords: Record<ReferralView, string> = { mine: "待我办理", open: "未办结", overdue: "已超期", over: "已了结", all: "全部" };
export const referralViews = Object.keys(viewWords) as ReferralView[];

/** The address as the server is asked; what the address cannot mean is left out. */
export function filterOf(search: ReferralSearch) {
  const view: ReferralView = referralViews.includes(search.view as ReferralView) ? (search.view as ReferralView) : "open";
  const state = referralStates.find((it) => it === search.state);
  const states = state ?? (view === "over" ? "closed,withdrawn" : undefined);
  return {
    view,
    filter: {
      ...(states ? { state: states } : {}), ...(view === "open" ? { open: true } : {}), ...(view === "mine" ? { mine: true } : {}), ...(view === "overdue" ? { overdue: true } : {}),
      ...(search.way && wayWords[search.way] ? { way: search.way } : {}), ...(search.q?.trim() ? { q: search.q.trim() } : {}),
    },
  };
}

/** What an action asks for: the words and what else. */
export interface Asked { label: string; extra: string; required: boolean; unit?: "here" | "township" | "bureau" | "ask"; days?: string; files?: boolean }
export const asked: Record<string, Asked> = {
  receive: { label: "说明（选填）", extra: "受理后按时限分流。", required: false },
  "split-here": { label: "分流理由", extra: "写明为什么由这个单位办理；提出移交的部门看得到。", required: true, unit: "here" },
  "split-township": { label: "分流理由", extra: "按赋权公告由镇街办理的，写明依据。", required: true, unit: "township" },
  "split-bureau": { label: "分流理由", extra: "写明为什么由该部门办理。", required: true, unit: "bureau", days: "办理回复期限（工作日）" },
  refuse: { label: "理由和需要补正的内容", extra: "对方补正后可以重新提出。", required: true },
  resubmit: { label: "补正了什么", extra: "补的文件一并添加。", required: true, files: true },
  withdraw: { label: "撤回理由", extra: "撤回后不再办理。", required: true },
  "send-back": { label: "退回理由", extra: "退回案件管理中心重新分流。", required: true },
  answer: { label: "办理结果", extra: "写明怎样处理、依据什么。", required: true, files: true },
  feedback: { label: "监管结果", extra: "监管一侧怎样运用这个结果：信用监管、复查、许可等。", required: true, files: true },
  material: { label: "说明（有文件的可以不填）", extra: "会提醒办案单位。登记案件以后补充的文件不会自动收入证据，由承办人下载后在案件页另行提交。", required: false, files: true },
  note: { label: "备注", extra: "只有执法机关内部看得到。", required: true },
  ask: { label: "请求协助的事项", extra: "职权范围内的，被请求机关应当依法协助（行政处罚法第二十六条）。", required: true, unit: "ask", days: "答复期限（工作日）" },
  "answer-ask": { label: "答复内容", extra: "认定意见、检测报告等文件一并添加。", required: true, files: true },
};
/** The name and the other data of a suspect, as they are typed. */
export interface TypedSuspect { name?: string | undefined; id_number?: string | undefined; telephone?: string | undefined }
/** Without a name the server is told of no suspect: what else was typed would be lost. */
export const lacksName = (of: TypedSuspect | undefined): boolean => !of?.name?.trim() && Boolean(of?.id_number?.trim() || of?.telephone?.trim());
export const mainVerbs = ["receive", "split-here", "resubmit", "answer", "feedback", "answer-ask"];
