/** The devices (采集设备): cameras, patrol cars, drones, sensors, and how often each was right. */
import { PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Modal, Switch, Table } from "antd";
import { useEffect, useMemo, useState } from "react";
import { listDevices, saveDevice } from "../../api/machines";
import type { Device } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";
import { DeviceDrawer } from "./DeviceDrawer";
import { inputOf } from "./devices";
import { PrecisionCell } from "./PrecisionCell";
import { Sending } from "./Sending";
import "../sources/sources.css";
import "./machines.css";

export function DevicesTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [words, setWords] = useState("");
  const [q, setQ] = useState("");
  const [editing, setEditing] = useState<Device | "new" | null>(null);
  const [helping, setHelping] = useState(false);
  const [turning, setTurning] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQ(words.trim()), 250);
    return () => clearTimeout(timer);
  }, [words]);
  const list = useInfiniteQuery({
    queryKey: ["devices", { q }], initialPageParam: "", refetchInterval: 30_000,
    queryFn: ({ pageParam, signal }) => listDevices({ q, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);

  async function turn(of: Device, active: boolean) {
    setTurning(of.code);
    try {
      await saveDevice(of.code, { ...inputOf(of), active }, of.version);
      void message.success(`${active ? "已启用" : "已停用"}：${of.name}`);
    } catch (error) {
      const failed = asProblem(error);
      void message.error(failed.stale ? "这个设备刚被别人改过，已载入最新内容，请核对后再改。" : failed.message);
    }
    await client.invalidateQueries({ queryKey: ["devices"] });
    setTurning(null);
  }

  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">固定视频、智能巡查车、无人机和传感器登记后，才接收它们的事件；准确率由研判和线索的结果得来。设备只停用，不删除。</p>
        <div style={{ display: "flex", gap: 8 }}><Button onClick={() => setHelping(true)}>报送说明</Button><Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>登记设备</Button></div>
      </div>
      <search className="source-bar" aria-label="查找采集设备"><Input aria-label="查找设备" placeholder="名称或编码" allowClear maxLength={64} value={words} onChange={(event) => setWords(event.target.value)} style={{ width: 240 }} /></search>
      <Table<Device>
        rowKey="code" size="small" className="settings-table" loading={list.isPending} pagination={false} scroll={{ x: 1040 }} dataSource={rows}
        locale={{ emptyText: list.isPending ? " " : q ? <Empty title="没有这样的设备">换个词，或登记设备。</Empty> : <Empty title="还没有登记设备">登记后，设备所在的平台就可以报送事件；多次确认的事件形成发现，到“机器发现”研判。</Empty> }}
        columns={[
          { title: "名称", render: (_, it) => <><button type="button" className="link source-name" onClick={() => setEditing(it)}>{it.name}</button> {it.simulated && <SimulatedTag />}<div className="mono quiet">{it.code}</div></> },
          { title: "种类", width: 104, dataIndex: "kind_label" },
          { title: "位置", width: 200, render: (_, it) => <>{it.jurisdiction_name ?? it.jurisdiction}{it.address && <div className="quiet">{it.address}</div>}</> },
          { title: "报送账号", width: 120, render: (_, it) => (it.sender ? it.sender_name ?? "—" : <span className="quiet">不限</span>) },
          { title: "准确率", width: 150, render: (_, it) => <><PrecisionCell of={it.precision} />{it.paused_kinds > 0 && <div className="paused"><b>{it.paused_kinds} 个种类已暂停自动</b></div>}</> },
          { title: "最近看", width: 104, render: (_, it) => (it.last_at ? <time dateTime={it.last_at} title={dateTime(it.last_at)}>{shortTime(it.last_at, now())}</time> : <span className="quiet">还没有</span>) },
          { title: "启用", width: 66, render: (_, it) => <Switch size="small" aria-label={`启用 ${it.name}`} checked={it.active} loading={turning === it.code} disabled={turning !== null} onChange={(active) => void turn(it, active)} /> },
          { title: <span className="visually-hidden">操作</span>, width: 132, render: (_, it) => <><Button size="small" type="text" aria-label={`编辑 ${it.name}`} onClick={() => setEditing(it)}>编辑</Button><Link to="/sightings" search={{ device: it.code }}>发现</Link></> },
        ]}
      />
      {list.hasNextPage && <div style={{ padding: 12, textAlign: "center" }}><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      {editing && <DeviceDrawer key={editing === "new" ? "new" : editing.code} of={editing === "new" ? null : editing} close={() => setEditing(null)} />}
      <Modal open={helping} onCancel={() => setHelping(false)} footer={null} title="怎么报送事件" width={720}><Sending code={rows[0]?.code ?? "cam-001"} /></Modal>
    </>
  );
}
