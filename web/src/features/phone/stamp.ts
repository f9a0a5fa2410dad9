/** What is written into a photo (水印): when, where, by which unit. */
import { useEffect, useRef } from "react";
import { now } from "../../format/clock";
import { localTime } from "../../format/time";
import { locate, type Fix } from "../../street/position";
import { usePerson } from "./device";

/** The unit and not the person: the citizen who reported sees these photos. */
export function stampLines(at: number, place: string | null, fix: Fix | null, unit: string): string[] {
  const t = localTime(at);
  const time = t ? `${t.year}-${t.month}-${t.day} ${t.hour}:${t.minute}:${t.second}` : "";
  const spot = fix ? `${fix.position.lon.toFixed(5)}, ${fix.position.lat.toFixed(5)}${fix.accuracy > 0 ? `（±${fix.accuracy} 米）` : ""}` : "拍摄位置未获取";
  return [time, ...(place ? [place] : []), spot, unit];
}

/** Finds the position while the person is still reading the form; a photo never waits for it. */
export function useStamp(place: string | null): () => string[] {
  const { session } = usePerson();
  const fix = useRef<Fix | null>(null);
  useEffect(() => {
    let gone = false;
    locate().then((found) => { if (!gone) fix.current = found; }, () => undefined);
    return () => { gone = true; };
  }, []);
  return () => stampLines(now(), place, fix.current, session.organisation.name);
}
