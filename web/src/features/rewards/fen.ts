/** Fen before people: whole numbers inside, yuan on the page; no floating point between. */

export function yuan(fen: number): string {
  const sign = fen < 0 ? "−" : "";
  const whole = Math.abs(fen);
  return `${sign}${Math.floor(whole / 100).toLocaleString("zh-CN")}.${String(whole % 100).padStart(2, "0")} 元`;
}

/** Fen of a text such as `12.5`; none where it is no amount. */
export function fenOf(text: string): number | null {
  const found = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

/** Fen as they are typed. */
export const typed = (fen: number) => (fen % 100 === 0 ? String(fen / 100) : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`);
