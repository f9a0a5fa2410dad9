/** Words of the centre that are chosen from (办案中心用语), and its days. */
export const purposeWords = { inquiry: "询问", statement: "陈述申辩", hearing: "听证", mediation: "调解", identification: "辨认", inspection: "阅卷" } as const;
export const roleWords = { party: "当事人", witness: "证人", victim: "受害人", expert: "鉴定人", agent: "代理人", other: "其他人员" } as const;
export const roomKinds = { inquiry: "询问室", hearing: "听证室", mediation: "调解室", waiting: "候问室", inspection: "阅卷室" } as const;
export const equipmentWords = { recording: "同步录音录像", screen: "笔录同显屏", sign_pad: "电子签字板", card_reader: "身份证读卡器", remote: "远程视频", accessible: "无障碍通道" } as const;
export const deviceKinds = { body_camera: "执法记录仪", camera: "照相机、摄像机", radio: "对讲机", printer: "便携打印机", meter: "检测仪器", shield: "防护装备", vehicle: "执法车辆", other: "其他" } as const;
export const volumeStates = { shelved: "在架", lent: "借出", missing: "缺失", destroyed: "已销毁" } as const;
export const deviceStates = { in: "在库", out: "领用", fault: "故障", gone: "报废" } as const;
export const loanStates = { open: "办理中", overdue: "超期未还", asked: "待审批", approved: "已同意", lent: "借出", returned: "已归还", refused: "不同意", withdrawn: "已撤回", expired: "已失效" } as const;
export const weekdayWords = ["一", "二", "三", "四", "五", "六", "日"];

/** What this room writes into the ledger of a case (台账). */
export const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

const DAY = 86_400_000;
/** The seven days of the week of a day, from Monday on; `2026-11-23`. */
export function weekOf(day: string): string[] {
  const at = Date.parse(`${day}T00:00:00Z`);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY;
  return Array.from({ length: 7 }, (_, index) => new Date(monday + index * DAY).toISOString().slice(0, 10));
}
export const shift = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** A moment of the city from what a form holds: `2026-11-23` and `09:30`. */
export const moment = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();

/** A group of boxes of which so many are ticked: it is no single field that could be required. */
export const atLeast = (many: number, message: string) => ({ validator: (_: unknown, chosen?: unknown[]) => ((chosen?.length ?? 0) >= many ? Promise.resolve() : Promise.reject(new Error(message))) });
