/** Taking, choosing and showing photos. The bytes live in the draft; pages decide how they travel. */
import { useEffect, useId, useMemo, useState } from "react";
import { newKey } from "../offline/id";
import { prepare, UnreadablePhoto } from "../offline/photo";
import { Viewer } from "./controls";
import { Icon } from "./Icon";

export interface LocalPhoto {
  id: string; type: string; data: ArrayBuffer; at: string;
  /** Where its upload goes on, and its id once the server has it. */
  upload?: string; file?: string;
}

/** Prepares chosen files one after the other; `complaints` tells which could not be used. */
export async function takePhotos(files: Iterable<File>, room: number, stamp: () => string[] = () => []): Promise<{ photos: LocalPhoto[]; complaints: string[] }> {
  const photos: LocalPhoto[] = [];
  const complaints: string[] = [];
  for (const file of files) {
    if (photos.length >= room) {
      complaints.push("照片已够数，多出的没有加入。");
      break;
    }
    try {
      const done = await prepare(file, stamp());
      photos.push({ id: newKey(), type: done.type, data: done.data, at: new Date().toISOString() });
    } catch (error) {
      complaints.push(error instanceof UnreadablePhoto ? error.message : "有一张照片没能处理，请重新拍摄。");
    }
  }
  return { photos, complaints };
}

/** An address for bytes in memory, given back when it is no longer shown. */
export function useBytesUrl(data: ArrayBuffer | undefined, type: string): string | undefined {
  const url = useMemo(() => (data ? URL.createObjectURL(new Blob([data], { type })) : undefined), [data, type]);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);
  return url;
}

export interface PhotoState { words: string; share?: number; bad?: boolean }

export function PhotoPicker(props: {
  photos: LocalPhoto[]; max: number; label: string;
  onFiles: (files: File[]) => void | Promise<void>;
  onRemove: (id: string) => void;
  state?: (photo: LocalPhoto) => PhotoState | null;
}) {
  const [working, setWorking] = useState(false);
  const hint = useId();
  const room = props.max - props.photos.length;
  const choose = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length === 0) return;
    setWorking(true);
    try { await props.onFiles(files); } finally { setWorking(false); }
  };
  return (
    <div className="stack">
      <ul className="photos" aria-label={props.label}>
        {props.photos.map((photo, index) => (
          <PhotoTile key={photo.id} photo={photo} words={`${props.label} ${index + 1}`} state={props.state?.(photo) ?? null} onRemove={() => props.onRemove(photo.id)} />
        ))}
        {room > 0 && (
          <li className="photo-add photo-add-camera">
            <Icon name="camera" size={34} /><span aria-hidden="true">拍照</span>
            <input type="file" accept="image/*" capture="environment" aria-label={`${props.label}：拍照`} aria-describedby={hint} disabled={working} onChange={(event) => void choose(event.currentTarget)} />
          </li>
        )}
        {room > 0 && (
          <li className="photo-add">
            <Icon name="album" size={34} /><span aria-hidden="true">选照片</span>
            <input type="file" accept="image/*" multiple aria-label={`${props.label}：从相册或文件选择`} disabled={working} onChange={(event) => void choose(event.currentTarget)} />
          </li>
        )}
      </ul>
      <p className="small muted" id={hint} role="status">{working ? "正在处理照片…" : room > 0 ? `最多 ${props.max} 张，还可以加 ${room} 张` : `已有 ${props.max} 张`}</p>
    </div>
  );
}

function PhotoTile({ photo, words, state, onRemove }: { photo: LocalPhoto; words: string; state: PhotoState | null; onRemove: () => void }) {
  const url = useBytesUrl(photo.data, photo.type);
  const [open, setOpen] = useState(false);
  return (
    <li className="photo">
      <button type="button" className="photo-open" aria-label={`放大${words}`} onClick={() => setOpen(true)}>{url && <img src={url} alt={words} />}</button>
      <button type="button" className="photo-remove" aria-label={`删除${words}`} onClick={onRemove}><span><Icon name="close" size={18} /></span></button>
      {state && <div className="photo-state">{state.words}</div>}
      {state?.share !== undefined && <div className="photo-bar" style={{ width: `${Math.round(state.share * 100)}%` }} />}
      {open && url && <Viewer source={url} words={words} onClose={() => setOpen(false)} />}
    </li>
  );
}
