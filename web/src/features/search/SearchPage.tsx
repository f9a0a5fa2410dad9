/** Finding leads (线索查询): filters in the address, a table or a map, and taking the result away as a file. */
import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, DatePicker, Dropdown, Input, Segmented, Select, TreeSelect } from "antd";
import dayjs from "dayjs";
import { useEffect, useMemo, useState } from "react";
import { get } from "../../api/client";
import { exportAddress, listLeads } from "../../api/leads";
import { thumbnailAddress } from "../../api/files";
import type { Items, LeadState, Light, Region } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { StateTag } from "../../components/StateTag";
import { lightWords, stateWords } from "../../format/words";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { useClassOptions } from "../catalogue/classes";
import { useUnitTree } from "../organisation/units";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { sourceOptions, useSources } from "../sources/sources";
import { isFiltered, toFilter, type SearchParams } from "./filters";
import { LeadTable } from "./LeadTable";

export function SearchPage() {
  const search = useSearch({ strict: false }) as SearchParams;
  const navigate = useNavigate();
  const [words, setWords] = useState(search.q ?? "");
  const [chosen, setChosen] = useState<string | null>(null);
  const [more, setMore] = useState(false);
  const classes = useClassOptions();
  const units = useUnitTree();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const sources = useSources();
  const exports = mayAny(useSession(), ["lead.export"]);
  const map = search.view === "map";
  const filter = toFilter(search);

  useEffect(() => setWords(search.q ?? ""), [search.q]);
  const set = (change: Partial<Record<keyof SearchParams, string | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>;
    void navigate({ to: "/search", search: next, replace: true });
  };

  const list = useInfiniteQuery({
    queryKey: ["leads", "search", filter, map], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listLeads({ ...filter, limit: map ? 200 : 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const points = useMemo<MapPoint[]>(() => rows.flatMap((it) => (it.position ? [{ id: it.id, position: it.position, light: it.light, label: it.title }] : [])), [rows]);
  const row = rows.find((it) => it.id === chosen);

  const empty = isFiltered(search)
    ? <Empty title="没有符合条件的线索">换个词或放宽条件试试。<br /><Button type="link" onClick={() => void navigate({ to: "/search", search: {} })}>清除全部条件</Button></Empty>
    : <Empty title="还没有线索">市民上报、巡查、坐席录入和文件导入的线索都会出现在这里。<br /><Link to="/imports">导入一批线索</Link></Empty>;

  return (
    <Page
      title="线索查询" wide
      extra={
        <>
          <Segmented aria-label="视图" value={map ? "map" : "table"} onChange={(view) => set({ view: view === "map" ? "map" : undefined })} options={[{ value: "table", label: "列表" }, { value: "map", label: "地图" }]} />
          {exports && <Dropdown menu={{ items: (["xlsx", "csv", "jsonl"] as const).map((format) => ({ key: format, label: <a href={exportAddress(filter, format)} download>{{ xlsx: "Excel（XLSX）", csv: "CSV", jsonl: "JSON Lines" }[format]}</a> })) }} trigger={["click"]}>
            <Button icon={<DownloadOutlined />}>导出结果</Button>
          </Dropdown>}
        </>
      }
    >
      <search className={`panel filters${more ? " filters-open" : ""}`} aria-label="筛选条件">
        <Input.Search className="wide" aria-label="关键词" placeholder="编号、地址、内容（两个字以上）" allowClear value={words} onChange={(event) => setWords(event.target.value)} onSearch={(q) => set({ q: q.trim() || undefined })} />
        <Select aria-label="状态" mode="multiple" maxTagCount={1} allowClear placeholder="状态" value={search.state?.split(",").filter(Boolean) ?? []} onChange={(it: string[]) => set({ state: it.join(",") || undefined })} options={(Object.keys(stateWords) as LeadState[]).map((value) => ({ value, label: stateWords[value] }))} style={{ minWidth: 150 }} />
        <Select aria-label="预警" allowClear placeholder="预警" value={search.light ?? null} onChange={(it: string | null) => set({ light: it ?? undefined })} options={(Object.keys(lightWords) as Light[]).map((value) => ({ value, label: lightWords[value] }))} style={{ minWidth: 92 }} />
        <Select aria-label="来源" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="来源" value={search.source ?? null} onChange={(it: string | null) => set({ source: it ?? undefined })} options={sourceOptions(sources.data?.items ?? [], () => true, search.source ? [search.source] : [])} popupMatchSelectWidth={200} style={{ minWidth: 112 }} />
        <Select aria-label="类别" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="类别" value={search.class ?? null} onChange={(it: string | null) => set({ class: it ?? undefined })} options={classes} popupMatchSelectWidth={260} />
        <Select aria-label="区域" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="镇街、社区" value={search.region ?? null} onChange={(it: string | null) => set({ region: it ?? undefined })} options={(regions.data?.items ?? []).filter((it) => it.level !== "grid").map((it) => ({ value: it.code, label: it.level === "community" ? `\u3000${it.name}` : it.name }))} popupMatchSelectWidth={220} />
        <TreeSelect aria-label="承办单位" allowClear showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="承办单位" value={search.unit ?? null} onChange={(it: string | null) => set({ unit: it ?? undefined })} treeData={units} popupMatchSelectWidth={260} style={{ minWidth: 140 }} />
        <DatePicker.RangePicker
          aria-label="上报日期" style={{ width: 240 }} allowEmpty={[true, true]} value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
          onChange={(it) => set({ from: it?.[0]?.format("YYYY-MM-DD"), to: it?.[1]?.format("YYYY-MM-DD") })}
        />
        <Select aria-label="排序" value={search.sort === "due" ? "due" : "newest"} onChange={(it: string) => set({ sort: it === "due" ? "due" : undefined })} options={[{ value: "newest", label: "最新上报" }, { value: "due", label: "最近到期" }]} style={{ minWidth: 112 }} />
        <Checkbox checked={Boolean(search.following)} onChange={(event) => set({ following: event.target.checked ? "me" : undefined, charged: undefined })}>我跟办的</Checkbox>
        <Checkbox checked={Boolean(search.charged)} onChange={(event) => set({ charged: event.target.checked ? "all" : undefined, following: undefined })}>领导包案</Checkbox>
        <Button className="filters-more" aria-expanded={more} onClick={() => setMore(!more)}>{more ? "收起条件" : "更多条件"}</Button>
        {isFiltered(search) && <Button type="link" onClick={() => void navigate({ to: "/search", search: search.view ? { view: search.view } : {} })}>清除条件</Button>}
      </search>
      <div aria-live="polite" className="visually-hidden">{list.isFetching ? "正在查询" : `已显示 ${rows.length} 件`}</div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : map ? (
        <div className="search-map">
          <CityMap label={`${points.length} 件线索的分布`} points={points} selected={chosen} onSelect={setChosen} cluster grids highlight={search.region} />
          {row && (
            <div className="map-card">
              <Link to="/leads/$id" params={{ id: row.id }}>{row.title}</Link>
              <StateTag state={row.state} /> <Countdown dueAt={row.due_at} light={row.light} />
              {row.photo && <img src={thumbnailAddress(row.photo)} alt="上报照片" />}
            </div>
          )}
        </div>
      ) : <LeadTable rows={rows} loading={list.isPending || list.isPlaceholderData} empty={empty} />}
      {rows.length > 0 && (
        <div className="more">
          <span className="quiet">已显示 {rows.length} 件{map && points.length < rows.length ? `，其中 ${rows.length - points.length} 件没有坐标` : ""}</span>
          {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>再载入{map ? " 200 " : " 50 "}件</Button>}
        </div>
      )}
    </Page>
  );
}
