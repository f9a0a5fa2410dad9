/** The verdict (研判) on a sighting: right, and it becomes a lead, or wrong. */
import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Select } from "antd";
import { useEffect } from "react";
import type { Sighting } from "../../api/contract";
import { dateTime } from "../../format/time";
import { useClassOptions } from "../catalogue/classes";

export type Judgement = "confirm" | "dismiss";
interface Values { class_code?: string; note?: string }

export function Verdict({ of, last, busy, allowed, judge, registerSubmit }: {
  of: Sighting;
  /** What was judged just before: its lead can still be opened. */
  last: Sighting | null; busy: Judgement | null; allowed: boolean;
  judge: (how: Judgement, values: Values) => void; registerSubmit: (submit: ((how: Judgement) => void) | null) => void;
}) {
  const [form] = Form.useForm<Values>();
  const classes = useClassOptions();
  const waits = of.state === "waiting";
  useEffect(() => {
    registerSubmit(waits && allowed ? (how) => judge(how, form.getFieldsValue()) : null);
    return () => registerSubmit(null);
  });
  return (
    <section className="decision" aria-label="研判">
      {waits ? (
        <>
          <h3>研判</h3>
          <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ class_code: of.class_code }} disabled={!allowed}>
            <Form.Item name="class_code" label="类别（属实时线索按此类别）"><Select showSearch={{ optionFilterProp: "label" }} options={classes} /></Form.Item>
            <Form.Item name="note" label={<>说明（选填）<kbd aria-hidden="true">s</kbd></>}>
              <Input.TextArea id="verdict-note" autoSize={{ minRows: 1, maxRows: 5 }} maxLength={500} placeholder="属实写进线索，误报记为原因" onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }} />
            </Form.Item>
          </Form>
          <div className="verdict-buttons">
            <Button type="primary" disabled={!allowed || busy === "dismiss"} loading={busy === "confirm"} aria-keyshortcuts="y" onClick={() => judge("confirm", form.getFieldsValue())}>属实，转线索<kbd aria-hidden="true">y</kbd></Button>
            <Button disabled={!allowed || busy === "confirm"} loading={busy === "dismiss"} aria-keyshortcuts="n" onClick={() => judge("dismiss", form.getFieldsValue())}>误报<kbd aria-hidden="true">n</kbd></Button>
          </div>
          {!allowed && <p className="quiet">研判由受理员和值班长办理，您可以查看。</p>}
        </>
      ) : <Judged of={of} />}
      {last && (
        <p className="verdict-last" role="status">
          上一条 {last.kind_name}：{last.verdict_label}
          {last.lead_id ? <>，线索 <Link to="/leads/$id" params={{ id: last.lead_id }} className="mono">{last.lead_number}</Link></> : last.verdict === "confirmed" && "，几秒后转为线索"}
        </p>
      )}
    </section>
  );
}

function Judged({ of }: { of: Sighting }) {
  return (
    <>
      <h3>{of.state_label}</h3>
      <dl className="facts">
        {of.verdict_label && <><dt>研判</dt><dd>{of.verdict_label}{of.verdict_by ? `（${of.verdict_by}）` : of.verdict && "（按线索的结果）"}</dd></>}
        {of.automatic && <><dt>转线索</dt><dd>自动，未经人工研判</dd></>}
        {of.verdict_at && <><dt>研判时间</dt><dd>{dateTime(of.verdict_at)}</dd></>}
        {of.note && <><dt>说明</dt><dd>{of.note}</dd></>}
        {of.lead_id ? <><dt>线索</dt><dd><Link to="/leads/$id" params={{ id: of.lead_id }} className="mono">{of.lead_number ?? "打开线索"}</Link> <kbd aria-hidden="true">o</kbd></dd></>
          : of.state === "approved" && <><dt>线索</dt><dd>正在生成，几秒后出现</dd></>}
        {of.gone_at && <><dt>看不到了</dt><dd>{dateTime(of.gone_at)}</dd></>}
        {of.closing_left && <><dt>自动结案</dt><dd>没有办成，由人办理：{of.closing_left}</dd></>}
        <dt>类别</dt><dd>{of.class_name ?? "—"} <span className="mono quiet">{of.class_code}</span></dd>
      </dl>
    </>
  );
}
