/** What an officer enters on the street, what is still missing, and how it reads to the party. */
import type { CaseFile, NewCase } from "../../api/contract";
import type { ChosenPlace } from "../../street/PlacePicker";
import type { LocalPhoto } from "../../street/photos";
import { ageOf, isCreditCode, isIdNumber } from "./numbers";

export interface ChosenMatter { code: string; name: string; violated: string; articles: string; person: Range | null; unit: Range | null; correctionFirst: boolean }
export interface Range { min_fen: number; max_fen: number }
export interface OnSpotContent {
  matter: ChosenMatter | null; place: ChosenPlace | null; address: string; summary: string; photos: LocalPhoto[]; colleague: string;
  kind: "individual" | "household" | "unit"; name: string; id_number: string; telephone: string;
  warning: boolean; fine: string; reasons: string;
  /** The case once it is opened; what follows is told by its state. */
  opened: string;
  objects: "" | "no" | "yes"; statement: string; considered: string;
  /** How the penalty of a youth was made lighter; drafts of before have none. */
  lenient?: string;
  signature: ArrayBuffer | null; signed: boolean;
  handed: "direct" | "left"; document: string;
}
export const blank = (): OnSpotContent => ({
  matter: null, place: null, address: "", summary: "", photos: [], colleague: "", kind: "individual", name: "", id_number: "", telephone: "",
  warning: false, fine: "", reasons: "", opened: "", objects: "", statement: "", considered: "", lenient: "", signature: null, signed: false, handed: "direct", document: "",
});
export const MAX_PHOTOS = 6;

/** 行政处罚法第五十一条: 200 yuan for citizens, 3,000 for units, in fen. */
const MOST_FEN = { individual: 20_000, household: 20_000, unit: 300_000 };
/** The fine in fen; nothing where it is no amount. */
export const fenOf = (yuan: string): number | null => (/^\d{1,6}(\.\d{1,2})?$/.test(yuan.trim()) ? Math.round(Number(yuan) * 100) : null);
export const rangeOf = (of: Pick<OnSpotContent, "matter" | "kind">): Range | null => (of.kind === "unit" ? of.matter?.unit : of.matter?.person) ?? null;

/** What is missing or wrong, by field. */
export function missing(of: OnSpotContent, today: Date): Record<string, string> {
  const found: Record<string, string> = {};
  if (!of.matter) found.matter = "请选择执法事项。";
  if (of.matter?.correctionFirst) found.matter = "这个事项以逾期不改正为要件，应当先责令改正，不能当场处罚。";
  if (!of.place) found.place = "请定位，或者在地图上选点：由谁管辖按位置推定。";
  if (of.photos.length === 0) found.photos = "请至少拍一张现场照片。";
  if (of.summary.trim().length < 4) found.summary = "请写明什么人在哪里做了什么。";
  if (of.colleague === "") found.colleague = "请选择一起执法的人员：应当两人以上（行政处罚法第四十二条第一款）。";
  if (of.name.trim() === "") found.name = of.kind === "unit" ? "请填写单位名称。" : "请填写姓名。";
  const number = of.id_number.trim();
  if (of.kind === "individual" ? !isIdNumber(number) : !(isCreditCode(number) || (of.kind === "household" && isIdNumber(number)))) {
    found.id_number = of.kind === "individual" ? "身份证号不对，请核对 18 位号码。" : "统一社会信用代码不对，请核对 18 位代码。";
  } else if (of.kind === "individual" && ageOf(number, today) < 14) found.id_number = "当事人不满十四周岁，不予行政处罚（行政处罚法第三十条）。";
  if (of.telephone.trim() !== "" && !/^\d{5,15}$/.test(of.telephone.trim())) found.telephone = "电话应为 5 至 15 位数字。";
  const fine = of.fine.trim() === "" ? 0 : fenOf(of.fine);
  const range = rangeOf(of);
  if (fine === null) found.fine = "罚款应为金额，最多两位小数。";
  else if (fine === 0 && !of.warning) found.fine = "请填写罚款，或者选择警告。";
  else if (fine > MOST_FEN[of.kind]) found.fine = `简易程序罚款不超过 ${MOST_FEN[of.kind] / 100} 元（行政处罚法第五十一条），请转普通程序。`;
  else if (fine > 0 && !range) found.fine = "这个事项对这类当事人没有罚款。";
  else if (fine > 0 && range && (fine < range.min_fen || fine > range.max_fen)) found.fine = `法定幅度是 ${range.min_fen / 100} 元至 ${range.max_fen / 100} 元。`;
  if (of.reasons.trim() === "") found.reasons = "请写明处罚理由。";
  return found;
}

/** The party is a youth (已满十四周岁不满十八周岁). */
export const isYouth = (of: OnSpotContent, today: Date): boolean => of.kind === "individual" && isIdNumber(of.id_number) && ageOf(of.id_number.trim(), today) < 18;
const ageFact = (of: OnSpotContent, today: Date): "grown" | "youth" => (isYouth(of, today) ? "youth" : "grown");

/** What is missing before the decision, by field. */
export function undecided(of: OnSpotContent, today: Date): Record<string, string> {
  const found: Record<string, string> = {};
  if (of.objects === "") found.objects = "请选择当事人的意见。";
  if (of.objects === "yes" && of.statement.trim() === "") found.statement = "请记录当事人的陈述申辩。";
  if (of.objects === "yes" && of.considered.trim() === "") found.considered = "请写明复核意见和是否采纳。";
  if (isYouth(of, today) && !of.lenient?.trim()) found.lenient = "当事人不满十八周岁，应当从轻或者减轻：请写明情况（行政处罚法第三十条）。";
  return found;
}
export const placeOf = (of: OnSpotContent): string => [of.place?.words, of.address.trim()].filter(Boolean).join(" ") || (of.place ? `${of.place.position.lon.toFixed(5)}, ${of.place.position.lat.toFixed(5)}` : "");
export const penaltyOf = (of: OnSpotContent): string => [of.warning ? "警告" : "", of.fine.trim() ? `罚款 ${of.fine.trim()} 元` : ""].filter(Boolean).join("，");

/** The plan as the case keeps it. */
export const planOf = (of: OnSpotContent) => ({
  kinds: [...(of.warning ? ["warning" as const] : []), ...(of.fine.trim() ? ["fine" as const] : [])],
  fine_fen: of.fine.trim() ? (fenOf(of.fine) ?? 0) : 0, surcharge: of.fine.trim() !== "", reasons: of.reasons.trim(),
});

/** What opens the case. */
export function openingOf(of: OnSpotContent, me: string, today: Date): NewCase {
  return {
    track: "simple", acted_on: new Date(today.getTime() + 8 * 3_600_000).toISOString().slice(0, 10), place: placeOf(of), summary: of.summary.trim(), officers: [me, of.colleague],
    matter_code: of.matter?.code ?? "", ...(of.place ? { position: of.place.position } : {}),
    parties: [{ kind: of.kind, age: ageFact(of, today), name: of.name.trim(), id_number: of.id_number.trim().toUpperCase(), telephone: of.telephone.trim() || null }],
  };
}

/** What is read out to the party before the decision (行政处罚法第四十四条). */
export const toldOf = (of: OnSpotContent): string[] => [
  `${of.name.trim()}：经现场检查，${of.summary.trim()}`,
  `地点：${placeOf(of)}`,
  `违反了${of.matter?.violated || of.matter?.articles || ""}`,
  `依据${of.matter?.articles ?? ""}，拟当场给予：${penaltyOf(of)}。理由：${of.reasons.trim()}`,
  "您有权陈述和申辩。您的意见我们会记录并复核，不会因此加重处罚。",
];

export type Stage = "enter" | "tell" | "decide" | "hand" | "done" | "elsewhere";
/** Where the case stands, as the officer sees it. */
export function stageOf(opened: CaseFile | null): Stage {
  if (!opened) return "enter";
  // Taken into another procedure at the desk.
  if (opened.track.code !== "simple") return "elsewhere";
  switch (opened.state.code) {
    case "clue": case "on_spot": return "enter";
    case "noticed": return opened.offers.some((it) => it.action === "decide-on-spot" && it.allowed) ? "decide" : "tell";
    case "decided": return "hand";
    case "served": case "performing": case "paid": case "closed": case "archived": return "done";
    default: return "elsewhere";
  }
}
