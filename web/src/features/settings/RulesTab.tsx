/** Dispatch rules (派遣规则): class × place × time × duty; edited as a draft, tried on the last 90 days, published as a numbered set. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Form, Input, InputNumber, Select, Switch, Table, TreeSelect } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import { addRule, askWhatIf, changeRule, discardDraft, publishDraft, removeRule } from "../../api/dispatch-rules";
import type { DispatchRule, DispatchRuleInput, Items, Region, RuleDraft } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { prefixWord, useClasses } from "../catalogue/classes";
import { FigureDrawer } from "../dispatch-rules/FigureDrawer";
import { changesById, draftQuery, isFigure, isWorking, kindWords, weekdays, whenWords, type RuleNames } from "../dispatch-rules/rules";
import { ChangeList, SetsDrawer } from "../dispatch-rules/SetsDrawer";
import { WhatIfPanel, type Opened } from "../dispatch-rules/WhatIfPanel";
import { useUnitTree } from "../organisation/units";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import "../dispatch-rules/dispatch-rules.css";

export function RulesTab() {
  const draft = useQuery(draftQuery);
  if (draft.isPending) return <Loading />;
  if (!draft.data) return <Failure error={draft.error} retry={() => void draft.refetch()} />;
  return <Rules of={draft.data} />;
}

function Rules({ of }: { of: RuleDraft }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  // Which figure or list is open stands in the address.
  const search = useSearch({ strict: false }) as { figure?: string; from?: string; to?: string; versions?: string };
  const [editing, setEditing] = useState<DispatchRule | "new" | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [busy, setBusy] = useState(false);
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const classes = useClasses();
  const tree = useUnitTree();
  const names: RuleNames = {
    classOf: (prefix) => prefixWord(classes.data?.items, prefix), regionOf: (code) => (code === "" ? "全域" : regions.data?.items.find((it) => it.code === code)?.name ?? code),
  };
  const changed = changesById(of.changes);
  const refresh = () => client.invalidateQueries({ queryKey: draftQuery.queryKey });
  const go = (more: Record<string, string | undefined>) => void navigate({ to: "/settings", search: { tab: "rules", ...more } as never });
  const open = (it: Opened) => go({ figure: it.figure, from: it.from, to: it.to });

  /** An act on the draft as it was seen; a stale one loads the newest and says so. */
  async function act(work: () => Promise<unknown>, done: string | null) {
    setBusy(true);
    try {
      await work();
      if (done) void message.success(done);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.stale) void message.warning("草稿刚被别人改过，已载入最新内容，请核对后再操作。");
      else void message.error(failed.message);
    } finally {
      await refresh();
      setBusy(false);
    }
  }

  const draftWord = of.changes.length === 0 ? "草稿与现行规则相同" : `草稿有 ${of.changes.length} 处改动，尚未生效`;
  return (
    <>
      <div className="settings-bar"><p className="quiet">立案后按优先级从小到大匹配，第一条命中的规则决定处置单位；没有命中的进入“待派遣”由派遣员处理。下面改的是草稿，可以先用近 90 天的线索试算，发布后才生效。</p></div>
      <section className="panel draft-now" aria-label="草稿与现行版本">
        <div>
          <h2>{of.in_force === 0 ? "还没有发布过规则" : `现行第 ${of.in_force} 版`} · {draftWord}</h2>
          {of.changed_at && <p className="quiet">草稿最近修改：{of.changed_by?.name ?? "系统"} {dateTime(of.changed_at)}</p>}
        </div>
        <div className="draft-acts" role="group" aria-label="草稿操作">
          <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>新增规则</Button>
          <Button disabled={busy || of.changes.length === 0 || isWorking(of)} onClick={() => void act(() => askWhatIf(of.revision), null)}>试算近 90 天</Button>
          <Button type="primary" disabled={busy || of.changes.length === 0} onClick={() => setPublishing(true)}>发布</Button>
          <Button disabled={busy || of.changes.length === 0} onClick={() => void modal.confirm({ title: "放弃草稿的全部改动？", content: "草稿回到现行规则，改动不再保留。", okText: "放弃改动", cancelText: "取消", onOk: () => act(() => discardDraft(of.revision), "草稿已回到现行规则") })}>放弃改动</Button>
          <Button onClick={() => go({ versions: "all" })}>历史版本</Button>
        </div>
      </section>
      {of.changes.length > 0 && <details className="draft-changes"><summary>草稿改了什么</summary><ChangeList changes={of.changes} names={names} /></details>}
      <Table<DispatchRule>
        rowKey="id" size="small" className="settings-table" pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 760 }} dataSource={[...of.items].sort((a, b) => a.priority - b.priority)} locale={{ emptyText: <Empty title="还没有派遣规则">没有规则时，全部线索由派遣员手工派遣。点“新增规则”写第一条，发布后生效。</Empty> }}
        columns={[
          { title: "优先级", width: 110, render: (_, it) => <>{it.priority} {changed.get(it.id) && <span className="tag">{kindWords[changed.get(it.id) ?? "changed"]}</span>}</> }, { title: "类别", render: (_, it) => <>{names.classOf(it.class_prefix)} {it.class_prefix !== "" && <span className="mono quiet">{it.class_prefix}</span>}</> }, { title: "区域", render: (_, it) => names.regionOf(it.region_prefix) },
          { title: "时间", render: (_, it) => whenWords(it) }, { title: "处置单位", render: (_, it) => <b style={{ fontWeight: 500 }}>{it.unit_name}</b> }, { title: "说明", dataIndex: "note" },
          {
            title: <span className="visually-hidden">操作</span>, width: 130, render: (_, it) => (
              <>
                <Button size="small" type="text" onClick={() => setEditing(it)}>编辑</Button>
                <Button size="small" type="text" onClick={() => void modal.confirm({ title: "从草稿里删除这条规则？", okText: "删除", cancelText: "取消", onOk: () => act(() => removeRule(it.id), "已从草稿删除") })}>删除</Button>
              </>
            ),
          },
        ]}
      />
      {of.what_if && <WhatIfPanel of={of.what_if} open={open} />}
      {of.what_if && isFigure(search.figure) && <FigureDrawer id={of.what_if.id} opened={{ figure: search.figure, from: search.from, to: search.to }} close={() => go({})} />}
      {search.versions !== undefined && <SetsDrawer names={names} close={() => go({})} />}
      <FormDialog<{ note: string }>
        open={publishing} title={`发布第 ${of.in_force + 1} 版`} okText="发布并生效" width={640} initial={{ note: "" }} close={() => setPublishing(false)}
        save={async ({ note }) => {
          client.setQueryData(draftQuery.queryKey, await publishDraft(note, of.revision));
          setPublishing(false);
          void message.success("已发布，规则即时生效");
          void client.invalidateQueries({ queryKey: ["dispatch-rule-sets"] });
        }}
      >
        <ChangeList changes={of.changes} names={names} />
        {!of.what_if?.current && <p className="quiet">这份草稿还没有试算过。</p>}
        <Form.Item name="note" label="改动原因" rules={[{ required: true, whitespace: true, message: "请写明改动原因" }]} style={{ marginTop: 12 }}><Input maxLength={200} /></Form.Item>
      </FormDialog>
      <FormDialog<DispatchRuleInput>
        open={editing !== null} title={editing === "new" ? "新增派遣规则" : "编辑派遣规则"} initial={editing && editing !== "new" ? editing : { priority: 100, class_prefix: "", region_prefix: "", on_duty: false, note: "" }} close={() => setEditing(null)}
        save={async (fields) => {
          const body = { ...fields, class_prefix: fields.class_prefix ?? "", region_prefix: fields.region_prefix ?? "", note: fields.note ?? "", weekdays: fields.weekdays?.length ? fields.weekdays : null, from_hour: fields.from_hour ?? null, to_hour: fields.to_hour ?? null };
          if (editing === "new") await addRule(body);
          else if (editing) await changeRule(editing.id, body, editing.version);
          setEditing(null);
          void message.success("已存入草稿");
          void refresh();
        }}
      >
        <div className="two">
          <Form.Item name="priority" label="优先级（小者先）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={0} max={9999} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="class_prefix" label="类别代码前缀" extra="06 为市容环境全部；留空为全部。" rules={[{ pattern: /^\d{0,5}$/, message: "最多 5 位数字" }]}><Input className="mono" inputMode="numeric" /></Form.Item>
        </div>
        <Form.Item name="region_prefix" label="区域"><Select showSearch={{ optionFilterProp: "label" }} options={[{ value: "", label: "全域" }, ...(regions.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.name} ${it.code}` }))]} /></Form.Item>
        <Form.Item name="weekdays" label="星期（不选为每天）"><Select mode="multiple" options={weekdays.map((label, index) => ({ value: index + 1, label }))} /></Form.Item>
        <div className="two">
          <Form.Item name="from_hour" label="从（时）"><InputNumber min={0} max={23} style={{ width: "100%" }} placeholder="全天" /></Form.Item>
          <Form.Item name="to_hour" label="到（时）"><InputNumber min={1} max={24} style={{ width: "100%" }} placeholder="全天" /></Form.Item>
        </div>
        <Form.Item name="unit_id" label="处置单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
        <Form.Item name="on_duty" label="仅在该单位值班时命中" valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="note" label="说明"><Input maxLength={200} /></Form.Item>
      </FormDialog>
    </>
  );
}
