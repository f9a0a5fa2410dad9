/** The centre today (办案中心看板), renewed by live events. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { readBoard, type CentreSession } from "../../api/centre";
import { onEvent } from "../../api/events";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { Empty, Failure, Loading } from "../shell/Page";

const time = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const hours = (of: { starts_at: string; ends_at: string }) => `${time.format(Date.parse(of.starts_at))}–${time.format(Date.parse(of.ends_at))}`;

/** What the centre tells renews everything of it on the page. */
export function useCentreEvents() {
  const client = useQueryClient();
  useEffect(() => onEvent("centre", () => void client.invalidateQueries({ queryKey: ["centre"] })), [client]);
}

export function SessionLine({ of }: { of: CentreSession }) {
  return (
    <li>
      <div><b>{hours(of)}</b><Link to="/centre/sessions/$id" params={{ id: of.id }}>{of.room_name} {of.purpose_label}</Link><span className="state-tag">{of.state_label}</span>{of.overrun && <Light light="red" words="超时" />}{of.gap && <Light light={of.gap as never} words={of.unrecorded ? "没有录音录像，已说明" : "缺录音录像"} />}{of.simulated && <SimulatedTag />}</div>
      <div className="quiet"><Link to="/cases/$id" params={{ id: of.case_id }}>案件 {of.case_number}</Link><span>{of.role_label}</span><span>{of.officers.map((it) => it.name).join("、")}</span></div>
    </li>
  );
}

export function Board() {
  useCentreEvents();
  const query = useQuery({ queryKey: ["centre", "board"], queryFn: ({ signal }) => readBoard(signal), refetchInterval: 60_000 });
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const of = query.data;
  if (!of) return <Loading />;
  const session = (id: string | null | undefined) => of.sessions.find((it) => it.id === id);
  return (
    <>
      <dl className="centre-figures" aria-live="polite">
        <div><dt>今天场次</dt><dd>{of.sessions.length}</dd></div><div><dt>候问</dt><dd>{of.waiting}</dd></div><div><dt>进行中</dt><dd>{of.running}</dd></div>
        <div><dt>缺录音录像</dt><dd>{of.gaps.length}</dd></div><div><dt>借阅待批</dt><dd>{of.asked.length}</dd></div><div><dt>超期未还</dt><dd>{of.overdue.length}</dd></div><div><dt>装备领用</dt><dd>{of.issued}</dd></div>
      </dl>
      {of.rooms.length === 0 ? <Empty title="还没有房间">局领导或者系统管理员在“房间”里设置询问室、听证室、调解室以后，这里显示每一间现在的情况。</Empty> : (
        <ul className="centre-rooms" aria-label="房间">
          {of.rooms.map((it) => {
            const [goes, next] = [session(it.now), session(it.next)];
            return (
              <li key={it.room.id} data-busy={Boolean(goes)}>
                <b>{it.room.name}</b>
                {goes ? <Link to="/centre/sessions/$id" params={{ id: goes.id }}>{goes.purpose_label} {goes.state_label}（案件 {goes.case_number}）</Link> : <span>空闲</span>}
                <span className="quiet">{next ? `下一场 ${hours(next)} ${next.purpose_label}` : "今天没有下一场"}</span>
              </li>
            );
          })}
        </ul>
      )}
      <section aria-labelledby="today"><h2 id="today">今天</h2>{of.sessions.length === 0 ? <p className="quiet">今天没有预约。</p> : <ul className="centre-list">{of.sessions.map((it) => <SessionLine key={it.id} of={it} />)}</ul>}</section>
      {of.gaps.length > 0 && <section aria-labelledby="gaps"><h2 id="gaps">缺录音录像</h2><ul className="centre-list">{of.gaps.map((it) => <SessionLine key={it.id} of={it} />)}</ul></section>}
      {of.overdue.length + of.asked.length > 0 && (
        <section aria-labelledby="loans"><h2 id="loans">借阅</h2><ul className="centre-list">
          {[...of.overdue, ...of.asked].map((it) => <li key={it.id}><div><Link to="/centre" search={{ tab: "loans", state: it.state === "asked" ? "asked" : "overdue" } as never} className="mono">{it.code}</Link><span className="state-tag">{it.state_label}</span>{it.light && <Light light={it.light as never} words={`应在 ${it.due_on} 归还`} />}<span>{it.asked_by.name}</span><span className="quiet">案件 {it.case_number}</span></div></li>)}
        </ul></section>
      )}
      {of.devices.length > 0 && (
        <section aria-labelledby="devices"><h2 id="devices">装备：故障和到期维护</h2><ul className="centre-list">
          {of.devices.map((it) => <li key={it.id}><div><Link to="/centre" search={{ tab: "equipment", q: it.code } as never} className="mono">{it.code}</Link><b>{it.name}</b><span className="state-tag">{it.state_label}</span>{it.light && <Light light={it.light as never} words={`维护期 ${it.maintain_by}`} />}</div></li>)}
        </ul></section>
      )}
    </>
  );
}
