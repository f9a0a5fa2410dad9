/** Duty (值班): which unit and who is on duty when; rules may ask for it. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Select, Table, TreeSelect } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { get, post, remove } from "../../api/client";
import type { Duty, Items, Page, Person } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { DutySettings } from "../nearest/DutySettings";
import { useOrganisations, useUnitTree } from "../organisation/units";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";

interface Fields { unit_id: string; person_id?: string; span: [Dayjs, Dayjs] }

export function DutyTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ["duty"], queryFn: ({ signal }) => get<Items<Duty>>("/duty", undefined, signal) });
  const people = useQuery({ queryKey: ["people", "names"], queryFn: ({ signal }) => get<Page<Person>>("/people", { limit: 200 }, signal), retry: false });
  const units = useOrganisations();
  const tree = useUnitTree();
  const refresh = () => client.invalidateQueries({ queryKey: ["duty"] });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar"><p className="quiet">“仅在该单位值班时命中”的派遣规则按这张表判断。</p><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>新增值班</Button></div>
      <Table<Duty>
        rowKey="id" size="small" className="settings-table" loading={list.isPending} pagination={{ pageSize: 50, hideOnSinglePage: true }} dataSource={list.data?.items ?? []} locale={{ emptyText: list.isPending ? " " : <Empty title="还没有排班">新增值班后，值班单位和人员会出现在这里。</Empty> }}
        columns={[
          { title: "单位", render: (_, it) => units.data?.items.find((one) => one.id === it.unit_id)?.name ?? "—" }, { title: "人员", render: (_, it) => (it.person_id ? people.data?.items.find((one) => one.id === it.person_id)?.name ?? "—" : "全员") },
          { title: "从", render: (_, it) => dateTime(it.from) }, { title: "到", render: (_, it) => dateTime(it.to) },
          { title: "状态", render: (_, it) => (Date.parse(it.to) < now() ? "已结束" : Date.parse(it.from) <= now() ? <b>值班中</b> : "未开始") },
          { title: <span className="visually-hidden">操作</span>, width: 80, render: (_, it) => <Button size="small" type="text" onClick={() => void remove(`/duty/${it.id}`).then(refresh, (error: unknown) => message.error(asProblem(error).message))}>删除</Button> },
        ]}
      />
      <DutySettings />
      <FormDialog<Fields>
        open={adding} title="新增值班" initial={{}} close={() => setAdding(false)}
        save={async ({ unit_id, person_id, span }) => {
          await post("/duty", { unit_id, person_id: person_id ?? null, from: span[0].toISOString(), to: span[1].toISOString() });
          setAdding(false);
          void refresh();
        }}
      >
        <Form.Item name="unit_id" label="单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
        <Form.Item name="person_id" label="人员（选填）"><Select allowClear showSearch={{ optionFilterProp: "label" }} options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} /></Form.Item>
        <Form.Item name="span" label="时间" rules={[{ required: true, message: "请选择时间" }]}><DatePicker.RangePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" style={{ width: "100%" }} /></Form.Item>
      </FormDialog>
    </>
  );
}
