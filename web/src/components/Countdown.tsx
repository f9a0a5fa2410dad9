/** The time left on a deadline, ticking, with its light. */
import type { Light as LightName } from "../api/contract";
import { now as clock, useNow } from "../format/clock";
import { dateTime, remaining } from "../format/time";
import { Light } from "./Light";

export function Countdown({ dueAt, light, bare }: { dueAt: string | null | undefined; light: LightName | null | undefined; bare?: boolean }) {
  const left = dueAt ? Date.parse(dueAt) - clock() : 0;
  // Seconds matter in the last hour only; before that a tick a minute keeps long lists calm.
  const now = useNow(Math.abs(left) < 3_600_000 ? 1000 : 30_000);
  if (!dueAt) return <Light light={light} bare={bare ?? false} />;
  const rest = remaining(dueAt, now);
  return (
    <span title={`到期 ${dateTime(dueAt)}`}>
      <Light light={light ?? (rest.late ? "red" : null)} words={rest.text} bare={bare ?? false} />
    </span>
  );
}
