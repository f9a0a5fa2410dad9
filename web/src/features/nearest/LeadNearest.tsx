/** Who on duty is nearest to a lead (就近值班); one press gives it to their unit. */
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { nearestTo } from "../../api/nearest";
import type { Lead, NearestOnDuty } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { useAct } from "../lead/useAct";
import { mayAny, useSession } from "../session/session";
import { Failure } from "../shell/Page";
import { nearWords } from "./nearest";

/** Shown at first; the rest on request. */
const FIRST = 4;

export function LeadNearest({ lead }: { lead: Lead }) {
  const session = useSession();
  const { message, modal } = App.useApp();
  const act = useAct();
  const [all, setAll] = useState(false);
  const waits = ["reported", "verifying", "accepted", "filed", "dispatched", "fixing"].includes(lead.state);
  const sees = mayAny(session, ["duty.nearest"]) && waits;
  const query = useQuery({ queryKey: ["nearest", lead.id], enabled: sees, queryFn: ({ signal }) => nearestTo(lead.id, signal), refetchInterval: 60_000 });
  if (!sees) return null;
  if (query.error) return <section className="panel" aria-labelledby="nearest"><h2 id="nearest">就近值班</h2><Failure error={query.error} retry={() => void query.refetch()} /></section>;
  if (!query.data) return null;
  const items = query.data.items;
  const offers = (verb: string) => lead.offers.some((it) => it.verb === verb && it.allowed);
  const give = async (it: NearestOnDuty) => {
    try {
      if (offers("dispatch")) {
        await act.mutateAsync({ lead, verb: "dispatch", body: { unit: it.unit.id, note: "按值班就近派遣" } });
        void message.success(`已派给${it.unit.name}`);
      } else {
        await act.mutateAsync({ lead, verb: "call-joint", body: { units: [it.unit.id], ask: "请就近到场协办" } });
        void message.success(`已叫${it.unit.name}协办`);
      }
    } catch (error) { void message.error(asProblem(error).message); }
  };
  // A first dispatch is one press; to take a lead away from the unit that has it is asked back.
  const press = (it: NearestOnDuty) => {
    if (!offers("dispatch") || !lead.unit) { void give(it); return; }
    modal.confirm({ title: `改派给${it.unit.name}？`, content: `现由${lead.unit.name}承办；改派后由新单位接单，处置时限重新起算。`, okText: "改派", cancelText: "取消", onOk: () => give(it) });
  };
  const word = offers("dispatch") ? "派给" : offers("call-joint") ? "叫来协办" : null;
  return (
    <section className="panel" aria-labelledby="nearest">
      <h2 id="nearest">就近值班</h2>
      {items.length === 0 ? <p className="quiet">现在没有排班的单位和人员；在“规则设置 · 值班”里排班。</p> : (
        <ul className="joint-tasks">
          {items.slice(0, all ? items.length : FIRST).map((it) => (
            <li key={`${it.unit.id}/${it.person?.id ?? ""}`}>
              <b>{it.person?.name ?? it.unit.name}</b>{it.person && <span className="quiet"> {it.unit.name}</span>}
              {word && it.unit.id !== lead.unit?.id && <Button size="small" style={{ float: "right" }} loading={act.isPending} onClick={() => press(it)} aria-label={`${word}${it.unit.name}`}>{word}</Button>}
              <div className="quiet">{nearWords(it)}</div>
            </li>
          ))}
        </ul>
      )}
      {items.length > FIRST && !all && <Button type="link" size="small" onClick={() => setAll(true)}>全部 {items.length} 个</Button>}
    </section>
  );
}
