/** Recovery codes (恢复码): shown once, to be written down or printed; each stands in for the authenticator one time. */
import { CopyOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";

export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { message } = App.useApp();
  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      void message.success("已复制");
    } catch {
      void message.warning("浏览器不允许复制，请手工抄写");
    }
  }
  return (
    <div className="recovery-codes">
      <Alert type="warning" showIcon title="请抄下这些恢复码，放在安全的地方。它们只显示这一次；手机丢失时，每个可代替动态口令登录一次。" />
      <ul aria-label="恢复码">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <Button icon={<CopyOutlined />} onClick={() => void copy()}>复制全部</Button>
    </div>
  );
}
