/** From where on a light is yellow (预警设置), by class and limit. Without a line, after 80 per cent of the limit. */
import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { get, put } from "../../api/client";
import type { Items, LightSetting } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Empty, Failure, Loading } from "../shell/Page";
import { limitWords, withKind } from "./lights";

const limits = [{ value: "", label: "全部时限" }, ...Object.entries(limitWords).map(([value, label]) => ({ value, label }))];
const kinds = [{ value: "percent", label: "用到时限的（%）" }, { value: "before_minutes", label: "到期前（分钟）" }];

export function LightsTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["light-settings"], queryFn: ({ signal }) => get<Items<LightSetting>>("/light-settings", undefined, signal), refetchOnWindowFocus: false });
  const [changed, setChanged] = useState<LightSetting[] | null>(null);
  const items = changed ?? query.data?.items ?? [];
  const save = useMutation({
    mutationFn: () => put<Items<LightSetting>>("/light-settings", { items }),
    onSuccess: (saved) => { setChanged(null); client.setQueryData(["light-settings"], saved); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success("已保存"); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const set = (index: number, change: Partial<LightSetting>) => setChanged(items.map((it, at) => (at === index ? { ...it, ...change } : it)));
  return (
    <>
      <div className="settings-bar"><p className="quiet">没有设置的，时限用到 80% 亮黄灯。类别前缀越长越优先，指明时限的优先于全部时限。改动只影响之后开始计时的时限，正在走的保持开始时的预警点。</p></div>
      <section className="panel">
        {items.length === 0 ? <Empty title="全部在用到 80% 时亮黄灯">新增一条，可以让某些类别、某个时限更早或更晚预警。</Empty> : (
          <ul className="light-rules">
            {items.map((it, index) => {
              const kind = it.before_minutes != null ? "before_minutes" : "percent";
              return (
                <li key={index}>
                  <Input aria-label={`第 ${index + 1} 条类别前缀`} className="mono" placeholder="全部类别" value={it.class_prefix ?? ""} inputMode="numeric" maxLength={5} onChange={(event) => set(index, { class_prefix: event.target.value.replace(/\D/g, "") })} />
                  <Select aria-label={`第 ${index + 1} 条时限`} value={it.limit ?? ""} options={limits} onChange={(limit) => set(index, { limit: limit === "" ? null : (limit as NonNullable<LightSetting["limit"]>) })} />
                  <Select aria-label={`第 ${index + 1} 条方式`} value={kind} options={kinds} onChange={(next: "percent" | "before_minutes") => setChanged(items.map((own, at) => (at === index ? withKind(own, next) : own)))} />
                  <InputNumber aria-label={`第 ${index + 1} 条数值`} value={it[kind] ?? null} min={1} max={kind === "percent" ? 99 : 24_000} precision={0} onChange={(value) => set(index, { [kind]: value })} />
                  <Button type="text" onClick={() => setChanged(items.filter((_, at) => at !== index))}>移除</Button>
                </li>
              );
            })}
          </ul>
        )}
        <div style={{ display: "flex", gap: 8, marginTop: 16, flexWrap: "wrap" }}>
          <Button icon={<PlusOutlined />} onClick={() => setChanged([...items, { class_prefix: "", percent: 60 }])}>新增</Button>
          <Button type="primary" disabled={changed === null} loading={save.isPending} onClick={() => save.mutate()}>保存</Button>
          {changed !== null && <Button onClick={() => setChanged(null)}>放弃修改</Button>}
        </div>
      </section>
    </>
  );
}
