/** The documents of a docket (文书): what is drafted, issued, void. Whoever may, issues and voids here; the server says what is missing. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal, Tag } from "antd";
import { useState } from "react";
import type { OfficialDocument } from "../../api/contract";
import { issueDocument, listDocuments, pdfOf, voidDocument, wordOf, type Decision } from "../../api/documents";
import { asProblem } from "../../api/problem";
import { shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { Together } from "./Together";
import { WriteDocument } from "./WriteDocument";

/** `decision` is the kind of penalty decision that was made, once it was. */
export function DocumentList({ docket, decision = null }: { docket: string; decision?: Decision | null }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const issues = mayAny(useSession(), ["document.issue"]);
  const writes = mayAny(useSession(), ["document.write"]);
  const [writing, setWriting] = useState<OfficialDocument | "new" | null>(null);
  const [voiding, setVoiding] = useState<OfficialDocument | null>(null);
  const [reason, setReason] = useState("");
  const query = useQuery({ queryKey: ["documents", docket], queryFn: ({ signal }) => listDocuments(docket, signal) });
  const again = () => void client.invalidateQueries({ queryKey: ["documents", docket] });
  const issue = useMutation({
    mutationFn: issueDocument,
    onSuccess: (issued) => { again(); void message.success(issued.number ? `已签发：${issued.number}` : "已签发"); },
    onError: (error) => {
      const problem = asProblem(error);
      modal.error({ title: "不能签发", content: <><p>{problem.message}</p><ul>{problem.fields.map((it) => <li key={it.field}>{it.detail}</li>)}</ul></> });
    },
  });
  const drop = useMutation({
    mutationFn: (of: OfficialDocument) => voidDocument(of, reason),
    onSuccess: () => { setVoiding(null); setReason(""); again(); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      {writes && <Button size="small" onClick={() => setWriting("new")}>拟制文书</Button>}
      {writing !== null && <WriteDocument docket={docket} of={writing === "new" ? null : writing} close={() => setWriting(null)} />}
      {decision && <Together docket={docket} decision={decision} documents={query.data.items} writes={writes} issues={issues} />}
      {query.data.items.length === 0 && <Empty title="还没有文书">办案各步骤拟制的文书会列在这里，签发后有文号和电子签名。</Empty>}
      <ul className="document-list" style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {query.data.items.map((it) => (
          <li key={it.id} style={{ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center", padding: "8px 0" }}>
            <Tag>{it.state_label}</Tag>
            <a href={pdfOf(it)} target="_blank" rel="noreferrer">{it.name}</a>
            <span className="mono">{it.number ?? ""}</span>
            {it.state !== "void" && <a href={wordOf(it)} download aria-label={`下载${it.name}的编辑稿（Word，不是原件）`} title="编辑稿不是原件，原件是签发的 PDF">编辑稿</a>}
            <span className="quiet">{it.issued_by ? `${it.issued_by} ${shortTime(it.issued_at ?? it.drafted_at)} 签发` : `${it.drafted_by} ${shortTime(it.drafted_at)} 拟制`}{it.void_reason ? `；作废：${it.void_reason}` : ""}</span>
            {writes && it.state === "draft" && <Button size="small" onClick={() => setWriting(it)}>修改</Button>}
            {issues && it.state === "draft" && <Button size="small" type="primary" loading={issue.isPending} onClick={() => issue.mutate(it)}>签发</Button>}
            {issues && it.state !== "void" && <Button size="small" type="text" onClick={() => setVoiding(it)}>作废</Button>}
          </li>
        ))}
      </ul>
      <Modal open={voiding !== null} title={`作废${voiding?.name ?? ""}`} okText="作废" cancelText="取消" confirmLoading={drop.isPending} okButtonProps={{ disabled: reason.trim() === "" }} onOk={() => voiding && drop.mutate(voiding)} onCancel={() => setVoiding(null)}>
        <p className="quiet">作废后文号不再使用，仍留在文号登记簿中。</p>
        <Input.TextArea aria-label="作废理由" maxLength={200} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Modal>
    </>
  );
}
