/** The Chinese words for the codes of the contract, one place for all pages. */
import type { AnswerState, DeviceKind, LeadState, Light, Limit, LimitUnit, OrganisationKind, PhotoRole, Queue, RecheckState, RegionLevel, SightingState, SourceKind, SuspicionKind, SuspicionState, WholeMosaic } from "../api/contract";

export const stateWords: Record<LeadState, string> = {
  reported: "待受理", verifying: "核实中", accepted: "待立案", filed: "待派遣", dispatched: "待接单", fixing: "处置中", suspended: "挂账", referred: "邻市办理中",
  fixed: "待核查", checking: "核查中", checked: "待结案", closed: "已结案", rejected: "不予受理", merged: "已并案", voided: "已作废",
};
export const finalStates: ReadonlySet<LeadState> = new Set(["closed", "rejected", "merged", "voided"]);
export const isOpen = (state: LeadState) => !finalStates.has(state);

export const lightWords: Record<Light, string> = { green: "正常", yellow: "临期", red: "超期" };

export const queueWords: Record<Queue, string> = {
  triage: "待受理", verify: "核实", filing: "待立案", dispatch: "待派遣", extension: "延期审批", check: "核查", closing: "待结案",
};

/** What the program's own sources are called where the server has not said so: without a network, or in an old setting. */
const sources: Record<string, string> = {
  portal: "市民上报", open311: "Open311", patrol: "巡查上报", operator: "受理员登记", machine: "机器识别", hotline: "12345热线", business: "营商环境投诉",
  "people-call": "民呼我为", grassroots: "基层四平台", community: "智慧社区", letters: "群众来信", petition: "信访", congress: "数字人大", proposal: "议提案",
  media: "媒体曝光", regulation: "互联网+监管", bureau: "其他部门转办", neighbour: "邻市转来", import: "文件导入",
};
export const sourceWord = (code: string) => sources[code] ?? code;
export const sourceKindWords: Record<SourceKind, string> = {
  citizens: "市民", staff: "工作人员", machines: "机器识别", orders: "热线与投诉平台", petitions: "信访", proposals: "议提案", media: "媒体", systems: "其他系统",
};
export const answerWords: Record<AnswerState, string> = { owed: "待人工答复", dead: "回传失败", waiting: "待回传", sent: "已回传", given: "已人工答复", held: "待核对" };

export const recheckWords: Record<RecheckState, string> = { waiting: "待复查", held: "确已处置", broken: "未处置到位", unassigned: "无人可派" };
export const suspicionWords: Record<SuspicionState, string> = { open: "待判定", upheld: "属实", dismissed: "排除" };
export const suspicionKindWords: Record<SuspicionKind, string> = {
  "photo-reuse": "照片复用", "photo-early": "照片过早", "photo-place": "照片地点不符", "far-answer": "异地反馈", speed: "行程异常", "edge-burst": "卡点反馈",
  pairing: "结对异常",
};
export const sightingWords: Record<SightingState, string> = { waiting: "待研判", approved: "转线索中", filed: "已转线索", dismissed: "误报", gone: "已消失", over: "已了结" };
export const deviceKindWords: Record<DeviceKind, string> = { video: "固定视频", car: "智能巡查车", drone: "无人机", sensor: "传感器" };

export const unitWords: Record<LimitUnit, string> = { urgent_hour: "紧急工作时", working_hour: "工作时", working_day: "工作日", urgent_day: "紧急工作日" };
export const limitWord = (limit: Pick<Limit, "value" | "unit">) => `${limit.value} ${unitWords[limit.unit] ?? limit.unit}`;

export const kindWords: Record<OrganisationKind, string> = {
  bureau: "局", centre: "中心", brigade: "大队", squad: "中队", township: "镇街", department: "专业部门", company: "作业单位",
};
export const levelWords: Record<RegionLevel, string> = { county: "县区", township: "镇街", community: "社区", grid: "单元网格" };
export const mosaicWords: Record<WholeMosaic, string> = {
  "no-detector": "系统未安装人脸与号牌识别模型，整张照片已打码",
  "detector-failed": "这张照片未能完成人脸与号牌识别，整张照片已打码",
};

export const photoWords: Record<PhotoRole, string> = { report: "上报", verify: "核实", before: "处置前", after: "处置后", check: "核查" };

const roles: Record<string, string> = {
  operator: "受理员", shift_leader: "值班长", dispatcher: "派遣员", collector: "采集员", unit_handler: "处置人员", unit_leader: "处置单位负责人",
  officer: "执法队员", legal_reviewer: "法制审核员", auxiliary: "协管员", evaluator: "考评员", leader: "局领导", administrator: "系统管理员", machine: "机器来源", liaison: "监管部门联络员", enterprise: "企业用户", citizen: "市民", system: "系统",
};
export const roleWord = (code: string) => roles[code] ?? code;
export const roleCodes = Object.keys(roles).filter((code) => code !== "citizen" && code !== "system");
