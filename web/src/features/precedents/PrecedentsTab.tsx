/** Precedents (判例): settled boundary disputes, which dispatch proposes first and cites. */
import { PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Form, Input, Segmented, Select, TreeSelect } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import { changePrecedent, listPrecedents, recordPrecedent, withdrawPrecedent } from "../../api/precedents";
import type { Items, Precedent, PrecedentInput, Region } from "../../api/contract";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { prefixWord, useClasses } from "../catalogue/classes";
import { useUnitTree } from "../organisation/units";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { asInput, prefixesOf, usedWords } from "./precedents";
import "./precedents.css";

type Fields = Omit<PrecedentInput, "class_prefixes"> & { classes: string };

export function PrecedentsTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { withdrawn } = useSearch({ strict: false }) as { withdrawn?: string };
  const active = withdrawn === undefined;
  const [editing, setEditing] = useState<Precedent | "new" | null>(null);
  const [withdrawing, setWithdrawing] = useState<Precedent | null>(null);
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const classes = useClasses();
  const tree = useUnitTree();
  const list = useInfiniteQuery({
    queryKey: ["precedents", { active }], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listPrecedents({ active, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const placeOf = (code: string) => (code === "" ? "全区" : regions.data?.items.find((it) => it.code === code)?.name ?? code);
  const done = (words: string) => {
    void message.success(words);
    void client.invalidateQueries({ queryKey: ["precedents"] });
    void client.invalidateQueries({ queryKey: ["settings-history"] });
  };
  const initial = (it: Precedent | "new" | null): Partial<Fields> => (it && it !== "new" ? { ...asInput(it), classes: it.class_prefixes.join("、") } : { region_prefix: "", classes: "" });
  return (
    <>
      <div className="settings-bar">
        <p className="quiet">权属争议经裁定以后登记在这里：以后同类、同地的线索先按判例提出处置单位并写明依据，排在派遣规则之前。判例只撤销，不删除；派过的线索仍写着当时的依据。</p>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>登记判例</Button>
      </div>
      <Segmented aria-label="判例状态" value={active ? "active" : "withdrawn"} onChange={(it) => void navigate({ to: "/settings", search: { tab: "precedents", ...(it === "withdrawn" ? { withdrawn: "yes" } : {}) } as never, replace: true })} options={[{ value: "active", label: "有效" }, { value: "withdrawn", label: "已撤销" }]} style={{ marginBottom: 12 }} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? (
        <Empty title={active ? "还没有判例" : "没有撤销过的判例"}>{active ? "两个单位为谁管争过、上级裁定过的，登记一条，以后不再争。" : "不再适用的判例撤销后列在这里。"}</Empty>
      ) : (
        <ul className="precedents">
          {rows.map((it) => (
            <li key={it.id} aria-label={`判例第 ${it.number} 号`}>
              <div className="precedent-top"><b>第 {it.number} 号</b><span>{it.class_prefixes.map((prefix) => prefixWord(classes.data?.items, prefix)).join("、")} · {placeOf(it.region_prefix)}</span><strong>{it.unit.name}</strong></div>
              <p>{it.reason}</p>
              <p className="quiet">{it.decided_by} {it.decided_on} 裁定 · {it.recorded_by?.name ?? "系统"} {shortTime(it.recorded_at, now())} 登记 · {usedWords(it)}</p>
              {!it.active && <p className="quiet">已撤销：{it.withdrawn_for}</p>}
              {it.active && (
                <div className="precedent-acts">
                  <Button size="small" onClick={() => setEditing(it)}>修改</Button>
                  <Button size="small" onClick={() => setWithdrawing(it)}>撤销</Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      <FormDialog<Fields>
        open={editing !== null} title={editing === "new" ? "登记判例" : "修改判例"} okText={editing === "new" ? "登记" : "保存"} initial={initial(editing)} close={() => setEditing(null)}
        save={async ({ classes: typed, ...fields }) => {
          const input = { ...fields, class_prefixes: prefixesOf(typed), region_prefix: fields.region_prefix ?? "" };
          if (editing === "new") await recordPrecedent(input);
          else if (editing) await changePrecedent(editing.id, input, editing.version);
          setEditing(null);
          done(editing === "new" ? "已登记，以后同类线索先按它派" : "已保存");
        }}
      >
        <Form.Item name="unit_id" label="处置单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
        <Form.Item name="classes" label="类别" extra="类别编码或开头两位以上，多个用顿号或空格分开，例如 06025、06026。" rules={[{ required: true, whitespace: true, message: "请填写类别" }]}><Input className="mono" /></Form.Item>
        <Form.Item name="region_prefix" label="区域"><Select showSearch={{ optionFilterProp: "label" }} options={[{ value: "", label: "全区" }, ...(regions.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.name} ${it.code}` }))]} /></Form.Item>
        <Form.Item name="reason" label="裁定内容" extra="派遣时原样写出来，例如“桥下水面归水利，桥面归市政”。" rules={[{ required: true, whitespace: true, message: "请写明裁定内容" }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
        <div className="two">
          <Form.Item name="decided_by" label="裁定单位" extra="会议、机关或文号；不写姓名。" rules={[{ required: true, whitespace: true, message: "请填写" }]}><Input maxLength={200} /></Form.Item>
          <Form.Item name="decided_on" label="裁定日期" rules={[{ required: true, message: "请填写" }]}><Input type="date" /></Form.Item>
        </div>
      </FormDialog>
      <FormDialog<{ reason: string }>
        open={withdrawing !== null} title={`撤销判例第 ${withdrawing?.number ?? ""} 号`} okText="撤销" initial={{ reason: "" }} close={() => setWithdrawing(null)}
        save={async ({ reason }) => {
          if (withdrawing) await withdrawPrecedent(withdrawing.id, reason, withdrawing.version);
          setWithdrawing(null);
          done("已撤销，以后不再按它派");
        }}
      >
        <Form.Item name="reason" label="撤销理由" rules={[{ required: true, whitespace: true, message: "请写明理由" }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      </FormDialog>
    </>
  );
}
