/** Carriers (运输企业). */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, Select, Table, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import { addCarrier, changeCarrier, listCarriers, registerFile, type WasteCarrier } from "../../api/waste";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { useAreas, useCompanies } from "./PlaceDialog";
import type { Go, WasteSearch } from "./WastePage";

const columns: TableColumnsType<WasteCarrier> = [
  { title: "企业", fixed: "left", render: (_, it) => <div className="cell-lead"><Link to="/waste/carriers/$id" params={{ id: it.id }}>{it.name}</Link><span>{it.address}{it.closed && "（停用）"}{it.simulated && <SimulatedTag />}</span></div> },
  { title: "统一社会信用代码", render: (_, it) => <span className="mono">{it.credit_code}</span> },
  { title: "车辆", align: "right", render: (_, it) => <Link to="/waste" search={{ tab: "vehicles", carrier: it.id } as never}>{it.vehicles}</Link> },
  { title: "驾驶员", align: "right", render: (_, it) => it.drivers },
];

export function Carriers({ search, go }: { search: WasteSearch; go: Go }) {
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const filter = { q: search.q, closed: search.closed ? true : undefined };
  const list = useInfiniteQuery({ queryKey: ["waste", "carriers", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listCarriers({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <>
      <search className="notice-bar" aria-label="筛选运输企业">
        <Input.Search aria-label="查找运输企业" allowClear placeholder="名称或者信用代码" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 240 }} />
        <Checkbox checked={Boolean(search.closed)} onChange={(event) => go({ closed: event.target.checked ? "1" : "" })}>包括停用的</Checkbox>
        <Button href={registerFile("carriers")}>导出</Button>
        {mayAny(session, ["waste.keep"]) && <Button type="primary" onClick={() => setAdding(true)}>登记企业</Button>}
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<WasteCarrier> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有这样的运输企业">点“登记企业”，再登记它的车辆和驾驶员。</Empty> }} />
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
      {adding && <CarrierDialog of={null} close={() => setAdding(false)} />}
    </>
  );
}

interface Typed { jurisdiction: string; credit_code: string; name: string; organisation?: string | null; address?: string | null; note?: string | null; closed?: boolean }

export function CarrierDialog({ of, close }: { of: WasteCarrier | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { areas, loading } = useAreas();
  const companies = useCompanies();
  return (
    <FormDialog<Typed>
      open title={of ? `修改${of.name}` : "登记运输企业"} initial={of ? { name: of.name, organisation: of.organisation ?? null, address: of.address ?? "", note: of.note ?? "", closed: of.closed } : {}} close={close}
      save={async ({ jurisdiction, credit_code, ...typed }) => {
        const facts = { name: typed.name, organisation: typed.organisation ?? null, address: typed.address || null, note: typed.note || null, closed: Boolean(typed.closed) };
        if (of) await changeCarrier(of.id, { version: of.version, facts });
        else await addCarrier({ jurisdiction, credit_code, facts });
        void message.success("已保存");
        void client.invalidateQueries({ queryKey: ["waste"] });
        close();
      }}
    >
      <Form.Item name="name" label="企业名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={200} /></Form.Item>
      {!of && (
        <>
          <Form.Item name="credit_code" label="统一社会信用代码" rules={[{ required: true, len: 18, message: "应为 18 位" }]}><Input maxLength={18} /></Form.Item>
          <Form.Item name="jurisdiction" label="登记所在区域" rules={[{ required: true, message: "请选择区域" }]}><Select showSearch={{ optionFilterProp: "label" }} options={areas} loading={loading} /></Form.Item>
        </>
      )}
      <Form.Item name="organisation" label="企业账号所在单位（选填）" extra="该单位的企业用户能看到本企业的车辆、驾驶员和核准，并能在网上申请。"><Select allowClear showSearch={{ optionFilterProp: "label" }} options={(companies.data?.items ?? []).filter((it) => it.kind === "company").map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
      <Form.Item name="address" label="地址（选填）"><Input maxLength={200} /></Form.Item>
      <Form.Item name="note" label="备注（选填）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      {of && <Form.Item name="closed" valuePropName="checked"><Checkbox>停用</Checkbox></Form.Item>}
    </FormDialog>
  );
}
