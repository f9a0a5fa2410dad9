/** The referrals of a lead, and putting it before the case management centre (移交案件管理中心). */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { listReferrals } from "../../api/referrals";
import type { Lead } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { mayAny, useSession } from "../session/session";
import { Failure } from "../shell/Page";
import { ReferralTag } from "./ReferralsPage";

export function LeadReferrals({ lead }: { lead: Lead }) {
  const session = useSession();
  const navigate = useNavigate();
  const sees = mayAny(session, ["referral.see"]);
  const list = useQuery({ queryKey: ["referrals", { lead: lead.id }], enabled: sees, queryFn: ({ signal }) => listReferrals({ lead: lead.id }, signal) });
  const items = list.data?.items ?? [];
  const may = mayAny(session, ["referral.open"]) && list.data !== undefined && !items.some((it) => it.open);
  if (!sees || (!list.error && items.length === 0 && !may)) return null;
  return (
    <section className="panel lead-notices" aria-labelledby="referrals">
      <h2 id="referrals">案件移交</h2>
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {items.map((it) => (
        <div key={it.id} className="lead-notice">
          <div><Link to="/referrals/$id" params={{ id: it.id }}>{it.number}</Link><ReferralTag of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} bare />}</div>
          <small className="quiet">{[it.target?.name, it.case_number && `案件 ${it.case_number}`, it.result].filter(Boolean).join("；") || "等待案件管理中心受理、分流"}</small>
        </div>
      ))}
      {may && <Button size="small" onClick={() => void navigate({ to: "/referrals/new", search: { lead: lead.id, number: lead.number } as never })}>移交案件管理中心</Button>}
    </section>
  );
}
