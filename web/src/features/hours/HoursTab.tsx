/** Working hours of units (单位工作时间): versions with a day and a reason; the limits of what a unit was given count by them. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, DatePicker, Form, Input, Radio, Table, TreeSelect } from "antd";
import type { FormInstance } from "antd";
import dayjs from "dayjs";
import type { Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { get, post } from "../../api/client";
import type { Items, UnitHoursPreview, UnitHoursVersion, UnitWeek } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { cityDay } from "../indicators/periods";
import { useOrganisations, useUnitTree } from "../organisation/units";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { dayNames, houseDays, spans, weekWords } from "./week";

interface Fields { unit: string; from: Dayjs; kind: "own" | "house"; days: string[]; through_holidays: boolean; reason: string }

const weekOf = (it: Partial<Fields>): UnitWeek | null => (it.kind === "house" ? null : { days: dayNames.map((_, at) => spans(it.days?.[at] ?? "")), through_holidays: it.through_holidays === true });

export function HoursTab() {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ["unit-hours"], queryFn: ({ signal }) => get<Items<UnitHoursVersion>>("/unit-hours", undefined, signal), refetchInterval: (query) => (query.state.data?.items.some((it) => !it.recounted_at) ? 3_000 : false) });
  const units = useOrganisations();
  const tree = useUnitTree();
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const initial: Partial<Fields> = { kind: "own", days: houseDays, through_holidays: false, from: dayjs(cityDay(now())) };
  return (
    <>
      <div className="settings-bar"><p className="quiet">没有登记的单位，与本局一致：工作日 8:00–12:00、14:00–18:00。登记后，派给该单位的处置时限和协办时限按它计；正在走的随即重算，已经告知的到期时间不会提前。下级单位不随上级，需要的各自登记。</p><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>登记工作时间</Button></div>
      <Table<UnitHoursVersion>
        rowKey="number" size="small" className="settings-table" loading={list.isPending} scroll={{ x: 900 }} pagination={{ pageSize: 50, hideOnSinglePage: true }} dataSource={list.data?.items ?? []} locale={{ emptyText: list.isPending ? " " : <Empty title="所有单位与本局一致">登记后，各单位的工作时间和每次变更会出现在这里。</Empty> }}
        columns={[
          { title: "号", dataIndex: "number", width: 56 }, { title: "单位", render: (_, it) => units.data?.items.find((one) => one.id === it.unit)?.name ?? "—" }, { title: "生效日", dataIndex: "from", width: 110 },
          { title: "工作时间", render: (_, it) => weekWords(it.week) }, { title: "理由", dataIndex: "reason" }, { title: "登记", render: (_, it) => dateTime(it.made_at) },
          { title: "在办时限", render: (_, it) => (it.recounted_at ? `已重算，${it.moved} 件顺延` : "重算中…") },
        ]}
      />
      <FormDialog<Fields>
        open={adding} title="登记单位工作时间" initial={initial} close={() => setAdding(false)}
        save={async (it) => {
          const saved = await post<Items<UnitHoursVersion>>("/unit-hours", { unit: it.unit, from: it.from.format("YYYY-MM-DD"), week: weekOf(it), reason: it.reason });
          client.setQueryData(["unit-hours"], saved);
          void client.invalidateQueries({ queryKey: ["settings-history"] });
          setAdding(false);
        }}
      >
        <Form.Item name="unit" label="单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
        <Form.Item name="from" label="生效日（今天或以后；同一天登记多次的，以后登记的为准）" rules={[{ required: true, message: "请选择生效日" }]}><DatePicker style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="kind" label="工作时间"><Radio.Group options={[{ value: "own", label: "按本单位的" }, { value: "house", label: "恢复与本局一致" }]} /></Form.Item>
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }: FormInstance<Fields>) => getFieldValue("kind") === "own" && (
            <>
              <p className="quiet">每天可有几段，用空格隔开，如 08:00-12:00 14:00-18:00；不填为休息。</p>
              {dayNames.map((name, at) => <Form.Item key={name} name={["days", at]} label={name} className="hours-day"><Input className="mono" maxLength={60} placeholder="休息" /></Form.Item>)}
              <Form.Item name="through_holidays" valuePropName="checked"><Checkbox>法定节假日照常上班（值守单位）</Checkbox></Form.Item>
            </>
          )}
        </Form.Item>
        <Form.Item name="reason" label="理由" rules={[{ required: true, message: "请填写理由" }]}><Input maxLength={200} placeholder="如：夏令时段调整通知" /></Form.Item>
        <Form.Item noStyle shouldUpdate>{({ getFieldsValue }: FormInstance<Fields>) => <Preview fields={getFieldsValue()} />}</Form.Item>
      </FormDialog>
    </>
  );
}

/** The fortnight that the typed week would make. */
function Preview({ fields }: { fields: Partial<Fields> }) {
  const body = JSON.stringify({ from: fields.from?.format("YYYY-MM-DD") ?? cityDay(now()), week: weekOf(fields) });
  // What is still being typed is not asked for.
  const [asked, setAsked] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(body), 500);
    return () => clearTimeout(timer);
  }, [body]);
  const query = useQuery({ queryKey: ["unit-hours-preview", asked], queryFn: () => post<UnitHoursPreview>("/unit-hours/preview", JSON.parse(asked) as object), retry: false, placeholderData: (before) => before });
  if (query.error) return <p role="status" className="quiet">{asProblem(query.error).message}</p>;
  if (!query.data) return null;
  return (
    <section aria-label="两周预览" className="hours-preview">
      <table>
        <thead><tr><th>日期</th><th>本单位</th><th>本局</th></tr></thead>
        <tbody>{query.data.days.map((day) => <tr key={day.date}><td>{day.date.slice(5)} {day.label}</td><td>{day.hours.join("、") || "休息"}</td><td>{day.house.join("、") || "休息"}</td></tr>)}</tbody>
      </table>
      <ul>{query.data.examples.map((it) => <li key={it.limit}>{dateTime(it.started_at)} 派给该单位、限 {it.limit}：{dateTime(it.due_at)} 到期（按本局为 {dateTime(it.house_due_at)}）</li>)}</ul>
      <p className="quiet">工作日历 {query.data.calendar}</p>
    </section>
  );
}
