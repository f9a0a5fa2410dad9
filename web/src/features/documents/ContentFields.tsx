/** The fields of a document as a form that follows the shape of its sample. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select, Switch } from "antd";
import { useContext, useId, type KeyboardEvent } from "react";
import { phraseFields } from "../phrases/fields";
import { PhraseFinder } from "./phrasing";
import { blank, choices, inOrder, labelOf, parties, shapeOf, type Content, type Fields } from "./fields";

/** `only`: the fields of the sample alone, where the value holds those of other papers of the kind too. */
interface Of { sample: Fields; value: Fields; change: (value: Fields) => void; lacking: ReadonlySet<string>; only?: boolean }

export function ContentFields({ sample, value, change, lacking, only = false }: Of) {
  const fields = inOrder([...new Set([...Object.keys(sample), ...(only ? [] : Object.keys(value))])].filter((field) => field !== "kind" && field !== "part"));
  return (
    <div className="document-fields">
      {fields.map((field) => <Field key={field} field={field} sample={sample[field] ?? value[field] ?? ""} value={value[field] ?? null} lacks={lacking.has(field)} change={(next) => change({ ...value, [field]: next })} />)}
    </div>
  );
}

const nothing: ReadonlySet<string> = new Set();

function Field({ field, sample, value, lacks, change }: { field: string; sample: Content; value: Content; lacks: boolean; change: (value: Content) => void }) {
  const id = useId();
  const shape = shapeOf(field, sample);
  const label = labelOf(field);
  const text = typeof value === "string" ? value : "";
  const find = useContext(PhraseFinder);
  const said = Array.isArray(value) ? value.join("\n") : text;
  const say = (next: string) => change(shape === "paragraphs" ? (next === "" ? [] : next.split("\n")) : next);
  const offers = find !== null && (phraseFields as readonly string[]).includes(field) && ["paragraphs", "long", "line"].includes(shape);
  const wish = () => {
    const input = document.getElementById(id) as HTMLTextAreaElement | null;
    find?.({ field, text: said, from: input?.selectionStart ?? said.length, until: input?.selectionEnd ?? said.length, put: say, input });
  };
  const keyed = (event: KeyboardEvent) => { if (offers && event.ctrlKey && event.key === "/") { event.preventDefault(); wish(); } };
  const wide = ["party", "group", "rows", "paragraphs", "long"].includes(shape);
  if (shape === "party" || shape === "group") {
    const group = (typeof value === "object" && !Array.isArray(value) ? value : null) ?? {};
    const kind = typeof group.kind === "string" ? group.kind : "person";
    return (
      <fieldset className={lacks ? "wide lacking" : "wide"}>
        <legend>{label}</legend>
        {shape === "party" && <Select aria-label={`${label}类型`} value={kind} options={[{ value: "person", label: "公民" }, { value: "organisation", label: "法人或者其他组织" }]} onChange={(next: string) => change({ kind: next, name: group.name ?? "", address: group.address ?? "", telephone: group.telephone ?? "" })} />}
        <ContentFields sample={shape === "party" ? (parties[kind] ?? {}) : (sample as Fields)} value={group} lacking={nothing} change={(next) => change(shape === "party" ? { ...next, kind } : next)} />
      </fieldset>
    );
  }
  if (shape === "rows") {
    const rows = Array.isArray(value) ? (value as Fields[]) : [];
    const first = (sample as Fields[])[0] ?? {};
    return (
      <fieldset className={lacks ? "wide lacking" : "wide"}>
        <legend>{label}</legend>
        {rows.map((row, index) => (
          <div key={index} className="document-row">
            <ContentFields sample={first} value={row} lacking={nothing} change={(next) => change(rows.map((it, at) => (at === index ? next : it)))} />
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={`删除${label}第 ${index + 1} 项`} onClick={() => change(rows.filter((_, at) => at !== index))} />
          </div>
        ))}
        <Button size="small" icon={<PlusOutlined />} onClick={() => change([...rows, blank(first)])}>加一项</Button>
      </fieldset>
    );
  }
  return (
    <div className={`${wide ? "wide" : ""}${lacks ? " lacking" : ""}`}>
      <label htmlFor={id}>{label}{shape === "paragraphs" && <small className="quiet">一行一段</small>}{offers && <Button size="small" type="text" tabIndex={-1} title="Ctrl+/" aria-label={`给${label}插入用语`} onClick={(event) => { event.preventDefault(); wish(); }}>用语</Button>}</label>
      {shape === "paragraphs" && <Input.TextArea id={id} autoSize={{ minRows: 2 }} value={said} onKeyDown={keyed} onChange={(event) => say(event.target.value)} />}
      {shape === "long" && <Input.TextArea id={id} autoSize={{ minRows: 2 }} value={text} onKeyDown={keyed} onChange={(event) => change(event.target.value)} />}
      {shape === "line" && <Input id={id} value={text} onKeyDown={keyed} onChange={(event) => change(event.target.value)} />}
      {shape === "day" && <Input id={id} type="date" value={text} onChange={(event) => change(event.target.value || null)} />}
      {shape === "moment" && <Input id={id} type="datetime-local" value={text.slice(0, 16)} onChange={(event) => change(event.target.value ? `${event.target.value}:00` : null)} />}
      {shape === "choice" && <Select id={id} value={text || null} options={(choices[field] ?? []).map(([code, words]) => ({ value: code, label: words }))} onChange={(next: string) => change(next)} />}
      {shape === "yes" && <Switch id={id} checked={value === true} onChange={(next) => change(next)} />}
      {shape === "number" && <InputNumber id={id} min={0} precision={0} value={typeof value === "number" ? value : null} onChange={(next) => change(next)} />}
      {shape === "money" && <InputNumber id={id} min={0} precision={2} value={typeof value === "number" ? value / 100 : null} onChange={(next) => change(next === null ? null : Math.round(next * 100))} />}
    </div>
  );
}
