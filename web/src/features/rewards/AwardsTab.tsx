/** Awards: what waits to be approved, and everything else by filter. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Input, Modal, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { AwardState, RewardAward, RewardProgramme, RewardReason } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { approveRewards, awardsFile, listRewardAwards, refuseReward, type AwardFilter } from "../../api/rewards";
import { SimulatedTag } from "../../components/StateTag";
import { shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { byProgramme } from "./byProgramme";
import { yuan } from "./fen";

export const awardWords: Record<AwardState, string> = { reserved: "待审核", granted: "待领取", claimed: "待发放", paid: "已发放", expired: "逾期未领", refused: "不奖励", "taken-back": "已收回" };
export const reasonWords: Record<RewardReason, string> = {
  barred: "不在奖励对象内", "no-position": "没有位置", "class-unpaid": "这一类不奖励", "same-problem": "同一问题已有先报人", "same-place": "同一地点近期已有先报人",
  "person-day": "超过每日上限", "person-month": "超过每月上限", budget: "当日奖金已发完", person: "审核不予奖励", voided: "已作废或不予受理",
};
const options = <T extends string>(words: Record<T, string>) => Object.entries(words).map(([value, label]) => ({ value: value as T, label: label as string }));

interface Search { tab?: string; state?: string; reason?: string; held?: string; programme?: string; q?: string }

export function AwardsTab({ programmes }: { programmes: RewardProgramme[] }) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["reward.approve"]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState<"approve" | RewardAward | null>(null);
  const [words, setWords] = useState("");
  const [busy, setBusy] = useState(false);
  const state = (search.state ?? "reserved") as AwardState | "all";
  const filter: AwardFilter = {
    ...(state === "all" ? {} : { state }), ...(search.reason ? { reason: search.reason as RewardReason } : {}), ...(search.held ? { held: search.held === "true" } : {}),
    ...(search.programme ? { programme: search.programme } : {}), ...(search.q ? { q: search.q } : {}),
  };
  // What is chosen is what is seen: another filter begins anew.
  const set = (next: Partial<Record<keyof Search, string | undefined>>) => {
    setChosen([]);
    void navigate({ to: "/rewards", search: { ...search, ...next } as never, replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ["reward-awards", filter], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listRewardAwards(pageParam ? { ...filter, cursor: pageParam } : filter, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const held = rows.filter((it) => chosen.includes(it.id) && it.hold);

  const done = async (act: () => Promise<string>) => {
    setBusy(true);
    try {
      void message.success(await act());
      setAsking(null);
      setWords("");
      setChosen([]);
      for (const queryKey of [["reward-awards"], ["reward-account"], ["reward-programmes"]]) void client.invalidateQueries({ queryKey });
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  };
  const approve = () => done(async () => {
    let [approved, left] = [0, 0];
    for (const awards of byProgramme(rows.filter((it) => chosen.includes(it.id)))) {
      const said = await approveRewards(awards, words.trim() || undefined);
      [approved, left] = [approved + said.approved, left + said.left];
    }
    return left > 0 ? `已通过 ${approved} 件，${left} 件此前已处理` : `已通过 ${approved} 件，上报人现在可以领取`;
  });

  const columns: TableColumnsType<RewardAward> = [
    { title: "线索", fixed: "left", render: (_, it) => <><Link to="/leads/$id" params={{ id: it.lead_id }} className="mono">{it.number}</Link> {it.simulated && <SimulatedTag />}</> },
    { title: "上报", render: (_, it) => shortTime(it.received_at) },
    { title: "类别", render: (_, it) => it.class_name ?? "—" },
    { title: "金额", align: "right", render: (_, it) => yuan(it.fen) },
    { title: "状态", render: (_, it) => <>{it.state_label}{it.reason_label && <span className="quiet"> · {it.reason_label}</span>}</> },
    { title: "需先核实", render: (_, it) => it.hold ?? "" },
    { title: "审核", render: (_, it) => [it.approved_by, it.note].filter(Boolean).join(" · ") },
    { title: "", render: (_, it) => may && ["reserved", "granted", "claimed"].includes(it.state) && <Button size="small" onClick={() => setAsking(it)}>不予奖励</Button> },
  ];
  return (
    <>
      <div className="reward-bar">
        <Select aria-label="状态" value={state} onChange={(it) => set({ state: it })} options={[...options(awardWords), { value: "all" as const, label: "全部状态" }]} style={{ minWidth: 120 }} />
        <Select aria-label="原因" allowClear placeholder="原因" value={search.reason ?? null} onChange={(it) => set({ reason: it ?? undefined })} options={options(reasonWords)} style={{ minWidth: 150 }} />
        <Select aria-label="是否需先核实" allowClear placeholder="是否需先核实" value={search.held ?? null} onChange={(it) => set({ held: it ?? undefined })} options={[{ value: "true", label: "需先核实" }, { value: "false", label: "无需核实" }]} style={{ minWidth: 130 }} />
        <Select aria-label="方案" allowClear placeholder="方案" value={search.programme ?? null} onChange={(it) => set({ programme: it ?? undefined })} options={programmes.map((it) => ({ value: it.id, label: it.name }))} style={{ minWidth: 150 }} />
        <Input.Search aria-label="线索编号" allowClear placeholder="线索编号" defaultValue={search.q ?? ""} onSearch={(it) => set({ q: it.trim() || undefined })} style={{ width: 190 }} />
        <a className="ant-btn" href={awardsFile(filter)} download>导出 CSV</a>
        {may && state === "reserved" && <Button type="primary" disabled={chosen.length === 0} onClick={() => setAsking("approve")}>审核通过{chosen.length > 0 ? ` ${chosen.length} 件` : ""}</Button>}
      </div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? (
        <Empty title={state === "reserved" ? "没有待审核的奖励" : "没有符合条件的奖励"}>方案开始后，每天核定一次到期的上报：受理立案、没有作废、同一问题最先上报的进入待审核；不奖励的也列出原因。</Empty>
      ) : (
        <Table<RewardAward>
          rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows}
          {...(may && state === "reserved" ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String).slice(0, 500)), getCheckboxProps: (it) => ({ "aria-label": `选择 ${it.number}` }) as never } } : {})}
        />
      )}
      {list.hasNextPage && <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
      <Modal
        open={asking !== null} onCancel={() => { setAsking(null); setWords(""); }} confirmLoading={busy} cancelText="取消"
        title={asking === "approve" ? `审核通过 ${chosen.length} 件` : `不予奖励 ${asking?.number ?? ""}`} okText={asking === "approve" ? "审核通过" : "不予奖励"}
        onOk={() => void (asking === "approve" ? approve() : asking && done(async () => { await refuseReward(asking.id, words); return "已记录，奖金退回预算"; }))}
      >
        <p>{asking === "approve" ? (held.length > 0 ? `其中 ${held.length} 件有疑点或提醒，请先查看线索，再写明核实情况。` : "审核人不能再办理这些奖励的发放。") : "理由上报人会看到。"}</p>
        <Input.TextArea aria-label="说明" value={words} onChange={(event) => setWords(event.target.value)} maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} placeholder={asking === "approve" ? "核实情况（有疑点的必填）" : "理由"} />
      </Modal>
    </>
  );
}
