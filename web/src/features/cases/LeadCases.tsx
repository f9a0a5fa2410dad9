/** The cases out of a lead, and opening one (转为案件). */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { listCases } from "../../api/cases";
import type { Lead } from "../../api/contract";
import { Light } from "../../components/Light";
import { mayAny, useSession } from "../session/session";
import { Failure } from "../shell/Page";
import { CaseStateTag } from "./CasesPage";

export function LeadCases({ lead }: { lead: Lead }) {
  const session = useSession();
  const navigate = useNavigate();
  const sees = mayAny(session, ["case.see"]);
  const list = useQuery({ queryKey: ["cases", { lead: lead.id }], enabled: sees, queryFn: ({ signal }) => listCases({ lead: lead.id }, signal) });
  const items = list.data?.items ?? [];
  const may = mayAny(session, ["case.open"]);
  if (!sees || (!list.error && items.length === 0 && !may)) return null;
  return (
    <section className="panel lead-notices" aria-labelledby="cases">
      <h2 id="cases">案件</h2>
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {items.map((it) => (
        <div key={it.id} className="lead-notice">
          <div><Link to="/cases/$id" params={{ id: it.id }}>{it.number}</Link><CaseStateTag of={it} />{it.open && <Light light={it.light ?? null} bare />}</div>
          <small className="quiet">{it.title}</small>
        </div>
      ))}
      {may && <Button size="small" onClick={() => void navigate({ to: "/cases/new", search: { lead: lead.id, number: lead.number } as never })}>转为案件</Button>}
    </section>
  );
}
