/** The reports made on this device, so that nobody needs to write a number down. Only numbers and secrets for claiming, no words, no person. */
export interface Mine { code: string; at: string; secret?: string }
const KEY = "bihuan.mine";

export function listMine(): Mine[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? (found as Mine[]).filter((it) => typeof it?.code === "string") : [];
  } catch {
    return [];
  }
}
function write(list: Mine[]) {
  try { localStorage.setItem(KEY, JSON.stringify(list.slice(0, 20))); } catch { /* a private window keeps nothing */ }
}
export const addMine = (code: string) => write([{ code, at: new Date().toISOString() }, ...listMine().filter((it) => it.code !== code)]);
/** Keeps what proves on this device that the report is one's own: for claiming a reward. */
export const addSecret = (code: string, secret: string) => write(listMine().map((it) => (it.code === code ? { ...it, secret } : it)));
export const secretOf = (code: string) => listMine().find((it) => it.code.replace(/-/g, "") === code.replace(/-/g, "").toUpperCase())?.secret;
export const forgetMine = () => write([]);
