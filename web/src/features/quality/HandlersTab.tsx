/** Best handlers (办案能手): a ranking by weights that the district sets and everybody sees. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, InputNumber, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { HandlerWeights } from "../../api/quality-contract";
import { rankHandlers, setHandlerWeights } from "../../api/quality";
import { now } from "../../format/clock";
import { cityDay } from "../indicators/periods";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import type { QualitySearch } from "./QualityPage";

const isDay = (text?: string) => !!text && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function HandlersTab({ search, go }: { search: QualitySearch; go: (change: QualitySearch) => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [setting, setSetting] = useState(false);
  const to = isDay(search.to) ? (search.to as string) : cityDay(now());
  const from = isDay(search.from) ? (search.from as string) : dayjs(to).startOf("year").format("YYYY-MM-DD");
  const query = useQuery({ queryKey: ["best-handlers", from, to], queryFn: ({ signal }) => rankHandlers(from, to, signal) });
  const of = query.data;
  const weight = (name: keyof HandlerWeights, label: string) => <Form.Item name={name} label={label}><InputNumber min={0} max={100} precision={0} /></Form.Item>;
  return (
    <>
      <div className="quality-bar">
        <DatePicker.RangePicker aria-label="时段" allowClear={false} value={[dayjs(from), dayjs(to)]} onChange={(days) => { if (days?.[0] && days[1]) go({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD") }); }} />
        {of && <span className="quiet">得分 = 办结 × {of.weights.concluded} ＋ 案卷平均分 × {of.weights.reviewed} − 不合格 × {of.weights.failed} − 被撤销 × {of.weights.overturned}{of.provisional && "（权重暂定，请设置）"}</span>}
        {of && <Button onClick={() => setSetting(true)}>设置权重</Button>}
      </div>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (
        <Table
          rowKey="id" size="small" className="law-table" dataSource={of?.items ?? []} loading={query.isPending} pagination={false} scroll={{ x: 700 }}
          locale={{ emptyText: query.isPending ? " " : <Empty title="这段时间没有办结的案件">办结案件、评查案卷后，按权重排列承办人。</Empty> }}
          columns={[
            { title: "名次", width: 60, render: (_, __, index) => index + 1 }, { title: "承办人", dataIndex: "name" }, { title: "办结", width: 90, align: "right", dataIndex: "concluded" },
            { title: "评查案卷", width: 90, align: "right", dataIndex: "files" }, { title: "平均分", width: 90, align: "right", render: (_, it) => it.average ?? "—" }, { title: "不合格", width: 80, align: "right", dataIndex: "failed" },
            { title: "被撤销", width: 80, align: "right", dataIndex: "overturned" }, { title: "得分", width: 90, align: "right", render: (_, it) => <b>{it.score}</b> },
          ]}
        />
      )}
      {of?.cut && <p className="quiet">案件或者人员过多，只计入了一部分，请缩短时段。</p>}
      {setting && of && (
        <FormDialog<HandlerWeights> open title="办案能手的权重" initial={of.weights} close={() => setSetting(false)} save={async (fields) => { await setHandlerWeights(fields); setSetting(false); void client.invalidateQueries({ queryKey: ["best-handlers"] }); void message.success("已保存，记入设置变更记录"); }}>
          {weight("concluded", "每办结一件加")}{weight("reviewed", "案卷平均分乘以")}{weight("failed", "每件不合格减")}{weight("overturned", "每件被撤销、变更减")}
        </FormDialog>
      )}
    </>
  );
}
