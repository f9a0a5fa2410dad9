/** Sharing places while on duty (值班位置), and between which units is called straight through (一键直呼). */
import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Switch, TreeSelect } from "antd";
import { useState } from "react";
import { readDutyPositions, readJointPairs, saveDutyPositions, saveJointPairs } from "../../api/nearest";
import type { DutyPositionSettings, JointPair } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { useOrganisations, useUnitTree } from "../organisation/units";
import { Failure } from "../shell/Page";

export function DutySettings() {
  return <><Places /><Pairs /></>;
}

function useSaved<T>(key: string, read: (signal?: AbortSignal) => Promise<T>, write: (value: T) => Promise<T>) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: [key], queryFn: ({ signal }) => read(signal), refetchOnWindowFocus: false });
  const [changed, setChanged] = useState<T | null>(null);
  const save = useMutation({
    mutationFn: write,
    onSuccess: (saved) => { setChanged(null); client.setQueryData([key], saved); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success("已保存"); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  return { query, value: changed ?? query.data, changed: changed !== null, set: setChanged, save };
}

function Places() {
  const { query, value, changed, set, save } = useSaved<DutyPositionSettings>("duty-position-settings", readDutyPositions, saveDutyPositions);
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!value) return null;
  return (
    <section className="panel" aria-labelledby="duty-places" style={{ marginTop: 16 }}>
      <h2 id="duty-places">值班位置</h2>
      <p className="quiet">默认关闭。开启后，值班人员每班自愿在手机上打开，只保留最近一次位置，到班结束或到时即删；派遣员只看到离线索多远，看不到位置。关闭时立即删除全部。</p>
      <p><label><Switch checked={value.sharing} onChange={(sharing) => set({ ...value, sharing })} aria-label="允许共享值班位置" /> 允许值班人员共享位置</label></p>
      <p><label>保留 <InputNumber aria-label="保留小时数" min={1} max={24} precision={0} value={value.hours} onChange={(hours) => set({ ...value, hours: hours ?? 1 })} /> 小时</label></p>
      <Button type="primary" disabled={!changed} loading={save.isPending} onClick={() => save.mutate(value)}>保存</Button>
    </section>
  );
}

function Pairs() {
  const { query, value, changed, set, save } = useSaved<JointPair[]>("joint-pairs", async (signal) => (await readJointPairs(signal)).items, async (items) => (await saveJointPairs(items)).items);
  const tree = useUnitTree();
  const units = useOrganisations();
  const off = (id: string) => units.data?.items.some((unit) => unit.id === id && !unit.active) === true;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!value) return null;
  const put = (index: number, change: Partial<JointPair>) => set(value.map((it, at) => (at === index ? { ...it, ...change } : it)));
  return (
    <section className="panel" aria-labelledby="joint-pairs" style={{ marginTop: 16 }}>
      <h2 id="joint-pairs">一键直呼</h2>
      <p className="quiet">列在这里的，现场“请求协办”不经派遣员决定，对方单位立即收到任务，派遣员收到提醒。没有列的仍由派遣员决定。</p>
      {value.map((it, index) => (
        <div key={index} style={{ display: "flex", gap: 8, marginBottom: 8, flexWrap: "wrap", alignItems: "center" }}>
          <TreeSelect aria-label={`第 ${index + 1} 条呼叫单位`} allowClear placeholder="任何单位" value={it.from ?? null} onChange={(from: string | null) => set(value.map((own, at) => (at === index ? { to: own.to, ...(from ? { from } : {}) } : own)))} treeData={tree} treeDefaultExpandAll style={{ minWidth: 180 }} />
          <span>可直呼</span>
          <TreeSelect aria-label={`第 ${index + 1} 条被呼单位`} placeholder="选择单位" value={it.to || null} onChange={(to: string | null) => put(index, { to: to ?? "" })} treeData={tree} treeDefaultExpandAll style={{ minWidth: 180 }} />
          {[it.from, it.to].some((unit) => unit && off(unit)) && <span className="quiet">有单位已停用，此条不起作用</span>}
          <Button type="text" onClick={() => set(value.filter((_, at) => at !== index))}>移除</Button>
        </div>
      ))}
      <div style={{ display: "flex", gap: 8 }}>
        <Button icon={<PlusOutlined />} onClick={() => set([...value, { to: "" }])}>新增</Button>
        <Button type="primary" disabled={!changed || value.some((it) => !it.to)} loading={save.isPending} onClick={() => save.mutate(value)}>保存</Button>
      </div>
    </section>
  );
}
