/** A drawn file: scored item by item beside what the program found; saved as a draft, handed in once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Input, Radio } from "antd";
import { useState } from "react";
import type { AutoAnswer, ItemAnswer, ReviewFile, SheetItem } from "../../api/quality-contract";
import { asProblem, type Problem } from "../../api/problem";
import { readReviewFile, scoreFile } from "../../api/quality";
import { Failure, Loading, Page } from "../shell/Page";
import { FindingCard } from "./FindingCard";
import { findingWords, points } from "./words";
import "./quality.css";

type Answers = Record<string, ItemAnswer>;
const blank = (item: string): ItemAnswer => ({ item, deductions: [], veto: false, note: "" });
const lost = (item: SheetItem, answer: ItemAnswer) => Math.min(item.points, (answer.deductions ?? []).reduce((sum, made) => sum + (item.deductions?.find((it) => it.code === made.code)?.points ?? 0), 0));

export function FilePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ queryKey: ["review-file", id], queryFn: ({ signal }) => readReviewFile(id, signal), refetchOnWindowFocus: false });
  if (query.error && !query.data) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!query.data) return <Loading rows={12} />;
  const mine = query.data.seats.find((it) => it.mine && !it.done);
  return <File key={`${id} ${mine?.seat ?? 0}`} of={query.data} />;
}

function File({ of }: { of: ReviewFile }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const mine = of.seats.find((it) => it.mine && !it.done);
  const items = of.sheet.sections.flatMap((it) => it.items);
  const kept = `bihuan.review.${of.id}`;
  const [answers, setAnswers] = useState<Answers>(() => {
    const local = mine ? localStorage.getItem(kept) : null;
    const saved = local ? (JSON.parse(local) as ItemAnswer[]) : mine?.answers ?? [];
    return Object.fromEntries(saved.map((it) => [it.item, it]));
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const put = (answer: ItemAnswer) => setAnswers((all) => {
    const next = { ...all, [answer.item]: answer };
    localStorage.setItem(kept, JSON.stringify(Object.values(next)));
    return next;
  });
  const total = items.reduce((sum, it) => sum + it.points - lost(it, answers[it.code] ?? blank(it.code)), 0);
  const vetoed = Object.values(answers).some((it) => it.veto);
  const send = async (finish: boolean) => {
    if (!mine) return;
    setBusy(true);
    setProblem(null);
    try {
      const list = finish ? items.map((it) => answers[it.code] ?? blank(it.code)) : Object.values(answers);
      const after = await scoreFile(of.id, mine.version, list, finish);
      localStorage.removeItem(kept);
      client.setQueryData(["review-file", of.id], after);
      void client.invalidateQueries({ queryKey: ["review-tasks"] });
      void message.success(finish ? "评分已提交" : "已暂存");
    } catch (error) { setProblem(asProblem(error)); } finally { setBusy(false); }
  };
  const changed = (words: string) => { void client.invalidateQueries({ queryKey: ["review-file", of.id] }); void message.success(words); };
  return (
    <Page
      title={`案卷 ${of.number}`} wide
      intro={<><span className="state-tag">{of.state_label}</span> <Link to="/cases/$id" params={{ id: of.case_id }}>{of.title}</Link>，<Link to="/quality/rounds/$id" params={{ id: of.round }}>{of.round_name}</Link></>}
      extra={<Button className="quality-noprint" onClick={() => print()}>打印</Button>}
    >
      {of.participant && <Alert type="info" showIcon style={{ marginBottom: 12 }} title="您参与过本案，不能评查、复核本案" />}
      <dl className="quality-facts">
        <dt>标准</dt><dd>{of.sheet_title}，合格 {of.sheet.pass} 分</dd>
        <dt>评分</dt><dd>{of.seats.map((it) => `${it.seat === 3 ? "裁定" : `评分 ${it.seat}`}${it.reviewer ? `（${it.reviewer}）` : ""}：${it.done ? (it.points == null ? "已提交" : `${it.points} 分${it.vetoed ? "，一票否决" : ""}`) : it.empty ? "无人可派" : "未提交"}`).join("；")}</dd>
        {of.state === "scored" && <><dt>得分</dt><dd><b>{points(of.tenths)}</b> {of.failed ? (of.vetoed ? "一票否决" : "不合格") : "合格"}</dd></>}
      </dl>
      {of.findings.length > 0 && <section className="panel" aria-labelledby="findings"><h2 id="findings">问题</h2><ul className="quality-items">{of.findings.map((it) => <li key={it.id}><FindingCard of={it} changed={changed} acts={!of.participant || it.mine} /></li>)}</ul></section>}
      {of.sheet.sections.map((section) => (
        <section className="panel" key={section.title} aria-label={section.title}>
          <h2>{section.title}</h2>
          <ul className="quality-items">{section.items.map((item) => <li key={item.code}><Item item={item} found={of.found.find((it) => it.check === item.auto)} answer={answers[item.code] ?? blank(item.code)} put={mine ? put : null} refused={problem?.fields?.find((it) => it.field === item.code)?.detail} /></li>)}</ul>
        </section>
      ))}
      {mine && (
        <div className="quality-total quality-noprint" role="status">
          <b>{vetoed ? "一票否决" : `${total} 分`}</b><span className="quiet">已看 {Object.keys(answers).length}/{items.length} 项，没有扣分的项按满分计</span>
          <Button loading={busy} onClick={() => void send(false)}>暂存</Button><Button type="primary" loading={busy} onClick={() => void send(true)}>提交评分</Button>
          {problem && <Alert role="alert" type="error" showIcon title={problem.message} />}
        </div>
      )}
    </Page>
  );
}

function Item({ item, found, answer, put, refused }: { item: SheetItem; found: AutoAnswer | undefined; answer: ItemAnswer; put: ((answer: ItemAnswer) => void) | null; refused?: string | undefined }) {
  const asks = found && (found.finding === "holds" || found.finding === "fails");
  const made = answer.deductions ?? [];
  const change = (part: Partial<ItemAnswer>) => put?.({ ...answer, ...part });
  const noted = answer.agrees === false || answer.veto || made.length > 0;
  return (
    <article className="quality-item" aria-label={`${item.code} ${item.text}`}>
      <header><span className="mono">{item.code}</span><b>{item.text}</b><span>{item.points - lost(item, answer)}/{item.points} 分</span></header>
      <p className="quiet">{item.article}</p>
      {found && (
        <div className="quality-found">
          <p><b>系统核对：{findingWords[found.finding]}</b> {found.evidence}</p>
          {asks && put && <Radio.Group aria-label={`${item.code} 系统核对`} value={answer.agrees ?? null} onChange={(it) => change({ agrees: it.target.value as boolean })} options={[{ value: true, label: "同意" }, { value: false, label: "不同意" }]} />}
        </div>
      )}
      {put && (
        <div className="quality-choices">
          {(item.deductions ?? []).map((rule) => <Checkbox key={rule.code} checked={made.some((it) => it.code === rule.code)} onChange={(it) => change({ deductions: it.target.checked ? [...made, { code: rule.code, note: "" }] : made.filter((one) => one.code !== rule.code) })}>{rule.text}，扣 {rule.points} 分</Checkbox>)}
          {item.veto && <Checkbox checked={!!answer.veto} onChange={(it) => change({ veto: it.target.checked })}>一票否决：{item.veto}</Checkbox>}
          {noted && <Input.TextArea aria-label={`${item.code} 说明`} rows={2} maxLength={500} placeholder="在哪里、什么情况；不同意系统核对或者一票否决的写明理由" value={answer.note ?? ""} onChange={(it) => change({ note: it.target.value, deductions: made.map((one) => ({ ...one, note: it.target.value })) })} />}
        </div>
      )}
      {refused && <Alert type="error" showIcon title={refused} />}
    </article>
  );
}
