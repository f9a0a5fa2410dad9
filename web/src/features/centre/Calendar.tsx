/** The calendar of a week, by room; it prints as the plan of a day. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";
import { listRooms, listSessions, type CentreSession } from "../../api/centre";
import { now } from "../../format/clock";
import { dayKey } from "../cases/month";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { BookDialog } from "./BookDialog";
import { hours, SessionLine, useCentreEvents } from "./Board";
import type { CentreSearch, Go } from "./CentrePage";
import { shift, weekdayWords, weekOf } from "./words";

const over = (of: CentreSession) => ["ended", "no_show", "cancelled"].includes(of.state);

export function Calendar({ search, go }: { search: CentreSearch; go: Go }) {
  useCentreEvents();
  const session = useSession();
  const [booking, setBooking] = useState(false);
  const today = dayKey(now());
  const day = /^\d{4}-\d{2}-\d{2}$/.test(search.day ?? "") ? search.day ?? today : today;
  const week = weekOf(day);
  const [from, until] = [week[0] ?? day, week[6] ?? day];
  const rooms = useQuery({ queryKey: ["centre", "rooms"], queryFn: ({ signal }) => listRooms(signal) });
  const list = useQuery({ queryKey: ["centre", "sessions", from, search.q ?? ""], queryFn: ({ signal }) => listSessions({ from, until, ...(search.q ? { q: search.q } : {}) }, signal), refetchInterval: 60_000 });
  const error = list.error ?? rooms.error;
  if (error) return <Failure error={error} retry={() => { void list.refetch(); void rooms.refetch(); }} />;
  if (!list.data || !rooms.data) return <Loading />;
  const all = list.data.items;
  const on = (it: string) => all.filter((of) => dayKey(Date.parse(of.starts_at)) === it);
  const shown = rooms.data.items.filter((room) => !room.closed || all.some((it) => it.room === room.id));
  const plan = on(day).filter((it) => !["cancelled", "no_show"].includes(it.state));
  return (
    <>
      <search className="centre-bar" aria-label="日程">
        <Button icon={<LeftOutlined />} aria-label="上一周" onClick={() => go({ day: shift(day, -7) })} /><b aria-live="polite">{from} 至 {until}</b><Button icon={<RightOutlined />} aria-label="下一周" onClick={() => go({ day: shift(day, 7) })} />
        <Button onClick={() => go({ day: "" })}>本周</Button>
        <Input type="date" aria-label="日期" value={day} onChange={(event) => go({ day: event.target.value })} style={{ width: 150 }} />
        <Input.Search aria-label="案号" allowClear placeholder="案号" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 170 }} />
        <Button onClick={() => print()}>打印 {day.slice(5)} 日程</Button>
        {mayAny(session, ["centre.hold"]) && <Button type="primary" disabled={shown.every((it) => it.closed)} onClick={() => setBooking(true)}>预约房间</Button>}
      </search>
      {list.data.truncated && <p className="quiet">场次太多，只列出前一千场。</p>}
      {shown.length === 0 ? <Empty title="还没有房间">先在“房间”里设置询问室、听证室、调解室，才能预约。</Empty> : (
        <>
          <div className="centre-week" role="region" aria-label="一周日程" tabIndex={0}>
            <div className="centre-head">房间</div>
            {week.map((it, index) => <div key={it} className="centre-head" data-today={it === today}>周{weekdayWords[index]} {it.slice(5)}</div>)}
            {shown.map((room) => [
              <div key={room.id} className="centre-head">{room.name}<div className="quiet">{room.opens}–{room.closes}</div></div>,
              ...week.map((it) => (
                <div key={room.id + it} data-today={it === today}>
                  {on(it).filter((of) => of.room === room.id).map((of) => <Link key={of.id} className="centre-slot" data-over={over(of)} to="/centre/sessions/$id" params={{ id: of.id }}><b>{hours(of)} {of.purpose_label}</b><span>{of.case_number}</span><span>{of.officers.map((one) => one.name).join("、")}</span><span>{of.state_label}{of.simulated && "（模拟）"}</span></Link>)}
                </div>
              )),
            ])}
          </div>
          <ul className="centre-days">
            {week.filter((it) => on(it).length > 0).map((it) => <li key={it}><b>{it}</b><ul className="centre-list">{on(it).map((of) => <SessionLine key={of.id} of={of} />)}</ul></li>)}
            {all.length === 0 && <li><Empty title="这一周没有预约">点“预约房间”，或者在案件页预约。</Empty></li>}
          </ul>
          <table className="centre-plan">
            <caption>办案中心日程 {day}</caption>
            <thead><tr><th>时间</th><th>房间</th><th>事由</th><th>案件</th><th>到场人员</th><th>办理人</th><th>签到</th></tr></thead>
            <tbody>{plan.map((it) => <tr key={it.id}><td>{hours(it)}</td><td>{it.room_name}</td><td>{it.purpose_label}</td><td>{it.case_number}{it.simulated && "（模拟）"}</td><td>{it.role_label}</td><td>{it.officers.map((one) => one.name).join("、")}</td><td /></tr>)}{plan.length === 0 && <tr><td colSpan={7}>没有预约</td></tr>}</tbody>
          </table>
        </>
      )}
      {booking && <BookDialog day={day} close={() => setBooking(false)} />}
    </>
  );
}
