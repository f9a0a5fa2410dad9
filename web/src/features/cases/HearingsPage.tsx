/** The calendar of hearings (听证日历): a month at a glance, a list on a small screen. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { listHearings } from "../../api/cases";
import type { HearingRow } from "../../api/contract";
import { now } from "../../format/clock";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { dayKey, monthOf, weekdays } from "./month";
import "./approvals.css";

const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function HearingsPage() {
  const search = useSearch({ strict: false }) as { month?: string };
  const navigate = useNavigate();
  const today = dayKey(now());
  const month = monthOf(search.month ?? today.slice(0, 7)) ?? monthOf(today.slice(0, 7));
  const query = useQuery({
    queryKey: ["cases", "hearings", month?.name], enabled: month !== null, queryFn: ({ signal }) => listHearings(month?.from ?? "", month?.to ?? "", signal), refetchInterval: 300_000,
  });
  if (!month) return null;
  const go = (name: string) => void navigate({ to: "/cases/hearings", search: { month: name }, replace: true });
  const byDay = new Map<string, HearingRow[]>();
  for (const it of query.data?.items ?? []) byDay.set(dayKey(Date.parse(it.at)), [...(byDay.get(dayKey(Date.parse(it.at))) ?? []), it]);
  const held = (query.data?.items ?? []).filter((it) => month.holds(dayKey(Date.parse(it.at))));
  return (
    <Page title="听证日历" wide intro="通知听证以后按时间排列；通知送达与听证之间应有七个工作日（行政处罚法第六十四条第二项）。" extra={<Link to="/cases/inbox">案件审批</Link>}>
      <div className="hearing-months" role="group" aria-label="月份">
        <Button icon={<LeftOutlined />} aria-label="上个月" onClick={() => go(month.before)} /><b aria-live="polite">{month.label}</b><Button icon={<RightOutlined />} aria-label="下个月" onClick={() => go(month.after)} />
        <Button onClick={() => go(today.slice(0, 7))}>本月</Button><span className="quiet">{query.data && `本月 ${held.length} 场${query.data.more ? "以上" : ""}`}</span>
      </div>
      {query.isPending ? <Loading /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (
        <>
          <div className="hearing-grid">
            {weekdays.map((it) => <div key={it} className="hearing-weekday">{it}</div>)}
            {month.days.map((day) => (
              <div key={day} data-other={!month.holds(day)} data-today={day === today}>
                <time dateTime={day}>{Number(day.slice(8))}</time>
                {(byDay.get(day) ?? []).map((it) => <One key={it.case} of={it} />)}
              </div>
            ))}
          </div>
          <ul className="hearing-agenda">
            {[...byDay].filter(([day]) => month.holds(day)).map(([day, all]) => <li key={day}><time dateTime={day}>{day}</time>{all.map((it) => <One key={it.case} of={it} />)}</li>)}
            {held.length === 0 && <li><Empty title="本月没有听证">通知听证以后会出现在这里。</Empty></li>}
          </ul>
        </>
      )}
    </Page>
  );
}

function One({ of }: { of: HearingRow }) {
  return <Link className="hearing" data-stage={of.stage} to="/cases/$id" params={{ id: of.case }} title={`${of.number} ${of.title}`}><b>{clock.format(Date.parse(of.at))} {of.stage_label}</b>{of.title}{of.simulated && "（模拟）"}</Link>;
}
