/** The rules: what is in force, how often each was right, the draft, and what it would have done. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, InputNumber, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { draftRules, publishRules, readRules, tryRules, type FindingRuleLine, type FindingRules, type FindingRuleSet, type FindingRuleStanding, type FindingWhatIf } from "../../api/findings";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { Failure, Loading } from "../shell/Page";
import { clockWords, percentWords } from "./words";

export function RulesTab({ keeps }: { keeps: boolean }) {
  const query = useQuery({ queryKey: ["finding-rules"], queryFn: ({ signal }) => readRules(signal) });
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const of = query.data;
  const draft = of.versions.find((it) => !it.published_at);
  const current = of.versions.find((it) => it.version === of.in_force) ?? of.versions[0];
  return (
    <>
      <p>现行第 {of.in_force} 版。发布的规则从次日起用，当天的轨迹仍按当天的规则判定。随程序提供的参数不是法定数值，请核定后发布本地的版本。</p>
      {current && <Editor key={`${draft?.version ?? 0}-${draft?.revision ?? 0}`} of={of} from={draft ?? current} draft={draft} keeps={keeps} />}
      <h3>版本</h3>
      <ul className="findings-versions">
        {of.versions.map((it) => <li key={it.version}>第 {it.version} 版 · {it.published_at ? `${it.in_force_on && it.in_force_on > "1970-01-01" ? `${it.in_force_on} 起用` : "初始"} · ${it.published_by ?? "随程序提供"} · ${dateTime(it.published_at)}` : `草稿 · ${it.drafted_by ?? ""} · ${dateTime(it.drafted_at)}`} · {it.note}</li>)}
      </ul>
    </>
  );
}

type Version = FindingRules["versions"][number];

function Editor({ of, from, draft, keeps }: { of: FindingRules; from: Version; draft: Version | undefined; keeps: boolean }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [rules, setRules] = useState<FindingRuleSet>(from.rules);
  const [note, setNote] = useState(draft?.note ?? "");
  const [busy, setBusy] = useState("");
  const [tried, setTried] = useState<FindingWhatIf | null>(null);
  const changed = JSON.stringify(rules) !== JSON.stringify(from.rules) || note.trim() !== (draft?.note ?? "");
  const set = (rule: string, change: Partial<FindingRuleLine>) => setRules({ ...rules, rules: rules.rules.map((it) => (it.rule === rule ? { ...it, ...change } : it)) });
  const run = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    try { await work(); } catch (error) { void message.error(asProblem(error).message, 8); } finally { setBusy(""); void client.invalidateQueries({ queryKey: ["finding-rules"] }); }
  };
  const number = (it: FindingRuleStanding, field: "need" | "of" | "dwell_s" | "grace_s" | "limit", label: string) => {
    const line = rules.rules.find((one) => one.rule === it.rule);
    return <InputNumber size="small" aria-label={`${it.label}：${label}`} disabled={!keeps} min={0} value={line?.[field] ?? 0} style={{ width: 84 }} onChange={(value) => { if (value !== null) set(it.rule, { [field]: value }); }} />;
  };
  return (
    <>
      <Table<FindingRuleStanding>
        size="small" rowKey="rule" dataSource={of.rules} pagination={false} scroll={{ x: 1080 }}
        columns={[
          { title: "规则", render: (_, it) => <Checkbox disabled={!keeps} checked={rules.rules.find((one) => one.rule === it.rule)?.active ?? false} onChange={(event) => set(it.rule, { active: event.target.checked })}>{it.label}</Checkbox> },
          { title: "限值", render: (_, it) => (it.limit_label ? <>{it.limit_label} {number(it, "limit", it.limit_label)} {it.limit_unit}</> : "—") },
          { title: "时间（秒）", render: (_, it) => (it.dwell_label === "不用" ? "—" : <>{it.dwell_label} {number(it, "dwell_s", it.dwell_label)}</>) },
          { title: "点数", render: (_, it) => (it.count_label === "不用" ? "—" : <span title={it.count_label}>{number(it, "need", it.count_label)} / {number(it, "of", "看多少点")}</span>) },
          { title: "宽限（秒）", render: (_, it) => number(it, "grace_s", "宽限") },
          { title: "待核实", dataIndex: "waiting", align: "right" },
          { title: "准确率", render: (_, it) => <span title={`95% 区间 ${percentWords(it.low)} 至 ${percentWords(it.high)}`}>{percentWords(it.precision)} <span className="quiet">（成立 {it.upheld}，不成立 {it.dismissed}）</span></span> },
        ]}
      />
      <p className="quiet">装卸按连续 {rules.load_points} 个点一致判定；车速 {rules.moving_kmh} km/h 以上为行驶、{rules.stopped_kmh} km/h 以下为停车；夜间 {clockWords(rules.night_from)} 至 {clockWords(rules.night_until)}。抛洒没有可用的终端信号，不作判定。</p>
      {keeps ? (
        <div className="findings-bar">
          <Input aria-label="改动原因" placeholder="改动原因" maxLength={200} value={note} style={{ maxWidth: 320 }} onChange={(event) => setNote(event.target.value)} />
          <Button disabled={!changed || !note.trim()} loading={busy === "save"} onClick={() => void run("save", async () => { await draftRules(rules, note, draft?.revision ?? 0); void message.success("草稿已保存，尚未生效"); })}>保存草稿</Button>
          <Button disabled={!draft || changed} loading={busy === "try"} onClick={() => void run("try", async () => { setTried(await tryRules(dayjs(now()).subtract(6, "day").format("YYYY-MM-DD"), dayjs(now()).format("YYYY-MM-DD"))); })}>试算近 7 天</Button>
          <Button type="primary" disabled={!draft || changed} loading={busy === "publish"} onClick={() => void run("publish", async () => { await publishRules(draft?.revision ?? 0); setTried(null); void message.success("已发布，次日起用"); })}>发布</Button>
          <span className="quiet">{changed ? "有未保存的改动" : draft ? `草稿第 ${draft.version} 版，尚未发布` : "改动参数后保存草稿，再试算、发布"}</span>
        </div>
      ) : <p className="quiet">起草和发布规则需要“管理车辆违规规则”的权限。</p>}
      {tried && (
        <section aria-labelledby="tried">
          <h3 id="tried">试算：{tried.from} 至 {tried.to}，{tried.vehicles} / {tried.of} 辆车</h3>
          {tried.vehicles < tried.of && <p className="quiet">车辆较多，按固定间隔抽取，数字是抽取部分的。</p>}
          <Table size="small" rowKey="rule" pagination={false} dataSource={tried.rules.filter((it) => it.before + it.after > 0)} locale={{ emptyText: "这几天两套规则都没有发现" }}
            columns={[{ title: "规则", dataIndex: "label" }, { title: "现行", dataIndex: "before" }, { title: "草稿", dataIndex: "after" }, { title: "新增", dataIndex: "added" }, { title: "减少", dataIndex: "removed" }]} />
          {tried.changes.length > 0 && <Table size="small" rowKey={(it) => `${it.kind}${it.rule}${it.vehicle}${it.began_at}`} pagination={{ pageSize: 10, hideOnSinglePage: true }} dataSource={tried.changes}
            columns={[{ title: "变化", dataIndex: "kind_label" }, { title: "规则", dataIndex: "rule_label" }, { title: "车牌", dataIndex: "plate" }, { title: "开始", render: (_, it) => dateTime(it.began_at) }, { title: "结束", render: (_, it) => dateTime(it.ended_at) }]} />}
          {tried.cut && <p className="quiet">只列出前 200 处变化，合计数是全部的。</p>}
        </section>
      )}
    </>
  );
}
