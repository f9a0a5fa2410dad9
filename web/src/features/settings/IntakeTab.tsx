/** Automatic acceptance (自动受理) per source and class. Off unless somebody turned it on. */
import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Select, Switch } from "antd";
import { useState } from "react";
import { get, put } from "../../api/client";
import type { IntakeSetting, Items } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Empty, Failure, Loading } from "../shell/Page";
import { sourceOptions, useSources } from "../sources/sources";

export function IntakeTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["intake-settings"], queryFn: ({ signal }) => get<Items<IntakeSetting>>("/intake-settings", undefined, signal), refetchOnWindowFocus: false });
  const known = useSources();
  const [changed, setChanged] = useState<IntakeSetting[] | null>(null);
  const items = changed ?? query.data?.items ?? [];
  const save = useMutation({
    mutationFn: () => put<Items<IntakeSetting>>("/intake-settings", { items }),
    onSuccess: () => { setChanged(null); void message.success("已保存"); void client.invalidateQueries({ queryKey: ["intake-settings"] }); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const set = (index: number, change: Partial<IntakeSetting>) => setChanged(items.map((it, at) => (at === index ? { ...it, ...change } : it)));
  const sources = sourceOptions(known.data?.items ?? [], (it) => it.active, [...new Set(items.map((it) => it.source))]);
  return (
    <>
      <div className="settings-bar"><p className="quiet">开启后，该来源、该类别的线索由规则判类、落格、立案并派遣，不经人工受理；每一步仍记入账页。前缀越长越优先，留空为该来源的全部类别。</p></div>
      <section className="panel">
        {items.length === 0 ? <Empty title="全部由人工受理">新增一条即可对某个来源开启自动受理。</Empty> : (
          <div className="intake">
            <b>来源</b><b>类别代码前缀</b><b>自动受理</b><b><span className="visually-hidden">操作</span></b>
            {items.map((it, index) => (
              <div key={index} style={{ display: "contents" }}>
                <Select aria-label={`第 ${index + 1} 条来源`} value={it.source} onChange={(source) => set(index, { source })} showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={200} options={sources} />
                <Input aria-label={`第 ${index + 1} 条类别前缀`} className="mono" placeholder="全部类别" value={it.class_prefix} inputMode="numeric" maxLength={5} onChange={(event) => set(index, { class_prefix: event.target.value.replace(/\D/g, "") })} />
                <Switch aria-label={`第 ${index + 1} 条自动受理`} checked={it.automatic} onChange={(automatic) => set(index, { automatic })} />
                <Button type="text" onClick={() => setChanged(items.filter((_, at) => at !== index))}>移除</Button>
              </div>
            ))}
          </div>
        )}
        <div style={{ display: "flex", gap: 8, marginTop: 16 }}>
          <Button icon={<PlusOutlined />} onClick={() => setChanged([...items, { source: "patrol", class_prefix: "", automatic: false }])}>新增</Button>
          <Button type="primary" disabled={changed === null} loading={save.isPending} onClick={() => save.mutate()}>保存</Button>
          {changed !== null && <Button onClick={() => setChanged(null)}>放弃修改</Button>}
        </div>
      </section>
    </>
  );
}
