/** What a case stands on (办案依据): why it is ours, by which article, announcement and day; and the law that changed since the act. */
import { Alert } from "antd";
import { Link } from "@tanstack/react-router";
import type { CaseFile } from "../../api/contract";
import { yuan } from "./cases";
import "../discretion/discretion.css";

export function CaseBasis({ of }: { of: CaseFile }) {
  const basis = of.basis;
  if (!basis) return null;
  return (
    <section className="panel case-basis" aria-labelledby="basis">
      <h2 id="basis">办案依据</h2>
      {!basis.library && <Alert type="warning" showIcon title="未从事项库选择，管辖和幅度由登记人填写" description={`理由：${basis.typed_reason ?? ""}`} style={{ marginBottom: 10 }} />}
      {!basis.ours && <Alert type="warning" showIcon title="不由本机关管辖：应当移送有管辖权的机关" style={{ marginBottom: 10 }} />}
      {basis.derivation.provisional && <p className="quiet">法定部门对应哪个机关以当地公布的目录为准；录入划转公告后按公告推定。</p>}
      <ol>{basis.derivation.steps.map((step) => <li key={step.text}>{step.text}<span className="quiet">［{step.basis}］</span></li>)}</ol>
      <dl className="case-facts" style={{ marginTop: 10 }}>
        {basis.township && <><dt>行为地</dt><dd>{basis.township}</dd></>}
        {basis.derivation.hearing && <><dt>听证</dt><dd>{basis.derivation.hearing}</dd></>}
        {basis.derivation.other_measure && <><dt>其他处罚</dt><dd>{basis.derivation.other_measure}</dd></>}
        {basis.settled && <><dt>适用</dt><dd>第 {basis.settled.chosen} 版：{basis.settled.reason}（行政处罚法第三十七条）</dd></>}
      </dl>
      {basis.law && (
        <div role="status">
          <h3>规定有变化：{basis.law.verdict_label}</h3>
          <p>{basis.law.why}</p>
          <ul>{([["行为时", basis.law.of_act], ["现行", basis.law.at_decision]] as const).map(([word, it]) => it && <li key={word}>{word}第 {it.version} 版：{it.articles}{it.fine_max_fen != null && `，罚款 ${yuan(it.fine_min_fen ?? 0)}至 ${yuan(it.fine_max_fen)}`}</li>)}</ul>
          {basis.law.needed && <p className="quiet">审批告知或者作出决定时，须选定较轻的规定并写明理由（行政处罚法第三十七条）。</p>}
        </div>
      )}
      {basis.library && <p className="quiet"><Link to="/law/matters/$code" params={{ code: of.matter.code }}>在法律库中查看 {of.matter.code}</Link></p>}
    </section>
  );
}
