/** How levels respond (分层响应设置): shares of the disposal limit, and raising by itself. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Switch } from "antd";
import { useState } from "react";
import { readLayerSettings, saveLayerSettings } from "../../api/charges";
import type { LayerSettings } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Failure, Loading } from "../shell/Page";

const levels = [["township", "镇街"], ["county", "县"], ["city", "市"]] as const;

export function LayersTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["layer-settings"], queryFn: ({ signal }) => readLayerSettings(signal), refetchOnWindowFocus: false });
  const [changed, setChanged] = useState<LayerSettings | null>(null);
  const save = useMutation({
    mutationFn: saveLayerSettings,
    onSuccess: (saved) => { setChanged(null); client.setQueryData(["layer-settings"], saved); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success("已保存"); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const settings = changed ?? query.data;
  const shares = settings.shares ?? null;
  const sum = shares ? shares.township + shares.county + shares.city : 100;
  return (
    <>
      <div className="settings-bar"><p className="quiet">单位的层级按其辖区：四位代码为市级，六位为县级，更长为镇街级。分份额时，派到某级的件有该级及以下各级的份额，上提后再加上一级的份额；不分时，上提、退回、下派都带走剩余时限（不少于 4 小时）。改动只影响之后开始计时的时限。</p></div>
      <section className="panel reply-settings">
        <p><label><Switch checked={settings.automatic} onChange={(automatic) => setChanged({ ...settings, automatic })} aria-label="到期自动上提" /> 本级处置时限到期，自动上提到上一级</label></p>
        <p><label><Switch checked={shares !== null} onChange={(on) => setChanged({ ...settings, shares: on ? { township: 60, county: 25, city: 15 } : null })} aria-label="各级分处置时限" /> 各级分处置时限</label></p>
        {shares && (
          <p style={{ display: "flex", gap: 16, flexWrap: "wrap" }}>
            {levels.map(([level, label]) => (
              <label key={level}>{label} <InputNumber aria-label={`${label}份额`} min={1} max={98} precision={0} suffix="%" value={shares[level]} onChange={(value) => setChanged({ ...settings, shares: { ...shares, [level]: value ?? 1 } })} /></label>
            ))}
          </p>
        )}
        {sum !== 100 && <p role="alert" className="quiet">三级份额合计应为 100，现在是 {sum}。</p>}
        <div style={{ display: "flex", gap: 8 }}>
          <Button type="primary" disabled={changed === null || sum !== 100} loading={save.isPending} onClick={() => save.mutate(settings)}>保存</Button>
          {changed !== null && <Button onClick={() => setChanged(null)}>放弃修改</Button>}
        </div>
      </section>
    </>
  );
}
