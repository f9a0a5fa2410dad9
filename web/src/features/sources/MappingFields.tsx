/** Which field of a lead stands where in a message (字段对应), a line a field, with what the pasted message says there. */
import { AutoComplete, Input } from "antd";
import { useState, type ReactNode } from "react";
import { coordinateSystems, isPointer, messageFields, textAt, type Mapping, type MessageField } from "./mapping";

export function MappingFields({ mapping, set, faults, message, focused, focus }: {
  mapping: Mapping; set: (field: string, place: string) => void; faults: Record<string, string>; message: object | undefined; focused: string | null; focus: (field: string) => void;
}) {
  const [all, setAll] = useState(() => messageFields.some((it) => it.seldom && mapping[it.name]));
  return (
    <div className="pointers">
      {messageFields.filter((it) => all || !it.seldom).map((it) => {
        const place = mapping[it.name] ?? "";
        const common = {
          "aria-label": it.label, value: place, placeholder: it.example ?? "不读取", status: faults[it.name] ? "error" as const : "" as const,
          onFocus: () => focus(it.name),
        };
        return (
          <div key={it.name} className={`pointer${focused === it.name ? " pointer-focused" : ""}`}>
            <span>{it.label}{it.required && <em>必填</em>}</span>
            {it.name === "coordinate_system"
              ? <AutoComplete {...common} allowClear options={coordinateSystems} onChange={(to: string | undefined) => set(it.name, to ?? "")} />
              : <Input {...common} allowClear maxLength={200} onChange={(event) => set(it.name, event.target.value)} />}
            <small>{says(it, place, message, faults[it.name])}</small>
          </div>
        );
      })}
      {!all && <button type="button" className="link" onClick={() => setAll(true)}>更多字段：性质、渠道、标签、转办次数、已有答复</button>}
    </div>
  );
}

/** What stands under a line: its fault, what the message says there, or what the field is for. */
function says(field: MessageField, place: string, message: object | undefined, fault: string | undefined): ReactNode {
  if (fault) return <b>{fault}</b>;
  if (message && isPointer(place.trim())) {
    const text = textAt(message, place.trim());
    return text === undefined ? <b>报文里没有这个位置</b> : text === "" ? "空值" : text;
  }
  return field.hint ?? null;
}
