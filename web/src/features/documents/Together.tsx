/** Three documents at once (三书同达): the decision, the advice on compliance, the notice of how credit is repaired. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import type { OfficialDocument } from "../../api/contract";
import { draftTogether, issueTogether, type Decision } from "../../api/documents";
import { asProblem } from "../../api/problem";

const names: Record<string, string> = { D14: "当场处罚决定书", D15: "处罚决定书", D24: "合规建议书", D25: "信用修复告知书" };

export function Together({ docket, decision, documents, writes, issues }: { docket: string; decision: Decision; documents: readonly OfficialDocument[]; writes: boolean; issues: boolean }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const again = () => { void client.invalidateQueries({ queryKey: ["documents", docket] }); void client.invalidateQueries({ queryKey: ["case", docket] }); };
  const refused = (title: string) => (error: unknown) => {
    const problem = asProblem(error);
    modal.error({ title, content: <><p>{problem.message}</p><ul>{problem.fields.map((it) => <li key={it.field}>{it.detail}</li>)}</ul></> });
  };
  const draft = useMutation({ mutationFn: () => draftTogether(docket, decision), onSuccess: () => { again(); void message.success("三书已拟制，请逐份核对"); }, onError: refused("不能拟制") });
  const issue = useMutation({ mutationFn: () => issueTogether(docket, decision), onSuccess: () => { again(); void message.success("三书已签发，随决定书一并送达"); }, onError: refused("不能签发") });
  const three = [decision, "D24", "D25"].map((kind) => ({ kind, of: documents.filter((it) => it.kind === kind && it.state !== "void").at(-1) }));
  const lacking = three.some((it) => !it.of);
  const drafts = three.some((it) => it.of?.state === "draft");
  return (
    <div className="together" role="group" aria-label="三书同达">
      <b>三书同达</b>
      {three.map((it) => <span key={it.kind} className="quiet">{names[it.kind]}：{it.of ? it.of.state_label : "未拟制"}</span>)}
      {writes && lacking && <Button size="small" loading={draft.isPending} onClick={() => draft.mutate()}>三书同拟</Button>}
      {issues && !lacking && drafts && <Button size="small" type="primary" loading={issue.isPending} onClick={() => issue.mutate()}>三书同签</Button>}
    </div>
  );
}
