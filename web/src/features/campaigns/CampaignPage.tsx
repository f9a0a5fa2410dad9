/** One campaign (全域整治): township by township, grid by grid, to the last one. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Button, Form, Input, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { endCampaign, listCampaignGrids, readCampaign } from "../../api/campaigns";
import type { Campaign, CampaignGrid } from "../../api/contract";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import { Reach } from "./CampaignsPage";
import { byTownship, type TownshipReach } from "./townships";
import "./campaigns.css";

const EVERY = 30_000;

export function CampaignPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { state = "", township = "" } = useSearch({ strict: false }) as { state?: string; township?: string };
  const navigate = useNavigate();
  const session = useSession();
  const [ending, setEnding] = useState(false);
  const campaign = useQuery({ queryKey: ["campaigns", "one", id], queryFn: ({ signal }) => readCampaign(id, signal), refetchInterval: EVERY });
  const grids = useQuery({ queryKey: ["campaigns", "grids", id], queryFn: ({ signal }) => listCampaignGrids(id, signal), refetchInterval: EVERY });
  if (campaign.error) return <Page title="全域整治"><Failure error={campaign.error} retry={() => void campaign.refetch()} /></Page>;
  if (!campaign.data) return <Page title="全域整治"><Loading /></Page>;
  const of = campaign.data;
  const all = grids.data?.items ?? [];
  const shown = all.filter((it) => (state === "" || it.state === state) && (township === "" || it.township === township));
  const go = (change: Record<string, string>) => void navigate({ to: "/campaigns/$id", params: { id }, search: Object.fromEntries(Object.entries({ state, township, ...change }).filter(([, value]) => value)) as never, replace: true });
  const townships: TableColumnsType<TownshipReach> = [
    { title: "镇街", render: (_, it) => <button type="button" className="link" aria-pressed={township === it.code} onClick={() => go({ township: township === it.code ? "" : it.code })}>{it.name}</button> },
    { title: "网格", align: "right", dataIndex: "grids" },
    { title: "已排查", align: "right", dataIndex: "checked" },
    { title: "未排查", align: "right", render: (_, it) => it.grids - it.checked },
    { title: "发现", align: "right", dataIndex: "found" },
  ];
  const columns: TableColumnsType<CampaignGrid> = [
    { title: "网格", render: (_, it) => <>{it.grid_name ?? ""} <span className="mono quiet">{it.grid}</span></> },
    { title: "镇街", render: (_, it) => it.township_name ?? it.township },
    { title: "排查", render: (_, it) => <span className={`grid-state grid-${it.state}`}>{it.state_label}</span> },
    { title: "采集员", render: (_, it) => (it.checked_by ? <>{it.checked_by} <span className="quiet">{it.checked_at && dateTime(it.checked_at)}</span></> : "—") },
    { title: "说明", render: (_, it) => it.note ?? "—" },
    { title: "照片", render: (_, it) => (it.photos.length === 0 ? "—" : <span className="grid-photos">{it.photos.map((file, at) => <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(file)} alt={`${it.grid_name ?? it.grid} 的照片 ${at + 1}`} loading="lazy" /></a>)}</span>) },
    { title: "线索", render: (_, it) => (it.lead_id ? <Link to="/leads/$id" params={{ id: it.lead_id }} className="mono">{it.lead_number}</Link> : "—") },
  ];
  return (
    <Page title={of.name} wide intro={of.look_for} extra={!of.ended_at && mayAny(session, ["campaign.run"]) && <Button onClick={() => setEnding(true)}>结束整治</Button>}>
      <section className="panel campaign-facts" aria-label="概况">
        <dl className="facts">
          <dt>类别</dt><dd>{of.class_name ?? of.class_code}</dd>
          <dt>范围</dt><dd>{of.area_name ?? of.area}</dd>
          {of.lead_id && <><dt>由来</dt><dd><Link to="/leads/$id" params={{ id: of.lead_id }} className="mono">{of.lead_number}</Link> 曝光</dd></>}
          <dt>完成日期</dt><dd>{of.due_on}{of.late && <b className="campaign-late"> 已超期</b>}</dd>
          <dt>发起</dt><dd>{of.started_by} {dateTime(of.started_at)}</dd>
          {of.ended_at && <><dt>结束</dt><dd>{of.ended_by} {dateTime(of.ended_at)}：{of.end_note}</dd></>}
          <dt>进度</dt><dd><Reach of={of} /></dd>
          <dt>发现</dt><dd>{of.found} 格发现问题，其线索已结案 {of.closed} 件</dd>
        </dl>
      </section>
      {grids.error ? <Failure error={grids.error} retry={() => void grids.refetch()} /> : !grids.data ? <Loading /> : (
        <>
          <Table<TownshipReach> rowKey="code" size="small" pagination={false} scroll={{ x: "max-content" }} columns={townships} dataSource={byTownship(all)} />
          <Segmented aria-label="排查状态" value={state} onChange={(it) => go({ state: it })} options={[{ value: "", label: "全部" }, { value: "waiting", label: "待排查" }, { value: "clean", label: "未发现" }, { value: "found", label: "已发现" }]} style={{ margin: "14px 0 10px" }} />
          <Table<CampaignGrid> rowKey="grid" size="small" pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: "max-content" }} columns={columns} dataSource={shown} />
        </>
      )}
      {ending && <EndDialog of={of} close={() => setEnding(false)} />}
    </Page>
  );
}

function EndDialog({ of, close }: { of: Campaign; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const left = of.grids - of.checked;
  const save = async ({ note }: { note: string }) => {
    await endCampaign(of, note);
    void client.invalidateQueries({ queryKey: ["campaigns"] });
    void message.success("已结束");
    close();
  };
  return (
    <FormDialog<{ note: string }> open title="结束整治" okText="结束" initial={{}} close={close} save={save}>
      <p>{left > 0 ? `还有 ${left} 个网格没有排查。结束后不再派给采集员，请写明理由。` : "每个网格都已排查。请写一句结果。"}</p>
      <Form.Item name="note" label="说明" rules={[{ required: true, whitespace: true, max: 500, message: "1 至 500 字" }]}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
    </FormDialog>
  );
}
