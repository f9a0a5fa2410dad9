/** Who has a lead in charge, and what he instructed (领导包案、批示). */
import { Link } from "@tanstack/react-router";
import type { Instruction, Lead } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { dateTime } from "../../format/time";
import { isOpen } from "../../format/words";
import "./charges.css";

export function LeadCharge({ lead }: { lead: Lead }) {
  const charge = lead.charge;
  if (!charge) return null;
  const waiting = charge.instructions.filter((it) => !it.answered_at).length;
  return (
    <section className="panel" aria-labelledby="charge">
      <h2 id="charge">领导包案 {waiting > 0 && <small className="quiet">{waiting} 条批示待答复</small>}</h2>
      {charge.leader
        ? <p className="charge-who"><b>{charge.leader.name}</b>{charge.since && <span className="quiet"> {dateTime(charge.since)} 起</span>}<br />{charge.reason}{isOpen(lead.state) && <> <Link to="/charges">查看全部包案</Link></>}</p>
        : <p className="quiet">已解除包案</p>}
      {charge.instructions.length > 0 && <ol className="instructions">{charge.instructions.map((it) => <InstructionLine key={it.round} of={it} />)}</ol>}
    </section>
  );
}

function InstructionLine({ of }: { of: Instruction }) {
  return (
    <li>
      <p>{of.words}</p>
      <small className="quiet">{of.given_by.name} 批示于 {dateTime(of.given_at)}</small>
      {of.answer
        ? <p className="instruction-answer">{of.withdrawn ? "已撤回" : "答复"}：{of.answer}<br /><small className="quiet">{of.answered_by?.name}{of.answered_at && ` ${dateTime(of.answered_at)}`}</small></p>
        : of.due_at ? <div><Countdown dueAt={of.due_at} light={null} bare /> <small className="quiet">{dateTime(of.due_at)} 前答复</small></div> : <p className="quiet">未答复</p>}
    </li>
  );
}
