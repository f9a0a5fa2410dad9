/** One source, set up or changed: its words, its limits, how its messages are read, and the way back. */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, Input, Select, Switch, Typography } from "antd";
import { useEffect, useMemo, useState } from "react";
import { messageAddress, saveSource } from "../../api/sources";
import type { Id, Source, SourceInput, SourceKind, SourceLimit } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { sourceKindWords } from "../../format/words";
import { usePeopleOfRole } from "../organisation/units";
import { differences } from "../settings/history";
import { fieldErrors } from "../shell/Page";
import { LimitInput } from "./LimitInput";
import { MappingFields } from "./MappingFields";
import { faultsOf, readPasted, trimmed, type Mapping } from "./mapping";
import { inputOfSource, mostSenders, senderOptions, sourcesQuery } from "./sources";
import { Trial } from "./Trial";
import "./sources.css";

interface Fields { code: string; name: string; kind: SourceKind; active: boolean; accept: SourceLimit | null; reply: SourceLimit | null; reply_url: string; senders: Id[] }

/** The kinds that a city adds: reports of its own people and machines come by the program's own ways. */
const outsideKinds: SourceKind[] = ["orders", "petitions", "proposals", "media", "systems"];
const codePattern = /^[a-z][a-z0-9-]{1,31}$/;

const fieldsOf = (of: Source | null): Fields => ({
  code: of?.code ?? "", name: of?.name ?? "", kind: of?.kind ?? "orders", active: of?.active ?? true, accept: of?.accept ?? null, reply: of?.reply ?? null, reply_url: of?.reply_url ?? "",
  senders: (of?.senders ?? []).map((it) => it.id),
});
const inputOf = ({ code: _, ...fields }: Fields, mapping: Mapping): SourceInput => {
  const outside = outsideKinds.includes(fields.kind);
  return { ...fields, name: fields.name.trim(), mapping: outside ? trimmed(mapping) : {}, reply_url: outside ? fields.reply_url.trim() || null : null, senders: outside ? fields.senders : [] };
};

/** `of` is null for a new one. */
export function SourceDrawer({ of: current, sources, close }: { of: Source | null; sources: readonly Source[]; close: () => void }) {
  // The list may be read anew while the drawer is open; what the person began with stays.
  const [of] = useState(current);
  const [base, setBase] = useState(current);
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [open, setOpen] = useState(true);
  const [form] = Form.useForm<Fields>();
  const initial = useMemo(() => fieldsOf(of), [of]);
  const fields = { ...initial, ...(Form.useWatch([], form) as Partial<Fields> | undefined) };
  const [mapping, setMapping] = useState<Mapping>(of?.mapping ?? {});
  const [focused, setFocused] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const [seen, setSeen] = useState(of?.version ?? 0);
  const [theirs, setTheirs] = useState<Source | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const pasted = useMemo(() => readPasted(text), [text]);
  const outside = outsideKinds.includes(fields.kind);
  const machines = usePeopleOfRole(outside ? "machine" : undefined);
  // Whom somebody else named meanwhile is called by name too.
  const accounts = useMemo(() => senderOptions(machines.data?.items ?? [], [...(of?.senders ?? []), ...(theirs?.senders ?? []).filter((it) => !of?.senders?.some((one) => one.id === it.id))]), [machines.data, of, theirs]);
  const faults = checked ? faultsOf(mapping) : {};
  const same = (input: SourceInput, other: SourceInput) => JSON.stringify(input) === JSON.stringify(other);
  const dirty = fields.code !== initial.code || !same(inputOf(fields, mapping), inputOf(fieldsOf(base), base?.mapping ?? {}));
  const code = of?.code ?? fields.code;

  useEffect(() => {
    if (!dirty || !open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty, open]);

  function leave() {
    if (dirty) void modal.confirm({ title: "放弃没有保存的修改？", okText: "放弃修改", cancelText: "继续编辑", onOk: () => setOpen(false) });
    else setOpen(false);
  }

  function check(): boolean {
    setChecked(true);
    return Object.keys(faultsOf(mapping)).length === 0;
  }

  async function submit(typed: Fields) {
    if (outside && !check()) {
      document.querySelector(".pointers")?.scrollIntoView({ block: "start" });
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const saved = await saveSource(code, inputOf({ ...initial, ...typed }, mapping), seen);
      void client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success(`已保存：${saved.name}`);
      setOpen(false);
      if (saved.reply_secret) tellSecret(saved.name, saved.reply_secret);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.stale) await meet(failed);
      else {
        form.setFields(fieldErrors(failed) as never);
        setProblem(failed);
      }
    } finally {
      setBusy(false);
    }
  }

  /** Somebody else saved meanwhile: what was typed stays, beside what stands now. */
  async function meet(failed: Problem) {
    await client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
    const latest = await client.fetchQuery(sourcesQuery).then(({ items }) => items.find((it) => it.code === code), () => undefined);
    if (!latest) setProblem(failed);
    else if (!of) form.setFields([{ name: "code", errors: ["这个编码刚被别人用了，请换一个"] }]);
    else {
      setTheirs(latest);
      setSeen(latest.version);
    }
  }

  function takeTheirs(latest: Source) {
    form.setFieldsValue(fieldsOf(latest));
    setMapping(latest.mapping);
    setBase(latest);
    setTheirs(null);
  }

  function tellSecret(name: string, secret: string) {
    void modal.info({
      title: `“${name}”的回传签名密钥`, width: 560, okText: "已保存好",
      content: (
        <>
          <p>只显示这一次，请立即复制，交给对方系统核对签名：请求头 <code className="mono">Bihuan-Signature: sha256=…</code> 是用它对正文计算的 HMAC-SHA256。</p>
          <Typography.Text code copyable={{ text: secret, tooltips: ["复制", "已复制"] }} style={{ overflowWrap: "anywhere" }}>{secret}</Typography.Text>
        </>
      ),
    });
  }

  return (
    <Drawer
      open={open} onClose={leave} afterOpenChange={(it) => { if (!it) close(); }} size={outside ? 1080 : 620} title={of ? <>来源 · {of.name} <span className="mono quiet">{of.code}</span></> : "新增来源"} className="source-drawer"
      footer={<div className="source-foot">{dirty && <span className="quiet">有未保存的修改</span>}<Button onClick={leave}>取消</Button><Button type="primary" loading={busy} onClick={() => form.submit()}>保存</Button></div>}
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={initial} scrollToFirstError onFinish={(typed) => void submit(typed)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} description={problem.fields.filter((it) => it.field === "mapping").map((it) => it.detail).join("；") || null} style={{ marginBottom: 16 }} />}
        {theirs && <Changed theirs={theirs} mine={inputOf(fields, mapping)} accounts={accounts} take={() => takeTheirs(theirs)} />}
        <section className="source-part" aria-labelledby="source-basics">
          <h3 id="source-basics">基本</h3>
          <div className={`source-grid${of ? "" : " source-grid-new"}`}>
            {!of && (
              <Form.Item
                name="code" label="编码" extra="写进接口地址，保存后不能改。"
                rules={[{ required: true, pattern: codePattern, message: "以小写字母开头，2 至 32 个小写字母、数字或连字符" }, { validator: (_, value: string) => (sources.some((it) => it.code === value) ? Promise.reject(new Error("这个编码已有来源在用，请换一个")) : Promise.resolve()) }]}
              ><Input className="mono" maxLength={32} autoComplete="off" autoFocus placeholder="例如 city-brain" /></Form.Item>
            )}
            <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={40} showCount /></Form.Item>
            <Form.Item name="kind" label="种类" {...(of ? {} : { extra: "保存后不能改。" })}>
              <Select disabled={of !== null} options={(of ? [of.kind] : outsideKinds).map((value) => ({ value, label: sourceKindWords[value] }))} />
            </Form.Item>
            {outside && <Form.Item name="active" label="启用" valuePropName="checked" extra="停用后不再接收报文和导入，已有线索照常办理和答复。"><Switch /></Form.Item>}
          </div>
        </section>
        <section className="source-part" aria-labelledby="source-limits">
          <h3 id="source-limits">时限</h3>
          <div className="source-grid">
            <Form.Item name="accept" label="受理时限" extra="从收到到受理或不予受理。"><LimitInput label="受理时限" empty="统一时限" /></Form.Item>
            <Form.Item name="reply" label="答复时限" extra="从收到到办结或不予受理，随即答复来源。"><LimitInput label="答复时限" empty="不限" /></Form.Item>
          </div>
        </section>
        {outside && (
          <>
            <section className="source-part" aria-labelledby="source-mapping">
              <h3 id="source-mapping">字段对应 <small>对方报文里的哪一项是线索的哪一项；不接收报文可以全部留空</small></h3>
              <div className="source-mapping">
                <MappingFields mapping={mapping} set={(field, place) => setMapping((before) => ({ ...before, [field]: place }))} faults={faults} message={pasted.message} focused={focused} focus={setFocused} />
                <Trial code={codePattern.test(code) ? code : "trial"} mapping={mapping} text={text} setText={setText} pasted={pasted} focused={focused} check={check} place={(pointer) => { if (focused) setMapping((before) => ({ ...before, [focused]: pointer })); }} />
              </div>
            </section>
            <section className="source-part" aria-labelledby="source-sending">
              <h3 id="source-sending">对方怎么送来</h3>
              <Form.Item
                name="senders" label="报送账号" rules={[{ type: "array", max: mostSenders, message: `报送账号不能超过 ${mostSenders} 个` }]}
                extra={machines.error ? `机器账号的名单没有取到：${asProblem(machines.error).message}` : fields.senders.length === 0 ? "不选，则本县任何机器账号均可报送。" : "只有选中的机器账号可以报送，其他账号会被拒绝。"}
              >
                <Select
                  mode="multiple" allowClear loading={machines.isPending} placeholder="本县任何机器账号" options={accounts} showSearch={{ optionFilterProp: "label" }}
                  notFoundContent={machines.isPending ? "正在载入" : "还没有机器账号：在“组织人员”里新增角色是“机器来源”的人员"}
                />
              </Form.Item>
              {codePattern.test(code) ? <Sending code={code} /> : <p className="quiet">填好编码后，这里给出接收地址。</p>}
            </section>
            <section className="source-part" aria-labelledby="source-back">
              <h3 id="source-back">办结后怎么答复</h3>
              <Form.Item name="reply_url" label="回传地址" extra="填了就自动回传：带签名，失败重试一天。留空则由受理员在“答复”页登记人工答复。" rules={[{ type: "url", message: "请输入 https:// 开头的地址" }]}><Input className="mono" placeholder="https://" allowClear /></Form.Item>
            </section>
          </>
        )}
      </Form>
    </Drawer>
  );
}

function Sending({ code }: { code: string }) {
  const address = messageAddress(location.origin, code);
  const curl = `curl -X POST '${address}' \\\n  -H 'Authorization: Bearer <接口密钥>' \\\n  -H 'Content-Type: application/json' \\\n  -d @message.json`;
  return (
    <>
      <p><Typography.Text code copyable={{ text: address, tooltips: ["复制地址", "已复制"] }} style={{ overflowWrap: "anywhere" }}>POST {address}</Typography.Text></p>
      <div className="curl"><pre aria-label="示例命令">{curl}</pre><Typography.Text copyable={{ text: curl, tooltips: ["复制命令", "已复制"] }} /></div>
      <p className="quiet">接口密钥在“组织人员”里为角色是“机器来源”的账号新建。应答 201 是新线索，200 是同一编号再次送来；字句有变化时补充进原线索。</p>
    </>
  );
}

function Changed({ theirs, mine, accounts, take }: { theirs: Source; mine: SourceInput; accounts: readonly { value: Id; label: string }[]; take: () => void }) {
  const lines = differences(inputOfSource(theirs), mine, Object.fromEntries(accounts.map((it) => [it.value, it.label])));
  return (
    <Alert
      role="alert" type="warning" showIcon style={{ marginBottom: 16 }} title="这个来源刚被别人改过，已取来最新内容；您填的还在，没有保存"
      description={
        <>
          {lines.length > 0 && <ul className="settings-changes">{lines.map((it) => <li key={it.field}><span className="quiet">{it.field}</span> 现在是 {it.before}，您填的是 <ins>{it.after}</ins></li>)}</ul>}
          <p style={{ margin: "6px 0 0" }}>核对后再次保存，即以您填的为准；或者 <button type="button" className="link" onClick={take}>改用最新内容</button></p>
        </>
      }
    />
  );
}
