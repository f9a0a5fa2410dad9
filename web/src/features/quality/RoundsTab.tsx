/** The rounds, and a new one: the candidates are listed and hashed before anybody sets the seed. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select, Table } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { ReviewRoundRow } from "../../api/quality-contract";
import { gatherRound, listRounds, listSheets } from "../../api/quality";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { cityDay } from "../indicators/periods";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { resultWords, trackWords } from "./words";

interface Fields { name: string; kind: string; sheet: string; days: [Dayjs, Dayjs]; tracks?: string[]; results?: string[]; by: "files" | "percent"; amount: number; by_unit?: boolean; double?: boolean; gap: number; answer_days: number; seed_source: string; draw_on: Dayjs }
const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export function RoundsTab() {
  const manages = mayAny(useSession(), ["quality.manage"]);
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({ queryKey: ["review-rounds"], initialPageParam: "", queryFn: ({ pageParam, signal }) => listRounds(pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  return (
    <>
      {manages && <div className="quality-bar"><Button type="primary" onClick={() => setAdding(true)}>新建评查</Button></div>}
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <Table<ReviewRoundRow>
          rowKey="id" size="small" className="law-table" dataSource={rows} loading={list.isPending} pagination={false} scroll={{ x: 760 }}
          locale={{ emptyText: list.isPending ? " " : <Empty title="还没有评查批次">{manages ? "点“新建评查”，选时段和标准，系统列出办结的案卷。" : "组织评查的人新建批次后，列在这里。"}</Empty> }}
          columns={[
            { title: "名称", render: (_, it) => <><Link to="/quality/rounds/$id" params={{ id: it.id }}>{it.name}</Link> {it.simulated && <SimulatedTag />}</> },
            { title: "种类", width: 110, render: (_, it) => it.kind_label },
            { title: "状态", width: 100, render: (_, it) => <span className="state-tag">{it.state_label}</span> },
            { title: "候选", width: 90, align: "right", render: (_, it) => `${it.candidates} 件` },
            { title: "评定进度", width: 120, align: "right", render: (_, it) => (it.files ? `${it.scored}/${it.files} 件` : "—") },
            { title: "建立", width: 150, render: (_, it) => dateTime(it.created_at) },
          ]}
        />
      )}
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
      {adding && <NewRound close={() => setAdding(false)} />}
    </>
  );
}

function NewRound({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const sheets = useQuery({ queryKey: ["review-sheets"], queryFn: ({ signal }) => listSheets(signal) });
  const today = dayjs(cityDay(now()));
  const published = (sheets.data?.items ?? []).filter((it) => it.state === "published");
  return (
    <FormDialog<Fields>
      open title="新建评查" okText="列出候选案卷" width={600} close={close}
      initial={{ name: `${today.year()}年第${Math.floor(today.month() / 3) + 1}季度抽查`, kind: "spot", days: [today.subtract(3, "month"), today], by: "percent", amount: 10, by_unit: true, double: true, gap: 5, answer_days: 5, seed_source: "", draw_on: today.add(1, "day") }}
      save={async (of) => {
        const plan = { from: of.days[0].format("YYYY-MM-DD"), to: of.days[1].format("YYYY-MM-DD"), tracks: of.tracks ?? [], results: of.results ?? [], by_unit: !!of.by_unit, double: !!of.double, gap: of.gap, answer_days: of.answer_days, ...(of.by === "files" ? { files: of.amount } : { percent: of.amount }) };
        const round = await gatherRound({ name: of.name, kind: of.kind, sheet: of.sheet, plan, seed_source: of.seed_source, draw_on: of.draw_on.format("YYYY-MM-DD") });
        close();
        await navigate({ to: "/quality/rounds/$id", params: { id: round.id } });
      }}
    >
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={100} /></Form.Item>
      <Form.Item name="kind" label="种类"><Radio.Group options={[{ value: "spot", label: "季度抽查" }, { value: "yearly", label: "年度评查" }]} /></Form.Item>
      <Form.Item name="sheet" label="评查标准" rules={[{ required: true, message: "请选择评查标准" }]}><Select loading={sheets.isPending} options={published.map((it) => ({ value: it.id, label: `${it.title}（第 ${it.number} 版，${it.points} 分）` }))} /></Form.Item>
      <Form.Item name="days" label="办结时段" extra="按作出决定（或者撤案、终止）的日期。"><DatePicker.RangePicker allowClear={false} /></Form.Item>
      <Form.Item name="tracks" label="程序（不选为全部）"><Select mode="multiple" options={options(trackWords)} /></Form.Item>
      <Form.Item name="results" label="处理结果（不选为全部）"><Select mode="multiple" options={options(resultWords)} /></Form.Item>
      <Form.Item name="by" label="抽取"><Radio.Group options={[{ value: "percent", label: "按比例（%）" }, { value: "files", label: "按件数" }]} /></Form.Item>
      <Form.Item name="amount" label="比例或者件数"><InputNumber min={1} max={300} precision={0} /></Form.Item>
      <Form.Item name="seed_source" label="种子的来源" extra="和清单一起固定、公布：无人能左右、任何人查得到的内容。" rules={[{ required: true, whitespace: true, message: "请填写种子的来源" }]}><Input maxLength={200} placeholder="例如：抽取日体彩排列五的开奖号码" /></Form.Item>
      <Form.Item name="draw_on" label="抽取日期" extra="到这一天才能设种子、抽取；定在今天的，页面注明没有提前公布。" rules={[{ required: true, message: "请选择抽取日期" }]}><DatePicker allowClear={false} minDate={today} maxDate={today.add(90, "day")} /></Form.Item>
      <Form.Item name="by_unit" valuePropName="checked"><Checkbox>按单位分层，每个单位至少一件</Checkbox></Form.Item>
      <Form.Item name="double" valuePropName="checked"><Checkbox>双人评分</Checkbox></Form.Item>
      <Form.Item name="gap" label="两人相差超过多少分由第三人裁定"><InputNumber min={1} max={50} precision={0} suffix="分" /></Form.Item>
      <Form.Item name="answer_days" label="承办人答复期限"><InputNumber min={1} max={60} precision={0} suffix="个工作日" /></Form.Item>
    </FormDialog>
  );
}
