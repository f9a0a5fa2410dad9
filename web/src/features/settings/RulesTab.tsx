/** Dispatch rules (派遣规则): class × place × time × duty; the first that fits decides. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select, Switch, Table, TreeSelect } from "antd";
import { useState } from "react";
import { get, patch, post, remove } from "../../api/client";
import type { DispatchRule, Items, Region } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { prefixWord, useClasses } from "../catalogue/classes";
import { useOrganisations, useUnitTree } from "../organisation/units";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";

type Fields = Omit<DispatchRule, "id" | "unit_name" | "version">;
const weekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

export function RulesTab() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [editing, setEditing] = useState<DispatchRule | "new" | null>(null);
  const rules = useQuery({ queryKey: ["dispatch-rules"], queryFn: ({ signal }) => get<Items<DispatchRule>>("/dispatch-rules", undefined, signal) });
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const classes = useClasses();
  const units = useOrganisations();
  const tree = useUnitTree();
  const unit = (id: string) => units.data?.items.find((it) => it.id === id)?.name ?? "—";
  const region = (code: string) => (code === "" ? "全域" : regions.data?.items.find((it) => it.code === code)?.name ?? code);
  const refresh = () => client.invalidateQueries({ queryKey: ["dispatch-rules"] });
  if (rules.error) return <Failure error={rules.error} retry={() => void rules.refetch()} />;
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">立案后按优先级从小到大匹配，第一条命中的规则决定处置单位；没有命中的进入“待派遣”由派遣员处理。</p>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>新增规则</Button>
      </div>
      <Table<DispatchRule>
        rowKey="id" size="small" className="settings-table" loading={rules.isPending} pagination={false} scroll={{ x: 720 }} dataSource={[...(rules.data?.items ?? [])].sort((a, b) => a.priority - b.priority)} locale={{ emptyText: rules.isPending ? " " : <Empty title="还没有派遣规则">没有规则时，全部线索由派遣员手工派遣。</Empty> }}
        columns={[
          { title: "优先级", dataIndex: "priority", width: 80 }, { title: "类别", render: (_, it) => <>{prefixWord(classes.data?.items, it.class_prefix)} {it.class_prefix !== "" && <span className="mono quiet">{it.class_prefix}</span>}</> }, { title: "区域", render: (_, it) => region(it.region_prefix) },
          { title: "时间", render: (_, it) => [it.weekdays && it.weekdays.length > 0 ? it.weekdays.map((one) => weekdays[one - 1]).join("、") : "每天", it.from_hour != null && it.to_hour != null ? `${it.from_hour}–${it.to_hour} 时` : "全天", it.on_duty ? "仅值班时" : ""].filter(Boolean).join(" ") },
          { title: "处置单位", render: (_, it) => <b style={{ fontWeight: 500 }}>{unit(it.unit_id)}</b> }, { title: "说明", dataIndex: "note" },
          {
            title: <span className="visually-hidden">操作</span>, width: 130, render: (_, it) => (
              <>
                <Button size="small" type="text" onClick={() => setEditing(it)}>编辑</Button>
                <Button size="small" type="text" onClick={() => void modal.confirm({ title: "删除这条规则？", okText: "删除", onOk: async () => { try { await remove(`/dispatch-rules/${it.id}`); void refresh(); } catch (error) { void message.error(asProblem(error).message); } } })}>删除</Button>
              </>
            ),
          },
        ]}
      />
      <FormDialog<Fields>
        open={editing !== null} title={editing === "new" ? "新增派遣规则" : "编辑派遣规则"} initial={editing && editing !== "new" ? editing : { priority: 100, class_prefix: "", region_prefix: "", on_duty: false, note: "" }} close={() => setEditing(null)}
        save={async (fields) => {
          const body = { ...fields, class_prefix: fields.class_prefix ?? "", region_prefix: fields.region_prefix ?? "", note: fields.note ?? "", weekdays: fields.weekdays?.length ? fields.weekdays : null, from_hour: fields.from_hour ?? null, to_hour: fields.to_hour ?? null };
          if (editing === "new") await post("/dispatch-rules", body);
          else if (editing) await patch(`/dispatch-rules/${editing.id}`, body, { version: editing.version });
          setEditing(null);
          void message.success("已保存");
          void refresh();
        }}
      >
        <div className="two">
          <Form.Item name="priority" label="优先级（小者先）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={0} max={9999} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="class_prefix" label="类别代码前缀" extra="06 为市容环境全部；留空为全部。" rules={[{ pattern: /^\d{0,5}$/, message: "最多 5 位数字" }]}><Input className="mono" inputMode="numeric" /></Form.Item>
        </div>
        <Form.Item name="region_prefix" label="区域"><Select showSearch={{ optionFilterProp: "label" }} options={[{ value: "", label: "全域" }, ...(regions.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.name} ${it.code}` }))]} /></Form.Item>
        <Form.Item name="weekdays" label="星期（不选为每天）"><Select mode="multiple" options={weekdays.map((label, index) => ({ value: index + 1, label }))} /></Form.Item>
        <div className="two">
          <Form.Item name="from_hour" label="从（时）"><InputNumber min={0} max={23} style={{ width: "100%" }} placeholder="全天" /></Form.Item>
          <Form.Item name="to_hour" label="到（时）"><InputNumber min={1} max={24} style={{ width: "100%" }} placeholder="全天" /></Form.Item>
        </div>
        <Form.Item name="unit_id" label="处置单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
        <Form.Item name="on_duty" label="仅在该单位值班时命中" valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="note" label="说明"><Input maxLength={200} /></Form.Item>
      </FormDialog>
    </>
  );
}
