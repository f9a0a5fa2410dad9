/** How coverage is shown: shades by how often, and hours as spans. */

/** From 0 for never to 4 for as often as the most. */
export function shade(looks: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (looks <= 0 || most <= 0) return 0;
  return Math.max(1, Math.ceil((looks / most) * 4)) as 1 | 2 | 3 | 4;
}

/** The most looks of any grid at any hour. District-wide there are hundreds of thousands of hours: too many to be arguments of one call. */
export function mostLooks(grids: readonly { hours: readonly number[] }[]): number {
  let most = 0;
  for (const grid of grids) for (const looks of grid.hours) if (looks > most) most = looks;
  return most;
}

/** Hours in words, spans put together: 0–5 时、22–23 时. */
export function hourSpans(hours: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last && last[1] === hour - 1) last[1] = hour;
    else spans.push([hour, hour]);
  }
  return spans.map(([from, to]) => (from === to ? `${from} 时` : `${from}–${to} 时`)).join("、");
}
