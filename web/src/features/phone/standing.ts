/** Where the person stands (操作位置) while a step is done on site. It goes along with the step; nothing waits for it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { now } from "../../format/clock";
import { locate, NoFix, type Fix } from "../../street/position";

/** As the server takes it. */
export interface ActPlace { x: number; y: number; accuracy: number; at: string }
export type Standing = { state: "asking" } | { state: "known"; place: ActPlace } | { state: "unknown"; words: string };

export const placeOf = ({ position, accuracy }: Fix, at: number): ActPlace => ({ x: position.lon, y: position.lat, accuracy, at: new Date(at).toISOString() });

export function standingWords(of: Standing): string {
  if (of.state === "asking") return "正在取得您的位置…";
  if (of.state === "known") return `位置随本次反馈提交，精度约 ${of.place.accuracy} 米。`;
  return `没有取得位置：${of.words}不影响提交。`;
}

/** Asks at once, and again whenever it is called: the place of the newest photo counts. An older place stays when a newer one fails. */
export function useStanding(wanted: boolean): [Standing, () => void] {
  const [standing, set] = useState<Standing>({ state: "asking" });
  const asking = useRef(false);
  const ask = useCallback(() => {
    if (!wanted || asking.current) return;
    asking.current = true;
    locate()
      .then((fix) => set({ state: "known", place: placeOf(fix, now()) }))
      .catch((error: unknown) => set((old) => (old.state === "known" ? old : { state: "unknown", words: error instanceof NoFix ? error.message : "定位失败。" })))
      .finally(() => { asking.current = false; });
  }, [wanted]);
  useEffect(() => ask(), [ask]);
  return [standing, ask];
}
