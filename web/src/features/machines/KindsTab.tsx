/** The 64 kinds that machines recognise (识别种类): which are on, which file by themselves, and how often each was right. */
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Segmented, Switch, Table } from "antd";
import { useState } from "react";
import { saveKind } from "../../api/machines";
import type { MachineKind, MachineKindRules } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";
import { KindDrawer } from "./KindDrawer";
import { isPaused, kindsQuery, narrowedKinds, ofGroup, pausedWord, useKinds, type KindFilter } from "./kinds";
import { PrecisionCell } from "./PrecisionCell";
import { percent, precisionWord } from "./sightings";
import "../sources/sources.css";
import "./machines.css";

const groups: [KindFilter["group"], string][] = [["all", "全部"], ["core", "核心"], ["active", "启用"], ["automatic", "自动"], ["paused", "已暂停"]];

export function KindsTab() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const list = useKinds();
  const [filter, setFilter] = useState<KindFilter>({ group: "all", q: "" });
  const [editing, setEditing] = useState<MachineKind | null>(null);
  const [turning, setTurning] = useState<number | null>(null);
  const items = list.data?.items ?? [];

  async function save(of: MachineKind, change: Partial<MachineKindRules>, words: string, resume = false) {
    setTurning(of.number);
    try {
      await saveKind(of, { ...of.rules, ...change }, resume);
      void message.success(`${words}：${of.name}`);
    } catch (error) {
      const failed = asProblem(error);
      void message.error(failed.stale ? "这个识别种类刚被别人改过，已载入最新内容，请核对后再改。" : failed.message);
    }
    await client.invalidateQueries({ queryKey: kindsQuery.queryKey });
    void client.invalidateQueries({ queryKey: ["settings-history"] });
    setTurning(null);
  }

  function turnAutomatic(of: MachineKind, automatic: boolean) {
    if (!automatic) { void save(of, { automatic }, "已改为人工研判"); return; }
    void modal.confirm({
      title: `“${of.name}”的发现自动转线索？`, okText: "改为自动", width: 480,
      content: (
        <>
          <p>以后的发现不再等人研判，直接成为线索，由受理员照常受理。待研判的 {of.waiting} 条不变。</p>
          <p>现在：{precisionWord(of.precision)}。准确率的 95% 区间整个低于 {percent(of.rules.floor)} 时，会自动暂停，改回由人研判。</p>
          {of.paused_at && <p><b>这个种类已被暂停</b>：改为自动后，还要“恢复自动”才会自己转线索。</p>}
        </>
      ),
      onOk: () => save(of, { automatic }, "已改为自动转线索"),
    });
  }

  function resume(of: MachineKind) {
    void modal.confirm({
      title: `恢复“${of.name}”自动转线索？`, okText: "恢复自动", width: 480,
      content: <p>{pausedWord(of)}。恢复后，全部设备在这个种类上此前的研判不再计入准确率，从头算起；请先确认设备或模型已经改好。{of.rules.automatic ? "" : "这个种类没有开自动，恢复后仍由人研判。"}</p>,
      onOk: () => save(of, {}, "已恢复", true),
    });
  }

  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar"><p className="quiet">设备能识别的 64 种情形，其中 48 种是每个城市都应关注的核心种类。事件要多次确认才形成发现；准确率太低的自动暂停，不再自己转线索。</p></div>
      <search className="source-bar" aria-label="筛选识别种类">
        <Segmented aria-label="范围" value={filter.group} onChange={(group) => setFilter({ ...filter, group })} options={groups.map(([value, words]) => ({ value, label: list.data ? `${words} ${items.filter((it) => ofGroup(it, value)).length}` : words }))} />
        <Input aria-label="查找识别种类" placeholder="名称、编号或类别" allowClear value={filter.q} onChange={(event) => setFilter({ ...filter, q: event.target.value })} style={{ width: 220 }} />
      </search>
      <Table<MachineKind>
        rowKey="number" size="small" className="settings-table" loading={list.isPending} pagination={false} scroll={{ x: 1060 }} dataSource={narrowedKinds(items, filter)}
        locale={{ emptyText: list.isPending ? " " : filter.group === "paused" && filter.q === "" ? <Empty title="没有被暂停的种类">准确率的 95% 区间整个低于下限时，种类或设备自动暂停，出现在这里。</Empty> : <Empty title="没有这样的种类">换个词或范围。</Empty> }}
        columns={[
          { title: "编号", width: 58, dataIndex: "number", render: (it: number) => <span className="mono">{it}</span> },
          { title: "名称", render: (_, it) => <><button type="button" className="link source-name" onClick={() => setEditing(it)}>{it.name}</button> {it.core && <span className="tag" title="48 种核心种类之一">核心</span>}{it.personal && <span className="tag" title="以人为主，缺省停用">涉人</span>}</> },
          { title: "类别", width: 150, render: (_, it) => <>{it.class_name ?? "—"}<div className="mono quiet">{it.class_code}</div></> },
          { title: "启用", width: 62, render: (_, it) => <Switch size="small" aria-label={`启用 ${it.name}`} checked={it.rules.active} loading={turning === it.number} disabled={turning !== null} onChange={(active) => void save(it, { active }, active ? "已启用" : "已停用")} /> },
          {
            title: "自动转线索", width: 190, render: (_, it) => (
              <>
                <Switch size="small" aria-label={`${it.name}自动转线索`} checked={it.rules.automatic} disabled={turning !== null} onChange={(automatic) => turnAutomatic(it, automatic)} />
                {isPaused(it) && <div className="paused"><b>{it.paused_at ? `${dateTime(it.paused_at).slice(5)} 自动暂停` : "部分设备已暂停"}</b><br />{pausedWord(it)}<br /><button type="button" className="link" disabled={turning !== null} onClick={() => resume(it)}>恢复自动</button></div>}
              </>
            ),
          },
          { title: "确认", width: 108, render: (_, it) => <span className="kind-rules">{it.rules.of} 次里 {it.rules.need} 次<div className="quiet">置信度 ≥ {percent(it.rules.least_confidence)}</div></span> },
          { title: "静默期", width: 82, render: (_, it) => `${it.rules.quiet_minutes} 分钟` },
          { title: "准确率", width: 134, render: (_, it) => <><PrecisionCell of={it.precision} />{it.precision.share != null && <div className="quiet">下限 {percent(it.rules.floor)}</div>}</> },
          { title: "待研判", width: 70, render: (_, it) => (it.waiting > 0 ? <Link to="/sightings" search={{ kind: String(it.number) }}>{it.waiting} 条</Link> : <span className="quiet">0</span>) },
          { title: <span className="visually-hidden">操作</span>, width: 64, render: (_, it) => <Button size="small" type="text" aria-label={`编辑 ${it.name}`} onClick={() => setEditing(it)}>编辑</Button> },
        ]}
      />
      {editing && <KindDrawer key={editing.number} of={editing} close={() => setEditing(null)} />}
    </>
  );
}
