/** The neighbour cities (邻市对接): to whom leads are referred, from whom they are taken in, and whether that works. */
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Switch, Table } from "antd";
import { useState } from "react";
import { saveNeighbour } from "../../api/neighbours";
import type { Neighbour } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";
import { NeighbourDrawer } from "./NeighbourDrawer";
import { inputOf, neighboursQuery, useNeighbours } from "./neighbours";
import "../sources/sources.css";

export function NeighboursTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const list = useNeighbours();
  const [editing, setEditing] = useState<Neighbour | "new" | null>(null);
  const [turning, setTurning] = useState<string | null>(null);

  async function turn(of: Neighbour, active: boolean) {
    setTurning(of.code);
    try {
      await saveNeighbour(of.code, { ...inputOf(of), active }, of.version);
      void message.success(`${active ? "已启用" : "已停用"}：${of.name}`);
    } catch (error) {
      const failed = asProblem(error);
      void message.error(failed.stale ? "这个邻市刚被别人改过，已载入最新内容，请核对后再改。" : failed.message);
    }
    await client.invalidateQueries({ queryKey: neighboursQuery.queryKey });
    setTurning(null);
  }

  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">按 Open311（GeoReport v2）与邻市互通：属于邻市的线索由派遣员转过去并跟踪到办结，邻市收到而在本市境内的请求接成线索。</p>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>新增邻市</Button>
      </div>
      <Table<Neighbour>
        rowKey="code" size="small" className="settings-table" loading={list.isPending} pagination={false} scroll={{ x: 900 }} dataSource={list.data?.items ?? []}
        locale={{ emptyText: list.isPending ? " " : <Empty title="还没有对接邻市">新增后，派遣员在线索上就能“转邻市”。</Empty> }}
        columns={[
          { title: "名称", width: 170, render: (_, it) => <><button type="button" className="link source-name" onClick={() => setEditing(it)}>{it.name}</button><div className="mono quiet">{it.code}{it.ground && ` · ${it.ground}`}</div></> },
          { title: "接口地址", render: (_, it) => <><span className="mono source-url" title={it.link?.url}>{it.link?.url}</span><div className="quiet">{it.link?.has_api_key ? "已存 api_key" : "没有 api_key"}</div></> },
          { title: "类别对应", width: 120, render: (_, it) => <>{it.link?.services.length ?? 0} 条<div className="quiet">{it.link?.fallback_service ? `其余 ${it.link.fallback_service}` : "其余不转"}</div></> },
          { title: "邻市转来", width: 190, render: (_, it) => <Pulled of={it} /> },
          { title: "启用", width: 72, render: (_, it) => <Switch size="small" aria-label={`启用 ${it.name}`} checked={it.active} loading={turning === it.code} disabled={turning !== null} onChange={(active) => void turn(it, active)} /> },
          { title: <span className="visually-hidden">操作</span>, width: 64, render: (_, it) => <Button size="small" type="text" aria-label={`编辑 ${it.name}`} onClick={() => setEditing(it)}>编辑</Button> },
        ]}
      />
      {editing && <NeighbourDrawer key={editing === "new" ? "new" : editing.code} of={editing === "new" ? null : editing} close={() => setEditing(null)} />}
    </>
  );
}

function Pulled({ of: { link } }: { of: Neighbour }) {
  if (!link?.pulls) return <span className="quiet">不接收</span>;
  if (link.error) return <span role="status">读取没有成功：{link.error}</span>;
  return <>已接 {link.taken} 件<div className="quiet">{link.pulled_at ? <time dateTime={link.pulled_at} title={dateTime(link.pulled_at)}>最近读取 {shortTime(link.pulled_at, now())}</time> : "还没有读取"}</div></>;
}
