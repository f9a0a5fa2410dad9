/** The materials for an application to the court (申请法院强制执行材料): what there is, what is lacking, and all of it in one file. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { CaseFile } from "../../api/contract";
import { courtFileAddress, readCourtFile } from "../../api/evidence";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";

/** From the time a reminder may be due until the court was applied to. */
const SHOWN = ["performing", "reminded", "court_applied"];

export function CourtFilePanel({ of }: { of: CaseFile }) {
  const may = mayAny(useSession(), ["dossier.export"]) && SHOWN.includes(of.state.code);
  const query = useQuery({ queryKey: ["case", of.id, "court-file", of.version], enabled: may, queryFn: ({ signal }) => readCourtFile(of.id, signal) });
  if (!may) return null;
  return (
    <section className="panel" aria-labelledby="court-file">
      <h2 id="court-file">申请法院强制执行的材料</h2>
      {query.isPending && <Loading rows={4} />}
      {query.error && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <ol className="court-file">
            {query.data.items.map((it) => (
              <li key={it.label}>
                <b>{it.label}</b> <span className="quiet">{it.article}</span>
                {it.documents.map((title) => <p key={title}>{title}</p>)}
                {it.lines.map((line) => <p key={line}>{line}</p>)}
                {it.lacking && <p className="court-file-lacking">{it.lacking}</p>}
              </li>
            ))}
          </ol>
          <form method="post" action={courtFileAddress(of.id)} target="_blank">
            <Button htmlType="submit" disabled={!query.data.complete}>下载申请材料</Button>
            <span className="quiet"> {query.data.complete ? "含全部证据；内部审批、审核和讨论文书不在其中。" : "材料齐全后才能下载。"}</span>
          </form>
        </>
      )}
    </section>
  );
}
