/** A send that waits: what it says, why it stopped, and what the person wants done about it. Nothing is dropped silently. */
import { useEffect, useState } from "react";
import type { Lead } from "../../api/contract";
import { dateTime } from "../../format/time";
import { stateWords } from "../../format/words";
import { kept, type KeptPhoto, type Send } from "../../offline/database";
import { discard, sendAgain } from "../../offline/queue";
import { announce, kick } from "../../offline/run";
import { Busy, Field, Notice, Sheet } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { useBytesUrl } from "../../street/photos";
import { usePerson } from "./device";
import { stateOf } from "./Me";
import { go } from "./route";
import { Back } from "./Task";
import { keptLead } from "./tasks";

const wordFields = ["description", "note", "reason", "text"] as const;

export function Stopped({ seq }: { seq: number }) {
  const { queue, say } = usePerson();
  const send = queue.sends.find((it) => it.seq === seq);
  if (!queue.ready) return <Busy words="正在打开…" />;
  if (!send) return <div className="stack"><Back to="#/me" words="我的" /><Notice kind="good">这一件已经发出去，或已放弃。</Notice></div>;
  return <Waiting key={send.seq} send={send} say={say} />;
}

function Waiting({ send, say }: { send: Send; say: (words: string) => void }) {
  const name = wordFields.find((it) => typeof send.body[it] === "string");
  const [words, setWords] = useState(name ? String(send.body[name]) : "");
  const [lead, setLead] = useState<Lead | null>(null);
  const [photos, setPhotos] = useState<KeptPhoto[]>([]);
  const [dropping, setDropping] = useState(false);
  useEffect(() => {
    let gone = false;
    void (async () => {
      const db = await kept();
      const found = await db.getAllFromIndex("photos", "send", send.id);
      const known = send.lead ? await keptLead(send.lead.id) : undefined;
      if (!gone) {
        setPhotos(found);
        setLead(known ?? null);
      }
    })();
    return () => { gone = true; };
  }, [send.id, send.lead, send.state]);

  const again = async () => {
    const body = name ? { ...send.body, [name]: words.trim() } : send.body;
    await sendAgain(await kept(), send.seq, { body, ...(send.state === "conflict" && lead ? { version: lead.version } : {}) });
    announce();
    void kick();
    say(navigator.onLine ? "正在重新发送" : "已存好，有网络就发");
    go("#/me", "replace");
  };
  const drop = async () => {
    await discard(await kept(), send.seq);
    announce();
    void kick();
    say("已放弃");
    go("#/me", "replace");
  };
  const offer = lead?.offers.find((it) => it.verb === send.verb);
  const hopeless = send.state === "conflict" && lead !== null && !offer?.allowed;
  const said = verdicts(send.body);
  return (
    <div className="act">
      <Back to="#/me" words="我的" />
      <header><h1>{send.label}</h1><p className="muted">{send.title}{send.lead && <span className="number"> · {send.lead.number}</span>}</p></header>
      {send.state === "waiting" && <Notice icon="send"><span>{stateOf(send)}。{send.problem ? `上次：${send.problem.detail}` : "已存在手机上，有网络就发。"}</span></Notice>}
      {send.state === "refused" && <Notice kind="bad"><b>没有通过</b><span>{send.problem?.detail}</span>{send.problem?.citation && <span className="small">依据：{send.problem.citation}</span>}</Notice>}
      {send.state === "conflict" && (
        <Notice kind="warn">
          <b>您提交之前，这件任务变了</b>
          {lead ? <span>现在是“{stateWords[lead.state]}”{lead.holder?.unit ? `，在${lead.holder.unit.name}` : ""}。{offer?.allowed ? "这一步现在仍然可以办。" : `现在不能“${send.label}”${offer?.reason ? `：${offer.reason}` : "。"}`}</span> : <span>联网后可以看到现状。</span>}
          {send.lead && <a className="button button-small" href={`#/task/${send.lead.id}`}>看任务现状</a>}
        </Notice>
      )}
      {said && <p className="task-text">您的结论：<b>{said}</b></p>}
      {name && <Field label="您写的">{(ids) => <textarea {...ids} className="input" rows={4} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>}
      {photos.length > 0 && <ul className="photos" aria-label="照片">{photos.map((it, index) => <li key={it.id} className="photo"><KeptImage photo={it} words={`照片 ${index + 1}`} /></li>)}</ul>}
      <p className="muted small">{dateTime(send.made_at)} 在手机上做的</p>
      <div className="actions">
        <button type="button" className={hopeless ? "button button-wide" : "button button-primary button-large button-wide"} onClick={() => void again()}>
          <Icon name="send" />{hopeless ? "仍然试一次" : send.state === "conflict" ? "按现状仍然提交" : send.state === "refused" ? (name ? "改好了，重新发送" : "重新发送") : "立即发送"}
        </button>
        <div className="actions-rest"><button type="button" className="button button-danger" onClick={() => setDropping(true)}><Icon name="trash" size={22} />放弃这一件</button></div>
      </div>
      {dropping && (
        <Sheet title="放弃这一件？" onClose={() => setDropping(false)}>
          <p>写的话和 {send.photos.length} 张照片会从手机上删除，不能恢复。</p>
          <button type="button" className="button button-danger button-wide" onClick={() => void drop()}>放弃并删除</button>
          <button type="button" className="button button-wide" onClick={() => setDropping(false)}>留着</button>
        </Sheet>
      )}
    </div>
  );
}

function verdicts(body: Send["body"]): string {
  if (typeof body.genuine === "boolean") return body.genuine ? "情况属实" : "不属实";
  if (typeof body.passed === "boolean") return body.passed ? "已处理好" : "没处理好";
  if (typeof body.hours === "number") return `延期 ${body.hours} 小时`;
  return "";
}

function KeptImage({ photo, words }: { photo: KeptPhoto; words: string }) {
  const url = useBytesUrl(photo.data, photo.type);
  return url ? <img src={url} alt={words} /> : null;
}
