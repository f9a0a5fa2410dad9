/** The evidence of a case: what there is, who holds it, and which facts stand on it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag, Tooltip } from "antd";
import { useState } from "react";
import { contentAddress, countEvidenceOver, readEvidence } from "../../api/evidence";
import type { EvidenceItem } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { AddEvidence } from "./AddEvidence";
import { ExcludeDialog, HandOverDialog } from "./ItemDialogs";
import { Matrix } from "./Matrix";
import { Recording } from "./Recording";
import { isPicture, isRecording, size } from "./words";
import "./evidence.css";

export interface Officer { id: string; name: string }

export function CaseEvidence({ caseId, officers }: { caseId: string; officers: readonly Officer[] }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const query = useQuery({ queryKey: ["evidence", caseId], queryFn: ({ signal }) => readEvidence(caseId, signal) });
  const changed = () => { for (const queryKey of [["evidence", caseId], ["case", caseId]]) void client.invalidateQueries({ queryKey }); };
  if (query.isPending) return <Loading rows={6} />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { items, matrix, may_add: mayAdd, refusal } = query.data;
  return (
    <div className="evidence">
      <div className="evidence-head">
        <span className="quiet">{items.length === 0 ? "还没有证据" : `${items.length} 份证据`}</span>
        {mayAdd ? <Button type="primary" onClick={() => setAdding(true)}>提交证据</Button> : refusal && <span className="quiet">不能提交：{refusal}</span>}
      </div>
      {items.length === 0
        ? <Empty title="还没有证据">现场照片、录像、笔录、书证提交以后按先后编号，随到随算摘要，谁保管、谁移交逐条记录。</Empty>
        : <ol className="evidence-items">{items.map((item) => <Item key={item.id} item={item} items={items} officers={officers} mayAdd={mayAdd} changed={changed} />)}</ol>}
      <Matrix caseId={caseId} matrix={matrix} items={items} mayEdit={mayAdd} changed={changed} />
      {adding && <AddEvidence caseId={caseId} officers={officers} items={items} close={() => setAdding(false)} changed={changed} />}
    </div>
  );
}

function Item({ item, items, officers, mayAdd, changed }: { item: EvidenceItem; items: EvidenceItem[]; officers: readonly Officer[]; mayAdd: boolean; changed: () => void }) {
  const session = useSession();
  const { message, modal } = App.useApp();
  const [dialog, setDialog] = useState<"hand-over" | "exclude" | null>(null);
  const [counting, setCounting] = useState(false);
  const holder = item.custody.at(-1);
  const original = items.find((it) => it.id === item.covers);
  async function countOver() {
    setCounting(true);
    try {
      const { unaltered, digest, counted } = await countEvidenceOver(item.id);
      if (unaltered) void message.success("校验通过：内容与提交时一致");
      else modal.error({ title: "内容与提交时不一致", content: `提交时的摘要 ${digest}，现在的摘要 ${counted}。请立即报告负责人，不要再使用这份证据。` });
    } catch (error) {
      void message.error(asProblem(error).message);
    } finally {
      setCounting(false);
    }
  }
  return (
    <li className={item.excluded ? "evidence-item excluded" : "evidence-item"}>
      <header>
        <span className="evidence-number" aria-label={`证据 ${item.ordinal}`}>{item.ordinal}</span>
        <h3>{item.title}</h3>
        <Tag>{item.kind_label}</Tag>
        {item.form === "copy" && <Tooltip title={`原件存放处：${item.original_at}`}><Tag>复制件</Tag></Tooltip>}
        {original && <Tag>证据 {original.ordinal} 的遮盖副本</Tag>}
        {item.excluded && <Tag color="error">已排除</Tag>}
      </header>
      {isRecording(item) && <Recording item={item} mayMark={mayAdd} changed={changed} />}
      {isPicture(item) && <a href={contentAddress(item.id)} target="_blank" rel="noreferrer"><img className="evidence-picture" src={contentAddress(item.id)} alt={item.title} loading="lazy" /></a>}
      <dl className="facts">
        <dt>取得</dt><dd>{dateTime(item.obtained_at)}{item.place && `，${item.place}`}，{item.manner_label}{item.obtained_by.length > 0 && `（${item.obtained_by.map((it) => it.name).join("、")}）`}</dd>
        <dt>保管</dt><dd>{holder ? `${holder.holder?.name ?? holder.holder_words}${holder.place ? `，${holder.place}` : ""}` : "—"}</dd>
        <dt>文件</dt><dd><a href={contentAddress(item.id)} target="_blank" rel="noreferrer">{size(item.size)} · {item.media_type}</a></dd>
        <dt>摘要</dt><dd className="mono evidence-digest">{item.digest}{item.sm3 && <><br />{item.sm3}</>}</dd>
        {item.note && <><dt>说明</dt><dd>{item.note}</dd></>}
        {item.excluded && <><dt>排除</dt><dd>{item.excluded.reason}（{item.excluded.by.name}，{dateTime(item.excluded.at)}）</dd></>}
      </dl>
      {item.custody.length > 1 && (
        <details><summary>保管记录 {item.custody.length} 条</summary>
          <ol className="evidence-custody">{item.custody.map((line) => <li key={line.ordinal}>{dateTime(line.noted_at)} {line.holder?.name ?? line.holder_words}{line.place && `，${line.place}`}：{line.reason}<span className="quiet">（{line.noted_by.name} 登记）</span></li>)}</ol>
        </details>
      )}
      <footer>
        <Button size="small" loading={counting} onClick={() => void countOver()}>校验摘要</Button>
        {mayAdd && <Button size="small" onClick={() => setDialog("hand-over")}>移交</Button>}
        {!item.excluded && mayAny(session, ["evidence.exclude"]) && <Button size="small" danger onClick={() => setDialog("exclude")}>排除</Button>}
      </footer>
      {dialog === "hand-over" && <HandOverDialog item={item} officers={officers} close={() => setDialog(null)} changed={changed} />}
      {dialog === "exclude" && <ExcludeDialog item={item} close={() => setDialog(null)} changed={changed} />}
    </li>
  );
}
