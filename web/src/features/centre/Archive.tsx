/** The archive (档案): where each file stands, who has it, what is over its time. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, InputNumber, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { askLoan, listVolumes, proposeDestruction, putVolume, type CentreVolume } from "../../api/centre";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { useCentreEvents } from "./Board";
import type { CentreSearch, Go } from "./CentrePage";
import { Destructions } from "./Destructions";
import { Labels } from "./Labels";
import { choices, volumeStates } from "./words";

export function Archive({ search, go }: { search: CentreSearch; go: Go }) {
  useCentreEvents();
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<CentreVolume | null>(null);
  const [moving, setMoving] = useState<CentreVolume | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [printing, setPrinting] = useState(false);
  const [proposing, setProposing] = useState(false);
  const past = search.state === "past";
  const filter = { q: search.q ?? "", ...(past ? { past: true } : { state: search.state ?? "" }) };
  const list = useInfiniteQuery({ queryKey: ["centre", "volumes", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listVolumes({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const again = () => void client.invalidateQueries({ queryKey: ["centre"] });
  const picked = rows.filter((it) => chosen.includes(it.id));
  const columns: TableColumnsType<CentreVolume> = [
    { title: "档案", key: "code", render: (_, it) => <div className="cell-lead"><span className="mono">{it.code}</span><span><Link to="/cases/$id" params={{ id: it.case_id }}>案件 {it.case_number}</Link>{it.simulated && <SimulatedTag />}</span></div> },
    { title: "位置", key: "place", render: (_, it) => `${it.store} ${it.rack} 架 ${it.box} 盒` },
    { title: "册、页", key: "size", render: (_, it) => `${it.volumes} 册${it.pages ? ` ${it.pages} 页` : ""}` },
    { title: "状态", key: "state", render: (_, it) => <><span className="state-tag">{it.state_label}</span>{it.borrower && ` ${it.borrower.name}`}</> },
    { title: "归还", key: "due", render: (_, it) => (it.due_on ? <Light light={it.light as never} words={it.due_on} /> : "—") },
    { title: "保管到", key: "keep", render: (_, it) => <>{it.keep_until ?? "永久"}{it.past && <Light light="yellow" words="期满" />}</> },
    { title: "", key: "do", render: (_, it) => (
      <span className="centre-bar" style={{ margin: 0 }}>
        {mayAny(session, ["centre.borrow"]) && ["shelved", "lent"].includes(it.state) && <Button size="small" aria-label={`借阅 ${it.code}`} onClick={() => setAsking(it)}>借阅</Button>}
        {mayAny(session, ["centre.keep"]) && it.state !== "destroyed" && <Button size="small" aria-label={`移位 ${it.code}`} onClick={() => setMoving(it)}>移位</Button>}
      </span>
    ) },
  ];
  return (
    <>
      <search className="centre-bar" aria-label="筛选档案">
        <Input.Search aria-label="查找档案" allowClear placeholder="案号、编码或位置，可以扫码" defaultValue={filter.q} onSearch={(q) => go({ q })} style={{ width: 250 }} />
        <Select aria-label="状态" allowClear placeholder="全部状态" value={search.state || null} onChange={(it: string | null) => go({ state: it ?? "" })} options={[...choices(volumeStates), { value: "past", label: "保管期满" }]} style={{ width: 130 }} />
        {chosen.length > 0 && <Button onClick={() => setPrinting(true)}>打印 {chosen.length} 枚标签</Button>}
        {chosen.length > 0 && past && mayAny(session, ["centre.keep"]) && <Button onClick={() => setProposing(true)}>提出销毁</Button>}
      </search>
      <Table<CentreVolume> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows}
        locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有档案">案件归档以后，在案件页“办案中心”里上架，档案就列在这里。</Empty> }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.slice(0, 200) as string[]), getCheckboxProps: (it) => ({ "aria-label": `选择 ${it.code}` }) as never, columnTitle: <span className="visually-hidden">选择</span> }} />
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      <Destructions />
      {printing && <Labels of={picked.map((it) => ({ code: it.code, title: `案件 ${it.case_number}`, words: `${it.store} ${it.rack} 架 ${it.box} 盒，${it.keep_until ? `保管到 ${it.keep_until}` : "永久"}`, simulated: it.simulated }))} close={() => setPrinting(false)} />}
      {asking && (
        <FormDialog<{ form: "paper" | "electronic"; days: number; reason: string }> open title={`借阅 ${asking.code}`} okText="申请" initial={{ form: "paper", days: 5 }} close={() => setAsking(null)} save={async (it) => { await askLoan(asking.id, it); void message.success("已申请，等待审批"); again(); setAsking(null); }}>
          <Form.Item name="form" label="方式"><Select options={[{ value: "paper", label: "纸质借出" }, { value: "electronic", label: "电子查阅（每次查阅留记录）" }]} /></Form.Item>
          <Form.Item name="days" label="天数" extra="到期前可以续借两次。"><InputNumber min={1} max={30} precision={0} /></Form.Item>
          <Form.Item name="reason" label="事由" rules={[{ required: true, whitespace: true, message: "请填写事由" }]}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
      {moving && (
        <FormDialog<{ store: string; rack: string; box: string }> open title={`移位 ${moving.code}`} initial={{ store: moving.store, rack: moving.rack, box: moving.box }} close={() => setMoving(null)} save={async (it) => { await putVolume(moving.id, it); again(); setMoving(null); }}>
          <ShelfFields />
        </FormDialog>
      )}
      {proposing && (
        <FormDialog<{ reason: string }> open title={`提出销毁 ${picked.length} 份`} okText="提出" initial={{}} close={() => setProposing(false)} save={async ({ reason }) => { await proposeDestruction(picked.map((it) => it.id), reason); again(); setChosen([]); setProposing(false); }}>
          <p className="quiet">由局领导中提出人以外的另一人审批，两人销毁并签名。</p>
          <Form.Item name="reason" label="鉴定意见" rules={[{ required: true, whitespace: true, message: "请填写鉴定意见" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
          <Checkbox checked disabled>保管期满，没有人借阅</Checkbox>
        </FormDialog>
      )}
    </>
  );
}

export function ShelfFields({ prefix = [] }: { prefix?: string[] }) {
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <div className="centre-pair">
      <Form.Item name={[...prefix, "store"]} label="档案室" rules={needed("请填写档案室")}><Input maxLength={40} /></Form.Item>
      <Form.Item name={[...prefix, "rack"]} label="柜架" rules={needed("请填写柜架")}><Input maxLength={40} /></Form.Item>
      <Form.Item name={[...prefix, "box"]} label="盒号" rules={needed("请填写盒号")}><Input maxLength={40} /></Form.Item>
    </div>
  );
}
