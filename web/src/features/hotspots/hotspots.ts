/** What the page of hot spots asks for and says. */
import type { Hotspot } from "../../api/contract";

/** The window that the address asks for, within what the server takes. */
export function windowOf(search: { days?: string; metres?: string }): { days: number; metres: number } {
  const within = (text: string | undefined, usual: number, least: number, most: number) => {
    const value = Number(text);
    return text && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : usual;
  };
  return { days: within(search.days, 7, 1, 30), metres: within(search.metres, 200, 50, 1000) };
}

/** How many there were in the window before. */
export function trendWords(spot: Pick<Hotspot, "trend" | "count" | "before">): string {
  if (spot.trend === "new") return "新出现";
  if (spot.trend === "same") return `与之前持平（${spot.before} 件）`;
  return `比之前${spot.trend === "up" ? "多" : "少"} ${Math.abs(spot.count - spot.before)} 件`;
}
