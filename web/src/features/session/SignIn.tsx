/** Signing in: account and password, then the one-time code where the account asks for it. */
import { LockOutlined, SafetyOutlined, UserOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../../api/problem";
import { providerDoor, readDemo, readOffer, secondFactor, signIn } from "../../api/session";
import mark from "../../theme/mark.svg";
import { cameBack } from "./provider";
import { beginSession } from "./session";
import "./SignIn.css";

interface Fields { account: string; password: string; totp?: string }

export function SignIn() {
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [back] = useState(cameBack);
  const [problem, setProblem] = useState<string | null>(back.problem);
  /** Whose word the one-time code follows: the password's or the provider's. */
  const [through, setThrough] = useState<"password" | "provider">(back.second ? "provider" : "password");
  const [step, setStep] = useState<"password" | "totp">(back.second ? "totp" : "password");
  const [busy, setBusy] = useState(false);
  const code = useRef<InputRef>(null);
  const offer = useQuery({ queryKey: ["oidc"], queryFn: ({ signal }) => readOffer(signal), retry: false, staleTime: Infinity });
  const demo = useQuery({ queryKey: ["demo"], queryFn: ({ signal }) => readDemo(signal), retry: false, staleTime: Infinity });

  useEffect(() => { if (step === "totp") code.current?.focus(); }, [step]);
  useEffect(() => { document.title = "登录 · 闭环"; }, []);

  async function submit(fields: Fields): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      const session = through === "provider"
        ? await secondFactor((fields.totp ?? "").trim())
        : await signIn(fields.totp ? fields : { account: fields.account.trim(), password: fields.password });
      beginSession(client, session);
      return true;
    } catch (error) {
      const failed = asProblem(error);
      if (failed.code === "totp-required") {
        setStep("totp");
        if (fields.totp) setProblem(failed.message);
      } else {
        setProblem(failed.message);
        form.setFieldValue("totp", undefined);
      }
      return false;
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="sign-in">
      <main className="sign-in-card">
        <header>
          <img src={mark} alt="" width={44} height={44} />
          <div>
            <h1>闭环</h1>
            <p>城市综合管理与执法平台 · 工作台</p>
          </div>
        </header>
        <Form<Fields> form={form} layout="vertical" requiredMark={false} size="large" onFinish={(fields) => void submit(fields)} disabled={busy}>
          <div hidden={step === "totp"}>
            <Form.Item name="account" label="账号" rules={[{ required: through === "password", message: "请输入账号" }]}>
              <Input prefix={<UserOutlined aria-hidden />} autoComplete="username" autoFocus spellCheck={false} />
            </Form.Item>
            <Form.Item name="password" label="密码" rules={[{ required: through === "password", message: "请输入密码" }]}>
              <Input.Password prefix={<LockOutlined aria-hidden />} autoComplete="current-password" />
            </Form.Item>
          </div>
          {step === "totp" && (
            <Form.Item name="totp" label="动态口令" extra="打开手机上的身份验证器，输入 6 位数字；手机不在身边时，输入一个恢复码。" rules={[{ required: true, pattern: /^(\d{6}|[\da-z\s-]{16,24})$/i, message: "请输入 6 位数字，或一个恢复码" }]}>
              <Input ref={code} prefix={<SafetyOutlined aria-hidden />} autoComplete="one-time-code" maxLength={24} />
            </Form.Item>
          )}
          <div role="alert" aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} className="sign-in-problem" />}</div>
          <Button type="primary" htmlType="submit" block loading={busy}>登录</Button>
          {step === "totp" && <Button type="link" block onClick={() => { setStep("password"); setThrough("password"); setProblem(null); }}>换一个账号</Button>}
          {step === "password" && offer.data?.name && (
            <Button block href={providerDoor("/desk/")} disabled={busy} className="sign-in-provider">用{offer.data.name}登录</Button>
          )}
        </Form>
        {demo.data && demo.data.accounts.length > 0 && (
          <section className="sign-in-demo" aria-label="演示账号">
            <h2>演示账号 <span>点击即可登录；数据均为模拟</span></h2>
            <ul>
              {demo.data.accounts.map((it) => (
                <li key={it.account}>
                  <button
                    type="button" disabled={busy}
                    onClick={() => {
                      form.setFieldsValue({ account: it.account, password: it.password });
                      void submit({ account: it.account, password: it.password }).then((signedIn) => {
                        // People of the street work on the phone's pages.
                        if (signedIn && !it.page.startsWith("/desk")) location.assign(it.page);
                      });
                    }}
                  >
                    <b>{it.role}</b><span>{it.account}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
      <footer>
        <a href="/">市民门户</a><a href="/phone/">移动端</a>
      </footer>
    </div>
  );
}
