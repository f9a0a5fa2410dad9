/** Closing re-verified (结案复核): each unit's closing rate with what blind re-verification found. Period and unit stand in the address. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, DatePicker, Drawer, Form, Input, InputNumber, Segmented, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { Reverification, ReverifiedUnit } from "../../api/contract";
import { readIndicators } from "../../api/indicators";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { asProblem } from "../../api/problem";
import { drawReverification, listRechecked, listReverifications, readReverifiedUnits, reassignReverification } from "../../api/scrutiny";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { chosen, cityDay, periodOf, presetWords, type Preset } from "../indicators/periods";
import { intervalWord, percent } from "../machines/sightings";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import "../indicators/indicators.css";
import "./scrutiny.css";

interface Search { from?: string; to?: string; period?: string; unit?: string }

/** 50%（95% 区间 9–91%，2 件） */
export const shareWord = (of: Pick<ReverifiedUnit, "share" | "low" | "high" | "held" | "broken">): string =>
  of.share === null || of.share === undefined ? "—" : `${percent(of.share)}（95% 区间 ${intervalWord(of)}，${of.held + of.broken} 件）`;

export function ReverificationsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const session = useSession();
  const today = cityDay(now());
  const { preset, from, to } = chosen(search, today);
  const [drawing, setDrawing] = useState(false);
  const units = useQuery({ queryKey: ["reverified-units", from, to], queryFn: ({ signal }) => readReverifiedUnits({ from, to }, signal), refetchInterval: 60_000 });
  const rates = useQuery({ queryKey: ["indicators", { from, to, by: "unit" }], enabled: mayAny(session, ["indicator.read"]), queryFn: ({ signal }) => readIndicators({ from, to, by: "unit" }, signal) });
  const closing = new Map((rates.data?.subjects ?? []).map((it) => [it.code, it]));
  const go = (change: Search) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>;
    void navigate({ to: "/reverifications", search: next, replace: true });
  };
  const at = rates.data?.indicators.findIndex((it) => it.code === "closing-rate") ?? -1;
  // Units without a sample stand here too: a closing rate that nobody looked at is one without an interval.
  const known = new Set((units.data?.items ?? []).map((it) => it.unit));
  const rows: ReverifiedUnit[] = [
    ...(units.data?.items ?? []),
    ...[...closing.values()].filter((it) => it.code && !known.has(it.code)).map((it) => ({ unit: it.code, unit_name: it.name, held: 0, broken: 0, waiting: 0, low: 0, high: 1, upheld: 0, open: 0 })),
  ];
  const columns: TableColumnsType<ReverifiedUnit> = [
    { title: "责任单位", dataIndex: "unit_name", fixed: "left" },
    { title: "结案率", align: "right", render: (_, it) => { const figure = closing.get(it.unit)?.figures[at]; return figure?.value == null ? "—" : <Link to="/indicators/$code" params={{ code: "closing-rate" }} search={{ from, to, by: "unit", part: "denominator", subject: it.unit, name: it.unit_name, indicator: "结案率" } as never}>{`${(figure.value * 100).toFixed(1)}%`}</Link>; } },
    { title: "复核属实率", render: (_, it) => shareWord(it) },
    { title: "确已处置", align: "right", render: (_, it) => it.held },
    { title: "未处置到位", align: "right", render: (_, it) => it.broken },
    { title: "待复查", align: "right", render: (_, it) => it.waiting },
    { title: "复核明细", render: (_, it) => (it.held + it.broken + it.waiting > 0 ? <button type="button" className="link" onClick={() => go({ unit: it.unit })}>看 {it.held + it.broken + it.waiting} 件</button> : "—") },
    { title: "疑点属实", align: "right", render: (_, it) => (it.upheld > 0 ? <Link to="/suspicions" search={{ state: "upheld", unit: it.unit } as never}>{it.upheld}</Link> : 0) },
    { title: "疑点待判", align: "right", render: (_, it) => (it.open > 0 ? <Link to="/suspicions" search={{ unit: it.unit } as never}>{it.open}</Link> : 0) },
  ];
  const unit = rows.find((it) => it.unit === search.unit);
  return (
    <Page title="结案复核" wide intro={`${from} 至 ${to} 结案的线索，抽样由未参与过的采集员盲核`} extra={mayAny(session, ["scrutiny.draw"]) && <Button type="primary" onClick={() => setDrawing(true)}>抽取盲核样本</Button>}>
      <search className="panel indicator-filters" aria-label="统计时段">
        <Segmented<Preset> aria-label="统计时段" value={preset} onChange={(it) => (it === "custom" ? go({ ...periodOf("month", today), period: "" }) : go({ from: "", to: "", period: it }))} options={(Object.keys(presetWords) as Preset[]).map((value) => ({ value, label: presetWords[value] }))} />
        {preset === "custom" && <DatePicker.RangePicker aria-label="起止日期" allowClear={false} value={[dayjs(from), dayjs(to)]} maxDate={dayjs(today)} onChange={(days) => { if (days?.[0] && days[1]) go({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD"), period: "" }); }} />}
      </search>
      {units.error ? <Failure error={units.error} retry={() => void units.refetch()} /> : !units.data ? <Loading /> : rows.length === 0 ? <Empty title="这个时段没有复核过的结案">抽取盲核样本后，采集员在手机端“盲核复查”里反馈，结果按单位出现在这里。</Empty> : (
        <Table<ReverifiedUnit> rowKey="unit" size="small" bordered pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} />
      )}
      <p className="indicator-rule"><b>口径</b>：复核属实率 = 确已处置 ÷（确已处置 + 未处置到位），区间为 Wilson 95% 区间；同一件抽到多次的只计最近一次反馈。结案率见考核指标。盲核不改动已结案的线索。</p>
      <Draws />
      {search.unit && <Items unit={search.unit} name={unit?.unit_name ?? "该单位"} from={from} to={to} close={() => go({ unit: "" })} />}
      <Draw open={drawing} close={() => setDrawing(false)} from={from} to={to} />
    </Page>
  );
}

/** What it takes to draw the same sample again. */
function Draws() {
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [busy, setBusy] = useState("");
  const reassign = async (id: string) => {
    setBusy(id);
    try {
      const { moved, unassigned } = await reassignReverification(id);
      void message.success(moved + unassigned === 0 ? "未答复的都还有人可看，无须改派" : `已改派 ${moved} 件${unassigned > 0 ? `，${unassigned} 件仍无人可派` : ""}`, 5);
      for (const queryKey of [["reverified-units"], ["rechecked"]]) void client.invalidateQueries({ queryKey });
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy("");
    }
  };
  const draws = useQuery({ queryKey: ["reverifications"], queryFn: ({ signal }) => listReverifications(signal) });
  if (!draws.data || draws.data.items.length === 0) return null;
  const columns: TableColumnsType<Reverification> = [
    { title: "抽取时间", render: (_, it) => dateTime(it.drawn_at) },
    { title: "结案时段", render: (_, it) => `${it.from} 至 ${it.to}` },
    { title: "随机种子", dataIndex: "seed" },
    { title: "误差", render: (_, it) => `±${Math.round(it.half_width * 100)} 个百分点` },
    { title: "抽取 / 结案", align: "right", render: (_, it) => `${it.size} / ${it.population}` },
    { title: "抽取人", dataIndex: "drawn_by" },
    ...(mayAny(session, ["scrutiny.draw"]) ? [{ title: "操作", render: (_: unknown, it: Reverification) => <Button size="small" loading={busy === it.id} onClick={() => void reassign(it.id)} title="采集员停用、换片区或当时无人可派的，改派给未参与过的其他采集员">改派</Button> }] : []),
  ];
  return (
    <section aria-labelledby="draws" className="panel draws">
      <h2 id="draws">抽样批次</h2>
      <p className="quiet">可复算：对时段内每件已结案线索，取“种子:编号”（UTF-8）的 SHA-256，由小到大排，取前若干件。</p>
      <Table<Reverification> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={draws.data.items} />
    </section>
  );
}

function Items({ unit, name, from, to, close }: { unit: string; name: string; from: string; to: string; close: () => void }) {
  const list = useInfiniteQuery({
    queryKey: ["rechecked", unit, from, to], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listRechecked({ unit, from, to, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer open onClose={close} title={`${name} · 复核明细`} size={560}>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : (
        <ul className="rechecked">
          {rows.map((it) => (
            <li key={it.id}>
              <Link to="/leads/$id" params={{ id: it.lead }} className="mono">{it.number}</Link> <b>{it.state_label}</b>
              <span className="quiet">{[it.collector_name, it.answered_at && dateTime(it.answered_at)].filter(Boolean).join(" · ")}</span>
              {it.note && <p>{it.note}</p>}
              {it.photos.length > 0 && <p className="recheck-photos">{it.photos.map((file, index) => <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(file)} alt={`${it.number} 的复核照片 ${index + 1}`} loading="lazy" /></a>)}</p>}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
    </Drawer>
  );
}

function Draw({ open, close, from, to }: { open: boolean; close: () => void; from: string; to: string }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ seed: string; half: number }>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ seed, half }: { seed: string; half: number }) => {
    setBusy(true);
    try {
      const drawn = await drawReverification({ from, to, seed, half_width: half / 100 });
      void message.success(`从 ${drawn.population} 件中抽取 ${drawn.size} 件，已派给未参与过的采集员`);
      for (const queryKey of [["reverifications"], ["reverified-units"], ["rechecked"]]) void client.invalidateQueries({ queryKey });
      form.resetFields();
      close();
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer open={open} onClose={close} title="抽取盲核样本" size={480} footer={<Button type="primary" loading={busy} onClick={() => form.submit()}>抽取并派出</Button>}>
      <p>从 {from} 至 {to} 由单位处置并结案的线索中随机抽取，派给没有上报、核实、处置、核查过它，也不属于责任单位的采集员。采集员看不到此前的答复和照片。</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ half: 10 }} onFinish={(values) => void submit(values)}>
        <Form.Item name="seed" label="随机种子" extra="请用事先公布、无人能左右的内容，例如某期公开摇号的号码。" rules={[{ required: true, whitespace: true, min: 6, max: 100, message: "6 至 100 个字" }]}><Input maxLength={100} /></Form.Item>
        <Form.Item name="half" label="允许误差（百分点，全区）" extra="误差越小，抽得越多。" rules={[{ required: true }]}><InputNumber min={2} max={30} precision={0} /></Form.Item>
      </Form>
    </Drawer>
  );
}
