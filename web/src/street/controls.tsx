/** Small controls without a library: the portal and the phone must load on a poor network. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

/** A label, its control, and what is wrong with it; the control gets the ids that tie them together. */
export function Field(props: {
  label: string; optional?: boolean; hint?: ReactNode; error?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }) => ReactNode;
}) {
  const id = useId();
  const described = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}{props.optional && <span className="optional">选填</span>}</label>
      {props.hint && <div className="field-hint" id={`${id}-hint`}>{props.hint}</div>}
      {props.children({ id, "aria-describedby": described, "aria-invalid": props.error ? true : undefined })}
      {props.error && <div className="field-error" id={`${id}-error`}>{props.error}</div>}
    </div>
  );
}

const noticeIcons: Record<"info" | "warn" | "bad" | "good", IconName> = { info: "info", warn: "warn", bad: "warn", good: "check" };

/** `live` announces it to a screen reader when it appears. */
export function Notice({ kind = "info", live, icon, children }: { kind?: "info" | "warn" | "bad" | "good"; live?: boolean; icon?: IconName; children: ReactNode }) {
  return (
    <div className={`notice notice-${kind}`} role={live ? (kind === "bad" ? "alert" : "status") : undefined}>
      <Icon name={icon ?? noticeIcons[kind]} />
      <div className="notice-body">{children}</div>
    </div>
  );
}

/** A dialog from the bottom of a phone, in the middle of a wide screen. Escape and the close button leave it. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} className="sheet" aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="sheet-close" aria-label="关闭" onClick={onClose}><Icon name="close" /></button>
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}

/** A photo over the whole screen. */
export function Viewer({ source, words, onClose }: { source: string; words: string; onClose: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={box} className="viewer" aria-label={words} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <img src={source} alt={words} />
      <div className="viewer-bar">
        <span>{words}</span>
        <button type="button" className="button button-small" autoFocus onClick={onClose}><Icon name="close" size={20} />关闭</button>
      </div>
    </dialog>
  );
}

export function Busy({ words }: { words: string }) {
  return <span className="row" role="status"><span className="spin" aria-hidden="true" />{words}</span>;
}
