/**
 * "Now" for pages. In the demonstration the server's clock starts thirty days back, so countdowns follow the server's time
 * and not the computer's.
 */
import { useEffect, useState } from "react";

let shift = 0;

/** Tells the pages what time the server has. */
export function setServerTime(instant: string): void {
  const time = Date.parse(instant);
  if (!Number.isNaN(time)) {
    const next = time - Date.now();
    // A network's delay is no reason to make every countdown jump.
    shift = Math.abs(next) < 5_000 ? 0 : next;
  }
}

export const now = (): number => Date.now() + shift;

/** The present time, renewed every `every` milliseconds. */
export function useNow(every = 1000): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return time;
}
