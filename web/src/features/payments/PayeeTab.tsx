/** The account that fines are paid into: set by a person, told in the history of settings. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { readPayee, setPayee } from "../../api/payments";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";

export function PayeeTab() {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const query = useQuery({ queryKey: ["payment-payee"], queryFn: ({ signal }) => readPayee(signal) });
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { payee, provider, provider_simulated: simulated, set_at } = query.data;
  return (
    <>
      {payee ? (
        <dl className="case-facts">
          <dt>户名</dt><dd>{payee.organ} {payee.simulated && <SimulatedTag />}</dd><dt>开户银行</dt><dd>{payee.bank}</dd><dt>账号</dt><dd className="mono">{payee.account}</dd>
          {set_at && <><dt>设置</dt><dd>{dateTime(set_at)}</dd></>}
        </dl>
      ) : <Empty title="还没有收款账户">由管理员填写指定银行的罚没收入账户；没有填写以前不能开具缴款通知。</Empty>}
      <p className="quiet">支付渠道：{provider ? (simulated ? "模拟渠道（不产生真实扣款）" : "已接入") : "未接入，当事人按账户缴纳"}</p>
      {mayAny(session, ["payment.configure"]) && <Button onClick={() => setEditing(true)}>{payee ? "修改" : "设置收款账户"}</Button>}
      {editing && (
        <FormDialog<{ organ: string; bank: string; account: string }>
          open title="收款账户" initial={payee ?? {}} close={() => setEditing(false)}
          save={async (fields) => { client.setQueryData(["payment-payee"], await setPayee({ organ: fields.organ, bank: fields.bank, account: fields.account })); setEditing(false); void message.success("已设置，今后开具的缴款通知使用这个账户"); }}
        >
          <Form.Item name="organ" label="户名" rules={[{ required: true, whitespace: true, message: "请填写户名" }]}><Input maxLength={100} autoFocus /></Form.Item>
          <Form.Item name="bank" label="开户银行" rules={[{ required: true, whitespace: true, message: "请填写开户银行" }]}><Input maxLength={100} /></Form.Item>
          <Form.Item name="account" label="账号" rules={[{ required: true, whitespace: true, message: "请填写账号" }]}><Input maxLength={60} inputMode="numeric" /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
