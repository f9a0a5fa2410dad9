/** The account menu: password, one-time codes, signing out. */
import { UserOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Dropdown, Form, Input, Modal } from "antd";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { beginTotp, changePassword, confirmTotp, removeTotp, renewRecoveryCodes, signOut } from "../../api/session";
import { beginSession, sessionKey, useSession } from "../session/session";
import { held } from "../undo/useHeld";
import { Failure, fieldErrors, Loading } from "./Page";
import { RecoveryCodes } from "./RecoveryCodes";

export function Account() {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<"password" | "totp" | null>(null);

  async function leave() {
    try {
      // What was decided a moment ago is decided in this person's name.
      await held.flush();
      await signOut();
    } catch (error) {
      // A session that is gone already is what was asked for.
      if (asProblem(error).status !== 401) { void message.error(asProblem(error).message); return; }
    }
    beginSession(client, null);
    // Who came through the city's provider leaves it too.
    if (session.sign_out_url) location.assign(session.sign_out_url);
  }

  return (
    <>
      <Dropdown
        trigger={["click"]} placement="bottomRight"
        menu={{
          items: [
            { key: "who", disabled: true, label: <div className="account-who"><b>{session.person.name}</b><span>{session.organisation.name}</span><span>{session.roles.map((it) => it.name).join("、")}</span></div> },
            { type: "divider" },
            { key: "password", label: "修改密码" },
            { key: "totp", label: session.totp_enabled ? "动态口令（已启用）" : "启用动态口令" },
            { type: "divider" },
            { key: "leave", label: "退出登录" },
          ],
          onClick: ({ key }) => (key === "leave" ? void leave() : setDialog(key as "password" | "totp")),
        }}
      >
        <button type="button" className="bar-button account-button" aria-label={`账号：${session.person.name}`}>
          <UserOutlined /><span>{session.person.name}</span>
        </button>
      </Dropdown>
      <PasswordDialog open={dialog === "password"} forced={false} close={() => setDialog(null)} />
      <TotpDialog open={dialog === "totp"} enabled={session.totp_enabled} close={() => setDialog(null)} />
    </>
  );
}

/** Nothing else may be done before the first password is the person's own. */
export function FirstPassword() {
  const client = useQueryClient();
  return <main aria-label="修改初始密码"><PasswordDialog open forced close={() => void client.invalidateQueries()} /></main>;
}

function PasswordDialog({ open, forced, close }: { open: boolean; forced: boolean; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ old: string; new: string; again: string }>();
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Modal
      open={open} title="修改密码" okText="保存" onCancel={close} closable={!forced} mask={{ closable: !forced }} {...(forced ? { cancelButtonProps: { hidden: true } } : {})} destroyOnHidden
      onOk={async () => {
        const fields = await form.validateFields();
        setProblem(null);
        try {
          await changePassword({ old: fields.old, new: fields.new });
          void message.success("密码已修改");
          await client.invalidateQueries({ queryKey: sessionKey });
          close();
        } catch (error) {
          const failed = asProblem(error);
          form.setFields(fieldErrors(failed) as never);
          setProblem(failed.message);
        }
      }}
    >
      {forced && <Alert type="info" showIcon title="首次登录或密码被重置后，须先设置自己的密码。" style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} preserve={false}>
        <Form.Item name="old" label="当前密码" rules={[{ required: true, message: "请输入当前密码" }]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="new" label="新密码" extra="不少于 10 个字符。" rules={[{ required: true, min: 10, message: "不少于 10 个字符" }]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item
          name="again" label="再输入一次" dependencies={["new"]}
          rules={[{ required: true, message: "请再输入一次" }, ({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error("两次输入不一致"))) })]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
      {problem && <Alert type="error" showIcon title={problem} role="alert" />}
    </Modal>
  );
}

function TotpDialog({ open, enabled, close }: { open: boolean; enabled: boolean; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const start = useQuery({
    queryKey: ["totp"], enabled: open && !enabled, staleTime: Infinity, gcTime: 0, retry: false,
    queryFn: async () => {
      const [secret, { toDataURL }] = await Promise.all([beginTotp(), import("qrcode")]);
      return { ...secret, picture: await toDataURL(secret.otpauth_url, { width: 192, margin: 1 }) };
    },
  });
  const [codes, setCodes] = useState<string[] | null>(null);
  function leave() {
    setValue("");
    setProblem(null);
    setCodes(null);
    close();
    // Only now, so that the codes stay in sight until they were written down.
    if (codes) void client.invalidateQueries({ queryKey: sessionKey });
  }
  async function attempt(what: () => Promise<void>) {
    setProblem(null);
    try {
      await what();
    } catch (error) {
      setProblem(asProblem(error).message);
    }
  }
  const switchOver = () => attempt(async () => {
    if (!enabled) { setCodes((await confirmTotp(value)).recovery_codes); return; }
    await removeTotp(value);
    void message.success("已停用动态口令");
    await client.invalidateQueries({ queryKey: sessionKey });
    leave();
  });
  const renew = () => attempt(async () => setCodes((await renewRecoveryCodes(value)).recovery_codes));
  if (codes) {
    return <Modal open={open} title="恢复码" onCancel={leave} footer={<Button type="primary" onClick={leave}>我已抄下</Button>}><RecoveryCodes codes={codes} /></Modal>;
  }
  return (
    <Modal open={open} title="动态口令" okText={enabled ? "停用" : "启用"} onOk={() => void switchOver()} onCancel={leave} okButtonProps={{ disabled: value === "" }} destroyOnHidden>
      {enabled ? (
        <>
          <p>停用后，登录只需账号和密码；重新生成恢复码后，原来的作废。请输入密码确认。</p>
          <Input.Password aria-label="密码" autoComplete="current-password" value={value} onChange={(event) => setValue(event.target.value)} />
          <Button type="link" className="renew-codes" disabled={value === ""} onClick={() => void renew()}>重新生成恢复码</Button>
        </>
      ) : start.isPending ? <Loading rows={4} /> : start.error ? <Failure error={start.error} retry={() => void start.refetch()} /> : (
        <div className="totp">
          <img src={start.data.picture} alt="动态口令二维码" width={192} height={192} />
          <div>
            <p>1. 用手机上的身份验证器扫描二维码，或手工输入密钥：</p>
            <code>{start.data.secret}</code>
            <p>2. 输入验证器显示的 6 位数字：</p>
            <Input aria-label="6 位动态口令" inputMode="numeric" autoComplete="one-time-code" maxLength={6} value={value} onChange={(event) => setValue(event.target.value)} />
          </div>
        </div>
      )}
      {problem && <Alert type="error" showIcon title={problem} role="alert" style={{ marginTop: 12 }} />}
      {!enabled && start.error && <Button type="link" onClick={() => void start.refetch()}>重新获取</Button>}
    </Modal>
  );
}
