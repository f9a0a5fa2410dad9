/** The property desk (涉案财物): what is due, the register, towed vehicles, places, stock-takes, balances. The filters stand in the address. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select, Table, Tabs, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import { labelsAddress, listDue, listPlaces, listProperty, type PropertyRow } from "../../api/property";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { Balance } from "./Balance";
import { Places } from "./Places";
import { Stocktakes } from "./Stocktakes";
import { TowDialog } from "./TowDialog";
import { measureWords, papers, quantity, stateWords } from "./words";
import "../search/search.css";
import "../notices/notices.css";
import "../cases/cases.css";
import "./property.css";

interface Search { tab?: string; q?: string; state?: string; measure?: string; place?: string }

export function PropertyPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const session = useSession();
  const [towing, setTowing] = useState(false);
  const tab = search.tab ?? "due";
  const go = (change: Search) => {
    const next = { ...search, ...change };
    void navigate({ to: "/property", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "tab" && value === "due"))) as Record<string, string>, replace: true });
  };
  return (
    <Page
      title="涉案财物" wide intro="每件财物一个编码：凭什么保管、到哪天为止、现在在哪里、经过谁的手。"
      extra={tab === "towed" && mayAny(session, ["property.keep"]) && <Button type="primary" onClick={() => setTowing(true)}>登记拖移车辆</Button>}
    >
      <Tabs activeKey={tab} destroyOnHidden onChange={(key) => go({ tab: key, q: "", state: "", measure: "", place: "" })} items={[
        { key: "due", label: "到期清单", children: <Due /> },
        { key: "items", label: "财物", children: <Register search={search} go={go} /> },
        { key: "towed", label: "拖移车辆", children: <Register search={{ ...search, measure: "towing" }} go={go} towed /> },
        { key: "stocktakes", label: "盘点", children: <Stocktakes /> },
        { key: "balance", label: "出入库平衡", children: <Balance /> },
        { key: "places", label: "保管场所", children: <Places /> },
      ]} />
      {towing && <TowDialog close={() => setTowing(false)} />}
    </Page>
  );
}

function Due() {
  const list = useQuery({ queryKey: ["property-due"], queryFn: ({ signal }) => listDue(signal), refetchInterval: 60_000 });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (list.data.items.length === 0) return <Empty title="没有到期的事项">应当退还的、快到期的查封扣押和登记保存、没有登记物品的措施、送检、没有告知的拖移车辆和定期盘点，会按缓急列在这里。</Empty>;
  return (
    <>
      <ul className="duties">
        {list.data.items.map((it) => (
          <li key={[it.kind, it.item_id, it.case_id, it.place].join()}>
            <div><Light light={it.light as never} words={it.label} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} />}<span className="quiet">{it.article}</span></div>
            <b>{it.words}</b>
            <div>
              {it.item_id && <Link to="/property/$id" params={{ id: it.item_id }} className="mono">{it.code}</Link>}
              {it.case_id && <Link to="/cases/$id" params={{ id: it.case_id }}>案件 {it.case_number}</Link>}
              {it.kind === "count" && <Link to="/property" search={{ tab: "stocktakes" } as never}>去盘点</Link>}
            </div>
          </li>
        ))}
      </ul>
      {list.data.truncated && <p className="quiet">到期事项太多，只列出最急的一千项。</p>}
    </>
  );
}

function Register({ search, go, towed }: { search: Search; go: (change: Search) => void; towed?: boolean }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string[]>([]);
  const [paper, setPaper] = useState("sheet");
  const places = useQuery({ queryKey: ["property-places"], queryFn: ({ signal }) => listPlaces(signal) });
  const filter = { q: search.q ?? "", state: search.state ?? "", measure: search.measure ?? "", place: search.place ?? "" };
  const list = useInfiniteQuery({
    queryKey: ["property", filter], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listProperty({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const filtered = Boolean(filter.q || filter.state || filter.place || (!towed && filter.measure));
  const nothing = filtered
    ? <Empty title="没有符合条件的财物">换个条件再查。</Empty>
    : towed ? <Empty title="没有拖移的车辆">拖移的车辆登记以后列在这里；车主可以在首页凭车牌和车架号后六位查到停放地点。</Empty> : <Empty title="没有登记的财物">在案件页“涉案财物”里登记先行登记保存、查封扣押的物品，它们会列在这里。</Empty>;
  const columns: TableColumnsType<PropertyRow> = [
    { title: towed ? "车辆" : "财物", key: "name", width: "26%", render: (_, it) => <div className="cell-lead"><Link to="/property/$id" params={{ id: it.id }}>{it.plate ? `${it.plate} ${it.name}` : it.name}</Link><span><span className="mono">{it.code}</span>{it.simulated && <SimulatedTag />}</span></div> },
    { title: "数量", key: "quantity", width: 100, render: (_, it) => `${quantity(it.quantity_milli)} ${it.unit}` },
    { title: "措施", key: "measure", width: 120, render: (_, it) => it.measure_label },
    { title: "状态", key: "state", width: 150, render: (_, it) => <span className="state-tag">{it.place_name ?? it.state_label}</span> },
    { title: "期限", key: "due", width: 150, render: (_, it) => (it.hold?.due_at ? <Countdown dueAt={it.hold.due_at} light={it.hold.light as never} /> : it.hold ? it.hold.label : "—") },
    { title: "案件", key: "case", width: 160, render: (_, it) => (it.case_id ? <Link to="/cases/$id" params={{ id: it.case_id }}>{it.case_number}</Link> : "—") },
    { title: "起始", key: "from", width: 140, render: (_, it) => dateTime(it.held_from) },
  ];
  return (
    <>
      <search className="notice-bar" aria-label="筛选财物">
        <Input.Search aria-label="查找财物" allowClear placeholder={towed ? "车牌或编码" : "名称、编码、案号或车牌"} defaultValue={filter.q} onSearch={(it) => go({ q: it })} style={{ width: 240 }} />
        <Select aria-label="状态" allowClear placeholder="全部状态" value={filter.state || null} onChange={(it: string | null) => go({ state: it ?? "" })} options={Object.entries(stateWords).map(([value, label]) => ({ value, label }))} style={{ width: 140 }} />
        {!towed && <Select aria-label="措施" allowClear placeholder="全部措施" value={filter.measure || null} onChange={(it: string | null) => go({ measure: it ?? "" })} options={Object.entries(measureWords).map(([value, label]) => ({ value, label }))} style={{ width: 140 }} />}
        <Select aria-label="保管场所" allowClear placeholder="全部场所" value={filter.place || null} onChange={(it: string | null) => go({ place: it ?? "" })} options={(places.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} style={{ width: 160 }} />
        {chosen.length > 0 && <><Select aria-label="标签纸" value={paper} onChange={setPaper} options={papers} style={{ width: 170 }} /><Button href={labelsAddress(chosen, paper)} target="_blank">打印 {chosen.length} 枚标签</Button></>}
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<PropertyRow>
            className="lead-table" rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }}
            rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.slice(0, 240) as string[]), getCheckboxProps: (it) => ({ "aria-label": `选择 ${it.code}` }) as never, columnTitle: <span className="visually-hidden">选择</span> }}
            onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button,label,input")) void navigate({ to: "/property/$id", params: { id: it.id } }); } })}
          />
          <ul className="lead-cards">
            {rows.map((it) => (
              <li key={it.id}><Link to="/property/$id" params={{ id: it.id }}>
                <b>{it.plate ? `${it.plate} ${it.name}` : it.name}</b>
                <span><span className="state-tag">{it.place_name ?? it.state_label}</span>{it.hold?.due_at && <Countdown dueAt={it.hold.due_at} light={it.hold.light as never} />}{it.simulated && <SimulatedTag />}</span>
                <small>{[it.code, it.measure_label, it.case_number].filter(Boolean).join(" · ")}</small>
              </Link></li>
            ))}
            {rows.length === 0 && !list.isPending && <li>{nothing}</li>}
          </ul>
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
    </>
  );
}
