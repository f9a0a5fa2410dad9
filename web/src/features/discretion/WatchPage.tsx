/** Watching discretion (裁量监测): fines at the maximum, and alike over unlike cases, a matter and unit at a time; each figure opens to its cases. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, DatePicker, Drawer, Form, InputNumber, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { DiscretionFigure, DiscretionWatchLimits } from "../../api/contract";
import { behindFigure, discretionFigures, setDiscretionWatch } from "../../api/discretion";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { yuan } from "../cases/cases";
import { cityDay } from "../indicators/periods";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import "../matters/matters.css";
import "./discretion.css";

interface Opened { of: DiscretionFigure; words: string; maximum?: boolean; fine_fen?: number }
const isDay = (text: unknown): text is string => typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function WatchPage() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string; alarms?: string };
  const navigate = useNavigate();
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [setting, setSetting] = useState(false);
  const to = isDay(search.to) ? search.to : cityDay(now());
  const from = isDay(search.from) ? search.from : dayjs(to).subtract(1, "year").add(1, "day").format("YYYY-MM-DD");
  const query = useQuery({ queryKey: ["discretion-figures", from, to], queryFn: ({ signal }) => discretionFigures(from, to, signal) });
  const go = (change: object) => void navigate({ to: "/discretion", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const items = (query.data?.items ?? []).filter((it) => !search.alarms || it.maximum_alarm || it.uniform_alarm);
  const limits = query.data?.limits;
  const figure = (of: DiscretionFigure, text: string, more: Omit<Opened, "of">) => <button type="button" className="link" onClick={() => setOpened({ of, ...more })}>{text}</button>;
  return (
    <Page
      title="裁量监测" wide intro="已作出的罚款决定按事项和单位汇总：顶格处罚多的、情节不同而数额一样的（“一刀切”）标出来，由人去看；每个数字都能点开到案件。"
      extra={mayAny(session, ["case.watch"]) && limits && <Button onClick={() => setSetting(true)}>设置阈值</Button>}
    >
      <div className="law-bar" role="search" aria-label="查看范围">
        <DatePicker.RangePicker aria-label="决定日期" allowClear={false} value={[dayjs(from), dayjs(to)]} onChange={(days) => { if (days?.[0] && days[1]) go({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD") }); }} />
        <Checkbox checked={Boolean(search.alarms)} onChange={(event) => go({ alarms: event.target.checked ? "1" : undefined })}>只看标出的</Checkbox>
        {limits && <span className="quiet">{limits.least_cases} 件以上；顶格达 {limits.maximum_percent}%，或者同一数额达 {limits.uniform_percent}% 而裁量分值不同的标出{query.data?.provisional && "（暂定，请由管理员设置）"}</span>}
      </div>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (
        <Table<DiscretionFigure>
          rowKey={(it) => `${it.matter_code} ${it.unit ?? ""}`} size="small" className="law-table" dataSource={items} loading={query.isPending} pagination={false} scroll={{ x: 860 }}
          locale={{ emptyText: query.isPending ? " " : <Empty title={search.alarms ? "没有标出的" : "这段时间没有罚款决定"}>作出罚款决定的案件按事项和单位列在这里。</Empty> }}
          columns={[
            { title: "事项", render: (_, it) => <>{it.matter_name} <span className="mono quiet">{it.matter_code}</span></> },
            { title: "单位", width: 160, render: (_, it) => it.unit_name || "—" },
            { title: "罚款案件", width: 90, align: "right", render: (_, it) => figure(it, `${it.cases} 件`, { words: "全部罚款案件" }) },
            { title: "顶格处罚", width: 130, align: "right", render: (_, it) => <>{it.maximum > 0 ? figure(it, `${it.maximum} 件 ${it.maximum_percent}%`, { words: "顶格处罚", maximum: true }) : "0"}{it.maximum_alarm && <span className="tag law-doubt">偏多</span>}</> },
            { title: "最多的数额", width: 210, align: "right", render: (_, it) => <>{figure(it, `${yuan(it.mode_fen)}：${it.same} 件 ${it.same_percent}%`, { words: `罚款 ${yuan(it.mode_fen)}`, fine_fen: it.mode_fen })}{it.uniform_alarm && <span className="tag law-doubt">情节不同而数额一样</span>}</> },
            { title: "裁量", width: 120, align: "right", render: (_, it) => (it.weighed === 0 ? <span className="quiet">未填写，无法比较</span> : `${it.weighed} 件已填写`) },
          ]}
        />
      )}
      {opened && <Behind opened={opened} from={from} to={to} close={() => setOpened(null)} />}
      {setting && limits && (
        <FormDialog<DiscretionWatchLimits>
          open title="裁量监测的阈值" initial={limits} close={() => setSetting(false)}
          save={async (fields) => { await setDiscretionWatch(fields); void client.invalidateQueries({ queryKey: ["discretion-figures"] }); void message.success("已保存，记入设置变更记录"); setSetting(false); }}
        >
          <Form.Item name="least_cases" label="至少多少件才标出"><InputNumber min={3} max={1000} precision={0} suffix="件" /></Form.Item>
          <Form.Item name="maximum_percent" label="顶格处罚的份额达到"><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
          <Form.Item name="uniform_percent" label="同一数额的份额达到（裁量分值不同的）"><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}

function Behind({ opened: { of, words, maximum, fine_fen }, from, to, close }: { opened: Opened; from: string; to: string; close: () => void }) {
  const ask = { from, to, matter: of.matter_code, ...(of.unit ? { unit: of.unit } : {}), ...(maximum ? { maximum } : {}), ...(fine_fen !== undefined ? { fine_fen } : {}) };
  const query = useQuery({ queryKey: ["fined-cases", ask], queryFn: ({ signal }) => behindFigure(ask, signal) });
  return (
    <Drawer open onClose={close} size={620} title={`${words} · ${of.matter_name}`}>
      {query.error ? <Failure error={query.error} /> : !query.data ? <Loading rows={4} /> : (
        <>
          {query.data.items.length >= 500 && <Alert type="info" showIcon title="只列出最近 500 件" style={{ marginBottom: 10 }} />}
          <ul className="law-versions">{query.data.items.map((it) => <li key={it.id}><Link to="/cases/$id" params={{ id: it.id }}>{it.number}</Link> {yuan(it.fine_fen)}{it.most_fen != null && <span className="quiet">（上限 {yuan(it.most_fen)}）</span>}<div>{it.title}</div><div className="quiet">{it.tier ? `“${it.tier}”阶次，${it.points} 分` : "未填写裁量因素"}，{dateTime(it.decided_at)} 决定</div></li>)}</ul>
        </>
      )}
    </Drawer>
  );
}
