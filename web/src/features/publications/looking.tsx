/** What is looked at before anybody else sees it: the original beside the masked, edits, the check, secrecy. */
import { useQuery } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, Radio } from "antd";
import { comparePublication, editPublication, stepOfPublication } from "../../api/publications";
import type { PublicationContent, PublicationView } from "../../api/contract";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";
import { FormDialog } from "../shell/FormDialog";
import { cut, partWords } from "./words";

interface Of { of: PublicationView; close: () => void; changed: () => void }

/** Original and masked side by side; what the program took out is marked. Reading it is a line in the case's ledger. */
export function Comparison({ of }: { of: PublicationView }) {
  const session = useSession();
  const may = mayAny(session, ["publication.check"]) && mayAny(session, ["case.reveal"]);
  const query = useQuery({ queryKey: ["publication-comparison", of.id, of.version], queryFn: () => comparePublication(of.id), enabled: may, staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false });
  if (!may) return <p className="quiet">查看原文需要“查看当事人信息”的权限。</p>;
  if (query.isPending) return <Loading rows={4} />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="comparison" role="table" aria-label="原文和公开稿对照">
      <div role="row" className="comparison-head"><span role="columnheader">原文（查看记入台账）</span><span role="columnheader">公开稿</span></div>
      {query.data.parts.map((part) => (
        <div role="row" key={part.field}>
          <p role="cell"><small>{part.label}</small>{cut(part.original, part.marks.map((it) => it.words)).map((it, index) => (it.marked ? <mark key={index}>{it.words}</mark> : <span key={index}>{it.words}</span>))}</p>
          <p role="cell"><small>{part.label}</small>{part.masked}</p>
        </div>
      ))}
    </div>
  );
}

export function EditDialog({ of, close, changed }: Of) {
  const { message } = App.useApp();
  if (!of.content) return null;
  const content = of.content;
  const long = ["facts", "basis", "penalty"];
  return (
    <FormDialog<Omit<PublicationContent, "decided_on">>
      open title="修改公开内容" initial={content} width={820} close={close}
      save={async (it) => { await editPublication(of, { ...content, ...it, credit_code: it.credit_code ?? "" }); void message.success("已保存，须重新核对"); changed(); close(); }}
    >
      <Comparison of={of} />
      {Object.entries(partWords).map(([key, label]) => (
        <Form.Item key={key} name={key} label={label} {...(key === "credit_code" ? {} : { rules: [{ required: true, whitespace: true, message: `请填写${label}` }] })}>
          {long.includes(key) ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} /> : <Input maxLength={200} />}
        </Form.Item>
      ))}
    </FormDialog>
  );
}

export function CheckDialog({ of, close, changed }: Of) {
  const { message } = App.useApp();
  return (
    <FormDialog<{ passed: boolean; note?: string }>
      open title="核对公开内容" okText="提交核对" initial={{ passed: true }} width={820} close={close}
      save={async (it) => { await stepOfPublication(of, "check", { passed: it.passed, note: it.note ?? "" }); void message.success(it.passed ? "已核对" : "已退回修改"); changed(); close(); }}
    >
      <Comparison of={of} />
      <Form.Item name="passed" label="结论"><Radio.Group options={[{ value: true, label: "内容属实，没有不应公开的信息" }, { value: false, label: "退回修改" }]} /></Form.Item>
      <Form.Item name="note" label="需要修改的内容（退回时填写）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}

export function SecrecyDialog({ of, close, changed }: Of) {
  const { message } = App.useApp();
  return (
    <FormDialog<{ state_secret?: boolean; business_secret?: boolean; note: string }>
      open title="保密审查" okText="提交审查" initial={{}} width={820} close={close}
      save={async (it) => { await stepOfPublication(of, "secrecy", { state_secret: it.state_secret ?? false, business_secret: it.business_secret ?? false, note: it.note }); void message.success(it.state_secret || it.business_secret ? "已记载，不予公开" : "审查通过"); changed(); close(); }}
    >
      <Comparison of={of} />
      <p>勾选任何一项，这份决定即不予公开。</p>
      <Form.Item name="state_secret" valuePropName="checked" noStyle><Checkbox>涉及国家秘密</Checkbox></Form.Item>
      <Form.Item name="business_secret" valuePropName="checked" noStyle><Checkbox>涉及商业秘密</Checkbox></Form.Item>
      <Form.Item name="note" label="审查情况" rules={[{ required: true, whitespace: true, message: "请填写审查情况" }]}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}
