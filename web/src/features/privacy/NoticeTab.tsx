/** The notice people read before they leave their name (告知书): draft, publish, history. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Collapse, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import type { PrivacyNotices } from "../../api/contract";
import { publishNotice, readPrivacyNotices, saveNoticeDraft } from "../../api/privacy";
import { asProblem, type Problem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, fieldErrors, Loading } from "../shell/Page";

/** What art. 17 wants said; the city fills in its own. */
const outline = "一、处理者的名称和联系方式：\n二、处理目的、方式，个人信息种类：\n三、保存期限：\n四、您的权利（查阅、复制、更正、删除、撤回同意）和办理方式：";

export function NoticeTab() {
  const query = useQuery({ queryKey: ["privacy-notices"], queryFn: ({ signal }) => readPrivacyNotices(signal), refetchOnWindowFocus: false });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <Draft key={query.data.version} of={query.data} reload={() => void query.refetch()} />
      <h2>已发布</h2>
      {query.data.items.length === 0 ? <Empty title="还没有发布告知书">起草并发布后，市民留姓名或电话前要先阅读；每件上报都记下当时的版本。</Empty> : (
        <Collapse items={query.data.items.map((it, index) => ({ key: it.number, label: `第 ${it.number} 版 · ${dateTime(it.published_at)} 发布${index === 0 ? " · 现行" : ""}`, children: <><p className="privacy-text">{it.text}</p><p className="privacy-text">{it.minors}</p></> }))} />
      )}
    </>
  );
}

function Draft({ of, reload }: { of: PrivacyNotices; reload: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["privacy.configure"]);
  const [form] = Form.useForm<{ text: string; minors: string }>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function run(publish: boolean) {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await saveNoticeDraft(form.getFieldsValue(), of.version);
      client.setQueryData(["privacy-notices"], publish ? await publishNotice(saved.version) : saved);
      void message.success(publish ? "已发布，市民从现在起看到新版本" : "草稿已保存");
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className="panel">
      <Form form={form} layout="vertical" requiredMark={false} disabled={!may} initialValues={{ text: of.text || of.items[0]?.text || outline, minors: of.minors || of.items[0]?.minors || "" }}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.stale ? { action: <Button size="small" onClick={reload}>载入最新</Button> } : {})} />}
        <Form.Item name="text" label="告知书正文" extra="应当写明处理者、目的、方式、种类、保存期限和行使权利的办法（个人信息保护法第十七条）。"><Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} maxLength={20000} /></Form.Item>
        <Form.Item name="minors" label="未满十四周岁未成年人的处理规则" extra="应当取得监护人同意，并有专门规则（第三十一条）。"><Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20000} /></Form.Item>
        <div className="privacy-bar">
          <Button loading={busy} onClick={() => void run(false)}>保存草稿</Button>
          <Popconfirm title="发布这一版？" description="发布后不能修改，以后的上报都记为在这一版下作出。" okText="发布" cancelText="取消" onConfirm={() => void run(true)} disabled={!may}><Button type="primary" loading={busy}>发布</Button></Popconfirm>
        </div>
      </Form>
    </section>
  );
}
