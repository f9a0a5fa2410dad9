/** Loans (借阅): asked for, agreed to by another, handed over, due, back. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { listLoans, stepLoan, type CentreLoan } from "../../api/centre";
import { asProblem } from "../../api/problem";
import { Light } from "../../components/Light";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { useCentreEvents } from "./Board";
import type { CentreSearch, Go } from "./CentrePage";
import { choices, loanStates } from "./words";

const asks: Record<string, string> = { refuse: "不同意的理由", return: "归还时的情况（册数、页数、有无损坏）" };
const labels: Record<string, string> = { approve: "同意", refuse: "不同意", withdraw: "撤回申请", "hand-over": "交出", return: "归还", renew: "续借", inspect: "查阅" };

export function Loans({ search, go }: { search: CentreSearch; go: Go }) {
  useCentreEvents();
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<{ of: CentreLoan; step: string } | null>(null);
  const filter = { state: search.state ?? "open", ...(search.role === "mine" ? { mine: true } : {}) };
  const list = useInfiniteQuery({ queryKey: ["centre", "loans", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listLoans({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const rows = list.data.pages.flatMap((page) => page.items);
  const [decides, keeps] = [mayAny(session, ["centre.decide"]), mayAny(session, ["centre.keep"])];
  const steps = (it: CentreLoan): string[] => [
    ...(it.state === "asked" && decides && !it.mine ? ["approve", "refuse"] : []),
    ...(it.state === "approved" && it.form === "paper" && keeps && !it.mine ? ["hand-over"] : []),
    ...(it.state === "lent" && keeps && !it.mine ? ["return"] : []),
    ...(it.state === "lent" && decides && !it.mine ? ["renew"] : []),
    ...(it.mine && ["asked", "approved"].includes(it.state) ? ["withdraw"] : []),
    ...(it.mine && it.state === "approved" && it.form === "electronic" ? ["inspect"] : []),
  ];
  const take = async (of: CentreLoan, step: string, note?: string) => {
    await stepLoan(of.id, step, note);
    void message.success(step === "inspect" ? "已记入查阅记录，可以在案件页查看电子案卷" : "已办理");
    void client.invalidateQueries({ queryKey: ["centre"] });
  };
  return (
    <>
      <search className="centre-bar" aria-label="筛选借阅">
        <Select aria-label="借阅状态" value={filter.state} onChange={(it: string) => go({ state: it === "open" ? "" : it })} options={choices(loanStates)} style={{ width: 140 }} />
        <Checkbox checked={search.role === "mine"} onChange={(event) => go({ role: event.target.checked ? "mine" : "" })}>只看我的</Checkbox>
      </search>
      {rows.length === 0 ? <Empty title="没有借阅">在“档案”里找到要看的一份，点“借阅”；审批、交出、归还都在这里办。</Empty> : (
        <ul className="centre-list">
          {rows.map((it) => (
            <li key={it.id}>
              <div><span className="mono">{it.code}</span><Link to="/cases/$id" params={{ id: it.case_id }}>案件 {it.case_number}</Link><span className="state-tag">{it.state_label}</span><span>{it.form_label}</span>{it.due_on && (it.light ? <Light light={it.light as never} words={`应在 ${it.due_on} 归还`} /> : <span className="quiet">至 {it.due_on}</span>)}</div>
              <div><b>{it.asked_by.name}</b><span>{it.reason}</span><span className="quiet">{dateTime(it.asked_at)} 申请 {it.days} 天{it.renewals > 0 && `，续借 ${it.renewals} 次`}{it.inspections > 0 && `，查阅 ${it.inspections} 次`}</span></div>
              {(it.decision ?? it.condition) && <div className="quiet">{it.decision && `审批：${it.decision}`} {it.condition && `归还：${it.condition}（${dateTime(it.returned_at)}）`}</div>}
              <div className="no-print">{steps(it).map((step) => <Button key={step} size="small" aria-label={`${labels[step]} ${it.code}`} onClick={() => { if (asks[step]) setAsking({ of: it, step }); else void take(it, step).catch((error: unknown) => message.error(asProblem(error).message)); }}>{labels[step]}</Button>)}</div>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      {asking && (
        <FormDialog<{ note: string }> open title={`${labels[asking.step]} ${asking.of.code}`} okText="确定" initial={{}} close={() => setAsking(null)} save={async ({ note }) => { await take(asking.of, asking.step, note); setAsking(null); }}>
          <Form.Item name="note" label={asks[asking.step]} rules={[{ required: true, whitespace: true, message: "请填写" }]}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
