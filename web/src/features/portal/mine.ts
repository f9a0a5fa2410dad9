/** The reports made on this device, so that nobody needs to write a number down. Only numbers and secrets for claiming, no words, no person. */
export interface Mine { code: string; at: string }
/** What proves on this device that a report is one's own: for claiming a reward. */
export interface Secret {
  code: string;
  secret: string;
  /** The key that the report was sent with: the server takes the secret with it alone. Gone once the server has it, or takes none any more. */
  key?: string;
}
const KEY = "bihuan.mine";
// Apart from the list: whoever reports much must not lose what an earlier report is claimed with.
const SECRETS = "bihuan.mine.secrets";

function read<T extends { code: string }>(key: string): T[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as T[]).filter((it) => typeof it?.code === "string") : [];
  } catch {
    return [];
  }
}
function write(key: string, list: unknown[], most: number) {
  try { localStorage.setItem(key, JSON.stringify(list.slice(0, most))); } catch { /* a private window keeps nothing */ }
}
const tidy = (code: string) => code.replace(/-/g, "").toUpperCase();

export const listMine = () => read<Mine>(KEY);
export const addMine = (code: string) => write(KEY, [{ code, at: new Date().toISOString() }, ...listMine().filter((it) => it.code !== code)], 20);

/** Secrets; those that stood in the list itself in earlier versions are found there. */
export const listSecrets = (): Secret[] => {
  const kept = read<Secret>(SECRETS);
  const known = new Set(kept.map((it) => tidy(it.code)));
  const old = read<Partial<Secret> & { code: string }>(KEY).flatMap(({ code, secret }) => (secret && !known.has(tidy(code)) ? [{ code, secret }] : []));
  return [...kept, ...old];
};
/** Keeps a secret before it is sent, with the key that it is sent with. */
export const addSecret = (code: string, secret: string, key: string) => write(SECRETS, [{ code, secret, key }, ...listSecrets().filter((it) => tidy(it.code) !== tidy(code))], 1_000);
export const secretOf = (code: string) => listSecrets().find((it) => tidy(it.code) === tidy(code));
/** The server has it: it is not sent again. */
export const settled = (code: string) => write(SECRETS, listSecrets().map((it) => (tidy(it.code) === tidy(code) ? { code: it.code, secret: it.secret } : it)), 1_000);
/** The server took another or none: with this one nothing is claimed. */
export const dropSecret = (code: string) => write(SECRETS, listSecrets().filter((it) => tidy(it.code) !== tidy(code)), 1_000);
export const forgetMine = () => { write(KEY, [], 20); write(SECRETS, [], 1_000); };
