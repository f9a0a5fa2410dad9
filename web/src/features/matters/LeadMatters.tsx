/** Which matters a lead may be about (可能的执法事项), with the words that decided. A hint: who files a case chooses. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Lead } from "../../api/contract";
import { suggestMatters } from "../../api/law";
import { isOpen } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import "./matters.css";

const SHOWN = 4;

export function LeadMatters({ lead }: { lead: Lead }) {
  const may = mayAny(useSession(), ["law.read"]) && isOpen(lead.state);
  const region = lead.place.grid_code;
  const likely = useQuery({
    queryKey: ["likely-matters", lead.id, lead.class?.code], enabled: may, retry: false, staleTime: 10 * 60_000,
    queryFn: ({ signal }) => suggestMatters({ text: lead.description, class_name: lead.class?.name ?? "", ...(region ? { region } : {}) }, signal),
  });
  const items = likely.data?.items.slice(0, SHOWN) ?? [];
  if (!may || items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="likely-matters">
      <h2 id="likely-matters">可能的执法事项</h2>
      <ul className="likely-matters">
        {items.map((it) => (
          <li key={it.code}>
            <Link to="/law/matters/$code" params={{ code: it.code }}>{it.name}</Link>
            <span className="quiet"> 《{it.law}》{it.penalty_article}{it.words.length > 0 && `，因“${it.words.join("”“")}”`}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">按描述中的用词推荐，是否违法、适用哪一条由办案人员判断。</p>
    </section>
  );
}
