/** One version of a benchmark: its rules as tables, what is wrong with them, trying them out, and what becomes of it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert, App, Button, DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { BenchmarkVersion } from "../../api/contract";
import { actOnBenchmark, draftBenchmark, readBenchmark, rewriteBenchmark, type BenchmarkRules } from "../../api/discretion";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { RulesEditor } from "./RulesEditor";
import { RulesTables } from "./RulesTables";
import { TryOut } from "./TryOut";
import { placeWord, tidy } from "./rules";
import "../matters/matters.css";
import "./discretion.css";

type Doing = "review" | "return" | "publish" | "withdraw" | "discard";
const doingWords: Record<Doing, string> = { review: "审核通过", return: "退回修改", publish: "发布", withdraw: "停用", discard: "放弃" };

export function BenchmarkPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ queryKey: ["benchmark", id], queryFn: ({ signal }) => readBenchmark(id, signal) });
  if (query.error && asProblem(query.error).status === 404) return <Page title="裁量基准"><Empty title="没有这份裁量基准"><Link to="/law" search={{ tab: "benchmarks" } as never}>回到裁量基准</Link></Empty></Page>;
  if (query.error) return <Page title="裁量基准"><Failure error={query.error} retry={() => void query.refetch()} /></Page>;
  if (!query.data) return <Page title="裁量基准"><Loading rows={10} /></Page>;
  return <Benchmark key={id} of={query.data} />;
}

const same = (one: BenchmarkRules, other: BenchmarkRules) => JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));

function Benchmark({ of }: { of: BenchmarkVersion }) {
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [keeps, reviews] = [mayAny(session, ["law.benchmark"]), mayAny(session, ["law.benchmark-review"])];
  const [doing, setDoing] = useState<Doing | "copy" | null>(null);
  const kept = of.rules as unknown as BenchmarkRules;
  const [rules, setRules] = useState(kept);
  // What the tables began with: a newer version takes their place only where nothing was typed, or where it is what was typed.
  const [base, setBase] = useState({ version: of.version, rules: kept });
  const newer = of.version !== base.version;
  const take = () => { setBase({ version: of.version, rules: kept }); setRules(kept); };
  const overtaken = newer && !same(rules, base.rules) && !same(rules, kept);
  if (newer && !overtaken) take();
  const [busy, setBusy] = useState(false);
  const open = of.state === "draft" || of.state === "reviewed";
  const edits = keeps && open && !of.sample;
  const changed = !same(rules, kept);
  const settled = (words: string) => {
    void message.success(words);
    void client.invalidateQueries({ queryKey: ["benchmark", of.id] });
    void client.invalidateQueries({ queryKey: ["benchmarks"] });
    setDoing(null);
  };
  const save = async () => {
    setBusy(true);
    try {
      await rewriteBenchmark(of, tidy(rules), of.reason);
      settled("已保存草稿");
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  };
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(tidy(rules), null, 2)}\n`], { type: "application/json" }));
    link.download = `裁量基准-${of.matter}-第${of.number}版.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const may: [Doing, boolean][] = [["review", reviews && of.state === "draft" && !of.sample && !of.mine], ["return", reviews && open && !of.sample && !of.mine], ["publish", keeps && of.state === "reviewed"], ["withdraw", keeps && of.state === "published"], ["discard", keeps && open]];
  return (
    <Page
      title={`裁量基准：${of.matter_name || of.matter}`} wide
      intro={<><Link className="mono" to="/law/matters/$code" params={{ code: of.matter }}>{of.matter}</Link> 第 {of.number} 版 · {of.state_label}{of.effective_from && ` · ${of.effective_from} 起施行`}{of.withdrawn_from && ` · ${of.withdrawn_from} 停用：${of.withdrawn_reason ?? ""}`} · <Link to="/law" search={{ tab: "benchmarks" } as never}>全部裁量基准</Link></>}
      extra={(
        <span className="law-acts">
          {edits && <Button type={changed ? "primary" : "default"} disabled={!changed || overtaken} loading={busy} onClick={() => void save()}>保存草稿</Button>}
          {may.filter(([, allowed]) => allowed).map(([action]) => <Button key={action} disabled={changed} title={changed ? "先保存草稿" : ""} onClick={() => setDoing(action)}>{doingWords[action]}</Button>)}
          {keeps && !edits && <Button onClick={() => setDoing("copy")}>另存为新草稿</Button>}
          <Button onClick={download}>导出 JSON</Button>
        </span>
      )}
    >
      {overtaken && (
        <Alert
          type="warning" showIcon role="alert" style={{ marginBottom: 12 }} title={`这份裁量基准刚被他人更新（现为“${of.state_label}”），您填写的内容还在、没有保存`}
          action={<span className="law-acts"><Button size="small" onClick={take}>放弃我的，载入新内容</Button>{edits && <Button size="small" onClick={() => setBase({ version: of.version, rules: kept })}>以我填写的为准</Button>}</span>}
        />
      )}
      {of.sample && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="这是示例：数字为说明写法所设，不是任何机关公布的裁量基准，不能审核、发布" />}
      {of.mine && of.state === "draft" && <Alert type="info" showIcon style={{ marginBottom: 12 }} title="由起草人以外的人审核后才能发布" />}
      {of.review_note && <Alert type={of.state === "draft" ? "warning" : "info"} showIcon style={{ marginBottom: 12 }} title={`${of.state === "draft" ? "退回" : "审核"}意见：${of.review_note}`} description={`${of.reviewed_by ?? ""}，${of.reviewed_at ? dateTime(of.reviewed_at) : ""}`} />}
      {of.faults.length > 0 && !changed && (
        <Alert type="error" showIcon role="alert" style={{ marginBottom: 12 }} title={`有 ${of.faults.length} 处须改正，改正前不能审核、发布`} description={<ul className="benchmark-faults">{of.faults.map((it) => <li key={it.pointer + it.detail}>{placeWord(it.pointer)}：{it.detail}</li>)}</ul>} />
      )}
      <div className="benchmark-grid">
        <div>{edits ? <RulesEditor rules={rules} change={setRules} /> : <RulesTables rules={rules} />}</div>
        <div>
          {reviews && <TryOut rules={tidy(rules)} />}
          <section className="panel" aria-labelledby="course"><h2 id="course">经过</h2>
            <ul className="law-versions">
              <li>起草：{of.drafted_by ?? "随程序提供"}，{dateTime(of.drafted_at)}<div className="quiet">{of.reason}</div></li>
              {of.reviewed_by && <li>审核：{of.reviewed_by}，{of.reviewed_at && dateTime(of.reviewed_at)}</li>}
              {of.published_by && <li>发布：{of.published_by}，{of.published_at && dateTime(of.published_at)}</li>}
              {of.withdrawn_by && <li>停用：{of.withdrawn_by}</li>}
            </ul>
          </section>
        </div>
      </div>
      {doing === "copy" && (
        <FormDialog<{ reason: string }>
          open title="另存为新草稿" okText="另存" close={() => setDoing(null)} initial={{ reason: "" }}
          save={async ({ reason }) => { const made = await draftBenchmark(tidy(rules), reason); void client.invalidateQueries({ queryKey: ["benchmarks"] }); void navigate({ to: "/law/benchmarks/$id", params: { id: made.id } }); setDoing(null); }}
        >
          <Form.Item name="reason" label="起草原因" rules={[{ required: true, whitespace: true, message: "请写明原因" }]}><Input maxLength={500} /></Form.Item>
        </FormDialog>
      )}
      {doing && doing !== "copy" && (
        <FormDialog<{ from?: Dayjs; note?: string }>
          open title={`${doingWords[doing]}：${of.matter} 第 ${of.number} 版`} okText={doingWords[doing]} close={() => setDoing(null)} initial={{ from: dayjs(now()) }}
          save={async ({ from, note }) => {
            const dated = doing === "publish" || doing === "withdraw";
            await actOnBenchmark(of, doing, { ...(dated && from ? { from: from.format("YYYY-MM-DD") } : {}), ...(note?.trim() ? { note } : {}) });
            settled(`已${doingWords[doing]}`);
          }}
        >
          {(doing === "publish" || doing === "withdraw") && <Form.Item name="from" label={doing === "publish" ? "施行日期" : "停用日期"}><DatePicker allowClear={false} style={{ width: "100%" }} /></Form.Item>}
          {(doing === "return" || doing === "withdraw") && <Form.Item name="note" label="理由" rules={[{ required: true, whitespace: true, message: "请写明理由" }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>}
          {doing === "review" && <Form.Item name="note" label="审核意见（选填）"><Input.TextArea rows={2} maxLength={500} /></Form.Item>}
          {doing === "publish" && <p className="quiet">发布后不能再改；更正须另拟新版本。施行日起办理的案件按它计算。</p>}
          {doing === "withdraw" && <p className="quiet">停用以后，这个事项更早发布、没有停用的版本重新适用；不再适用的请一并停用。</p>}
        </FormDialog>
      )}
    </Page>
  );
}
