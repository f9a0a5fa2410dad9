/** Recordings by case, role, room and day; what is missing; what a docking station brought. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Form, Input, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { listCases } from "../../api/cases";
import { dockFiles, listRecordings, listRooms, settleRecording, type CentreRecording } from "../../api/centre";
import { Light } from "../../components/Light";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { SessionLine, useCentreEvents } from "./Board";
import type { CentreSearch, Go } from "./CentrePage";
import { readList } from "./dock";
import { choices, roleWords } from "./words";

export function Recordings({ search, go }: { search: CentreSearch; go: Go }) {
  useCentreEvents();
  const session = useSession();
  const [docking, setDocking] = useState(false);
  const [settling, setSettling] = useState<CentreRecording | null>(null);
  const rooms = useQuery({ queryKey: ["centre", "rooms"], queryFn: ({ signal }) => listRooms(signal) });
  const filter = { q: search.q ?? "", role: search.role ?? "", room: search.room ?? "", day: search.day ?? "", ...(search.state === "unassigned" ? { unassigned: true } : {}) };
  const list = useInfiniteQuery({
    queryKey: ["centre", "recordings", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listRecordings({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const gaps = list.data?.pages[0]?.gaps ?? [];
  const columns: TableColumnsType<CentreRecording> = [
    { title: "录音录像", key: "name", render: (_, it) => (it.session ? <Link to="/centre/sessions/$id" params={{ id: it.session }}>{it.name}</Link> : it.name) },
    { title: "时间", key: "at", render: (_, it) => dateTime(it.starts_at) },
    { title: "房间或设备", key: "place", render: (_, it) => it.room_name ?? it.device_code ?? "—" },
    { title: "事由、人员", key: "role", render: (_, it) => [it.purpose_label, it.role_label, it.officer?.name].filter(Boolean).join("，") || "—" },
    { title: "案件", key: "case", render: (_, it) => (it.case_id ? <Link to="/cases/$id" params={{ id: it.case_id }}>{it.case_number}</Link> : it.aside ?? "待认领") },
    { title: "保存", key: "keep", render: (_, it) => (it.keep_until ? <>{it.keep_until}{it.past && <Light light="yellow" words="到期" />}</> : "随案") },
    { title: "", key: "settle", render: (_, it) => (!it.item && !it.aside && mayAny(session, ["centre.hold"]) ? <Button size="small" aria-label={`认领 ${it.name}`} onClick={() => setSettling(it)}>认领</Button> : `${it.marks.length} 处标记`) },
  ];
  return (
    <>
      <search className="centre-bar" aria-label="筛选录音录像">
        <Input.Search aria-label="查找录音录像" allowClear placeholder="案号或文件名" defaultValue={filter.q} onSearch={(q) => go({ q })} style={{ width: 220 }} />
        <Select aria-label="人员身份" allowClear placeholder="全部身份" value={filter.role || null} onChange={(it: string | null) => go({ role: it ?? "" })} options={choices(roleWords)} style={{ width: 130 }} />
        <Select aria-label="房间" allowClear placeholder="全部房间" value={filter.room || null} onChange={(it: string | null) => go({ room: it ?? "" })} options={(rooms.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} style={{ width: 150 }} />
        <Input type="date" aria-label="日期" value={filter.day} onChange={(event) => go({ day: event.target.value })} style={{ width: 150 }} />
        <Checkbox checked={search.state === "unassigned"} onChange={(event) => go({ state: event.target.checked ? "unassigned" : "" })}>只看待认领</Checkbox>
        {mayAny(session, ["centre.keep"]) && <Button onClick={() => setDocking(true)}>导入采集清单</Button>}
      </search>
      {gaps.length > 0 && <section aria-labelledby="missing"><h2 id="missing">缺录音录像 {gaps.length} 场</h2><ul className="centre-list">{gaps.map((it) => <SessionLine key={it.id} of={it} />)}</ul></section>}
      <Table<CentreRecording> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有录音录像">场次结束后在场次页“编入录音录像”，记录仪的文件用“导入采集清单”对应到人员和案件。</Empty> }} />
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      {docking && <DockDialog close={() => setDocking(false)} />}
      {settling && <SettleDialog of={settling} close={() => setSettling(null)} />}
    </>
  );
}

function DockDialog({ close }: { close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [told, setTold] = useState<{ name: string; label: string; case_number?: string | null }[]>([]);
  return (
    <FormDialog<{ list: string }> open title="导入采集清单" okText="导入" width={680} initial={{ list: "" }} close={close} save={async ({ list }) => {
      const { items } = await dockFiles(readList(list));
      setTold(items);
      void message.success(`已导入 ${items.length} 个文件`);
      void client.invalidateQueries({ queryKey: ["centre"] });
    }}>
      <p className="quiet">采集站导出的清单，每行一个文件：设备编号,文件名,SHA-256,开始时间,结束时间（2026-11-23 09:00:00）。按领用记录对应到人员，按场次对应到案件；同一个文件只算一次。文件本身由承办人在案件页提交为证据。</p>
      <Form.Item name="list" label="清单" rules={[{ required: true, whitespace: true, message: "请粘贴清单" }]}><Input.TextArea rows={8} className="mono" /></Form.Item>
      {told.length > 0 && <ul className="centre-list">{told.map((it, index) => <li key={`${it.name}${index}`}><div><span className="mono">{it.name}</span><b>{it.label}</b>{it.case_number && <span>案件 {it.case_number}</span>}</div></li>)}</ul>}
    </FormDialog>
  );
}

function SettleDialog({ of, close }: { of: CentreRecording; close: () => void }) {
  const client = useQueryClient();
  const [words, setWords] = useState("");
  const cases = useQuery({ queryKey: ["cases", "choose", words], queryFn: ({ signal }) => listCases({ mine: true, ...(words ? { q: words } : {}) }, signal) });
  return (
    <FormDialog<{ case?: string; aside?: string }> open title={`认领：${of.name}`} okText="认领" initial={{}} close={close} save={async (typed) => {
      await settleRecording(of.id, { ...(typed.case ? { case: typed.case } : {}), ...(typed.aside?.trim() ? { aside: typed.aside } : {}) });
      void client.invalidateQueries({ queryKey: ["centre"] });
      close();
    }}>
      <Alert type="info" showIcon title={`${dateTime(of.starts_at)}，设备 ${of.device_code ?? "—"}，领用人 ${of.officer?.name ?? "没有"}`} />
      <Form.Item name="case" label="属于案件（您承办的）"><Select allowClear showSearch={{ filterOption: false, onSearch: setWords }} loading={cases.isFetching} options={(cases.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.number} ${it.title}` }))} /></Form.Item>
      <Form.Item name="aside" label="或者：不属于案件的原因" extra="例如日常巡查、设备调试；到期按保存期清理。"><Input maxLength={200} /></Form.Item>
    </FormDialog>
  );
}
