/** Finding a phrase for a field and putting it in, by keyboard: words, arrows, Enter. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { App, Input, Modal } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import { listPhrases, takePhrase } from "../../api/documents";
import { asProblem } from "../../api/problem";
import { labelOf } from "../documents/fields";
import "./phrases.css";

interface Of { docket: string; kind: string; field: string; data: unknown; put: (text: string) => void; close: () => void }

export function PhrasePicker({ docket, kind, field, data, put, close }: Of) {
  const { message } = App.useApp();
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => { const timer = setTimeout(() => { setAsked(words.trim()); setAt(0); }, 200); return () => clearTimeout(timer); }, [words]);
  const ask = { kind, field, state: "published", q: asked };
  const query = useQuery({ queryKey: ["phrases", ask], placeholderData: keepPreviousData, queryFn: ({ signal }) => listPhrases(ask, signal) });
  const items = (query.data?.items ?? []).slice(0, 20);
  const take = async (index: number) => {
    const of = items[index];
    if (!of || busy) return;
    setBusy(true);
    try {
      const { text, open } = await takePhrase(of.id, docket, data);
      put(text);
      if (open.length > 0) void message.warning(`还要填写：${open.join("、")}`);
    } catch (error) {
      void message.error(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) { event.preventDefault(); setAt((now) => Math.max(0, Math.min(items.length - 1, now + step))); }
    if (event.key === "Enter") { event.preventDefault(); void take(at); }
  };
  return (
    <Modal open title={`用语：${labelOf(field)}`} footer={null} onCancel={close} width={640} destroyOnHidden>
      <Input autoFocus aria-label="查找用语" role="combobox" aria-expanded aria-controls="phrases-found" aria-activedescendant={items[at] ? `phrase-${items[at].id}` : undefined} placeholder="名称或内容，上下键选择，回车插入" value={words} maxLength={40} onChange={(event) => setWords(event.target.value)} onKeyDown={key} />
      <ul id="phrases-found" role="listbox" aria-label="找到的用语" className="phrases-found">
        {items.map((it, index) => (
          <li key={it.id} id={`phrase-${it.id}`} role="option" aria-selected={index === at} onMouseEnter={() => setAt(index)} onClick={() => void take(index)}>
            <b>{it.title}</b><small className="quiet">{it.own ? "本人" : "机关"}，使用 {it.used} 次</small><span>{it.text}</span>
          </li>
        ))}
      </ul>
      {items.length === 0 && !query.isPending && <p className="quiet">{query.error ? asProblem(query.error).message : "没有这个填写项的用语；在“规则设置 › 用语库”里新增。"}</p>}
    </Modal>
  );
}
