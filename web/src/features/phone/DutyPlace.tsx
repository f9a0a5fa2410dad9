/** Sharing one's place while on duty (共享值班位置): for this turn alone, and off until the person turns it on. */
import { useCallback, useEffect, useRef, useState } from "react";
import { readSharing, sharePlace, stopSharing } from "../../api/nearest";
import type { OwnSharing } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { Notice } from "../../street/controls";
import { locate, NoFix } from "../../street/position";
import { usePerson } from "./device";
import { placeOf } from "./standing";

/** How often the place is sent while it is shared and this page is open. */
const EVERY = 2 * 60_000;
/** Until when this person shares from this phone, kept for a reload: nobody shares because another did who had the phone before. */
const keyOf = (person: string) => `duty-place-until:${person}`;

/** Ends the sharing of a person who leaves the phone: here at once, on the server where there is a network. */
export async function leaveDutyPlace(person: string): Promise<void> {
  if (localStorage.getItem(keyOf(person)) === null) return;
  localStorage.removeItem(keyOf(person));
  try { await stopSharing(); } catch { /* without network it ends with the turn */ }
}

export function DutyPlace({ online }: { online: boolean }) {
  const person = usePerson().session.person.id;
  const kept = useCallback((): number => Number(localStorage.getItem(keyOf(person)) ?? 0), [person]);
  const [own, setOwn] = useState<OwnSharing | null>(null);
  const [until, setUntil] = useState(kept);
  /** Counts the times it was stopped: what was under way then is not sent, and taken back where it was. */
  const stops = useRef(0);
  const [words, setWords] = useState<string | null>(null);
  const on = until > now();

  const end = useCallback(() => { stops.current += 1; localStorage.removeItem(keyOf(person)); setUntil(0); }, [person]);
  const send = useCallback(async () => {
    const begun = stops.current;
    try {
      const place = placeOf(await locate(), now());
      if (stops.current !== begun) return;
      const standing = await sharePlace(place);
      if (stops.current !== begun) { await stopSharing(); return; }
      const ends = Date.parse(standing.on_duty_until ?? "");
      localStorage.setItem(keyOf(person), String(ends));
      setOwn(standing);
      setUntil(ends);
      setWords(null);
    } catch (error) {
      if (error instanceof NoFix) { setWords(error.message); return; }
      const problem = asProblem(error);
      setWords(problem.message);
      // Off duty, or turned off: nothing more is sent. Without network it goes on.
      if (problem.status === 409 || problem.status === 403) end();
    }
  }, [end, person]);

  useEffect(() => { if (online) void readSharing().then(setOwn, () => setOwn(null)); }, [online]);
  useEffect(() => {
    if (!on || !online) return undefined;
    void send();
    const timer = setInterval(() => { if (kept() > now()) void send(); else end(); }, EVERY);
    return () => clearInterval(timer);
  }, [on, online, send, end, kept]);

  if (!own?.sharing || (!own.on_duty_until && !on)) return null;
  return (
    <section className="stack" aria-labelledby="duty-place">
      <h2 id="duty-place">值班位置</h2>
      <p className="muted small">自愿，只在本班有效，打开本页时每两分钟更新。只保留最近一次位置，最多 {own.hours} 小时，到班即删；派遣员只看到您离线索多远，不记入台账、列表和导出。</p>
      {on
        ? <><Notice kind="good">正在共享，{shortTime(new Date(until).toISOString(), now())} 下班自动停止。</Notice><button type="button" className="button" onClick={() => { end(); void stopSharing().then(() => setOwn({ ...own, shared_at: null }), (error: unknown) => setWords(asProblem(error).message)); }}>停止共享并删除</button></>
        : <button type="button" className="button button-soft" disabled={!online} onClick={() => void send()}>本班共享我的位置</button>}
      {words && <Notice kind="warn">{words}</Notice>}
    </section>
  );
}
