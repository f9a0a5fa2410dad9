/** Consent to electronic service: read, name typed, signature drawn; taken back at any time for what is to come. */
import { useState, type FormEvent } from "react";
import type { MyCase } from "../../../api/contract";
import { agreeToElectronicService, sendMyFile, withdrawFromElectronicService } from "../../../api/myCase";
import { asProblem } from "../../../api/problem";
import { dateTime } from "../../../format/time";
import { Busy, Field, Notice, Sheet } from "../../../street/controls";
import { Signature } from "./Signature";

export function Agreement({ of, again }: { of: MyCase; again: () => Promise<void> }) {
  const [open, setOpen] = useState<"sign" | "withdraw" | null>(null);
  const { agreement } = of;
  if (!of.open && !agreement.agreed_at) return null;
  return (
    <section className="card" aria-labelledby="my-agreement">
      <h2 id="my-agreement">电子送达</h2>
      {agreement.agreed_at
        ? <p>您于 {dateTime(agreement.agreed_at)} 同意文书送达到本页面。文书到达的当天就是送达日，请经常来看。</p>
        : <p>同意以后，文书直接送到这个页面，不用等邮寄、上门。不同意也可以，不影响您的任何权利。</p>}
      <div className="row">
        {agreement.agreed_at
          ? <button type="button" className="button button-small" onClick={() => setOpen("withdraw")}>撤回同意</button>
          : <button type="button" className="button" onClick={() => setOpen("sign")}>看确认书，决定是否同意</button>}
      </div>
      {open === "sign" && <Sign words={agreement.words} close={() => setOpen(null)} again={again} />}
      {open === "withdraw" && <Withdraw close={() => setOpen(null)} again={again} />}
    </section>
  );
}

function Sign({ words, close, again }: { words: string; close: () => void; again: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [drawn, setDrawn] = useState<Blob | null>(null);
  const [wrong, setWrong] = useState<{ field: string; words: string } | null>(null);
  const [sending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    if (!name.trim()) { setWrong({ field: "name", words: "请写您的姓名；单位写签字人的姓名。" }); return; }
    if (!drawn) { setWrong({ field: "signature", words: "请在框里手写签名。" }); return; }
    setSending(true);
    setWrong(null);
    try {
      const signature = await sendMyFile(drawn);
      await agreeToElectronicService({ name: name.trim(), signature, words });
      await again();
      close();
    } catch (error) {
      const failed = asProblem(error);
      const field = ["name", "signature"].find((it) => failed.field(it)) ?? "form";
      setWrong({ field, words: failed.field(field) ?? failed.message });
      setSending(false);
    }
  };
  const [title, ...lines] = words.split(/(?=[一二三四五]、)/);
  return (
    <Sheet title="电子送达确认书" onClose={close}>
      <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <div className="my-paper"><b>{title}</b>{lines.map((line) => <p key={line}>{line}</p>)}</div>
        <Field label="姓名" error={wrong?.field === "name" ? wrong.words : undefined}>
          {(ids) => <input {...ids} className="input my-big" autoComplete="name" maxLength={100} value={name} onChange={(event) => { setName(event.target.value); setWrong(null); }} />}
        </Field>
        <Signature drawn={setDrawn} error={wrong?.field === "signature" ? wrong.words : undefined} />
        {wrong?.field === "form" && <Notice kind="bad" live>{wrong.words}</Notice>}
        <button type="submit" className="button button-primary button-large" disabled={sending}>{sending ? <Busy words="正在保存…" /> : "我同意电子送达"}</button>
        <button type="button" className="button button-large" onClick={close}>不同意，返回</button>
      </form>
    </Sheet>
  );
}

function Withdraw({ close, again }: { close: () => void; again: () => Promise<void> }) {
  const [failed, setFailed] = useState("");
  const withdraw = async () => {
    try {
      await withdrawFromElectronicService();
      await again();
      close();
    } catch (error) {
      setFailed(asProblem(error).message);
    }
  };
  return (
    <Sheet title="撤回电子送达同意" onClose={close}>
      <p>撤回以后，新的文书改用上门、邮寄等方式送达；已经送达的不受影响。</p>
      {failed && <Notice kind="bad" live>{failed}</Notice>}
      <button type="button" className="button button-large" onClick={() => void withdraw()}>撤回同意</button>
      <button type="button" className="button button-large button-primary" onClick={close}>不撤回</button>
    </Sheet>
  );
}
