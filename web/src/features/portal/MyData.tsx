/** What a reporter may ask about himself (我的个人信息): a copy, a correction, an erasure. The code and the telephone that was left are proof enough. */
import { useEffect, useState, type FormEvent } from "react";
import type { OwnRequest } from "../../api/contract";
import { askAboutMyself, copyOwnData, listOwnRequests } from "../../api/privacy";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Busy, Field, Notice } from "../../street/controls";

type What = "copy" | "correct" | "erase";
const words: Record<What, { label: string; hint: string; button: string; busy: string; done: string }> = {
  copy: { label: "下载一份副本", hint: "下载这件上报里保存的全部内容，包括谁在什么时候查看过您的联系方式。没有留电话的，不用填。", button: "下载", busy: "正在生成…", done: "已开始下载。" },
  correct: { label: "更正姓名或电话", hint: "填写更正后的内容，工作人员核实后更正，30 天内答复。", button: "提交更正请求", busy: "正在提交…", done: "已收到，办理结果会显示在下面。" },
  erase: { label: "删除我留下的姓名和电话", hint: "核对一致后立即删除，谁也无法恢复。删除后工作人员不能再打电话问您，这件上报照常办理。", button: "永久删除", busy: "正在删除…", done: "已经删除，谁也无法恢复。凭查询码仍可看进度。" },
};

export function MyData({ code, done }: { code: string; done: () => void }) {
  const [what, setWhat] = useState<What>("copy");
  const [value, setValue] = useState({ telephone: "", name: "", new_telephone: "" });
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<{ field: string; words: string } | null>(null);
  const [said, setSaid] = useState("");
  const [asked, setAsked] = useState<OwnRequest[]>([]);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const stop = new AbortController();
    listOwnRequests(code, stop.signal).then((it) => setAsked(it.items), () => undefined);
    return () => stop.abort();
  }, [code, opened, said]);

  const type = (name: keyof typeof value) => (event: { target: { value: string } }) => { setValue((old) => ({ ...old, [name]: event.target.value })); setProblem(null); };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const telephone = value.telephone.trim();
    if (what !== "copy" && !telephone) { setProblem({ field: "telephone", words: "请填写上报时留下的电话。" }); return; }
    setSending(true);
    setProblem(null);
    setSaid("");
    try {
      if (what === "copy") await copyOwnData(code, telephone);
      else await askAboutMyself(code, { kind: what, telephone, ...(what === "correct" ? { ...(value.name.trim() ? { name: value.name.trim() } : {}), ...(value.new_telephone.trim() ? { new_telephone: value.new_telephone.trim() } : {}) } : {}) });
      setSaid(words[what].done);
      setValue({ telephone: "", name: "", new_telephone: "" });
      if (what === "erase") done();
    } catch (error) {
      const failed = asProblem(error);
      const field = ["telephone", "name", "new_telephone"].find((it) => failed.field(it)) ?? "telephone";
      setProblem({ field, words: failed.field(field) ?? failed.message });
    } finally {
      setSending(false);
    }
  };
  const wrong = (field: string) => (problem?.field === field ? problem.words : undefined);
  return (
    <details className="card part-more" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>我的个人信息</summary>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className="choices">
          <legend>您想做什么</legend>
          {(Object.keys(words) as What[]).map((it) => (
            <label key={it}><input type="radio" name="my-data" checked={it === what} onChange={() => { setWhat(it); setProblem(null); setSaid(""); }} />{words[it].label}</label>
          ))}
        </fieldset>
        <p className="muted">{words[what].hint}</p>
        <Field label="上报时留下的电话" optional={what === "copy"} error={wrong("telephone")}>
          {(ids) => <input {...ids} className="input" type="tel" inputMode="tel" autoComplete="tel" maxLength={30} value={value.telephone} onChange={type("telephone")} />}
        </Field>
        {what === "correct" && <>
          <Field label="更正后的姓名" optional error={wrong("name")}>{(ids) => <input {...ids} className="input" autoComplete="name" maxLength={40} value={value.name} onChange={type("name")} />}</Field>
          <Field label="更正后的电话" optional error={wrong("new_telephone")}>{(ids) => <input {...ids} className="input" type="tel" inputMode="tel" maxLength={30} value={value.new_telephone} onChange={type("new_telephone")} />}</Field>
        </>}
        <div><button type="submit" className="button" aria-disabled={sending}>{sending ? <Busy words={words[what].busy} /> : words[what].button}</button></div>
        {said && <Notice kind="good" live>{said}</Notice>}
      </form>
      {asked.length > 0 && (
        <ul className="asked" aria-label="我提过的请求">
          {asked.map((it) => (
            <li key={it.number}>
              <strong>{it.kind_label}</strong> <span>{it.state_label}</span> <span className="muted small number">{it.number}</span>
              <p className="small muted">{dateTime(it.received_at)} 收到{it.state === "open" ? `，最迟 ${dateTime(it.due_at)} 答复` : it.decided_at ? `，${dateTime(it.decided_at)} 办结` : ""}</p>
              {it.ground && <p className="small">依据：{it.ground}。{it.reason}</p>}
              {it.state === "refused" && <p className="small muted">不服的，可以依法向人民法院提起诉讼（个人信息保护法第五十条）。</p>}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
