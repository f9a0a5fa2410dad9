/**
 * "Now" for pages. In the demonstration the server's clock starts thirty days back, so countdowns follow the server's time
 * and not the computer's.
 */
import { useEffect, useState } from "react";

let shift = 0;
/** Pages that show a time, told when the server's jumps: in the demonstration's first minutes it runs through days. */
const shown = new Set<() => void>();

/** Tells the pages what time the server has. */
export function setServerTime(instant: string): void {
  const time = Date.parse(instant);
  if (!Number.isNaN(time)) {
    const next = time - Date.now();
    const before = shift;
    // A network's delay is no reason to make every countdown jump.
    shift = Math.abs(next) < 5_000 ? 0 : next;
    if (Math.abs(shift - before) >= 5_000) for (const renew of shown) renew();
  }
}

export const now = (): number => Date.now() + shift;

/** The present time, renewed every `every` milliseconds. */
export function useNow(every = 1000): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const renew = () => setTime(now());
    const timer = setInterval(renew, every);
    shown.add(renew);
    // The server may have told its time between the first drawing and this.
    renew();
    return () => { clearInterval(timer); shown.delete(renew); };
  }, [every]);
  return time;
}
