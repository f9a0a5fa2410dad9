/** What machines saw (机器发现): one sighting after another, judged from the keyboard. State and filters stand in the address. */
import { PictureOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Select } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { confirmSighting, dismissSighting, listDevices, listSightings, readSighting } from "../../api/machines";
import type { Page, Sighting, SightingState, SightingWithEvents } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { sightingWords } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { kindsQuery, useKinds } from "./kinds";
import { SightingDetail, SightingMap } from "./SightingDetail";
import { isSightingState, nextAfter, percent, sightingStates, stepFrom } from "./sightings";
import { Verdict, type Judgement } from "./Verdict";
import "../lead/lead.css";
import "../triage/triage.css";
import "./machines.css";

interface Search { state?: string; kind?: string; device?: string; id?: string }

/** How often the list is read anew: devices look all the time. */
const REFRESH = 10_000;

const emptyWords: Record<SightingState, string> = {
  waiting: "设备报送的事件经多次确认，形成一条发现，出现在这里等人研判。先登记设备，再由设备所在的平台报送事件。",
  approved: "研判属实、正在转为线索的发现短暂停在这里，几秒后到“已转线索”。",
  filed: "研判属实或自动转成线索的发现会出现在这里，附线索编号。",
  dismissed: "研判为误报的发现会出现在这里；同一设备、同一种类随后静默一段时间。",
  gone: "还没有人研判，设备自己又看到它消失的发现会出现在这里。",
  over: "线索办结、不予受理、并案或作废以后，发现会出现在这里。",
};

const narrow = matchMedia("(max-width: 900px)");
const onNarrow = (listener: () => void) => { narrow.addEventListener("change", listener); return () => narrow.removeEventListener("change", listener); };

export function SightingsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const session = useSession();
  const state: SightingState = isSightingState(search.state) ? search.state : "waiting";
  const filter = { state, ...(search.kind ? { kind: search.kind } : {}), ...(search.device ? { device: search.device } : {}) };
  const small = useSyncExternalStore(onNarrow, () => narrow.matches);
  const [busy, setBusy] = useState<Judgement | null>(null);
  const [last, setLast] = useState<Sighting | null>(null);
  const submit = useRef<((how: Judgement) => void) | null>(null);
  const listBox = useRef<HTMLUListElement>(null);
  const stood = useRef(0);

  useEffect(() => { document.title = `${sightingWords[state]} · 机器发现 · 闭环`; }, [state]);

  const key = ["sightings", filter] as const;
  const list = useInfiniteQuery({
    queryKey: key, initialPageParam: "", refetchInterval: REFRESH, refetchOnWindowFocus: "always",
    queryFn: ({ pageParam, signal }) => listSightings({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((it) => it.id), [rows]);
  const at = search.id === undefined ? -1 : ids.indexOf(search.id);
  useEffect(() => { if (at >= 0) stood.current = at; }, [at]);

  const go = useCallback((change: Search, replace = true) => {
    const next = { ...search, ...change };
    void navigate({ to: "/sightings", search: Object.fromEntries(Object.entries(next).filter(([name, value]) => value && !(name === "state" && value === "waiting"))) as Record<string, string>, replace });
  }, [navigate, search]);
  // What is chosen stands in the address at once: new ones come in above it and must not take its place.
  const first = ids[0];
  useEffect(() => { if (!small && search.id === undefined && first !== undefined) go({ id: first }); }, [small, search.id, first, go]);

  // One that has left the list stays before the person who is looking at it.
  const detail = useQuery({
    queryKey: ["sighting", search.id], enabled: search.id !== undefined, refetchInterval: REFRESH, refetchOnWindowFocus: "always",
    queryFn: ({ signal }) => readSighting(search.id ?? "", signal),
  });
  const current: SightingWithEvents | undefined = detail.data && detail.data.id === search.id ? detail.data : undefined;

  // The next one and its picture are read while this one is being judged.
  const following = at >= 0 ? rows[at + 1] : undefined;
  useEffect(() => {
    if (!following) return;
    void client.prefetchQuery({ queryKey: ["sighting", following.id], queryFn: ({ signal }) => readSighting(following.id, signal), staleTime: REFRESH });
    if (following.picture) new Image().src = fileAddress(following.picture);
  }, [client, following]);

  const step = (by: 1 | -1) => {
    const next = stepFrom(ids, search.id, by, stood.current);
    if (next) go({ id: next });
    if (by > 0 && stood.current >= rows.length - 6 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  useEffect(() => { listBox.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" }); }, [search.id]);

  async function judge(how: Judgement, { class_code, note }: { class_code?: string; note?: string }) {
    if (!current || current.state !== "waiting" || busy) return;
    const of = current;
    const words = note?.trim() ? { note: note.trim() } : {};
    setBusy(how);
    try {
      await client.cancelQueries({ queryKey: ["sightings"] });
      const judged = how === "confirm" ? await confirmSighting(of, { ...words, ...(class_code && class_code !== of.class_code ? { class_code } : {}) }) : await dismissSighting(of, words);
      setLast(judged);
      const next = nextAfter(ids, of.id);
      client.setQueryData<InfiniteData<Page<Sighting>>>(key, (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((it) => it.id !== of.id) })) });
      go({ id: next === of.id ? "" : next ?? "" });
    } catch (error) {
      const problem = asProblem(error);
      const name = `${of.kind_name} · ${of.device_name}`;
      // Somebody else, or the device itself, was faster: what stands now is shown, and nothing was overwritten.
      if (problem.stale || problem.status === 409) void message.warning(`${name}：${problem.stale ? "刚有变化，已载入最新情况，请核对后再研判。" : `${problem.message}，已载入最新情况。`}`, 6);
      else void message.error(`${name} 未能研判：${problem.message}`, 8);
    } finally {
      setBusy(null);
      for (const queryKey of [["sightings"], ["sighting", of.id], ["machine-kinds"]]) void client.invalidateQueries({ queryKey });
    }
  }

  useKeys({
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    y: () => submit.current?.("confirm"), n: () => submit.current?.("dismiss"),
    s: () => document.getElementById("verdict-note")?.focus(),
    o: () => { if (current?.lead_id) void navigate({ to: "/leads/$id", params: { id: current.lead_id } }); },
    ...Object.fromEntries(sightingStates.map((it, index) => [String(index + 1), () => go({ state: it, id: "" })])),
  });

  const waiting = useWaiting(search.kind, search.device);
  return (
    <div className={`triage sightings${search.id ? " sightings-one" : ""}`}>
      <h1 className="visually-hidden">机器发现</h1>
      <div className="triage-tabs" role="tablist" aria-label="状态">
        {sightingStates.map((it, index) => (
          <button key={it} type="button" role="tab" aria-selected={it === state} aria-keyshortcuts={String(index + 1)} onClick={() => go({ state: it, id: "" })}>
            {sightingWords[it]}{it === "waiting" && waiting !== undefined && <em>{waiting}</em>}
          </button>
        ))}
        <span className="triage-hint" aria-hidden="true"><kbd>j</kbd><kbd>k</kbd> 移动 <kbd>y</kbd> 属实 <kbd>n</kbd> 误报 <kbd>?</kbd> 快捷键</span>
      </div>
      <section className="triage-list" aria-label={`${sightingWords[state]}的机器发现`} role="tabpanel">
        <Filters kind={search.kind} device={search.device} rows={rows} set={(change) => go({ ...change, id: "" })} />
        {list.isPending ? <Loading /> : list.error && !list.data ? <div className="sightings-failure"><Failure error={list.error} retry={() => void list.refetch()} /></div> : rows.length === 0 ? (
          <Nothing state={state} narrowed={Boolean(search.kind ?? search.device)} clear={() => go({ kind: "", device: "", id: "" })} />
        ) : (
          <ul ref={listBox} onScroll={(event) => {
            const box = event.currentTarget;
            if (box.scrollHeight - box.scrollTop - box.clientHeight < 300 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}>
            {rows.map((it) => <Row key={it.id} of={it} selected={it.id === search.id} select={() => go({ id: it.id }, !small)} />)}
            {list.isFetchingNextPage && <li className="quiet row-more">正在载入更多…</li>}
          </ul>
        )}
      </section>
      {search.id ? (
        <>
          {current ? <SightingDetail key={current.id} of={current} back={() => go({ id: "" })} position={at >= 0 ? `${at + 1} / ${rows.length}${list.hasNextPage ? "+" : ""}` : "已不在本列表"} onlyDevice={() => go({ device: current.device })} />
            : detail.error ? <div className="triage-failure"><Failure error={detail.error} retry={() => void detail.refetch()} /><Button type="link" onClick={() => step(1)}>看下一条</Button></div>
              : <div className="triage-failure"><Loading rows={10} /></div>}
          <aside className="triage-side" aria-label="研判与地图">
            {current ? (
              <Verdict
                key={`${current.id}@${current.version}`} of={current} last={last?.id === current.id ? null : last} busy={busy} allowed={mayAny(session, ["machine.judge"])}
                judge={(how, values) => void judge(how, values)} registerSubmit={(it) => { submit.current = it; }}
              />
            ) : <section className="decision" />}
            <SightingMap of={current} />
          </aside>
        </>
      ) : <div className="triage-none">{list.data && rows.length === 0 && last && <p>本列表已研判完。上一条：{last.kind_name}，{last.verdict_label}{last.lead_id && <>，线索 <Link to="/leads/$id" params={{ id: last.lead_id }}>{last.lead_number}</Link></>}</p>}</div>}
    </div>
  );
}

/** How many wait, where the kinds can be seen: they count the whole district, and no single device. */
function useWaiting(kind: string | undefined, device: string | undefined): number | undefined {
  const kinds = useQuery({ ...kindsQuery, refetchInterval: (query) => (query.state.error ? false : REFRESH) });
  return useMemo(() => (device ? undefined : kinds.data?.items.filter((it) => !kind || String(it.number) === kind).reduce((sum, it) => sum + it.waiting, 0)), [kinds.data, kind, device]);
}

function Filters({ kind, device, rows, set }: { kind: string | undefined; device: string | undefined; rows: readonly Sighting[]; set: (change: Pick<Search, "kind" | "device">) => void }) {
  const kinds = useKinds();
  const [words, setWords] = useState("");
  const devices = useQuery({ queryKey: ["devices", "names", words], queryFn: ({ signal }) => listDevices({ q: words }, signal), staleTime: 30_000, placeholderData: (before) => before });
  // Where the district's kinds are not to be seen, those of the rows can still be chosen.
  const known = kinds.data?.items.map((it) => ({ value: String(it.number), label: `${it.name}${it.waiting > 0 ? `（${it.waiting}）` : ""}` })) ?? [...new Map(rows.map((it) => [it.kind, it.kind_name]))].map(([value, label]) => ({ value: String(value), label }));
  const found = (devices.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.name} ${it.code}` }));
  const chosen = device && !found.some((it) => it.value === device) ? [{ value: device, label: rows.find((it) => it.device === device)?.device_name ?? device }] : [];
  return (
    <search className="sightings-filters" aria-label="筛选机器发现">
      <Select aria-label="识别种类" allowClear placeholder="全部种类" value={kind ?? null} showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={240} options={known} onChange={(it: string | null) => set({ kind: it ?? "" })} />
      <Select aria-label="采集设备" allowClear placeholder="全部设备" value={device ?? null} showSearch={{ filterOption: false, onSearch: setWords }} popupMatchSelectWidth={280} options={[...chosen, ...found]} onChange={(it: string | null) => set({ device: it ?? "" })} />
    </search>
  );
}

/** Says what will stand here and how to make it appear. */
function Nothing({ state, narrowed, clear }: { state: SightingState; narrowed: boolean; clear: () => void }) {
  const keeps = mayAny(useSession(), ["machine.keep"]);
  if (narrowed) return <Empty title={`这个种类或设备没有“${sightingWords[state]}”的发现`}><Button type="link" onClick={clear}>看全部种类和设备</Button></Empty>;
  return (
    <Empty title={state === "waiting" ? "没有待研判的发现" : `没有“${sightingWords[state]}”的发现`}>
      {emptyWords[state]}
      {state === "waiting" && <><br />{keeps ? <Link to="/settings" search={{ tab: "devices" }}>登记设备、看怎么报送事件</Link> : "设备由系统管理员或值班长在“规则设置 · 采集设备”登记。"}</>}
    </Empty>
  );
}

function Row({ of, selected, select }: { of: Sighting; selected: boolean; select: () => void }) {
  return (
    <li>
      <button type="button" aria-current={selected} className="row sighting-row" onClick={select}>
        <span className="sighting-thumb">{of.picture ? <img src={thumbnailAddress(of.picture)} alt="" loading="lazy" /> : <PictureOutlined aria-hidden />}</span>
        <span className="sighting-words">
          <span className="row-top"><b>{of.kind_name}</b>{of.simulated && <SimulatedTag />}<time dateTime={of.last_at}>{shortTime(of.last_at, now())}</time></span>
          <span className="sighting-device">{of.device_name}</span>
          <span className="row-foot"><span>置信度 {percent(of.confidence)} · {of.events} 次</span><span>{of.lead_number ? <span className="mono">{of.lead_number}</span> : of.jurisdiction_name ?? ""}</span></span>
        </span>
      </button>
    </li>
  );
}
