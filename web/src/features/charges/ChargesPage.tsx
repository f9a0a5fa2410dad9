/** What leaders have in charge (领导包案): each with what stands still and why; decided here: which one needs an instruction today. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { listCharges } from "../../api/charges";
import type { ChargedLead } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag, StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { ago, dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import "./charges.css";

export function ChargesPage() {
  const search = useSearch({ strict: false }) as { of?: string };
  const navigate = useNavigate();
  const leads = mayAny(useSession(), ["lead.instruct"]);
  const of = search.of ?? (leads ? "mine" : "all");
  const list = useInfiniteQuery({
    queryKey: ["charges", of], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listCharges(of === "mine", pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="包案" wide intro="领导包案的件，停在哪里、为什么">
      {leads && <Segmented aria-label="范围" value={of} onChange={(it) => void navigate({ to: "/charges", search: { of: it } as never, replace: true })} options={[{ value: "mine", label: "我包案的" }, { value: "all", label: "全部包案" }]} style={{ marginBottom: 12 }} />}
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? (
        <Empty title={of === "mine" ? "没有您包案的件" : "没有包案的件"}>在线索页用“指定包案”，或在督办设置里指定包案领导后，督办到期未见成效的件会出现在这里。</Empty>
      ) : <ul className="charges">{rows.map((it) => <Charged key={it.id} of={it} />)}</ul>}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </Page>
  );
}

function Charged({ of }: { of: ChargedLead }) {
  return (
    <li className="panel">
      <div className="charge-head">
        <Link to="/leads/$id" params={{ id: of.id }}>{of.title}</Link>
        <span className="mono quiet">{of.number}</span><StateTag state={of.state} />{of.due_at && <Countdown dueAt={of.due_at} light={of.light ?? null} />}{of.simulated && <SimulatedTag />}
      </div>
      {of.still.length > 0 ? <ul className="charge-still" aria-label="停滞原因">{of.still.map((it) => <li key={it}>{it}</li>)}</ul> : <p className="quiet">办理正常</p>}
      <div className="charge-facts quiet">
        <span>包案领导 {of.leader.name}</span><span>{dateTime(of.charged_at)} 起</span><span>承办 {of.unit?.name ?? "指挥中心"}</span><span>最近进展 {ago(of.moved_at, now())}</span>
      </div>
      <div>{of.charge_reason}</div>
    </li>
  );
}
