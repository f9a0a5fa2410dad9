/** A recording with its marks: a press on a mark plays from there. */
import { App, Button, Form, Input } from "antd";
import { useRef, useState } from "react";
import { contentAddress, markEvidence } from "../../api/evidence";
import type { EvidenceItem } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";
import { milliseconds, moment } from "./words";

export function Recording({ item, mayMark, changed }: { item: EvidenceItem; mayMark: boolean; changed: () => void }) {
  const { message } = App.useApp();
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [marking, setMarking] = useState<number | null>(null);
  const from = (at: number) => { const it = player.current; if (it) { it.currentTime = at / 1000; void it.play().catch(() => undefined); } };
  const Player = item.media_type.startsWith("video/") ? "video" : "audio";
  return (
    <div className="evidence-recording">
      <Player ref={player} src={contentAddress(item.id)} controls preload="metadata" aria-label={item.title} />
      {item.marks.length > 0 && (
        <ul aria-label="标记">{item.marks.map((it) => <li key={it.id}><Button type="link" size="small" onClick={() => from(it.from_ms)}>{moment(it.from_ms)}{it.until_ms != null && `–${moment(it.until_ms)}`}</Button> {it.words} <span className="quiet">{it.made_by.name}</span></li>)}</ul>
      )}
      {mayMark && <Button size="small" onClick={() => setMarking((player.current?.currentTime ?? 0) * 1000)}>在此处标记</Button>}
      {marking !== null && (
        <FormDialog<{ from: string; until?: string; words: string }>
          open title="标记录音录像" okText="标记" initial={{ from: moment(marking) }} close={() => setMarking(null)}
          save={async ({ from: begin, until, words }) => {
            const end = until?.trim() ? milliseconds(until) : undefined;
            await markEvidence(item.id, { from_ms: milliseconds(begin) ?? -1, ...(end === undefined ? {} : { until_ms: end }), words });
            void message.success("已标记");
            changed();
            setMarking(null);
          }}
        >
          <Form.Item name="from" label="从" rules={[{ required: true, pattern: /^\d{1,3}(:\d{1,2}){0,2}$/, message: "写作 1:05 或者 1:02:05" }]}><Input /></Form.Item>
          <Form.Item name="until" label="到（选填）" rules={[{ pattern: /^\d{1,3}(:\d{1,2}){0,2}$/, message: "写作 1:05 或者 1:02:05" }]}><Input /></Form.Item>
          <Form.Item name="words" label="内容" rules={[{ required: true, whitespace: true, message: "请填写内容" }]}><Input.TextArea rows={2} maxLength={2000} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </div>
  );
}
