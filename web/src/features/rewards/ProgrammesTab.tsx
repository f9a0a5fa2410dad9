/** Programmes: their rules, and telephones that are never paid. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal, Radio, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { RewardProgramme } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { barTelephones, countBarred, releaseTelephones } from "../../api/rewards";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty } from "../shell/Page";
import { EditProgramme } from "./EditProgramme";
import { yuan } from "./fen";

export function ProgrammesTab({ programmes }: { programmes: RewardProgramme[] }) {
  const may = mayAny(useSession(), ["reward.configure"]);
  const [editing, setEditing] = useState<RewardProgramme | "new" | null>(null);
  const [barring, setBarring] = useState(false);
  const barred = useQuery({ queryKey: ["reward-barred"], queryFn: ({ signal }) => countBarred(signal) });
  const columns: TableColumnsType<RewardProgramme> = [
    { title: "名称", fixed: "left", render: (_, it) => it.name },
    { title: "起止", render: (_, it) => `${it.rules.from_day} 至 ${it.rules.to_day}` },
    { title: "范围", render: (_, it) => it.area_name ?? it.rules.area },
    { title: "总预算", align: "right", render: (_, it) => yuan(it.rules.total_fen) },
    { title: "可用", align: "right", render: (_, it) => yuan(it.budget_fen) },
    { title: "每日预算", align: "right", render: (_, it) => yuan(it.rules.daily_fen) },
    { title: "不足时", render: (_, it) => (it.rules.shortage === "draw" ? "抽签" : "先报先得") },
    { title: "已核定到", render: (_, it) => it.settled_to },
    { title: "规则", render: (_, it) => `第 ${it.version} 版，${it.rules_from} 起 · ${it.published_by} · ${dateTime(it.published_at)}` },
    { title: "", render: (_, it) => may && <Button size="small" onClick={() => setEditing(it)}>修改规则</Button> },
  ];
  return (
    <>
      <div className="reward-bar">
        {may && <Button type="primary" onClick={() => setEditing("new")}>新建方案</Button>}
        {may && <Button onClick={() => setBarring(true)}>不予奖励的电话</Button>}
        {barred.data && <span className="quiet">已登记 {barred.data.count} 个不予奖励的电话，只存指纹，不能读出。</span>}
      </div>
      {programmes.length === 0 ? <Empty title="还没有奖励方案">新建方案时可以用近 90 天的上报试算；规则最早从第二天起生效，市民在门户上能看到。</Empty>
        : <Table<RewardProgramme> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={programmes} />}
      {editing && <EditProgramme of={editing === "new" ? null : editing} close={() => setEditing(null)} />}
      {barring && <Bar close={() => setBarring(false)} />}
    </>
  );
}

function Bar({ close }: { close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [releasing, setReleasing] = useState(false);
  const [reason, setReason] = useState("");
  const save = useMutation({
    mutationFn: () => { const telephones = text.split(/[\s,，;；]+/).filter(Boolean); return releasing ? releaseTelephones(telephones, reason) : barTelephones(telephones); },
    onSuccess: (now) => { client.setQueryData(["reward-barred"], now); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success(`${releasing ? "已解除" : "已登记"}，共 ${now.count} 个`); close(); },
    onError: (error) => { void message.error(asProblem(error).message, 8); },
  });
  return (
    <Modal open title="不予奖励的电话" okText={releasing ? "解除" : "登记"} cancelText="取消" onCancel={close} onOk={() => save.mutate()} confirmLoading={save.isPending} okButtonProps={{ disabled: text.trim() === "" || (releasing && reason.trim() === "") }}>
      <Radio.Group value={releasing} onChange={(event) => setReleasing(event.target.value === true)} options={[{ value: false, label: "登记" }, { value: true, label: "解除" }]} style={{ marginBottom: 8 }} />
      <p>工作人员、采集员、处置单位人员的电话，每行一个。登记后只存指纹，谁也读不出来。</p>
      <Input.TextArea aria-label="电话" value={text} onChange={(event) => setText(event.target.value)} autoSize={{ minRows: 4, maxRows: 12 }} />
      {releasing && <Input aria-label="解除理由" style={{ marginTop: 8 }} placeholder="解除理由，如：已离职、号码已换人" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}
    </Modal>
  );
}
