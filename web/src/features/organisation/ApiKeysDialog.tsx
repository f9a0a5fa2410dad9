/** The API keys (接口密钥) of a machine source: made here, shown once, taken back here. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal, Table, Typography } from "antd";
import { useState } from "react";
import { get, post, remove } from "../../api/client";
import type { ApiKey, Items, MadeApiKey, Person } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";

export function ApiKeysDialog({ person, close }: { person: Person | null; close: () => void }) {
  return (
    <Modal open={person !== null} title={`接口密钥 · ${person?.name ?? ""}`} footer={null} onCancel={close} width={640} destroyOnHidden>
      {person && <Keys of={person} />}
    </Modal>
  );
}

function Keys({ of }: { of: Person }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const path = `/people/${of.id}/api-keys`;
  const keys = useQuery({ queryKey: ["api-keys", of.id], queryFn: ({ signal }) => get<Items<ApiKey>>(path, undefined, signal) });
  const refresh = () => client.invalidateQueries({ queryKey: ["api-keys", of.id] });

  async function make() {
    setBusy(true);
    try {
      setMade(await post<MadeApiKey>(path, { name: name.trim() }));
      setName("");
      void refresh();
    } catch (error) {
      void message.error(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  }

  function revoke(key: ApiKey) {
    void modal.confirm({
      title: `吊销“${key.name}”？`, content: "使用这把密钥的系统将立即无法上报。", okText: "吊销", okButtonProps: { danger: true },
      onOk: async () => {
        try { await remove(`${path}/${key.id}`); void refresh(); } catch (error) { void message.error(asProblem(error).message); }
      },
    });
  }

  if (keys.error) return <Failure error={keys.error} retry={() => void keys.refetch()} />;
  return (
    <>
      <p className="quiet" style={{ marginTop: 0 }}>外部系统上报时在请求头写明 <code className="mono">Authorization: Bearer 密钥</code>，所做的一切记在这个账号名下。</p>
      {made && (
        <Alert
          type="info" showIcon role="status" style={{ marginBottom: 12 }} title={`“${made.name}”的密钥只显示这一次，请立即复制保存`}
          description={<Typography.Text code copyable={{ text: made.key, tooltips: ["复制", "已复制"] }} style={{ overflowWrap: "anywhere" }}>{made.key}</Typography.Text>}
        />
      )}
      <form style={{ display: "flex", gap: 8, marginBottom: 12 }} onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <Input aria-label="密钥名称" placeholder="用途，例如：路口摄像机上报" value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
        <Button type="primary" htmlType="submit" icon={<PlusOutlined />} disabled={name.trim() === ""} loading={busy}>新增密钥</Button>
      </form>
      <Table<ApiKey>
        rowKey="id" size="small" loading={keys.isPending} pagination={false} dataSource={keys.data?.items ?? []} locale={{ emptyText: keys.isPending ? " " : <Empty title="还没有密钥">填写用途并新增后，密钥会出现在这里。</Empty> }}
        columns={[
          { title: "用途", dataIndex: "name" },
          { title: "创建", width: 150, render: (_, it) => dateTime(it.created_at) },
          { title: "最近使用", width: 150, render: (_, it) => (it.last_used_at ? dateTime(it.last_used_at) : <span className="quiet">尚未使用</span>) },
          { title: <span className="visually-hidden">操作</span>, width: 70, render: (_, it) => <Button size="small" type="text" aria-label={`吊销 ${it.name}`} onClick={() => revoke(it)}>吊销</Button> },
        ]}
      />
    </>
  );
}
