/** Where in a message each field of a lead stands (字段对应), by JSON pointer (RFC 6901), read as the server reads it. */

export type Mapping = Record<string, string>;

export interface MessageField { name: string; label: string; required?: true; hint?: string; example?: string; seldom?: true }

/** The fields of a lead that a message can fill. */
export const messageFields: readonly MessageField[] = [
  { name: "external_id", label: "来源编号", required: true, hint: "同一编号只成一条线索", example: "/data/orderNo" },
  { name: "description", label: "反映内容", required: true, example: "/data/content" },
  { name: "title", label: "标题" },
  { name: "address", label: "地址" },
  { name: "lon", label: "经度" },
  { name: "lat", label: "纬度" },
  { name: "coordinate_system", label: "坐标系", hint: "不填按 wgs84", example: "选一种，或写位置 /data/system" },
  { name: "class_code", label: "类别代码" },
  { name: "occurred_at", label: "发生时间" },
  { name: "name", label: "姓名" },
  { name: "telephone", label: "电话" },
  { name: "nature", label: "性质", seldom: true },
  { name: "channel", label: "渠道", seldom: true },
  { name: "label", label: "标签", seldom: true },
  { name: "transfers", label: "转办次数", seldom: true },
  { name: "reply", label: "已有答复", seldom: true },
];
export const fieldWord = (name: string): string => messageFields.find((it) => it.name === name)?.label ?? name;

/** Systems of coordinates that can be named outright, where a message does not say its own. */
export const coordinateSystems = [
  { value: "wgs84", label: "wgs84（GPS）" }, { value: "gcj02", label: "gcj02（高德、腾讯）" }, { value: "bd09", label: "bd09（百度）" }, { value: "cgcs2000", label: "cgcs2000（天地图）" },
];

export const isPointer = (place: string): boolean => place.startsWith("/");

/** Without what was left empty. */
export const trimmed = (mapping: Mapping): Mapping =>
  Object.fromEntries(Object.entries(mapping).map(([field, place]) => [field, place.trim()] as const).filter(([, place]) => place !== ""));

/** What is wrong with a mapping, by field; a mapping without any field is a source that takes no messages yet. */
export function faultsOf(given: Mapping): Record<string, string> {
  const mapping = trimmed(given);
  if (Object.keys(mapping).length === 0) return {};
  const faults: Record<string, string> = {};
  for (const [field, place] of Object.entries(mapping)) {
    // The system of all positions may be named outright, in more spellings than are offered.
    if (!isPointer(place) && field !== "coordinate_system") faults[field] = "应以 / 开头，形如 /data/orderNo";
  }
  for (const it of messageFields) if (it.required && !mapping[it.name]) faults[it.name] = "必填";
  return faults;
}

/** A value of a message that a field can be read from. */
export interface Leaf { pointer: string; text: string }

/** More than this nobody looks through. */
const MOST_LEAVES = 300;

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The values of a message in the order they stand; a list of plain values is one, as it is read as one. */
export function leavesOf(message: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, pointer: string) => {
    if (leaves.length >= MOST_LEAVES) return;
    if (isBranch(value) && !(Array.isArray(value) && !value.some(isBranch))) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${escaped(key)}`);
    } else if (pointer !== "") leaves.push({ pointer, text: textOf(value) });
  };
  walk(message, "");
  return leaves;
}

/** What stands at a pointer, as the cell that the server makes of it; nothing where the message has no such place. */
export function textAt(message: unknown, pointer: string): string | undefined {
  if (!isPointer(pointer)) return undefined;
  let value = message;
  for (const part of pointer.slice(1).split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isBranch(value) || !Object.hasOwn(value, key) || (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(key))) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return textOf(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).filter((it) => it !== "").join("\n");
  return JSON.stringify(value);
}

/** A message as it was pasted: what it says, or why it cannot be read. */
export type Pasted = { message: object; fault?: undefined } | { message?: undefined; fault: string | null };

export function readPasted(text: string): Pasted {
  if (text.trim() === "") return { fault: null };
  try {
    // Numbers longer than a page can count are shown as they are written; browsers that do not say how show them rounded.
    const whole = (_: string, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source ? context.source : value;
    const message: unknown = JSON.parse(text, whole);
    return isBranch(message) && !Array.isArray(message) ? { message } : { fault: "报文应是一个 JSON 对象，以 { 开头" };
  } catch {
    return { fault: "不是完整的 JSON，请检查括号、引号和逗号" };
  }
}
