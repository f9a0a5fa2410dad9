/** Choosing, pasting or dropping photos; each is sent at once so that the form only carries ids. */
import { CloseOutlined, LoadingOutlined, PlusOutlined } from "@ant-design/icons";
import { useEffect, useId, useRef, useState } from "react";
import { MAX_FILE_BYTES, uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";

export function PhotoInput({ value = [], onChange, label, id }: { value?: string[]; onChange?: (value: string[]) => void; label: string; id?: string }) {
  const own = useId();
  const [sending, setSending] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  // What was chosen is shown from here: the server shows a photo only to those who may see the lead that has it.
  const chosen = useRef(new Map<string, string>());
  useEffect(() => {
    const pictures = chosen.current;
    return () => pictures.forEach((address) => URL.revokeObjectURL(address));
  }, []);

  async function add(files: Iterable<File>) {
    setProblem(null);
    let next = value;
    for (const file of files) {
      if (file.size > MAX_FILE_BYTES) { setProblem(`“${file.name}”超过 20 MB，请压缩后再选。`); continue; }
      setSending((it) => it + 1);
      try {
        const stored = await uploadFile(file);
        if (!chosen.current.has(stored.id)) chosen.current.set(stored.id, URL.createObjectURL(file));
        if (!next.includes(stored.id)) next = [...next, stored.id];
        onChange?.(next);
      } catch (error) {
        setProblem(asProblem(error).message);
      } finally {
        setSending((it) => it - 1);
      }
    }
  }

  return (
    <div
      className="photo-input" onPaste={(event) => { if (event.clipboardData.files.length > 0) void add(event.clipboardData.files); }}
      onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); void add(event.dataTransfer.files); }}
    >
      {value.map((photo, index) => (
        <div key={photo} className="photo-thumb">
          <img src={chosen.current.get(photo)} alt={`${label} ${index + 1}`} />
          <button type="button" aria-label={`移除${label} ${index + 1}`} onClick={() => onChange?.(value.filter((it) => it !== photo))}><CloseOutlined /></button>
        </div>
      ))}
      <label className="photo-add" htmlFor={id ?? own}>
        {sending > 0 ? <LoadingOutlined aria-label="正在上传" /> : <PlusOutlined aria-hidden />}
        <span>{label}</span>
        <input id={id ?? own} type="file" accept="image/jpeg,image/png,image/webp" multiple className="visually-hidden" onChange={(event) => { void add(event.target.files ?? []); event.target.value = ""; }} />
      </label>
      {problem && <p role="alert" className="field-problem">{problem}</p>}
    </div>
  );
}
