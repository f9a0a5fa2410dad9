/** The joint tasks of a lead (联合处置): which units assist, with what, until when. */
import type { Lead } from "../../api/contract";
import { isLive, whenWords } from "./joint";

export function JointTasks({ lead }: { lead: Lead }) {
  if (lead.joint_tasks.length === 0) return null;
  const open = lead.joint_tasks.filter(isLive).length;
  return (
    <section className="panel" aria-labelledby="joint">
      <h2 id="joint">联合处置 <small className="quiet">{open > 0 ? `${open} 项未办完` : "均已结束"}</small></h2>
      <ul className="joint-tasks">
        {lead.joint_tasks.map((it) => (
          <li key={it.round}>
            <b>{it.unit.name}</b> <span className="tag">{it.state_label}</span>{it.taken_by && <span className="quiet"> {it.taken_by.name}</span>}
            <div>要求：{it.ask}</div>
            {it.answer && <div>{it.state === "done" ? "反馈" : "理由"}：{it.answer}</div>}
            <div className="quiet">{whenWords(it)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
