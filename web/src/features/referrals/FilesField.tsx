/** Files that travel while the form is filled in, and go on where they stopped; `value` is what has arrived. */
import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Progress } from "antd";
import { useRef, useState } from "react";
import { sendReferralFile, type SentFile } from "../../api/referrals";
import { asProblem } from "../../api/problem";

const LARGEST = 512 * 1024 ** 2;
const MOST = 20;

interface Travelling { key: number; file: File; remembered: { upload?: string }; share: number; stuck?: string; sent?: SentFile }

export function FilesField({ id, onChange, busy }: { id?: string; value?: SentFile[]; onChange?: (files: SentFile[]) => void; busy?: (travelling: boolean) => void }) {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const all = useRef<Travelling[]>([]);
  const serial = useRef(0);
  const [, draw] = useState(0);

  function told() {
    draw((it) => it + 1);
    busy?.(all.current.some((it) => !it.sent && !it.stuck));
    onChange?.(all.current.flatMap((it) => (it.sent ? [it.sent] : [])));
  }
  function send(one: Travelling) {
    delete one.stuck;
    const upload = sendReferralFile(one.file, one.remembered, (share) => { one.share = share; draw((it) => it + 1); });
    upload.then((id) => { one.sent = { upload: id, name: one.file.name }; told(); }, (error: unknown) => { one.stuck = asProblem(error).message; told(); });
    told();
  }
  function add(files: FileList | null) {
    for (const file of files ?? []) {
      if (file.size > LARGEST) { void message.error(`“${file.name}”超过 512 MB，请分卷后再上传`); continue; }
      if (all.current.length >= MOST) { void message.error(`一次最多 ${MOST} 个文件，可以分几次补充`); break; }
      const one: Travelling = { key: serial.current += 1, file, remembered: {}, share: 0 };
      all.current.push(one);
      send(one);
    }
    if (input.current) input.current.value = "";
  }
  return (
    <>
      <input ref={input} type="file" multiple hidden aria-label="选择材料" onChange={(event) => add(event.target.files)} />
      <Button {...(id ? { id } : {})} icon={<UploadOutlined />} onClick={() => input.current?.click()}>添加文件</Button>
      {all.current.length > 0 && (
        <ul className="referral-sent">
          {all.current.map((it) => (
            <li key={it.key}>
              <span>{it.file.name}</span>
              <Button size="small" onClick={() => { all.current = all.current.filter((one) => one !== it); told(); }}>移除</Button>
              {it.stuck ? <span role="alert">没有传完：{it.stuck} <Button size="small" onClick={() => send(it)}>接着传</Button></span> : !it.sent && <Progress percent={Math.floor(it.share * 100)} size="small" aria-label={`${it.file.name} 上传进度`} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
