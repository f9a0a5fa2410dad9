/** Photos of a form at the desk: each travels as soon as it is chosen. */
import { App, Button } from "antd";
import { useId, useRef, useState } from "react";
import { thumbnailAddress, uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";

export function PhotoField({ value = [], onChange, label, most = 12 }: { value?: string[]; onChange?: (ids: string[]) => void; label: string; most?: number }) {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const field = useId();
  const [busy, setBusy] = useState(false);
  async function choose(files: FileList | null) {
    setBusy(true);
    const ids = [...value];
    for (const file of [...(files ?? [])].slice(0, most - ids.length)) {
      try {
        ids.push((await uploadFile(file)).id);
      } catch (error) {
        void message.error(`${file.name}：${asProblem(error).message}`);
      }
    }
    setBusy(false);
    onChange?.(ids);
    if (input.current) input.current.value = "";
  }
  return (
    <div className="property-photos">
      {value.map((id, index) => <button key={id} type="button" className="link" title="点击移除" aria-label={`移除照片 ${index + 1}`} onClick={() => onChange?.(value.filter((it) => it !== id))}><img src={thumbnailAddress(id)} alt="" /></button>)}
      <input ref={input} id={field} type="file" hidden multiple accept="image/*" aria-label={label} onChange={(event) => void choose(event.target.files)} />
      {value.length < most && <Button loading={busy} onClick={() => input.current?.click()}>{label}</Button>}
    </div>
  );
}
