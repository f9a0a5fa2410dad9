/** Words of property: quantities, kinds, and what each movement asks for. */
import type { MovementKind, PropertyMeasure } from "../../api/property";

export const measureWords: Record<PropertyMeasure, string> = { registration: "先行登记保存", seizure: "扣押", sealing: "查封", towing: "拖移车辆", confiscated: "没收" };
export const kindWords = { goods: "货物、商品", tool: "工具、设备", vehicle: "车辆", food: "食品、鲜活物品", document: "账册、资料", fixture: "广告、设施", other: "其他" } as const;
export const stateWords: Record<string, string> = { held: "尚未出库", listed: "已登记，未入库", stored: "在库", lent: "送检", sold: "价款待处理", returned: "已退还", destroyed: "已销毁", handed_over: "已移交", forfeited: "已上缴", lost: "已核销" };
export const placeKinds = { store: "仓库", yard: "停车场", sealed: "就地查封处", third: "委托第三人保管" } as const;
export const papers = [{ value: "sheet", label: "A4，每张 24 枚" }, { value: "strip58", label: "58 mm 标签纸" }, { value: "strip80", label: "80 mm 标签纸" }];

/** Thousandths as people write them: 2500 is 2.5. */
export const quantity = (milli: number) => String(milli / 1000);
export const toMilli = (typed: number) => Math.round(typed * 1000);

/** What a movement asks for: a place of arrival, and whether giver and taker are people of the house. */
export function asks(kind: MovementKind): { place: boolean; giver: "house" | "words"; taker: "house" | "words" | "fetcher"; until: boolean; amount: boolean; paper: boolean } {
  const house = kind === "in" || kind === "back" || kind === "moved" || kind === "destroyed" || kind === "lost";
  return {
    place: kind === "in" || kind === "back" || kind === "moved",
    giver: kind === "back" ? "words" : "house",
    taker: kind === "returned" ? "fetcher" : house ? "house" : "words",
    until: kind === "lent",
    amount: kind === "sold",
    paper: kind === "handed_over" || kind === "forfeited" || kind === "destroyed" || kind === "sold",
  };
}

const shape = /^(CW|DA|ZB)\d{13}$/;

/** Whether a code has the shape and the check digit of a label (ISO/IEC 7064, MOD 11,10): a scanner's slip is seen before it is sent. */
export function isLabel(text: string): boolean {
  const code = tidy(text);
  if (!shape.test(code)) return false;
  let product = 10;
  for (const digit of code.slice(2, -1)) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(code.at(-1));
}
export const tidy = (text: string) => text.replace(/[\s-]/g, "").toUpperCase();
