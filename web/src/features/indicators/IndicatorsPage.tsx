/** Indicators (考核指标): who or what, in which time, measured how; each figure opens to its leads. Period and subjects stand in the address. */
import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, DatePicker, Dropdown, Segmented, Select, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import type { IndicatorBy, IndicatorColumn, IndicatorFigure, IndicatorReport, IndicatorSubject } from "../../api/contract";
import { indicatorsFile, readIndicators } from "../../api/indicators";
import { now } from "../../format/clock";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { byWords, figureWord, isBy, isRate } from "./figures";
import { chosen, cityDay, periodOf, presetWords, type Preset } from "./periods";
import "./indicators.css";

interface Search { from?: string; to?: string; period?: string; by?: string; region?: string }

export function IndicatorsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const session = useSession();
  const today = cityDay(now());
  const { preset, from, to } = chosen(search, today);
  const by: IndicatorBy = isBy(search.by) ? search.by : "township";
  const filter = { from, to, by, ...(search.region ? { region: search.region } : {}) };
  const report = useQuery({ queryKey: ["indicators", filter], queryFn: ({ signal }) => readIndicators(filter, signal), placeholderData: keepPreviousData, refetchInterval: 60_000 });
  const go = (change: Search) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>;
    void navigate({ to: "/indicators", search: next, replace: true });
  };
  const choose = (it: Preset) => {
    if (it === "custom") go({ ...periodOf("month", today), period: "" });
    else go({ from: "", to: "", period: it });
  };
  return (
    <Page
      title="考核指标" wide intro={`${from} 至 ${to}${report.data && report.data.as_of < to ? `，截至 ${report.data.as_of}` : ""}`}
      extra={
        <>
          <Button className="no-print" icon={<PrinterOutlined />} onClick={() => print()}>打印</Button>
          {mayAny(session, ["indicator.export"]) && (
            <Dropdown trigger={["click"]} menu={{ items: (["xlsx", "csv"] as const).map((format) => ({ key: format, label: <a href={indicatorsFile(filter, format)} download>{{ xlsx: "Excel（XLSX）", csv: "CSV" }[format]}</a> })) }}>
              <Button className="no-print" icon={<DownloadOutlined />}>导出</Button>
            </Dropdown>
          )}
        </>
      }
    >
      <search className="panel indicator-filters no-print" aria-label="统计条件">
        <Segmented<Preset> aria-label="统计时段" value={preset} onChange={choose} options={(Object.keys(presetWords) as Preset[]).map((value) => ({ value, label: presetWords[value] }))} />
        {preset === "custom" && (
          <DatePicker.RangePicker
            aria-label="起止日期" allowClear={false} value={[dayjs(from), dayjs(to)]} maxDate={dayjs(today)}
            onChange={(days) => { if (days?.[0] && days[1]) go({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD"), period: "" }); }}
          />
        )}
        <Select<IndicatorBy> aria-label="统计对象" value={by} onChange={(it) => go({ by: it })} options={(Object.keys(byWords) as IndicatorBy[]).map((value) => ({ value, label: byWords[value] }))} className="indicator-by" />
        {search.region && <Button onClick={() => go({ region: "" })}>区域 {search.region}，看全部</Button>}
      </search>
      {report.error ? <Failure error={report.error} retry={() => void report.refetch()} /> : report.data ? <Report of={report.data} region={search.region} /> : <Loading />}
    </Page>
  );
}

function Report({ of, region }: { of: IndicatorReport; region: string | undefined }) {
  const rows = of.by === "county" ? of.subjects : [...of.subjects, of.total];
  const nothing = <Empty title="这个时段没有数据">线索上报、受理、立案、派遣、处置或核查后几秒内出现在这里；请换一个时段或统计对象。</Empty>;
  return (
    <>
      {of.filling && <Alert type="info" showIcon title="正在统计以前的线索，完成前数据不全" className="indicator-note" />}
      {of.cut && <Alert type="warning" showIcon title="对象过多，没有全部列出；请缩小区域" className="indicator-note" />}
      {of.subjects.length === 0 ? nothing : (
        <Table<IndicatorSubject>
          className="indicator-table" rowKey={(it) => it.code || "total"} size="small" pagination={rows.length > 200 ? { pageSize: 200, showSizeChanger: false } : false} bordered
          sticky={{ offsetHeader: 0 }} scroll={{ x: "max-content" }} columns={columnsOf(of, region)} dataSource={rows} rowClassName={(it) => (it.code ? "" : "indicator-total")}
        />
      )}
      <p className="indicator-rule"><b>统计口径</b>：{of.rule}</p>
      <details className="indicator-formulas no-print">
        <summary>各项指标的公式</summary>
        <dl>{of.indicators.map((it) => <div key={it.code}><dt>{it.name}</dt><dd>{it.denominator ? `${it.numerator} ÷ ${it.denominator}` : it.numerator}<small>{it.source}</small></dd></div>)}</dl>
      </details>
    </>
  );
}

function columnsOf(report: IndicatorReport, region: string | undefined): TableColumnsType<IndicatorSubject> {
  const order = (at: number) => (one: IndicatorSubject, other: IndicatorSubject) => (one.figures[at]?.value ?? -1) - (other.figures[at]?.value ?? -1);
  return [
    { title: byWords[report.by], key: "name", fixed: "left", width: 150, render: (_, it) => <Name of={it} report={report} /> },
    ...report.indicators.map((column, at) => ({
      title: <span title={column.denominator ? `${column.numerator} ÷ ${column.denominator}` : column.numerator}>{column.name}</span>,
      key: column.code, width: 104, align: "right" as const, sorter: order(at),
      render: (_: unknown, it: IndicatorSubject) => { const figure = it.figures[at]; return figure ? <Figure of={figure} column={column} subject={it} report={report} region={region} /> : null; },
    })),
    { title: "综合得分", key: "score", width: 92, align: "right", sorter: (one, other) => (one.score ?? -1) - (other.score ?? -1), render: (_, it) => it.score?.toFixed(1) ?? "—" },
    { title: "等级", key: "grade", width: 64, align: "center", render: (_, it) => it.grade ?? "—" },
  ];
}

/** A township opens to its grids. */
function Name({ of, report }: { of: IndicatorSubject; report: IndicatorReport }) {
  if (report.by !== "township" || of.code.length !== 9) return <span title={of.code}>{of.name}</span>;
  return <Link to="/indicators" search={{ from: report.from, to: report.to, by: "grid", region: of.code }}>{of.name}</Link>;
}

function Figure({ of, column, subject, report, region }: { of: IndicatorFigure; column: IndicatorColumn; subject: IndicatorSubject; report: IndicatorReport; region: string | undefined }) {
  const open = (part: string) => ({ from: report.from, to: report.to, by: report.by, part, name: subject.name, indicator: column.name, ...(subject.code ? { subject: subject.code } : {}), ...(region ? { region } : {}) });
  const to = (part: string, words: string, label: string) => (
    <Link to="/indicators/$code" params={{ code: column.code }} search={open(part)} aria-label={`${subject.name}${column.name}：${label} ${words} 件`}>{words}</Link>
  );
  if (!isRate(of)) return of.numerator > 0 ? to("numerator", String(of.numerator), column.numerator) : <>0</>;
  return (
    <div className="indicator-figure">
      <b>{figureWord(of)}</b>
      <small>{of.numerator > 0 ? to("numerator", String(of.numerator), column.numerator) : "0"} / {(of.denominator ?? 0) > 0 ? to("denominator", String(of.denominator), column.denominator ?? "") : "0"}</small>
      <i aria-hidden="true"><span style={{ width: `${(of.value ?? 0) * 100}%` }} /></i>
    </div>
  );
}
