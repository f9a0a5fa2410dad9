/** Campaigns (全域整治): what goes on and what ended, each with how far it is to the last grid. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Progress, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { listCampaigns } from "../../api/campaigns";
import type { Campaign } from "../../api/contract";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { StartCampaign } from "./StartCampaign";
import "./campaigns.css";

const EVERY = 60_000;

export function CampaignsPage() {
  const { state = "open" } = useSearch({ strict: false }) as { state?: string };
  const navigate = useNavigate();
  const session = useSession();
  const [starting, setStarting] = useState(false);
  const open = state === "all" ? undefined : state === "open";
  const list = useQuery({ queryKey: ["campaigns", state], queryFn: ({ signal }) => listCampaigns(open, signal), refetchInterval: EVERY });
  const may = mayAny(session, ["campaign.run"]);
  const columns: TableColumnsType<Campaign> = [
    { title: "名称", fixed: "left", render: (_, it) => <Link to="/campaigns/$id" params={{ id: it.id }}>{it.name}</Link> },
    { title: "类别", render: (_, it) => it.class_name ?? it.class_code },
    { title: "范围", render: (_, it) => it.area_name ?? it.area },
    { title: "进度", width: 210, render: (_, it) => <Reach of={it} /> },
    { title: "发现", align: "right", render: (_, it) => it.found },
    { title: "已结案", align: "right", render: (_, it) => it.closed },
    { title: "完成日期", render: (_, it) => <>{it.due_on}{it.late && <b className="campaign-late"> 已超期</b>}</> },
    { title: "发起", render: (_, it) => it.started_by },
    { title: "状态", render: (_, it) => (it.ended_at ? "已结束" : "进行中") },
  ];
  return (
    <Page title="全域整治" wide intro="一处曝光，逐个网格排查，到最后一格" extra={may && <Button type="primary" onClick={() => setStarting(true)}>发起全域整治</Button>}>
      <Segmented aria-label="状态" value={state} onChange={(it) => void navigate({ to: "/campaigns", search: (it === "open" ? {} : { state: it }) as never, replace: true })} options={[{ value: "open", label: "进行中" }, { value: "ended", label: "已结束" }, { value: "all", label: "全部" }]} style={{ marginBottom: 12 }} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : !list.data ? <Loading /> : list.data.items.length === 0 ? (
        <Empty title={state === "open" ? "没有进行中的全域整治" : "还没有全域整治"}>从一条线索或在这里发起后，范围内每个单元网格都成为采集员手机上的一项排查，发现的问题自动成为线索。</Empty>
      ) : <Table<Campaign> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
      {starting && <StartCampaign close={() => setStarting(false)} />}
    </Page>
  );
}

/** How many of the grids were looked at. */
export function Reach({ of }: { of: Campaign }) {
  const share = of.grids === 0 ? 0 : Math.floor((of.checked / of.grids) * 100);
  return <div className="campaign-reach"><Progress percent={share} size="small" showInfo={false} aria-label={`已排查 ${of.checked} 格，共 ${of.grids} 格`} /><span>{of.checked} / {of.grids} 格</span></div>;
}
