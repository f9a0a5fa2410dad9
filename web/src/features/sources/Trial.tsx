/** A message of the other system, pasted to see what it would say (试读报文). Nothing of it is kept. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { useMemo } from "react";
import { previewMessage } from "../../api/sources";
import type { ReadMessage } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { useClasses } from "../catalogue/classes";
import { fieldWord, leavesOf, trimmed, type Mapping, type Pasted } from "./mapping";

export function Trial({ code, mapping, text, setText, pasted, focused, place, check }: {
  code: string; mapping: Mapping; text: string; setText: (text: string) => void; pasted: Pasted; focused: string | null;
  /** Puts a pointer where the person last was among the fields. */
  place: (pointer: string) => void;
  /** Shows the faults of the mapping; false when there are any. */
  check: () => boolean;
}) {
  const leaves = useMemo(() => (pasted.message ? leavesOf(pasted.message) : []), [pasted]);
  const taken = useMemo(() => new Map(Object.entries(trimmed(mapping)).map(([field, pointer]) => [pointer, fieldWord(field)])), [mapping]);
  const read = useMutation({ mutationFn: () => previewMessage(code, trimmed(mapping), text) });
  const empty = Object.keys(trimmed(mapping)).length === 0;
  return (
    <div className="trial">
      <label htmlFor="trial-message">粘贴一条对方的报文（JSON）<small>只用来核对，不保存</small></label>
      <Input.TextArea id="trial-message" className="mono" rows={leaves.length > 0 ? 5 : 10} value={text} spellCheck={false} status={pasted.fault ? "error" : ""} placeholder={'{\n  "data": { "orderNo": "…", "content": "…" }\n}'} onChange={(event) => { setText(event.target.value); read.reset(); }} />
      {pasted.fault && <p className="field-fault" role="alert">{pasted.fault}</p>}
      {leaves.length > 0 && (
        <>
          <p className="quiet">{focused ? <>点一项，填到“{fieldWord(focused)}”：</> : "先点要填的一栏，再点这里的一项："}</p>
          <ul className="leaves" aria-label="报文中的各项">
            {leaves.map((it) => (
              <li key={it.pointer}>
                <button type="button" disabled={!focused} onClick={() => place(it.pointer)}>
                  <code>{it.pointer}</code><span>{it.text === "" ? "（空）" : it.text}</span>{taken.has(it.pointer) && <em>{taken.get(it.pointer)}</em>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="trial-foot">
        <Button disabled={!pasted.message || empty} loading={read.isPending} onClick={() => { if (check()) read.mutate(); }}>试读报文</Button>
        <span className="quiet">{!pasted.message ? "粘贴报文后可以试读" : empty ? "先填字段对应" : ""}</span>
      </div>
      <div aria-live="polite">
        {read.error && <Refused error={read.error} />}
        {read.data && <ReadAs of={read.data} />}
      </div>
    </div>
  );
}

function Refused({ error }: { error: unknown }) {
  const problem = asProblem(error);
  const fields = problem.fields.filter((it) => it.detail !== problem.message);
  return <Alert type="error" showIcon title={problem.message} {...(fields.length > 0 ? { description: fields.map((it) => <div key={it.field}>{fieldWord(it.field)}：{it.detail}</div>) } : {})} />;
}

function ReadAs({ of }: { of: ReadMessage }) {
  const classes = useClasses();
  const name = classes.data?.items.find((it) => it.kind === "matter" && it.code === of.class_code)?.name;
  return (
    <section className="read-as" aria-label="读出的线索">
      <h4>读出的线索</h4>
      <dl className="facts">
        <dt>来源编号</dt><dd className="mono">{of.source_key}</dd>
        {of.title && <><dt>标题</dt><dd>{of.title}</dd></>}
        <dt>反映内容</dt><dd className="read-words">{of.description}</dd>
        <dt>地址</dt><dd>{of.address ?? "—"}</dd>
        <dt>位置</dt><dd>{!of.has_position ? "没有坐标，受理时在地图上标" : of.grid ? <>落在单元网格 <span className="mono">{of.grid}</span></> : "有坐标，但不在本区的网格内，请核对坐标系"}</dd>
        <dt>类别</dt><dd>{of.class_code ? `${name ?? ""} ${of.class_code}`.trim() : "—"}</dd>
        <dt>发生时间</dt><dd>{dateTime(of.occurred_at)}</dd>
        <dt>姓名、电话</dt><dd>{[of.has_name && "有姓名", of.has_telephone && "有电话"].filter(Boolean).join("、") || "都没有"}</dd>
      </dl>
    </section>
  );
}
