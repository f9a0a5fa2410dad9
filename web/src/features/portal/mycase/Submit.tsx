/** One thing submitted: words and files, a draft on the device meanwhile, a plain warning before anything is given up. */
import { useRef, useState, type FormEvent } from "react";
import type { MyCase, MySubmission, MySubmissionKind } from "../../../api/contract";
import { sendMyFile, submitInMyCase } from "../../../api/myCase";
import { asProblem } from "../../../api/problem";
import { dateTime } from "../../../format/time";
import { newKey } from "../../../offline/id";
import { useDraft } from "../../../offline/useDraft";
import { Busy, Field, Notice, Sheet } from "../../../street/controls";

const titles: Record<MySubmissionKind, string> = {
  defence: "说明情况、提意见（陈述申辩）", defence_waived: "放弃陈述申辩", hearing: "申请听证", hearing_waived: "撤回或者放弃听证", deferral: "申请暂缓或者分期缴纳", recusal: "申请执法人员回避", evidence: "提交证据",
};
const hints: Partial<Record<MySubmissionKind, string>> = {
  defence: "事实是不是这样、处罚是不是太重、有没有特殊情况，想到什么写什么。机关必须听取和复核，不会因为您申辩而加重处罚。",
  hearing: "可以写明希望听证时讲什么，也可以不写。", deferral: "写明困难和打算怎么缴，例如“每月缴一部分，三个月缴清”。困难证明可以拍照上传。",
  recusal: "写明哪一位执法人员、与案件有什么利害关系。机关负责人决定以前，调查不停止。", evidence: "写明这些材料说明什么，也可以不写。承办人收下以后会编入案卷，不收的会告诉您理由。",
};
const warnings: Partial<Record<MySubmissionKind, string[]>> = {
  defence_waived: ["放弃以后，机关可以不再等期限届满就作出处罚决定。", "不放弃没有任何坏处：期限过去，事情一样往下办。", "谁也不能要求您放弃。"],
  hearing_waived: ["放弃以后，机关不再举行听证，您失去当面质证、辩论的机会。", "不能再反悔申请。", "谁也不能要求您放弃。"],
};
const empty = { text: "", files: [] as { id: string; name: string }[], key: "" };

export function Submit({ of, kind, close, done }: { of: MyCase; kind: MySubmissionKind; close: () => void; done: () => Promise<void> }) {
  const draft = useDraft<typeof empty>(`my-case-${of.number}-${kind}`, empty);
  const [sending, setSending] = useState("");
  const [wrong, setWrong] = useState<{ field: string; words: string } | null>(null);
  const [sure, setSure] = useState(false);
  const [receipt, setReceipt] = useState<MySubmission | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const warning = warnings[kind];
  const add = async (files: FileList | null) => {
    for (const file of Array.from(files ?? [])) {
      setSending(`正在上传 ${file.name}…`);
      setWrong(null);
      try {
        const id = await sendMyFile(file);
        draft.edit((old) => ({ ...old, files: [...old.files.filter((it) => it.id !== id), { id, name: file.name }] }));
      } catch (error) {
        setWrong({ field: "files", words: `${file.name}：${asProblem(error).message}` });
      }
    }
    setSending("");
    if (picker.current) picker.current.value = "";
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setWrong(null);
    setSending("正在提交…");
    // The same key until it has arrived: pressed twice on a poor network, it is one.
    const key = draft.value.key || newKey();
    draft.edit({ key });
    try {
      const text = draft.value.text.trim();
      const sent = await submitInMyCase({ kind, ...(text ? { text } : {}), files: draft.value.files.map((it) => it.id), ...(warning ? { express: sure } : {}), client_key: key });
      await draft.clear();
      setReceipt(sent);
      await done();
    } catch (error) {
      const failed = asProblem(error);
      const field = ["text", "files", "express"].find((it) => failed.field(it)) ?? "form";
      setWrong({ field, words: failed.field(field) ?? failed.message });
      // What was refused for itself is written anew; what did not arrive goes again under its key.
      if (failed.status >= 400 && failed.status < 500) draft.edit({ key: "" });
    } finally {
      setSending("");
    }
  };
  if (receipt) {
    return (
      <Sheet title="已经收到" onClose={close}>
        <Receipt of={receipt} number={of.number} />
        <div className="row"><button type="button" className="button" onClick={() => window.print()}>打印回执</button><button type="button" className="button button-primary" onClick={close}>好的</button></div>
      </Sheet>
    );
  }
  return (
    <Sheet title={titles[kind]} onClose={close}>
      <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
        {warning && <Notice kind="warn"><b>请先看清楚您要放弃什么：</b><ul>{warning.map((it) => <li key={it}>{it}</li>)}</ul></Notice>}
        {!warning && (
          <>
            <Field label="内容" hint={hints[kind]} optional={kind === "hearing" || kind === "evidence"} error={wrong?.field === "text" ? wrong.words : undefined}>
              {(ids) => <textarea {...ids} className="input my-text" rows={6} maxLength={10_000} value={draft.value.text} disabled={!draft.ready} onChange={(event) => draft.edit({ text: event.target.value })} />}
            </Field>
            {draft.restored && draft.value.text !== "" && <p className="small muted">上次没写完的内容已经恢复。</p>}
            <Field label="照片或者文件" optional={kind !== "evidence"} hint="照片或者 PDF，每个不超过 20 MB，最多 20 个。" error={wrong?.field === "files" ? wrong.words : undefined}>
              {(ids) => (
                <span className="button button-wide my-pick">
                  选择照片或者文件
                  <input {...ids} ref={picker} type="file" accept="image/jpeg,image/png,image/webp,application/pdf" multiple disabled={sending !== ""} onChange={(event) => void add(event.target.files)} />
                </span>
              )}
            </Field>
            {draft.value.files.length > 0 && (
              <ul className="my-files">
                {draft.value.files.map((it) => <li key={it.id}><span>{it.name}</span><button type="button" className="link" onClick={() => draft.edit((old) => ({ ...old, files: old.files.filter((one) => one.id !== it.id) }))}>去掉</button></li>)}
              </ul>
            )}
          </>
        )}
        {warning && (
          <label className="check"><input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} /><span>我看清楚了，自愿放弃，没有人要求我这样做</span></label>
        )}
        {wrong && !["text", "files"].includes(wrong.field) && <Notice kind="bad" live>{wrong.words}</Notice>}
        {sending && <Busy words={sending} />}
        <button type="submit" className={`button button-large ${warning ? "button-danger" : "button-primary"}`} disabled={sending !== "" || !draft.ready || (warning !== undefined && !sure)}>{warning ? "确认放弃" : "提交"}</button>
        {warning && <button type="button" className="button button-large button-primary" onClick={close}>不放弃，返回</button>}
      </form>
    </Sheet>
  );
}

/** The receipt, to be kept: number, time, what it was and what became of it. */
export function Receipt({ of, number }: { of: MySubmission; number: string }) {
  return (
    <dl className="my-facts my-receipt">
      <dt>回执编号</dt><dd className="number">{of.number}</dd>
      <dt>案件</dt><dd className="number">{number}</dd>
      <dt>事项</dt><dd>{of.kind_label}</dd>
      <dt>收到时间</dt><dd>{dateTime(of.at)}</dd>
      <dt>办理</dt><dd>{of.standing_label}</dd>
      {of.files.length > 0 && <><dt>文件</dt><dd>{of.files.length} 个</dd></>}
    </dl>
  );
}
