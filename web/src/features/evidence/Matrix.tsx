/** The matrix (事实—证据—依据): each fact, the article it falls under, and what proves it. */
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { saveMatrix } from "../../api/evidence";
import type { CaseEvidence, EvidenceFact, EvidenceItem } from "../../api/contract";
import { dateTime } from "../../format/time";
import { FormDialog } from "../shell/FormDialog";

export function Matrix({ caseId, matrix, items, mayEdit, changed }: { caseId: string; matrix: CaseEvidence["matrix"]; items: EvidenceItem[]; mayEdit: boolean; changed: () => void }) {
  const { message } = App.useApp();
  // What was seen when the form was opened: a colleague's saving meanwhile is not overwritten.
  const [editing, setEditing] = useState<CaseEvidence["matrix"] | null>(null);
  const numbered = (id: string) => items.find((it) => it.id === id);
  return (
    <section className="evidence-matrix" aria-label="事实证据对照表">
      <div className="evidence-head"><h3>事实、证据与依据</h3>{mayEdit && <Button size="small" onClick={() => setEditing(matrix)}>{matrix.facts.length === 0 ? "列出事实" : "修改"}</Button>}</div>
      {matrix.facts.length === 0 ? <p className="quiet">还没有列出待证事实。每项事实注明由哪几份证据证明、违反哪一条。</p> : (
        <table>
          <thead><tr><th>事实</th><th>证据</th><th>依据</th></tr></thead>
          <tbody>{matrix.facts.map((fact, index) => (
            <tr key={index}>
              <td>{fact.words}</td>
              <td>{fact.proofs.length === 0 ? <span className="evidence-unproved">尚无证据</span> : fact.proofs.map((id) => numbered(id)).filter((it) => it !== undefined).map((it) => <span key={it.id} className={it.excluded ? "evidence-struck" : ""}>证据 {it.ordinal} </span>)}</td>
              <td>{fact.article ?? "—"}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {matrix.changed_at && <small className="quiet">{matrix.changed_by?.name} {dateTime(matrix.changed_at)} 修改，第 {matrix.revision} 版</small>}
      {editing && (
        <FormDialog<{ facts: EvidenceFact[] }>
          open title="事实、证据与依据" width={760} close={() => setEditing(null)}
          initial={{ facts: editing.facts.length > 0 ? editing.facts.map((it) => ({ ...it, proofs: it.proofs.filter((id) => !numbered(id)?.excluded) })) : [{ words: "", proofs: [] }] }}
          save={async ({ facts }) => {
            await saveMatrix(caseId, editing.revision, (facts ?? []).map(({ words, article, proofs }) => ({ words, proofs: proofs ?? [], ...(article?.trim() ? { article } : {}) })));
            void message.success("已保存");
            changed();
            setEditing(null);
          }}
        >
          <Form.List name="facts">
            {(rows, { add, remove }) => (
              <>
                {rows.map(({ key, name }, index) => (
                  <fieldset key={key} className="evidence-fact">
                    <legend>事实 {index + 1}</legend>
                    <Form.Item name={[name, "words"]} label="事实" rules={[{ required: true, whitespace: true, message: "请填写事实" }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
                    <Form.Item name={[name, "proofs"]} label="由哪些证据证明"><Select mode="multiple" options={items.filter((it) => !it.excluded).map((it) => ({ value: it.id, label: `证据 ${it.ordinal} ${it.title}` }))} /></Form.Item>
                    <Form.Item name={[name, "article"]} label="依据（选填）"><Input maxLength={200} /></Form.Item>
                    <Button size="small" danger onClick={() => remove(name)}>删除这项事实</Button>
                  </fieldset>
                ))}
                <Button onClick={() => add({ words: "", proofs: [] })} disabled={rows.length >= 100}>再加一项事实</Button>
              </>
            )}
          </Form.List>
        </FormDialog>
      )}
    </section>
  );
}
