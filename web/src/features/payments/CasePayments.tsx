/** What a case's fine is paid by: the bill with its code, parts, extra fine day by day, and what came. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import type { CaseFineBill, FineBill, PaymentReceipt } from "../../api/contract";
import { askRefund, divideFine, makeBill, readCaseBill } from "../../api/payments";
import { asProblem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { fenOf, typed, yuan } from "../rewards/fen";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { ReasonDialog } from "./ReasonDialog";
import { grouped, Qr } from "./Qr";
import "./payments.css";

export function CasePayments({ caseId }: { caseId: string }) {
  const query = useQuery({ queryKey: ["fine-bill", caseId], queryFn: ({ signal }) => readCaseBill(caseId, signal), refetchInterval: 30_000 });
  return (
    <section className="panel" aria-labelledby="payments-of-case">
      <h2 id="payments-of-case">缴款</h2>
      {query.isPending ? <Loading rows={4} /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Shown of={query.data} caseId={caseId} />}
    </section>
  );
}

function Shown({ of, caseId }: { of: CaseFineBill; caseId: string }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const changed = () => { for (const queryKey of [["fine-bill", caseId], ["case", caseId]]) void client.invalidateQueries({ queryKey }); };
  async function make() {
    setBusy(true);
    try {
      await makeBill(caseId);
      changed();
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  }
  const again = of.may_make && <Button type="primary" loading={busy} onClick={() => void make()}>开具缴款通知</Button>;
  if (!of.bill) {
    return <><Empty title="还没有缴款通知">{of.refusal ?? "处罚决定送达以后开具；当事人凭缴款码在线缴纳，执法人员不经手罚款。"}</Empty><div className="pay-acts">{again}</div></>;
  }
  return <><Bill bill={of.bill} of={of} changed={changed} />{again && <div className="pay-acts">{again}</div>}</>;
}

function Bill({ bill, of, changed }: { bill: FineBill; of: CaseFineBill; changed: () => void }) {
  const [dividing, setDividing] = useState(false);
  const open = bill.state === "open" || bill.state === "partly";
  const page = `${location.origin}/pay/${bill.code}`;
  function print() {
    document.body.classList.add("printing-bill");
    const after = () => { document.body.classList.remove("printing-bill"); removeEventListener("afterprint", after); };
    addEventListener("afterprint", after);
    window.print();
  }
  return (
    <div className="pay-paper">
      <div className="pay-bill">
        <dl className="case-facts">
          <dt>状态</dt><dd><b>{bill.state_label}</b>{bill.why && `，${bill.why}`} {bill.simulated && <SimulatedTag />}</dd>
          <dt>案件</dt><dd>{bill.case_number}</dd>
          <dt>缴款码</dt><dd className="mono pay-code">{grouped(bill.code)}</dd>
          <dt>罚款</dt><dd>{yuan(bill.fine_fen)}{bill.fine_paid_fen > 0 && `，已缴 ${yuan(bill.fine_paid_fen)}`}</dd>
          {(bill.owed.surcharge_fen > 0 || bill.surcharge_paid_fen > 0) && <><dt>加处罚款</dt><dd>{open ? `未缴 ${yuan(bill.owed.surcharge_fen)}` : ""}{bill.surcharge_paid_fen > 0 && ` 已缴 ${yuan(bill.surcharge_paid_fen)}`}{bill.owed.capped && "，已达罚款数额，不再增加"}</dd></>}
          {open && <><dt>今日应缴</dt><dd className="pay-sum">{yuan(bill.owed.next_fen)}{bill.owed.next_fen !== bill.owed.total_fen && <small className="quiet">（全部 {yuan(bill.owed.total_fen)}）</small>}</dd></>}
          <dt>期限</dt><dd>{bill.parts.length > 1 ? `分 ${bill.parts.length} 期` : (bill.parts[0]?.due_on ?? bill.due_on)}</dd>
          <dt>收款账户</dt><dd>{bill.payee.organ}，{bill.payee.bank}，<span className="mono">{bill.payee.account}</span></dd>
          <dt>开具</dt><dd>{bill.made_by}，{dateTime(bill.made_at)}</dd>
        </dl>
        {open && <Qr text={page} label={`缴款页二维码 ${page}`} size={148} />}
      </div>
      {bill.parts.length > 1 && <table className="plain"><caption className="quiet">分期</caption><thead><tr><th>期</th><th>最后一日</th><th>金额</th><th>已缴</th></tr></thead><tbody>{bill.parts.map((it) => <tr key={it.ordinal}><td>{it.ordinal}</td><td>{it.due_on}</td><td>{yuan(it.fen)}</td><td>{yuan(it.paid_fen)}</td></tr>)}</tbody></table>}
      <div className="pay-acts">
        {open && <Button onClick={print}>打印缴款通知</Button>}
        {open && <a className="ant-btn" href={page} target="_blank" rel="noreferrer">打开缴款页</a>}
        {of.may_divide && <Button onClick={() => setDividing(true)}>录入分期</Button>}
      </div>
      {dividing && <Divide bill={bill} until={of.deferred_until ?? ""} close={() => setDividing(false)} changed={changed} />}
      {bill.owed.steps.length > 1 && <details><summary>加处罚款逐日推算 {bill.owed.days} 日</summary><ol className="pay-steps">{bill.owed.steps.map((it, at) => <li key={at}>{it.text}</li>)}</ol></details>}
      {of.needs.length > 0 && (
        <><h3>催告和申请法院强制执行</h3><ul className="pay-needs">{of.needs.map((it) => <li key={it.words}>{it.met ? "✓" : "○"} {it.words}<span className="quiet">（{it.article}）</span></li>)}</ul></>
      )}
      <h3>收款</h3>
      {bill.receipts.length === 0 ? <p className="quiet">还没有到账。当事人付款以后自动入账，最后一笔到账时案件自动记为已缴清。</p>
        : <ul className="case-people">{bill.receipts.map((it) => <Receipt key={it.id} of={it} fell={bill.state === "cancelled"} changed={changed} />)}</ul>}
    </div>
  );
}

function Receipt({ of, fell, changed }: { of: PaymentReceipt; fell: boolean; changed: () => void }) {
  const session = useSession();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const back = of.suspense_fen > 0 || (fell && of.refunded_fen < of.fen);
  return (
    <li>
      <b>{yuan(of.fen)}</b><span className="quiet">{of.number}，{dateTime(of.paid_at)}，{of.heard_label}{of.suspense_fen > 0 && `，待查 ${yuan(of.suspense_fen)}（${of.why_label}）`}{of.refunded_fen > 0 && `，已退 ${yuan(of.refunded_fen)}`}{of.said && ` · ${of.said}`}</span>
      {back && mayAny(session, ["payment.refund"]) && <Button size="small" onClick={() => setAsking(true)}>申请退款</Button>}
      {asking && <ReasonDialog title={`申请退款 ${of.number}`} okText="申请" close={() => setAsking(false)} save={async (reason) => { await askRefund(of.id, reason); void message.success("已申请，由局领导审批"); changed(); }} />}
    </li>
  );
}

function Divide({ bill, until, close, changed }: { bill: FineBill; until: string; close: () => void; changed: () => void }) {
  const { message } = App.useApp();
  const [rows, setRows] = useState(bill.parts.map((it) => ({ due_on: it.due_on, sum: typed(it.fen) })));
  const [busy, setBusy] = useState(false);
  const set = (at: number, change: Partial<{ due_on: string; sum: string }>) => setRows((old) => old.map((it, index) => (index === at ? { ...it, ...change } : it)));
  const sum = rows.reduce((all, it) => all + (fenOf(it.sum) ?? 0), 0);
  async function save() {
    setBusy(true);
    try {
      await divideFine(bill.id, rows.map((it) => ({ due_on: it.due_on, fen: fenOf(it.sum) ?? 0 })));
      changed();
      close();
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="pay-parts" role="group" aria-label="分期">
      <p className="quiet">按批准的分期录入，最后一期不晚于 {until}；各期之和等于罚款 {yuan(bill.fine_fen)}，现在是 {yuan(sum)}。</p>
      {rows.map((it, at) => (
        <div key={at}>
          <span>第 {at + 1} 期</span>
          <Input type="date" aria-label={`第 ${at + 1} 期最后一日`} style={{ width: 160 }} value={it.due_on} min={bill.due_on} max={until} onChange={(event) => set(at, { due_on: event.target.value })} />
          <Input aria-label={`第 ${at + 1} 期金额（元）`} style={{ width: 130 }} suffix="元" value={it.sum} onChange={(event) => set(at, { sum: event.target.value })} />
          {rows.length > 1 && <Button size="small" onClick={() => setRows((old) => old.filter((_, index) => index !== at))}>删去</Button>}
        </div>
      ))}
      <div><Button onClick={() => setRows((old) => [...old, { due_on: until, sum: typed(Math.max(0, bill.fine_fen - sum)) }])}>加一期</Button><Button type="primary" loading={busy} disabled={sum !== bill.fine_fen} onClick={() => void save()}>保存分期</Button><Button onClick={close}>取消</Button></div>
    </div>
  );
}
