/** Storage places (保管场所): settings with a history. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import type { Items, Region } from "../../api/contract";
import { addPlace, changePlace, listPlaces, type NewPlace, type PropertyPlace } from "../../api/property";
import { day } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { placeKinds } from "./words";

type Fields = NewPlace & { closed?: boolean };
const roles = [{ value: "officer", label: "执法队员" }, { value: "leader", label: "局领导" }];

export function Places() {
  const session = useSession();
  const [of, setOf] = useState<PropertyPlace | "new" | null>(null);
  const list = useQuery({ queryKey: ["property-places"], queryFn: ({ signal }) => listPlaces(signal) });
  const may = mayAny(session, ["property.places"]);
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const columns: TableColumnsType<PropertyPlace> = [
    { title: "名称", fixed: "left", render: (_, it) => <>{it.name}{it.closed && <span className="quiet">（已停用）</span>}</> },
    { title: "种类", render: (_, it) => it.kind_label },
    { title: "地址", render: (_, it) => it.address ?? "—" },
    { title: "在库", align: "right", render: (_, it) => `${it.items}${it.capacity ? ` / ${it.capacity}` : ""} 件` },
    { title: "保管角色", render: (_, it) => roles.find((role) => role.value === it.keeper_role)?.label ?? it.keeper_role },
    { title: "上次盘点", render: (_, it) => (it.counting ? "盘点中" : it.counted_at ? day(it.counted_at) : "没有盘点过") },
    ...(may ? [{ title: "", key: "change", render: (_: unknown, it: PropertyPlace) => <Button type="link" size="small" aria-label={`修改 ${it.name}`} onClick={() => setOf(it)}>修改</Button> }] : []),
  ];
  return (
    <>
      {may && <Button type="primary" onClick={() => setOf("new")} style={{ marginBottom: 12 }}>新增保管场所</Button>}
      {list.data.items.length === 0
        ? <Empty title="还没有保管场所">局领导或者系统管理员新增仓库、停车场、就地查封处以后，财物才能入库。</Empty>
        : <Table<PropertyPlace> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
      {of && <PlaceDialog of={of === "new" ? null : of} close={() => setOf(null)} />}
    </>
  );
}

function PlaceDialog({ of, close }: { of: PropertyPlace | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 600_000 });
  const areas = (regions.data?.items ?? []).filter((it) => it.level !== "grid").map((it) => ({ value: it.code, label: it.name }));
  const initial: Partial<Fields> = of ? { ...of, address: of.address ?? "", capacity: of.capacity ?? null } : { kind: "store", keeper_role: "officer" };
  return (
    <FormDialog<Fields>
      open title={of ? `修改${of.name}` : "新增保管场所"} initial={initial} close={close}
      save={async ({ closed, ...typed }) => {
        const same = { keeper_role: typed.keeper_role, capacity: typed.capacity ?? null, address: typed.address?.trim() ? typed.address : null };
        if (of) await changePlace(of.id, { ...same, version: of.version, closed: closed ?? false });
        else await addPlace({ ...same, name: typed.name, kind: typed.kind, jurisdiction: typed.jurisdiction });
        void message.success("已保存");
        void client.invalidateQueries({ queryKey: ["property-places"] });
        close();
      }}
    >
      {!of && (
        <>
          <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={80} /></Form.Item>
          <Form.Item name="kind" label="种类"><Select options={Object.entries(placeKinds).map(([value, label]) => ({ value, label }))} /></Form.Item>
          <Form.Item name="jurisdiction" label="服务的区域" rules={[{ required: true, message: "请选择区域" }]}><Select showSearch={{ optionFilterProp: "label" }} options={areas} loading={regions.isPending} /></Form.Item>
        </>
      )}
      <Form.Item name="address" label="地址（选填，拖移车辆查询时告诉车主）"><Input maxLength={200} /></Form.Item>
      <Form.Item name="capacity" label="容量（件，选填）"><InputNumber min={1} max={100000} precision={0} style={{ width: "100%" }} /></Form.Item>
      <Form.Item name="keeper_role" label="保管角色" extra="入库由这个角色的人员接收。"><Select options={roles} /></Form.Item>
      {of && <Form.Item name="closed" valuePropName="checked"><Checkbox>停用（场所应当已经清空）</Checkbox></Form.Item>}
    </FormDialog>
  );
}
