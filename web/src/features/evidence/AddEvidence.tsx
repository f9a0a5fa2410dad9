/** Adding an item: the file travels while the form is filled in, and goes on where it stopped. */
import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Progress, Select } from "antd";
import { useRef, useState } from "react";
import { addEvidence, sendEvidence } from "../../api/evidence";
import type { EvidenceItem, NewEvidence } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { FormDialog } from "../shell/FormDialog";
import type { Officer } from "./CaseEvidence";
import { kinds, manners, size, takesTwo } from "./words";

/** The largest file, in bytes. */
const LARGEST = 4 * 1024 ** 3;

interface Fields { kind: NewEvidence["kind"]; title: string; manner: NewEvidence["manner"]; form: NewEvidence["form"]; original_at?: string; obtained_at: string; place?: string; obtained_by: string[]; note?: string; covers?: string }
interface Travelling { name: string; size: number; share: number; upload: Promise<string>; stuck?: string }

/** `datetime-local` of now, by the clock of the person. */
const now = () => { const at = new Date(); return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16); };

export function AddEvidence({ caseId, officers, items, close, changed }: { caseId: string; officers: readonly Officer[]; items: EvidenceItem[]; close: () => void; changed: () => void }) {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const remembered = useRef<{ file: File; upload?: string } | null>(null);
  const [travelling, setTravelling] = useState<Travelling | null>(null);

  function send(file: File) {
    if (remembered.current?.file !== file) remembered.current = { file };
    const own = remembered.current;
    const step = (change: Partial<Travelling>) => setTravelling((old) => (remembered.current === own && old ? { ...old, ...change } : old));
    const upload = sendEvidence(file, own, (share) => step({ share }));
    upload.then(() => step({ share: 1 }), (error: unknown) => step({ stuck: asProblem(error).message }));
    setTravelling({ name: file.name, size: file.size, share: 0, upload });
  }

  return (
    <FormDialog<Fields>
      open title="提交证据" okText="提交" width={620} close={close}
      initial={{ kind: "audiovisual", manner: "taken", form: "original", obtained_at: now(), obtained_by: officers.slice(0, 2).map((it) => it.id) }}
      save={async ({ obtained_at, original_at, place, note, covers, ...fields }) => {
        if (!travelling) { void message.warning("请先选择文件"); return; }
        const upload = await travelling.upload;
        const words = Object.fromEntries(Object.entries({ place, note, covers, original_at: fields.form === "copy" ? original_at : undefined }).filter(([, value]) => value?.trim()));
        await addEvidence(caseId, { ...fields, ...words, upload, obtained_at: new Date(obtained_at).toISOString() });
        void message.success("已提交");
        changed();
        close();
      }}
    >
      <input ref={input} type="file" hidden aria-label="证据文件" onChange={(event) => {
        const file = event.target.files?.[0];
        if (file && file.size > LARGEST) void message.error("文件超过 4 GB，请分段录制或者分卷后再上传");
        else if (file) send(file);
      }} />
      <Form.Item label="文件" extra="照片、录音录像、文档、电子数据均可，最大 4 GB；断线以后接着传。">
        <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>{travelling ? "换一个文件" : "选择文件"}</Button>
        {travelling && (
          <div className="evidence-travelling">
            <span>{travelling.name}（{size(travelling.size)}）</span>
            {travelling.stuck
              ? <p role="alert">没有传完：{travelling.stuck} <Button size="small" onClick={() => remembered.current && send(remembered.current.file)}>接着传</Button></p>
              : <Progress percent={Math.floor(travelling.share * 100)} size="small" aria-label="上传进度" />}
          </div>
        )}
      </Form.Item>
      <Form.Item name="title" label="证据名称" rules={[{ required: true, whitespace: true, message: "请填写证据名称" }]}><Input maxLength={200} placeholder="如：店外经营现场照片" /></Form.Item>
      <div className="evidence-pair">
        <Form.Item name="kind" label="种类"><Select options={kinds.map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="manner" label="取得方式"><Select options={manners.map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="obtained_at" label="取得时间" rules={[{ required: true, message: "请填写取得时间" }]}><Input type="datetime-local" /></Form.Item>
        <Form.Item name="place" label="取得地点（选填）"><Input maxLength={200} /></Form.Item>
        <Form.Item name="form" label="形式"><Select options={[{ value: "original", label: "原件、原始载体" }, { value: "copy", label: "复制件" }]} /></Form.Item>
        <Form.Item noStyle shouldUpdate={(one: Fields, other: Fields) => one.form !== other.form}>
          {({ getFieldValue }) => getFieldValue("form") === "copy" && <Form.Item name="original_at" label="原件存放处" rules={[{ required: true, whitespace: true, message: "复制件应当注明原件存放处" }]}><Input maxLength={200} /></Form.Item>}
        </Form.Item>
      </div>
      <Form.Item noStyle shouldUpdate={(one: Fields, other: Fields) => one.manner !== other.manner}>
        {({ getFieldValue }) => (
          <Form.Item name="obtained_by" label="取证人" extra="拍摄、提取和制作笔录应当由两名以上执法人员进行（行政处罚法第四十二条第一款）。"
            rules={takesTwo(getFieldValue("manner") as string) ? [{ type: "array", min: 2, message: "请选择两名以上执法人员" }] : []}>
            <Select mode="multiple" options={officers.map((it) => ({ value: it.id, label: it.name }))} />
          </Form.Item>
        )}
      </Form.Item>
      {items.some((it) => !it.covers) && <Form.Item name="covers" label="是哪份证据的遮盖副本（选填）"><Select allowClear options={items.filter((it) => !it.covers).map((it) => ({ value: it.id, label: `证据 ${it.ordinal} ${it.title}` }))} /></Form.Item>}
      <Form.Item name="note" label="说明（选填）"><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
    </FormDialog>
  );
}
