/** Which other unit is called (请求协办); the list is kept on the phone, so that it can be chosen without network. */
import { useEffect, useState } from "react";
import { get } from "../../api/client";
import type { Items, Lead, Organisation } from "../../api/contract";
import { readNote, writeNote } from "../../offline/database";
import { Field, Notice } from "../../street/controls";

const NOTE = "organisations";

export function UnitChoice({ lead, value, error, choose }: { lead: Lead; value: string | undefined; error: string | undefined; choose: (unit: string) => void }) {
  const [units, setUnits] = useState<Organisation[] | null>(null);
  const [absent, setAbsent] = useState(false);
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const before = await readNote<Organisation[]>(NOTE);
      if (!gone && before) setUnits(before);
      try {
        const { items } = await get<Items<Organisation>>("/organisations");
        await writeNote(NOTE, items);
        if (!gone) setUnits(items);
      } catch {
        if (!gone && !before) setAbsent(true);
      }
    };
    void read();
    return () => { gone = true; };
  }, []);
  if (absent) return <Notice kind="warn" live>这台手机还没有存过单位名单，连上网络打开一次，之后没有网络也能选。</Notice>;
  return (
    <Field label="叫哪个单位" error={error}>
      {(ids) => (
        <select {...ids} className="input" value={value ?? ""} onChange={(event) => choose(event.target.value)}>
          <option value="" disabled>{units ? "请选单位" : "正在读取…"}</option>
          {(units ?? []).filter((it) => it.active && it.id !== lead.unit?.id).map((it) => <option key={it.id} value={it.id}>{it.name}</option>)}
        </select>
      )}
    </Field>
  );
}
