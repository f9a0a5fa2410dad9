/** All vehicles as they move: one whole answer, then only what changed, every few seconds. */
import { useEffect, useRef, useState } from "react";
import { listVehicles, type VehiclePosition, type VehiclePositions, type VehicleState } from "../../api/vehicles";

/** How often is asked what changed; new positions are there within two seconds of their arrival. */
const EVERY = 3_000;
/** How often everything is asked for again: plates may have been changed, terminals switched off. */
const WHOLE = 5 * 60_000;

export interface Live {
  vehicles: ReadonlyMap<number, VehiclePosition>;
  /** The server's time less this computer's: vehicles know no other clock, whatever the demonstration's does. */
  shift: number;
  /** When the answer came, by this computer. */
  told: number;
  darkAfter: number;
  cut: boolean;
}

/** What is known after an answer. `whole`: it had all vehicles, and who is not in it is gone. */
export function merge(before: ReadonlyMap<number, VehiclePosition>, answer: VehiclePositions, whole: boolean): ReadonlyMap<number, VehiclePosition> {
  if (!whole && answer.items.length === 0) return before;
  const after = new Map(whole ? [] : before);
  for (const it of answer.items) after.set(it.id, it);
  return after;
}

/** What a vehicle is doing now: one of which nothing came for long enough has gone dark since the answer. */
export function stateNow(it: VehiclePosition, now: number, darkAfter: number): VehicleState {
  return now - Date.parse(it.point.taken_at) > darkAfter * 1000 ? "dark" : it.state;
}

export function useLive(): { live: Live | null; error: unknown; retry: () => void } {
  const [live, setLive] = useState<Live | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const known = useRef<ReadonlyMap<number, VehiclePosition>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since: number | undefined;
    let wholeAt = 0;
    // What the last whole answer said: those that tell only what changed never leave anybody out.
    let cut = false;
    const ask = async () => {
      // Nobody looks at a page in the background.
      if (!document.hidden) {
        try {
          const whole = since === undefined || Date.now() - wholeAt > WHOLE;
          let answer = await listVehicles(whole ? undefined : since, stop.signal);
          let all = whole;
          if (!whole && (answer.next ?? 0) < (since ?? 0)) {
            // Another database: what was known is nothing.
            answer = await listVehicles(undefined, stop.signal);
            all = true;
          }
          if (all) {
            wholeAt = Date.now();
            cut = answer.cut;
          }
          since = answer.next ?? undefined;
          known.current = merge(known.current, answer, all);
          setLive({ vehicles: known.current, shift: Date.parse(answer.at) - Date.now(), told: Date.now(), darkAfter: answer.dark_after, cut });
          setError(null);
        } catch (problem) {
          if (stop.signal.aborted) return;
          // The vehicles stay where they were last seen, and the page says so.
          setError(problem);
        }
      }
      timer = setTimeout(() => void ask(), EVERY);
    };
    void ask();
    return () => { stop.abort(); clearTimeout(timer); };
  }, [attempt]);
  return { live, error, retry: () => setAttempt((it) => it + 1) };
}
