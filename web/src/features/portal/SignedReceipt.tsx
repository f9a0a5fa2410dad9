/** The signed receipt (签名回执): to read, to print, to keep as a file that can be checked without this site. */
import { useEffect, useState } from "react";
import type { SignedReceipt as Signed } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { readPublicReceipt, receiptFileAddress } from "../../api/public";
import { dateTime } from "../../format/time";
import { Busy, Notice } from "../../street/controls";
import { SimulatedTag } from "../../components/StateTag";
import { Link } from "./Link";
import { followAddress } from "./route";

const roles: Record<string, string> = { report: "上报", before: "处置前", after: "处置后" };

export default function SignedReceipt({ code }: { code: string }) {
  const [found, setFound] = useState<Signed | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    readPublicReceipt(code, stop.signal).then((it) => { setFound(it); setProblem(null); }, (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error)); });
    return () => stop.abort();
  }, [code, asked]);
  if (problem) return (
    <div className="stack narrow">
      <h1>{problem.status === 404 ? "没有查到" : "暂时不能签发回执"}</h1>
      <Notice kind="warn" live>{problem.message}</Notice>
      <div className="row"><button type="button" className="button button-primary" onClick={() => { setProblem(null); setAsked((it) => it + 1); }}>再试一次</button><Link className="button" href={followAddress(code)}>回办理进度</Link></div>
    </div>
  );
  if (!found) return <div className="waiting"><Busy words="正在签发…" /></div>;
  const it = found.receipt;
  return (
    <article className="stack narrow signed-receipt">
      <h1>{it.kind === "closing" ? "办结回执" : "上报回执"} {it.simulated && <SimulatedTag />}</h1>
      <section className="card" aria-label="回执内容">
        <dl>
          <dt>编号</dt><dd className="number">{it.number}</dd>
          {it.merged_into && <><dt>合并办理</dt><dd className="number">{it.merged_into}</dd></>}
          <dt>状态</dt><dd>{it.state_label}</dd>
          <dt>上报时间</dt><dd>{dateTime(it.reported_at)}</dd>
          {it.ended_at && <><dt>办结时间</dt><dd>{dateTime(it.ended_at)}</dd></>}
          <dt>类别</dt><dd>{it.class_name ? `${it.class_name}（${it.class_code ?? ""}）` : "待定"}</dd>
          <dt>单元网格</dt><dd>{it.grid_code ? <>{it.grid_name} <span className="number">{it.grid_code}</span></> : "未定位到网格"}</dd>
          <dt>多人反映</dt><dd>{it.reports > 1 ? `共 ${it.reports} 件上报一并办理` : "目前只有这一件"}</dd>
          {it.answer && <><dt>答复</dt><dd>{it.answer}</dd></>}
          {it.photos.map((photo) => <PhotoLine key={photo.role + photo.digest} role={roles[photo.role] ?? photo.role} digest={photo.digest} />)}
          <dt>签发时间</dt><dd>{dateTime(it.issued_at)}</dd>
        </dl>
      </section>
      <section className="card" aria-labelledby="signature">
        <h2 id="signature">签名</h2>
        <dl>
          <dt>签名</dt><dd className="digest">{found.signature}</dd>
          <dt>公钥</dt><dd className="digest">{found.public_key}</dd>
          <dt>台账</dt><dd className="digest">第 {it.ledger.seq} 条 {it.ledger.hash}</dd>
        </dl>
        <p className="small muted">回执里没有姓名、电话、查询码和您写的内容。下载的文件改动任何一处都会验不过：<code>bihuan verify receipt 文件 --key 公钥</code>，不用联网；公钥以本市公布的为准。</p>
      </section>
      <div className="row keep">
        <a className="button button-primary" href={receiptFileAddress(code)} download={`bihuan-receipt-${it.number}.json`}>下载回执文件</a>
        <button type="button" className="button" onClick={() => window.print()}>打印</button>
        <Link className="button" href={followAddress(code)}>回办理进度</Link>
      </div>
    </article>
  );
}

const PhotoLine = ({ role, digest }: { role: string; digest: string }) => <><dt>{role}照片</dt><dd className="digest">{digest}</dd></>;
