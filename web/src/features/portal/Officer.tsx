/** Who shows his certificate (亮证核验): read by whoever he speaks with. */
import { useEffect, useState } from "react";
import { readCertificate, type ShownCertificate } from "../../api/disclosures";
import { asProblem } from "../../api/problem";
import { Busy, Notice } from "../../street/controls";
import { Link } from "./Link";
import "./decisions.css";

export default function Officer({ code }: { code: string }) {
  const [of, setOf] = useState<ShownCertificate | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readCertificate(code, stop.signal).then(setOf, (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, [code]);
  return (
    <div className="stack narrow">
      <h1>执法人员核验</h1>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!of && !problem && <Busy words="正在核验…" />}
      {of && (
        <>
          <Notice kind={of.valid ? "info" : "warn"} live>{of.valid ? "执法证有效。" : "执法证现在无效，您可以拒绝接受调查或者检查。"}{of.simulated && "（模拟）"}</Notice>
          <dl className="card decision"><dt>姓名</dt><dd>{of.name}</dd><dt>单位</dt><dd>{of.organisation}</dd><dt>执法证号</dt><dd className="number">{of.number}</dd><dt>有效期至</dt><dd className="number">{of.valid_until}</dd></dl>
          <p className="small muted">{of.words}</p>
        </>
      )}
      <div className="decisions-foot"><Link className="button" href="/openness">执法公开</Link></div>
    </div>
  );
}
