/** Where and when devices look, and where nothing looks (覆盖与盲区); decided here: where a camera or a patrol is missing. */
import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import { coverageFile, readCoverage, type CoverageOf } from "../../api/coverage";
import { get } from "../../api/client";
import type { CoverageReport, Items } from "../../api/contract";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { cityDay } from "../indicators/periods";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { hourSpans, mostLooks, shade } from "./coverage";
import "./machines.css";

const FIRST = 100;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const day = (back: number): string => cityDay(now() - back * 24 * 3_600_000);

export function CoveragePage() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string; kind?: string };
  const navigate = useNavigate();
  const of: CoverageOf = { from: search.from ?? day(6), to: search.to ?? day(0), ...(search.kind ? { kind: Number(search.kind) } : {}) };
  const query = useQuery({ queryKey: ["coverage", of], queryFn: ({ signal }) => readCoverage(of, signal), placeholderData: (before) => before });
  const kinds = useQuery({ queryKey: ["machine-kinds", "names"], queryFn: ({ signal }) => get<Items<{ number: number; name: string }>>("/machine-kinds", undefined, signal), staleTime: 10 * 60_000 });
  const set = (change: Record<string, string | undefined>) => void navigate({ to: "/coverage", search: { ...search, ...change } as never, replace: true });
  useEffect(() => { document.title = "覆盖与盲区 · 闭环"; }, []);
  return (
    <Page title="覆盖与盲区" wide intro="设备在哪些单元网格、哪些钟点看过" extra={<Button icon={<DownloadOutlined />} href={coverageFile(of)} download>导出 CSV</Button>}>
      <search className="panel filters" aria-label="筛选条件">
        <DatePicker.RangePicker
          aria-label="日期" allowClear={false} style={{ width: 240 }} value={[dayjs(of.from), dayjs(of.to)]}
          onChange={(it) => { if (it?.[0] && it[1]) set({ from: it[0].format("YYYY-MM-DD"), to: it[1].format("YYYY-MM-DD") }); }}
        />
        <Select aria-label="识别种类" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="全部种类" value={of.kind ?? null} onChange={(it: number | null) => set({ kind: it ? String(it) : undefined })} options={(kinds.data?.items ?? []).map((it) => ({ value: it.number, label: it.name }))} style={{ minWidth: 200 }} />
      </search>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data ? <Loading /> : query.data.grids.length === 0
        ? <Empty title="还没有单元网格">在<Link to="/catalogue">分类目录</Link>导入网格后，每个网格的覆盖情况会出现在这里。</Empty>
        : <Report of={query.data} />}
    </Page>
  );
}

function Report({ of }: { of: CoverageReport }) {
  const [shown, setShown] = useState(FIRST);
  const most = mostLooks(of.grids);
  return (
    <>
      <p role="status"><b>{of.blind_grids}</b> 个网格没有任何观察，共 {of.grids.length} 个网格{of.blind_hours.length > 0 && <>；<b>{hourSpans(of.blind_hours)}</b>所示网格都没有观察</>}。{of.elsewhere > 0 && <span className="quiet">另有 {of.elsewhere} 次观察不在网格内。</span>}{of.cut && <b> 数据过多，未全部计入，请缩短时段。</b>}</p>
      <div className="coverage-scroll" role="region" aria-label="各网格各钟点的观察次数" tabIndex={0}>
        <table className="coverage">
          <caption className="visually-hidden">每个网格在每个钟点的观察次数，盲区在前</caption>
          <thead><tr><th scope="col">网格</th><th scope="col">设备</th><th scope="col">观察</th><th scope="col">种类</th>{hours.map((hour) => <th key={hour} scope="col">{hour}</th>)}</tr></thead>
          <tbody>
            {of.grids.slice(0, shown).map((it) => (
              <tr key={it.code}>
                <th scope="row" title={it.code}>{it.name || it.code}</th><td>{it.devices}</td><td>{it.looks}</td><td>{it.kinds}</td>
                {it.hours.map((looks, hour) => <td key={hours[hour]} className={`shade shade-${shade(looks, most)}`} title={`${hour} 时 ${looks} 次`}><span className="visually-hidden">{looks}</span></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {of.grids.length > shown && <div className="more"><Button onClick={() => setShown(shown + FIRST)}>再显示 {Math.min(FIRST, of.grids.length - shown)} 个，共 {of.grids.length} 个</Button></div>}
      <p className="quiet">{of.counted_to ? `统计到 ${dateTime(of.counted_to)} 收到的事件` : "还没有统计过机器事件"}；设备指该网格内启用的固定设备，移动设备按其事件的位置计。</p>
      {of.kinds.length > 0 && <p className="quiet">看过的种类：{of.kinds.map((it) => `${it.name} ${it.looks} 次（${it.grids} 格）`).join("、")}</p>}
    </>
  );
}
