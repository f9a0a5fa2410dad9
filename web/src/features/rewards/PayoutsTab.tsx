/** Payouts: files for the finance system, and what it says came of them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal, Select, Table, Upload, type TableColumnsType } from "antd";
import { useState } from "react";
import type { PayoutImported, RewardPayout, RewardProgramme } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { confirmRewardPayout, listRewardPayouts, makeRewardPayout, payoutFile } from "../../api/rewards";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { yuan } from "./fen";
import { roundedLine, textOf } from "./resultFile";

export function PayoutsTab({ programmes }: { programmes: RewardProgramme[] }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const session = useSession();
  const [pays, reveals] = [mayAny(session, ["reward.pay"]), mayAny(session, ["reward.reveal"])];
  const [programme, setProgramme] = useState(programmes[0]?.id);
  const [said, setSaid] = useState<PayoutImported | null>(null);
  const [busy, setBusy] = useState(false);
  const list = useQuery({ queryKey: ["reward-payouts"], queryFn: ({ signal }) => listRewardPayouts(signal) });
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      for (const queryKey of [["reward-payouts"], ["reward-awards"], ["reward-account"]]) void client.invalidateQueries({ queryKey });
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  };
  const make = () => act(async () => {
    if (!programme) return;
    const made = await makeRewardPayout(programme);
    void message.success(`批次 ${made.number}：${made.awards} 件，${yuan(made.fen)}`);
  });
  const read = (id: string, file: File) => act(async () => {
    const text = textOf(await file.arrayBuffer());
    const rounded = roundedLine(text);
    if (rounded === null) setSaid(await confirmRewardPayout(id, text));
    else void message.error(`没有导入：第 ${rounded} 行的流水号被表格软件改成了科学计数（如 2.02E+17），请把该列设为文本，重新填写。`, 10);
  });
  const columns: TableColumnsType<RewardPayout> = [
    { title: "批次", fixed: "left", render: (_, it) => <span className="mono">{it.number}</span> },
    { title: "方案", render: (_, it) => programmes.find((of) => of.id === it.programme)?.name ?? "" },
    { title: "件数", align: "right", render: (_, it) => it.awards },
    { title: "金额", align: "right", render: (_, it) => yuan(it.fen) },
    { title: "已发放", align: "right", render: (_, it) => it.paid },
    { title: "待确认", align: "right", render: (_, it) => it.waiting },
    { title: "生成", render: (_, it) => `${it.made_by} · ${dateTime(it.made_at)}` },
    {
      title: "", render: (_, it) => pays && (
        <span className="reward-acts">
          <a href={payoutFile(it.id, false)} download>下载（电话遮盖）</a>
          {reveals && <a href={payoutFile(it.id, true)} download>下载（完整电话）</a>}
          <Upload accept=".csv,text/csv" showUploadList={false} beforeUpload={(file) => { void read(it.id, file); return false; }}><Button size="small">导入财务结果</Button></Upload>
        </span>
      ),
    },
  ];
  return (
    <>
      {pays && (
        <div className="reward-bar">
          <Select aria-label="方案" value={programme ?? null} onChange={setProgramme} options={programmes.map((it) => ({ value: it.id, label: it.name }))} style={{ minWidth: 180 }} />
          <Button type="primary" loading={busy} disabled={!programme} onClick={() => void make()}>生成发放批次</Button>
          <span className="quiet">只放入已领取、由别人审核的奖励；下载会留记录。</span>
        </div>
      )}
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : !list.data ? <Loading /> : list.data.items.length === 0 ? (
        <Empty title="还没有发放批次">上报人领取后，在这里生成交给财务的文件；财务发放后，把填好“结果”“流水号”的文件导回来。</Empty>
      ) : <Table<RewardPayout> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
      <Modal open={said !== null} onCancel={() => setSaid(null)} footer={<Button type="primary" onClick={() => setSaid(null)}>知道了</Button>} title="导入结果">
        {said && <>
          <p>共 {said.rows} 行：导入 {said.imported} 行（其中发放失败 {said.failed} 行，等下一批），此前已导入 {said.already} 行，未采纳 {said.rejected} 行。</p>
          {said.rejections.length > 0 && <ul className="reward-rejected">{said.rejections.map((it) => <li key={it.row}>第 {it.row} 行：{it.reason}</li>)}</ul>}
        </>}
      </Modal>
    </>
  );
}
