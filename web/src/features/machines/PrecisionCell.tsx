/** How often something was right, short enough for a table. */
import type { Precision } from "../../api/contract";
import { intervalWord, percent, precisionWord } from "./sightings";

export function PrecisionCell({ of }: { of: Precision }) {
  if (of.share === null || of.share === undefined) return <span className="quiet">尚无研判</span>;
  return <span title={precisionWord(of)}>{percent(of.share)} <span className="quiet">（{intervalWord(of)}）<br />{of.confirmed + of.refuted} 次研判</span></span>;
}
