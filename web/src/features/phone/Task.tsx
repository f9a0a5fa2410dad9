/** One task: what, where, until when, and what I can do about it with one thumb. */
import { useEffect, useState } from "react";
import type { Lead, Offer } from "../../api/contract";
import { readLead } from "../../api/leads";
import { asProblem, type Problem } from "../../api/problem";
import { useNow } from "../../format/clock";
import { ago, dateTime, remaining } from "../../format/time";
import { limitWord, photoWords, sourceWord, stateWords } from "../../format/words";
import { Lamp } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { CityMap } from "../../map/CityMap";
import { keepLead, onQueueChange } from "../../offline/run";
import { kept } from "../../offline/database";
import { Busy, Notice } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { usePerson } from "./device";
import { foresee } from "./foresee";
import { Thumbnail } from "./Thumbnail";

/** The lead from the device at once, and from the server beside it. */
export function useLead(id: string) {
  const { session } = usePerson();
  const [lead, setLead] = useState<Lead | null>(null);
  const [keptAt, setKeptAt] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const person = session.person.id;
  useEffect(() => {
    let gone = false;
    const show = async () => {
      const found = await (await kept()).get("leads", id);
      if (!gone && found) {
        setLead(found.lead);
        setKeptAt(found.kept_at);
      }
    };
    const read = async () => {
      try {
        await keepLead(person, await readLead(id));
        if (!gone) setProblem(null);
        await show();
      } catch (error) {
        if (!gone) setProblem(asProblem(error));
      }
    };
    void show().then(read);
    const stop = onQueueChange(() => void show());
    const online = () => void read();
    window.addEventListener("online", online);
    return () => { gone = true; stop(); window.removeEventListener("online", online); };
  }, [id, person]);
  return { lead, keptAt, problem };
}

export function Task({ id }: { id: string }) {
  const { session, queue } = usePerson();
  const { lead, keptAt, problem } = useLead(id);
  const [map, setMap] = useState(false);
  if (!lead) {
    return (
      <div className="stack">
        <Back />
        {problem ? <Notice kind="warn" live>{problem.offline ? "这件任务还没有存到手机上，连上网络后才能看。" : problem.message}</Notice> : <Busy words="正在打开…" />}
      </div>
    );
  }
  const waiting = queue.sends.filter((it) => it.lane === id && it.person === session.person.id);
  const stopped = waiting.find((it) => it.state !== "waiting");
  const offers = foresee(lead.offers, waiting.map((it) => it.verb));
  const can = offers.filter((it) => it.allowed);
  const cannot = offers.filter((it) => !it.allowed && it.reason);
  const primary = can.find((it) => it.primary) ?? can.find((it) => it.verb !== "comment");
  const rest = can.filter((it) => it !== primary);
  const place = [lead.place.address, lead.place.grid_name, lead.place.township_name].filter(Boolean).join(" · ");
  return (
    <article className="task-page">
      <Back />
      {stopped && (
        <Notice kind="bad" live><span><b>{stopped.label}</b>没有发出去：{stopped.problem?.detail}</span><a className="button button-small" href={`#/send/${stopped.seq}`}>去处理</a></Notice>
      )}
      {!stopped && waiting.length > 0 && <Notice icon="send"><span>{waiting.map((it) => it.label).join("、")}：已存在手机上，有网络就发。</span></Notice>}
      {problem && !problem.offline && <Notice kind="warn">{problem.message}</Notice>}
      <header className="task-head">
        <p className="muted small"><span className="number">{lead.number}</span> · {lead.source_label || sourceWord(lead.source)} {lead.simulated && <SimulatedTag />}</p>
        <h1>{lead.title}</h1>
        <div className="row"><span className="task-state">{stateWords[lead.state]}</span>{lead.class && <span className="muted">{lead.class.name}</span>}{lead.rework_count > 0 && <span className="muted">返工 {lead.rework_count} 次</span>}</div>
      </header>
      {lead.due_at && <Due lead={lead} dueAt={lead.due_at} />}
      {lead.photos.length > 0 && (
        <ul className="photos">
          {lead.photos.map((photo, index) => <li key={photo.id + index}><Thumbnail id={photo.id} open words={`${photoWords[photo.role]}照片 ${index + 1}`} /><div className="photo-caption">{photoWords[photo.role]}</div></li>)}
        </ul>
      )}
      <section className="stack">
        {lead.description && lead.description !== lead.title && <p className="task-text">{lead.description}</p>}
        <div className="task-place">
          <Icon name="pin" /><span>{place || "没有地址"}</span>
        </div>
        {lead.position && (map
          ? <div className="place-map"><CityMap label="任务位置" points={[{ id, position: lead.position, light: lead.light }]} grids /></div>
          : <div className="row"><button type="button" className="button button-small" onClick={() => setMap(true)}><Icon name="map" size={22} />看地图</button><a className="button button-small" href={`geo:${lead.position.lat},${lead.position.lon}`}><Icon name="next" size={22} />导航</a></div>)}
        {lead.extension && <p className="muted">已申请延期 {lead.extension.hours} 小时：{lead.extension.reason}</p>}
      </section>
      {cannot.length > 0 && (
        <details className="cannot"><summary>为什么有些不能办</summary><ul>{cannot.map((it) => <li key={it.verb}><b>{it.label}</b>：{it.reason}{it.citation && <span className="muted small">（{it.citation}）</span>}</li>)}</ul></details>
      )}
      {keptAt > 0 && <p className="muted small">手机上的内容存于 {ago(keptAt, Date.now())}</p>}
      <div className="actions" role="group" aria-label="可以办的">
        {primary ? <ActLink id={id} offer={primary} main /> : can.length === 0 && <p className="muted">{waiting.length > 0 ? "等发出去以后再办下一步。" : "现在没有需要您在手机上办的。"}</p>}
        {rest.length > 0 && <div className="actions-rest">{rest.map((it) => <ActLink key={it.verb} id={id} offer={it} />)}</div>}
      </div>
    </article>
  );
}

function ActLink({ id, offer, main }: { id: string; offer: Offer; main?: boolean }) {
  return <a className={main ? "button button-primary button-large button-wide" : "button"} href={`#/task/${id}/${offer.verb}`}>{offer.label}</a>;
}

export function Back({ to = "#/tasks", words = "任务" }: { to?: string; words?: string }) {
  return <a className="back" href={to}><Icon name="back" />{words}</a>;
}

function Due({ lead, dueAt }: { lead: Lead; dueAt: string }) {
  const now = useNow(1000);
  const rest = remaining(dueAt, now);
  const light = lead.light ?? (rest.late ? "red" : "green");
  return (
    <div className={`due due-box-${light}`} role="timer" aria-label={`${rest.text}，限时 ${dateTime(dueAt)}`}>
      <Lamp light={light} size={26} />
      <div><b>{rest.text}</b><span>{dateTime(dueAt)} 前{lead.limit && (lead.state === "dispatched" || lead.state === "fixing") ? ` · 限时 ${limitWord(lead.limit)}` : ""}</span></div>
    </div>
  );
}
