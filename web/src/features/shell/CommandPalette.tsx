/** Ctrl K: go anywhere, find any lead. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { listLeads } from "../../api/leads";
import { Lamp } from "../../components/Light";
import { stateWords } from "../../format/words";
import { useSession } from "../session/session";
import { places } from "./navigation";

interface Choice { key: string; label: React.ReactNode; hint: string; run: () => void }

export function CommandPalette({ open, close, commands }: { open: boolean; close: () => void; commands: { label: string; hint: string; run: () => void }[] }) {
  const session = useSession();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 180);
    return () => clearTimeout(timer);
  }, [text]);

  const found = useQuery({
    queryKey: ["leads", "palette", asked], enabled: open && asked.length >= 2, queryFn: ({ signal }) => listLeads({ q: asked, limit: 8 }, signal), staleTime: 10_000,
  });

  const choices = useMemo<Choice[]>(() => {
    const word = text.trim().toLowerCase();
    const matches = (it: { label: string; words?: string }) => word === "" || `${it.label} ${it.words ?? ""}`.toLowerCase().includes(word);
    return [
      ...places.filter((it) => it.allowed(session) && matches(it)).map((it) => ({ key: it.to, label: it.label, hint: "页面", run: () => void navigate({ to: it.to }) })),
      ...commands.filter(matches).map((it) => ({ key: it.label, label: it.label, hint: it.hint, run: it.run })),
      ...(asked.length >= 2 ? found.data?.items ?? [] : []).map((it) => ({
        key: it.id, hint: `${it.number} · ${stateWords[it.state]}`,
        label: <><Lamp light={it.light} size={10} /> {it.title}</>, run: () => void navigate({ to: "/leads/$id", params: { id: it.id } }),
      })),
    ];
  }, [text, asked, found.data, session, navigate, commands]);

  const marked = Math.min(at, Math.max(0, choices.length - 1));
  useEffect(() => { list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [marked]);

  const run = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    choice.run();
  };

  return (
    <Modal open={open} onCancel={close} footer={null} closable={false} width={600} style={{ top: 96 }} className="palette" destroyOnHidden afterClose={() => { setText(""); setAt(0); }} aria-label="命令面板">
      <input
        className="palette-input" autoFocus role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label="搜索页面、命令或线索"
        aria-activedescendant={choices[marked] ? `palette-${marked}` : undefined}
        placeholder="搜索页面、命令，或输入编号、地址、内容查线索" value={text} onChange={(event) => { setText(event.target.value); setAt(0); }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") { event.preventDefault(); setAt(Math.min(marked + 1, choices.length - 1)); }
          if (event.key === "ArrowUp") { event.preventDefault(); setAt(Math.max(marked - 1, 0)); }
          if (event.key === "Enter" && !event.nativeEvent.isComposing) run(choices[marked]);
        }}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label="结果" ref={list}>
        {choices.map((it, index) => (
          <div key={it.key} id={`palette-${index}`} role="option" aria-selected={index === marked} onMouseMove={() => setAt(index)} onClick={() => run(it)}>
            <span>{it.label}</span><small>{it.hint}</small>
          </div>
        ))}
        {choices.length === 0 && <p>{found.isFetching ? "正在查找…" : "没有匹配的页面或线索。"}</p>}
      </div>
    </Modal>
  );
}
