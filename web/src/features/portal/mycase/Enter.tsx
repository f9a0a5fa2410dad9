/** The door: the code on the paper, and the ends of two numbers that the case has on record. */
import { useState, type FormEvent } from "react";
import { enterMyCase } from "../../../api/myCase";
import { asProblem } from "../../../api/problem";
import { Busy, Field, Notice } from "../../../street/controls";

const grouped = (code: string) => code.replace(/\D/g, "").slice(0, 12).replace(/(\d{4})(?=\d)/g, "$1-");

/** The code of the QR stands behind the `#`, which no server is sent; it is taken out of the address at once. */
function fromAddress(): string {
  const code = grouped(decodeURIComponent(location.hash.slice(1)));
  if (location.hash) history.replaceState(null, "", location.pathname);
  return code;
}

export function Enter({ said, entered }: { said: string; entered: () => void }) {
  const [value, setValue] = useState(() => ({ code: fromAddress(), number_end: "", telephone_end: "" }));
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState("");
  const type = (name: keyof typeof value, tidy: (text: string) => string) => (event: { target: { value: string } }) => {
    setValue((old) => ({ ...old, [name]: tidy(event.target.value) }));
    setWrong({});
    setFailed("");
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const lacking: Record<string, string> = {};
    if (value.code.length !== 14) lacking["code"] = "查询码是 12 位数字，请对照文书上的“当事人查询码”。";
    if (value.number_end.length !== 6) lacking["number_end"] = "请填 6 位，末位是字母 X 的也要填。";
    if (value.telephone_end.length !== 4) lacking["telephone_end"] = "请填 4 位数字。";
    setWrong(lacking);
    if (Object.keys(lacking).length > 0) return;
    setSending(true);
    try {
      await enterMyCase(value);
      entered();
    } catch (error) {
      setFailed(asProblem(error).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="stack narrow my-case">
      <h1>我的案件</h1>
      <p className="lead">收到执法文书的，用文书上的查询码进来：看办到哪一步、看文书、说明情况、申请听证、提交证据。</p>
      {said && <Notice kind="good" live>{said}</Notice>}
      <form className="card stack" noValidate onSubmit={(event) => void submit(event)}>
        <Field label="当事人查询码" hint="印在送给您的文书上，12 位数字；扫文书上的二维码会自动填好。" error={wrong["code"]}>
          {(ids) => <input {...ids} className="input number my-big" inputMode="numeric" autoComplete="off" placeholder="0000-0000-0000" value={value.code} onChange={type("code", grouped)} />}
        </Field>
        <Field label="证件号码后六位" hint="个人填身份证号后六位，单位填统一社会信用代码后六位。" error={wrong["number_end"]}>
          {(ids) => <input {...ids} className="input number my-big" autoComplete="off" autoCapitalize="characters" maxLength={6} value={value.number_end} onChange={type("number_end", (text) => text.replace(/[^0-9a-z]/gi, "").toUpperCase())} />}
        </Field>
        <Field label="电话后四位" hint="您留给执法人员的电话。" error={wrong["telephone_end"]}>
          {(ids) => <input {...ids} className="input number my-big" inputMode="numeric" autoComplete="off" maxLength={4} value={value.telephone_end} onChange={type("telephone_end", (text) => text.replace(/\D/g, ""))} />}
        </Field>
        {failed && <Notice kind="bad" live>{failed}</Notice>}
        <button type="submit" className="button button-primary button-large" disabled={sending}>{sending ? <Busy words="正在核对…" /> : "进入"}</button>
      </form>
      <Notice>查询码、证件号码、电话不要告诉别人，执法人员不会打电话来问。查询码不见了，请联系文书上写的承办人重新发放。</Notice>
    </div>
  );
}
