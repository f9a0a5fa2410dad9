/** One officer's sheet of a round (个人反馈单), made to be printed. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { readFeedback } from "../../api/quality";
import { SimulatedTag } from "../../components/StateTag";
import { Failure, Loading, Page } from "../shell/Page";
import { correctedRate, failedRate, points, reviewRate, suitRate } from "./words";
import "./quality.css";

export function FeedbackPage() {
  const { id, person } = useParams({ strict: false }) as { id: string; person: string };
  const query = useQuery({ queryKey: ["officer-feedback", id, person], queryFn: ({ signal }) => readFeedback(id, person, signal) });
  if (query.error) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  const of = query.data;
  if (!of) return <Loading rows={10} />;
  const rows: [string, string, string][] = [
    ["评定案卷", `${of.own.scored} 件`, `${of.all.scored} 件`], ["平均分", String(of.own.average ?? "—"), String(of.all.average ?? "—")], ["不合格率", failedRate(of.own), failedRate(of.all)],
    ["整改率", correctedRate(of.own), correctedRate(of.all)], ["复议纠错率", reviewRate(of.own), reviewRate(of.all)], ["诉讼败诉率", suitRate(of.own), suitRate(of.all)],
  ];
  return (
    <Page title={`案卷评查反馈单 · ${of.officer}`} wide intro={<><Link to="/quality/rounds/$id" params={{ id }}>{of.round_name}</Link> {of.simulated && <SimulatedTag />}</>} extra={<Button className="quality-noprint" type="primary" onClick={() => print()}>打印</Button>}>
      <div className="quality-sheet">
        <table aria-label="数据比较"><thead><tr><th>项目</th><th>本人</th><th>全部</th></tr></thead><tbody>{rows.map(([name, own, all]) => <tr key={name}><td>{name}</td><td>{own}</td><td>{all}</td></tr>)}</tbody></table>
        <h2>评查的案卷</h2>
        <table aria-label="评查的案卷"><thead><tr><th>案件</th><th>状态</th><th>得分</th></tr></thead><tbody>{of.files.map((it) => <tr key={it.number}><td>{it.number} {it.title}</td><td>{it.state_label}</td><td>{points(it.tenths)}{it.failed && " 不合格"}</td></tr>)}</tbody></table>
        <h2>问题</h2>
        {of.findings.length === 0 ? <p className="quiet">没有问题。</p> : (
          <table aria-label="问题"><thead><tr><th>案件</th><th>问题和依据</th><th>扣分</th><th>状态</th></tr></thead><tbody>{of.findings.map((it) => <tr key={it.id}><td>{it.number}</td><td>{it.title}<br /><small className="quiet">{it.article}{it.note && `；${it.note}`}</small></td><td>{points(it.tenths)}</td><td>{it.state_label}</td></tr>)}</tbody></table>
        )}
      </div>
    </Page>
  );
}
