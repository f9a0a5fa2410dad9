/** Photos of a form at the desk: each travels as soon as it is chosen. */
import { App, Button } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";

export function PhotoField({ value = [], onChange, label, most = 12 }: { value?: string[]; onChange?: (ids: string[]) => void; label: string; most?: number }) {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const field = useId();
  const [busy, setBusy] = useState(false);
  // The server shows a photo only as part of something; until then the page shows its own bytes.
  const [shown, setShown] = useState<Record<string, string>>({});
  const kept = useRef(shown);
  useEffect(() => { kept.current = shown; }, [shown]);
  useEffect(() => () => { for (const address of Object.values(kept.current)) URL.revokeObjectURL(address); }, []);
  async function choose(files: FileList | null) {
    setBusy(true);
    const ids = [...value];
    for (const file of [...(files ?? [])].slice(0, most - ids.length)) {
      try {
        const { id } = await uploadFile(file);
        if (ids.includes(id)) continue;
        ids.push(id);
        setShown((all) => ({ ...all, [id]: URL.createObjectURL(file) }));
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
      {value.map((id, index) => <button key={id} type="button" className="link" title="点击移除" aria-label={`移除照片 ${index + 1}`} onClick={() => onChange?.(value.filter((it) => it !== id))}><img src={shown[id]} alt="" /></button>)}
      <input ref={input} id={field} type="file" hidden style={{ display: "none" }} multiple accept="image/*" aria-label={label} onChange={(event) => void choose(event.target.files)} />
      {value.length < most && <Button loading={busy} onClick={() => input.current?.click()}>{label}</Button>}
    </div>
  );
}
