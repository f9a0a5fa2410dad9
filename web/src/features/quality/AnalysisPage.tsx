/** Case analysis (案件分析): concluded cases by one dimension at a time; each figure opens to exactly its cases. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, DatePicker, Drawer, Segmented, Select, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { AnalysisRow } from "../../api/quality-contract";
import { analyseCases, analysisFile, listAnalysed, type AnalysisAsk } from "../../api/quality";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { yuan } from "../cases/cases";
import { cityDay } from "../indicators/periods";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { resultWords, trackWords } from "./words";
import "../matters/matters.css";
import "./quality.css";

const dimensions: [string, string][] = [["month", "月份"], ["field", "领域"], ["matter", "事项"], ["track", "程序"], ["region", "镇街"], ["unit", "单位"], ["result", "结果"], ["amount", "罚款数额"], ["duration", "办案时长"]];
const isDay = (text?: string) => !!text && /^\d{4}-\d{2}-\d{2}$/.test(text);
/** Bars of a picture; the table has all. */
const MOST_BARS = 24;

export function AnalysisPage() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string; by?: string; track?: string; result?: string };
  const navigate = useNavigate();
  const [opened, setOpened] = useState<AnalysisRow | null>(null);
  const to = isDay(search.to) ? (search.to as string) : cityDay(now());
  const from = isDay(search.from) ? (search.from as string) : dayjs(to).subtract(1, "year").add(1, "day").format("YYYY-MM-DD");
  const by = dimensions.some(([code]) => code === search.by) ? (search.by as string) : "month";
  const ask: AnalysisAsk = { from, to, by, ...(search.track ? { track: search.track } : {}), ...(search.result ? { result: search.result } : {}) };
  const query = useQuery({ queryKey: ["case-analysis", ask], queryFn: ({ signal }) => analyseCases(ask, signal) });
  const go = (change: object) => void navigate({ to: "/analysis", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const items = query.data?.items ?? [];
  const most = Math.max(1, ...items.map((it) => it.cases));
  const choice = (name: string, words: Record<string, string>, value: string | undefined, key: string) => <Select aria-label={name} allowClear placeholder={name} {...(value ? { value } : {})} onChange={(it?: string) => go({ [key]: it })} options={Object.entries(words).map(([code, label]) => ({ value: code, label }))} style={{ width: 140 }} />;
  return (
    <Page title="案件分析" wide intro="按作出决定（或者撤案、终止）的日期统计辖区内的案件；每个数字都能点开到案件。" extra={<><Button href={analysisFile(ask, "xlsx")}>导出 XLSX</Button> <Button href={analysisFile(ask, "csv")}>导出 CSV</Button></>}>
      <div className="law-bar" role="search" aria-label="统计范围">
        <DatePicker.RangePicker aria-label="办结日期" allowClear={false} value={[dayjs(from), dayjs(to)]} onChange={(days) => { if (days?.[0] && days[1]) go({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD") }); }} />
        {choice("程序", trackWords, search.track, "track")}{choice("处理结果", resultWords, search.result, "result")}
      </div>
      <div style={{ overflowX: "auto", marginBottom: 12 }}><Segmented aria-label="统计维度" value={by} onChange={(value) => go({ by: value })} options={dimensions.map(([value, label]) => ({ value, label }))} /></div>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : query.isPending ? <Loading /> : items.length === 0 ? <Empty title="这段时间没有办结的案件">案件作出决定、撤案或者终止以后计入；换一个时段试试。</Empty> : (
        <>
          <ul className="quality-bars" aria-label="案件数">{items.slice(0, MOST_BARS).map((it) => <li key={it.key}><span>{it.label}</span><i style={{ width: `${(it.cases / most) * 100}%` }} /><span>{it.cases} 件</span></li>)}</ul>
          {query.data.cut && <Alert type="info" showIcon style={{ marginBottom: 10 }} title="对象超过 500 个，其余未计入，请缩小范围" />}
          <Table<AnalysisRow>
            rowKey="key" size="small" className="law-table" dataSource={[...items, query.data.total]} pagination={false} scroll={{ x: 860 }}
            columns={[
              { title: dimensions.find(([code]) => code === by)?.[1], render: (_, it) => (it.label === "合计" ? <b>合计</b> : it.label) },
              { title: "办结", width: 90, align: "right", render: (_, it) => (by === "field" && it.key === "事项库以外" ? `${it.cases} 件` : <button type="button" className="link" onClick={() => setOpened(it)}>{it.cases} 件</button>) },
              { title: "处罚", width: 70, align: "right", dataIndex: "penalties" }, { title: "不予处罚", width: 80, align: "right", dataIndex: "no_penalties" },
              { title: "被撤销", width: 80, align: "right", dataIndex: "revoked" }, { title: "罚款件数", width: 80, align: "right", dataIndex: "fined" },
              { title: "罚款合计", width: 120, align: "right", render: (_, it) => yuan(it.fine_fen) }, { title: "罚款中位数", width: 110, align: "right", render: (_, it) => (it.median_fen == null ? "—" : yuan(it.median_fen)) },
              { title: "平均天数", width: 90, align: "right", render: (_, it) => (it.cases ? it.days : "—") },
            ]}
          />
          <p className="quiet">天数从登记到作出决定；被撤销指复议、诉讼撤销或者变更；合计不算中位数。</p>
        </>
      )}
      {opened && <Behind ask={{ ...ask, ...(opened.label === "合计" ? {} : { key: opened.key }) }} title={opened.label} close={() => setOpened(null)} />}
    </Page>
  );
}

function Behind({ ask, title, close }: { ask: AnalysisAsk; title: string; close: () => void }) {
  const query = useQuery({ queryKey: ["analysed-cases", ask], queryFn: ({ signal }) => listAnalysed(ask, signal) });
  return (
    <Drawer open onClose={close} size={620} title={title}>
      {query.error ? <Failure error={query.error} /> : !query.data ? <Loading rows={4} /> : (
        <>
          {query.data.items.length >= 500 && <Alert type="info" showIcon title="只列出最近 500 件" style={{ marginBottom: 10 }} />}
          <ul className="law-versions">{query.data.items.map((it) => <li key={it.id}><Link to="/cases/$id" params={{ id: it.id }}>{it.number}</Link> {it.simulated && <SimulatedTag />}<div>{it.title}</div><div className="quiet">{it.result_label}，{dateTime(it.concluded_at)}</div></li>)}</ul>
        </>
      )}
    </Drawer>
  );
}
