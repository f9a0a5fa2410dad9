/** The reports made on this device, so that nobody needs to write a number down. Only numbers, no words, no person. */
export interface Mine { code: string; at: string }
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
export const forgetMine = () => write([]);
