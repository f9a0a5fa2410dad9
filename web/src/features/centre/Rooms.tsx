/** Rooms (房间): settings with a history. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import { addRoom, changeRoom, listRooms, type CentreRoom, type CentreRoomSettings, type NewCentreRoom } from "../../api/centre";
import type { Items, Region } from "../../api/contract";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { atLeast, choices, equipmentWords, roomKinds, weekdayWords } from "./words";

const days = weekdayWords.map((word, index) => ({ value: index + 1, label: `周${word}` }));

export function Rooms() {
  const session = useSession();
  const [of, setOf] = useState<CentreRoom | "new" | null>(null);
  const list = useQuery({ queryKey: ["centre", "rooms"], queryFn: ({ signal }) => listRooms(signal) });
  const may = mayAny(session, ["centre.rooms"]);
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const columns: TableColumnsType<CentreRoom> = [
    { title: "名称", fixed: "left", render: (_, it) => <>{it.name}{it.closed && <span className="quiet">（已停用）</span>}</> },
    { title: "种类", render: (_, it) => it.kind_label },
    { title: "开放", render: (_, it) => `${it.weekdays.map((day) => `周${weekdayWords[day - 1]}`).join("、")} ${it.opens}–${it.closes}` },
    { title: "座位", align: "right", render: (_, it) => it.seats },
    { title: "设备", render: (_, it) => it.equipment_labels.join("、") || "—" },
    ...(may ? [{ title: "", key: "change", render: (_: unknown, it: CentreRoom) => <Button type="link" size="small" aria-label={`修改 ${it.name}`} onClick={() => setOf(it)}>修改</Button> }] : []),
  ];
  return (
    <>
      {may && <Button type="primary" onClick={() => setOf("new")} style={{ marginBottom: 12 }}>新增房间</Button>}
      {list.data.items.length === 0
        ? <Empty title="还没有房间">局领导或者系统管理员新增询问室、听证室、调解室以后，承办人才能预约。</Empty>
        : <Table<CentreRoom> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
      {of && <RoomDialog of={of === "new" ? null : of} close={() => setOf(null)} />}
    </>
  );
}

function RoomDialog({ of, close }: { of: CentreRoom | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 600_000 });
  const areas = (regions.data?.items ?? []).filter((it) => it.level !== "grid").map((it) => ({ value: it.code, label: it.name }));
  const settings: Partial<CentreRoomSettings> = of ? { seats: of.seats, weekdays: of.weekdays, opens: of.opens, closes: of.closes, equipment: of.equipment, closed: of.closed } : { seats: 4, weekdays: [1, 2, 3, 4, 5], opens: "08:30", closes: "17:30", equipment: ["recording"], closed: false };
  return (
    <FormDialog<NewCentreRoom>
      open title={of ? `修改${of.name}` : "新增房间"} initial={{ kind: "inquiry", settings: settings as CentreRoomSettings }} close={close}
      save={async (typed) => {
        if (of) await changeRoom(of.id, of.version, typed.settings);
        else await addRoom(typed);
        void message.success("已保存");
        void client.invalidateQueries({ queryKey: ["centre"] });
        close();
      }}
    >
      {!of && (
        <>
          <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={80} /></Form.Item>
          <Form.Item name="kind" label="种类"><Select options={choices(roomKinds)} /></Form.Item>
          <Form.Item name="jurisdiction" label="服务的区域" rules={[{ required: true, message: "请选择区域" }]}><Select showSearch={{ optionFilterProp: "label" }} options={areas} loading={regions.isPending} /></Form.Item>
        </>
      )}
      <Form.Item name={["settings", "weekdays"]} label="开放日" rules={[atLeast(1, "请选择开放日")]}><Checkbox.Group options={days} /></Form.Item>
      <div className="centre-pair">
        <Form.Item name={["settings", "opens"]} label="开放时间" rules={[{ required: true, message: "请填写" }]}><Input type="time" /></Form.Item>
        <Form.Item name={["settings", "closes"]} label="关闭时间" rules={[{ required: true, message: "请填写" }]}><Input type="time" /></Form.Item>
        <Form.Item name={["settings", "seats"]} label="座位"><InputNumber min={1} max={500} precision={0} style={{ width: "100%" }} /></Form.Item>
      </div>
      <Form.Item name={["settings", "equipment"]} label="设备" extra="有同步录音录像的房间，场次结束后没有编入录音录像的会亮灯。"><Checkbox.Group options={choices(equipmentWords)} /></Form.Item>
      {of && <Form.Item name={["settings", "closed"]} valuePropName="checked"><Checkbox>停用（已经预约的不受影响）</Checkbox></Form.Item>}
    </FormDialog>
  );
}
