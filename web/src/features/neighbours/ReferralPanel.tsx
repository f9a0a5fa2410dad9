/** The referral of a lead (转邻市): where it is, under which number, what they say, what comes next. */
import { Alert } from "antd";
import type { Lead } from "../../api/contract";
import { dateTime } from "../../format/time";
import { nextWords } from "./neighbours";

export function ReferralPanel({ lead }: { lead: Lead }) {
  const of = lead.referral;
  if (!of) return null;
  return (
    <section className="panel" aria-labelledby="referral">
      <h2 id="referral">转邻市 <small className="quiet">{of.neighbour_name}</small></h2>
      <dl className="facts">
        <dt>进展</dt><dd><span className="tag">{of.state_label}</span></dd>
        <dt>对方编号</dt><dd>{of.remote_id ? <span className="mono">{of.remote_id}</span> : <span className="quiet">还没有</span>}</dd>
        <dt>转办时间</dt><dd>{dateTime(of.referred_at)}</dd>
        <dt>转办理由</dt><dd>{of.reason}</dd>
        {of.remote_agency && <><dt>对方承办</dt><dd>{of.remote_agency}</dd></>}
        {of.remote_notes && <><dt>对方说明</dt><dd>{of.remote_notes}</dd></>}
        {of.remote_expected && <><dt>对方预计</dt><dd>{dateTime(of.remote_expected)}</dd></>}
      </dl>
      {of.error && of.state !== "over" && <Alert type={of.state === "refused" ? "error" : "warning"} showIcon title={of.error} style={{ marginBlock: 8 }} />}
      {of.must_be_told && <Alert type="warning" showIcon title="邻市有这件，或可能已经收到：接口不能撤回，请电话告知对方不再办理。" style={{ marginBlock: 8 }} />}
      <p className="quiet">{nextWords(of)}</p>
    </section>
  );
}
