/** Pay a fine by its code (缴纳罚款). Whoever has the code may pay; the page says nothing about anybody. */
import { useEffect, useState, type FormEvent } from "react";
import type { FineOrder, PublicFineBill } from "../../api/contract";
import { orderPayment, readPublicBill } from "../../api/payments";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { SimulatedTag } from "../../components/StateTag";
import { Busy, Field, Notice } from "../../street/controls";
import { grouped, Qr } from "../payments/Qr";
import { yuan } from "../rewards/fen";
import { go, tidy } from "./route";

/** How often it is looked whether the money came, while a QR code is shown. */
const EVERY = 4_000;

export default function Pay({ code }: { code: string }) {
  const [bill, setBill] = useState<PublicFineBill | null>(null);
  const [order, setOrder] = useState<FineOrder | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!code) return;
    const stop = new AbortController();
    readPublicBill(code, stop.signal).then((found) => { setBill(found); setProblem(null); if (!found.can_pay) setOrder(null); }, (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, [code, asked]);
  useEffect(() => {
    if (!order) return;
    const timer = setInterval(() => setAsked((old) => old + 1), EVERY);
    return () => clearInterval(timer);
  }, [order]);
  if (!code || (!bill && problem)) return <Ask first={code} problem={problem} />;
  if (!bill) return <div className="waiting"><Busy words="正在查询…" /></div>;
  const late = bill.owed.surcharge_fen > 0;
  const next = bill.parts.find((it) => it.paid_fen < it.fen);
  return (
    <div className="stack narrow">
      <h1>缴纳罚款</h1>
      {bill.simulated && <Notice kind="warn">这是<b>模拟</b>数据，不会产生真实扣款。</Notice>}
      <section className="card stack" aria-label="缴款通知">
        <p><b role="status">{bill.state_label}</b>{bill.why && `：${bill.why}`} {bill.simulated && <SimulatedTag />}</p>
        <dl className="pay-facts">
          <dt>案件</dt><dd>{bill.case_number}</dd>
          <dt>事由</dt><dd>{bill.matter}</dd>
          <dt>作出机关</dt><dd>{bill.payee.organ}</dd>
          <dt>罚款</dt><dd>{yuan(bill.fine_fen)}{bill.fine_paid_fen > 0 && `，已缴 ${yuan(bill.fine_paid_fen)}`}</dd>
          {late && <><dt>加处罚款</dt><dd>{yuan(bill.owed.surcharge_fen)}（到今天 {bill.owed.days} 日{bill.owed.capped && "，已到上限"}）</dd></>}
          <dt>期限</dt><dd>{next ? `${next.due_on}${bill.parts.length > 1 ? `（第 ${next.ordinal} 期，共 ${bill.parts.length} 期）` : ""}` : bill.due_on}</dd>
          <dt>缴款码</dt><dd className="number">{grouped(code)}</dd>
        </dl>
        {late && <details><summary>加处罚款怎么算的</summary><ol>{bill.owed.steps.map((it, at) => <li key={at} className="small">{it.text}</li>)}</ol><p className="small muted">行政处罚法第七十二条：到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，不超过罚款的数额。</p></details>}
      </section>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {bill.can_pay && <Way bill={bill} code={code} order={order} setOrder={setOrder} />}
      {!bill.can_pay && (bill.state === "open" || bill.state === "partly") && <Notice>请到指定银行缴纳：{bill.payee.organ}，{bill.payee.bank}，账号 {bill.payee.account}。</Notice>}
      {bill.receipts.length > 0 && (
        <section className="card stack" aria-labelledby="receipts">
          <h2 id="receipts">收款记录</h2>
          <ul className="pay-receipts">{bill.receipts.map((it) => <li key={it.number}><b>{yuan(it.fen)}</b>，{dateTime(it.paid_at)}，收款编号 <span className="number">{it.number}</span>{it.in_suspense_fen > 0 && <>；其中 {yuan(it.in_suspense_fen)} 多缴或者待核实，核实后退回</>}{it.refunded_fen > 0 && <>；已退 {yuan(it.refunded_fen)}</>}</li>)}</ul>
        </section>
      )}
    </div>
  );
}

function Way({ bill, code, order, setOrder }: { bill: PublicFineBill; code: string; order: FineOrder | null; setOrder: (order: FineOrder | null) => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const parts = bill.owed.next_fen !== bill.owed.total_fen;
  const make = async (whole: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      setOrder(await orderPayment(code, whole));
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  if (order) {
    const page = order.code_url.startsWith("/") ? location.origin + order.code_url : order.code_url;
    return (
      <section className="card stack" aria-label="扫码支付">
        <h2>扫码支付 {yuan(order.fen)}</h2>
        {order.surcharge_fen > 0 && <p className="small muted">罚款 {yuan(order.fine_fen)}，加处罚款 {yuan(order.surcharge_fen)}</p>}
        <div className="pay-qr"><Qr text={page} label="支付二维码" size={220} /></div>
        <p className="small muted">{dateTime(order.expires_at)} 前有效。付款以后，这一页自动显示结果。</p>
        {order.simulated && <a className="button button-primary" href={page} target="_blank" rel="noreferrer">打开模拟支付页</a>}
        <button type="button" className="button" onClick={() => setOrder(null)}>返回</button>
      </section>
    );
  }
  return (
    <div className="stack">
      {problem && <Notice kind="bad" live>{problem}</Notice>}
      <button type="button" className="button button-primary" disabled={busy} onClick={() => void make(!parts)}>{busy ? "正在下单…" : `${parts ? "缴纳本期" : "缴纳"} ${yuan(bill.owed.next_fen)}`}</button>
      {parts && <button type="button" className="button" disabled={busy} onClick={() => void make(true)}>全部缴清 {yuan(bill.owed.total_fen)}</button>}
    </div>
  );
}

function Ask({ first, problem }: { first: string; problem: string | null }) {
  const [typed, setTyped] = useState(first);
  const submit = (event: FormEvent) => { event.preventDefault(); if (tidy(typed)) go(`/pay/${encodeURIComponent(tidy(typed))}`); };
  return (
    <form className="stack narrow" onSubmit={submit}>
      <h1>缴纳罚款</h1>
      <Field label="缴款码" hint="处罚决定书或者缴款通知上的 20 位数字。" error={problem ?? undefined}>{(ids) => <input {...ids} className="input number" inputMode="numeric" autoComplete="off" maxLength={30} value={typed} onChange={(event) => setTyped(event.target.value)} />}</Field>
      <button className="button button-primary">查询</button>
    </form>
  );
}
