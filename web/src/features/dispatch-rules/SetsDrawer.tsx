/** The published sets of dispatch rules (历史版本): who published what and why, and the way back. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { listRuleSets, readRuleSet, restoreRuleSet } from "../../api/dispatch-rules";
import type { RuleChange, RuleSet } from "../../api/contract";
import { dateTime } from "../../format/time";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { draftQuery, kindOf, kindWords, ruleWords, type RuleNames } from "./rules";

export function SetsDrawer({ names, close }: { names: RuleNames; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [looked, setLooked] = useState<number | null>(null);
  const [restoring, setRestoring] = useState<RuleSet | null>(null);
  const sets = useQuery({ queryKey: ["dispatch-rule-sets"], queryFn: ({ signal }) => listRuleSets(signal) });
  const items = sets.data?.items ?? [];
  return (
    <Drawer open onClose={close} size={760} title="派遣规则历史版本">
      {sets.isPending ? <Loading /> : sets.error ? <Failure error={sets.error} retry={() => void sets.refetch()} /> : items.length === 0 ? <Empty title="还没有发布过规则">发布草稿以后，每一版都留在这里，可以回退。</Empty> : (
        <ol className="rule-sets">
          {items.map((it, index) => (
            <li key={it.number}>
              <div className="rule-set-head">
                <b>第 {it.number} 版</b> {index === 0 && <span className="tag">现行</span>}
                <span>{it.note}{typeof it.restored_from === "number" && <span className="quiet">（回退到第 {it.restored_from} 版）</span>}</span>
                <span className="quiet">{it.rules} 条 · {it.published_by?.name ?? "系统"} · {dateTime(it.published_at)}</span>
                <span className="rule-set-acts">
                  <Button size="small" type="text" aria-expanded={looked === it.number} onClick={() => setLooked(looked === it.number ? null : it.number)}>{looked === it.number ? "收起" : "看改动"}</Button>
                  {index > 0 && <Button size="small" type="text" onClick={() => setRestoring(it)}>回退到这一版</Button>}
                </span>
              </div>
              {looked === it.number && <Changes number={it.number} names={names} />}
            </li>
          ))}
        </ol>
      )}
      <FormDialog<{ note: string }>
        open={restoring !== null} title={`回退到第 ${restoring?.number ?? ""} 版`} okText="回退并生效" initial={{ note: "" }} close={() => setRestoring(null)}
        save={async ({ note }) => {
          if (!restoring) return;
          client.setQueryData(draftQuery.queryKey, await restoreRuleSet(restoring.number, note));
          setRestoring(null);
          void message.success("已回退，规则即时生效");
          void client.invalidateQueries({ queryKey: ["dispatch-rule-sets"] });
        }}
      >
        <p className="quiet">这一版的规则作为新的一版立即生效。草稿没有改动的，跟着回到这一版；有改动的，草稿保留。</p>
        <Form.Item name="note" label="回退原因" rules={[{ required: true, whitespace: true, message: "请写明原因" }]}><Input maxLength={200} /></Form.Item>
      </FormDialog>
    </Drawer>
  );
}

function Changes({ number, names }: { number: number; names: RuleNames }) {
  const set = useQuery({ queryKey: ["dispatch-rule-sets", number], queryFn: ({ signal }) => readRuleSet(number, signal), staleTime: Infinity });
  if (set.isPending) return <Loading rows={2} />;
  if (set.error) return <Failure error={set.error} retry={() => void set.refetch()} />;
  return <ChangeList changes={set.data.changes} names={names} />;
}

export function ChangeList({ changes, names }: { changes: readonly RuleChange[]; names: RuleNames }) {
  if (changes.length === 0) return <p className="quiet">与前一版相同。</p>;
  return (
    <ul className="settings-changes">
      {changes.map((it) => (
        <li key={(it.after ?? it.before)?.id}>
          <span className="tag">{kindWords[kindOf(it)]}</span> {it.before && <del>{ruleWords(it.before, names)}</del>} {it.after && <ins>{ruleWords(it.after, names)}</ins>}
        </li>
      ))}
    </ul>
  );
}
