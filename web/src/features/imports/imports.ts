/** Imports (导入): what the pages ask and the words for it. */
import { get, post, send } from "../../api/client";
import type { Import, ImportMapping, ImportPreview, ImportRow, Items, Page } from "../../api/contract";

export const stateWords: Record<Import["state"], string> = { waiting: "排队中", running: "导入中", paused: "已暂停", done: "已完成", failed: "失败", cancelled: "已取消" };
export const isMoving = (it: Import) => it.state === "waiting" || it.state === "running";

/** The fields of a lead that a column can fill. */
export const fields: { name: string; label: string; required?: boolean; hint?: string }[] = [
  { name: "external_id", label: "来源编号", hint: "用于去重：同一编号只导入一次" },
  { name: "title", label: "标题" },
  { name: "description", label: "反映内容", required: true },
  { name: "occurred_at", label: "上报时间" },
  { name: "address", label: "地址" },
  { name: "lon", label: "经度" },
  { name: "lat", label: "纬度" },
  { name: "class_code", label: "类别代码" },
  { name: "name", label: "报料人姓名" },
  { name: "telephone", label: "报料人电话" },
];

export const listImports = (signal?: AbortSignal) => get<Page<Import>>("/imports", undefined, signal);
export const readImport = (id: string, signal?: AbortSignal) => get<Import>(`/imports/${id}`, undefined, signal);
export const listRows = (id: string, outcome: string, cursor: string, signal?: AbortSignal) => get<Page<ImportRow>>(`/imports/${id}/rows`, { outcome, cursor }, signal);
export const actOnImport = (id: string, verb: "pause" | "resume" | "cancel") => post<Import>(`/imports/${id}/actions/${verb}`);
export const listMappings = (signal?: AbortSignal) => get<Items<ImportMapping>>("/import-mappings", undefined, signal);
export const saveMapping = (mapping: Omit<ImportMapping, "id">) => post<ImportMapping>("/import-mappings", mapping);

async function form<T>(path: string, body: FormData): Promise<T> {
  return (await (await send("POST", path, { body })).json()) as T;
}

export function previewImport(file: File): Promise<ImportPreview> {
  const body = new FormData();
  body.append("file", file);
  return form("/imports/preview", body);
}

export function startImport(file: File, source: string, mapping: Record<string, string>): Promise<Import> {
  const body = new FormData();
  // Small parts first: the server can judge them before the file has arrived.
  body.append("source", source);
  body.append("mapping", JSON.stringify(mapping));
  body.append("file", file);
  return form("/imports", body);
}
