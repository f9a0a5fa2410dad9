/** Words and numbers of evidence as people read them. */
import type { EvidenceItem } from "../../api/contract";

export const kinds: [EvidenceItem["kind"], string][] = [
  ["documentary", "书证"], ["physical", "物证"], ["audiovisual", "视听资料"], ["electronic", "电子数据"],
  ["testimony", "证人证言"], ["statement", "当事人的陈述"], ["opinion", "鉴定意见"], ["record", "勘验笔录、现场笔录"],
];
export const manners: [EvidenceItem["manner"], string][] = [
  ["taken", "执法人员拍摄"], ["extracted", "提取"], ["handed_in", "当事人、证人提供"], ["device", "电子技术监控设备"],
  ["commissioned", "委托鉴定、检测"], ["transferred", "其他机关移送"], ["recorded", "制作笔录"],
];

/** What officers took themselves takes two of them (行政处罚法第四十二条第一款). */
export const takesTwo = (manner: string | undefined) => manner === "taken" || manner === "extracted" || manner === "recorded";

export function size(bytes: number): string {
  const units = ["字节", "KB", "MB", "GB"];
  let value = bytes, unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** `61000` as `1:01`. */
export function moment(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** `1:01` or `61` as milliseconds; nothing where it is neither. */
export function milliseconds(text: string): number | undefined {
  const parts = text.trim().split(":");
  if (parts.length > 3 || parts.some((part) => !/^\d{1,3}$/.test(part))) return undefined;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
}

export const isRecording = (item: EvidenceItem) => item.media_type.startsWith("video/") || item.media_type.startsWith("audio/");
export const isPicture = (item: EvidenceItem) => item.media_type.startsWith("image/") && !item.media_type.includes("svg");
