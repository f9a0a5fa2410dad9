/** Who meets whom more often than chance, territory and duty explain (结对分析): all pairs that were tested, and a picture of those that stand out. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented, Table, type TableColumnsType } from "antd";
import type { MetPair } from "../../api/contract";
import { pairingsFile, readPairings } from "../../api/scrutiny";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { layout } from "./graph";
import "./scrutiny.css";

interface Search { found?: string; one?: string; other?: string }
const share = (count: number, all: number) => (all === 0 ? "—" : `${count}（${Math.round((100 * count) / all)}%）`);

export function PairingsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const filter = { ...(search.found ? { found: true } : {}), ...(search.one ? { one: search.one } : {}), ...(search.other ? { other: search.other } : {}) };
  const go = (change: Search) => void navigate({ to: "/pairings", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const query = useQuery({ queryKey: ["pairings", filter], queryFn: ({ signal }) => readPairings(filter, signal), staleTime: 300_000 });
  const columns: TableColumnsType<MetPair> = [
    { title: "人员", fixed: "left", render: (_, it) => <button type="button" className="link" onClick={() => go({ one: it.one })}>{it.one_name}</button> },
    { title: "环节", render: (_, it) => it.part_label },
    { title: "处置方", render: (_, it) => <button type="button" className="link" onClick={() => go({ other: it.other })}>{it.other_name}{it.of_person ? "（人员）" : ""}</button> },
    { title: "相遇", align: "right", render: (_, it) => it.met },
    { title: "按辖区应有", align: "right", render: (_, it) => it.by_territory.toFixed(1) },
    { title: "按当班应有", align: "right", render: (_, it) => it.by_duty.toFixed(1) },
    { title: "标准化超出", align: "right", render: (_, it) => it.excess.toFixed(1) },
    { title: "偶然概率", align: "right", render: (_, it) => (it.chance < 0.001 ? it.chance.toExponential(0) : it.chance.toFixed(3)) },
    { title: "结论", render: (_, it) => (it.found ? <b>突出，请查看{it.cluster !== undefined && `（第 ${it.cluster} 组）`}</b> : "不突出") },
    { title: "十分钟内通过", align: "right", render: (_, it) => share(it.quick, it.met) },
    { title: "照片疑点", align: "right", render: (_, it) => share(it.photo, it.met) },
    { title: "位置疑点", align: "right", render: (_, it) => share(it.away, it.met) },
    { title: "盲核推翻", align: "right", render: (_, it) => share(it.overturned, it.rechecked) },
  ];
  const data = query.data;
  return (
    <Page title="结对分析" wide intro="谁和谁相遇得比辖区、类别、班次能解释的更多。突出只是请人查看的理由，不是结论" extra={<a className="ant-btn" href={pairingsFile(filter)} download>导出 CSV</a>}>
      <div className="pairing-bar">
        <Segmented aria-label="范围" value={search.found ? "found" : "all"} onChange={(it) => go({ found: it === "found" ? "1" : "" })} options={[{ value: "all", label: "全部" }, { value: "found", label: "只看突出的" }]} />
        {(search.one || search.other) && <button type="button" className="link" onClick={() => go({ one: "", other: "" })}>看全部人员和单位</button>}
        <Link to="/suspicions" search={{ kind: "pairing" } as never}>待判定的结对疑点</Link>
      </div>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !data ? <Loading /> : (
        <>
          <p className="quiet">{data.from} 至 {data.to}，{data.leads} 件处置过的线索{data.cut && "（更早的未计入）"}，检验了 {data.tested} 对。没有人串通时，出现任何一对“突出”的可能不超过 {Math.round(data.rate * 100)}%。只有一人可选的网格不产生任何结论。</p>
          {data.items.length === 0 ? <Empty title="没有可检验的结对">近 90 天里同一人与同一处置方相遇满 8 次的才检验。</Empty> : (
            <>
              <Picture pairs={data.items.filter((it) => it.found)} />
              <Table<MetPair> rowKey={(it) => `${it.part}/${it.one}/${it.other}`} size="small" pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }} scroll={{ x: "max-content" }} columns={columns} dataSource={data.items} />
            </>
          )}
        </>
      )}
    </Page>
  );
}

/** The pairs that stand out, as lines between two rows of names. The table says the same. */
function Picture({ pairs }: { pairs: MetPair[] }) {
  if (pairs.length === 0) return <p role="status">没有突出的结对。</p>;
  const drawn = layout(pairs);
  return (
    <figure className="pairing-picture">
      <svg viewBox={`0 0 640 ${drawn.height}`} role="img" aria-label={`突出的结对：${pairs.map((it) => `${it.one_name}与${it.other_name} ${it.met} 件`).join("；")}`}>
        {drawn.lines.map((it) => <line key={it.key} x1={200} y1={it.from} x2={440} y2={it.to} stroke="currentColor" strokeWidth={it.width} opacity={0.55}><title>{it.words}</title></line>)}
        {drawn.left.map((it) => <g key={it.id}><circle cx={200} cy={it.y} r={6} /><text x={186} y={it.y + 5} textAnchor="end">{it.name}</text></g>)}
        {drawn.right.map((it) => <g key={it.id}><circle cx={440} cy={it.y} r={6} /><text x={454} y={it.y + 5}>{it.name}</text></g>)}
      </svg>
      <figcaption className="quiet">左：上报、核实、核查的人员；右：处置的单位或人员。线越粗，超出越多。</figcaption>
    </figure>
  );
}
