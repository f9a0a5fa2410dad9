/** A replay of the last 90 days under the draft (试算): how far it has come, what would change, and the leads behind each figure. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Table } from "antd";
import { cancelWhatIf } from "../../api/dispatch-rules";
import type { WhatIf, WhatIfMove, WhatIfReport } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty } from "../shell/Page";
import { draftQuery, estimateWords, shareWord, type Figure } from "./rules";

export interface Opened { figure: Figure; from?: string | undefined; to?: string | undefined }

export function WhatIfPanel({ of, open }: { of: WhatIf; open: (it: Opened) => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const cancel = useMutation({
    mutationFn: () => cancelWhatIf(of.id), onError: (error) => void message.error(asProblem(error).message), onSettled: () => client.invalidateQueries({ queryKey: draftQuery.queryKey }),
  });
  const working = of.state === "waiting" || of.state === "running";
  return (
    <section className="panel what-if" aria-labelledby="what-if">
      <h2 id="what-if">试算 <small>{dateTime(of.from)} 至 {dateTime(of.to)} 立案的线索，{of.base === 0 ? "没有现行规则" : `与第 ${of.base} 版比较`}{of.asked_by && ` · ${of.asked_by.name}`}</small></h2>
      {!working && !of.current && <p className="what-if-old" role="status">草稿或现行规则在试算以后又改过，下面是改之前的结果，请重新试算。</p>}
      {working && (
        <div className="what-if-progress" role="status">
          <Progress percent={of.total > 0 ? Math.floor((of.done / of.total) * 100) : 0} size="small" aria-label="试算进度" />
          <span className="quiet">{of.state === "waiting" ? "等待试算" : `已看 ${of.done} / ${of.total} 件`}</span>
          <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>取消试算</Button>
        </div>
      )}
      {of.state === "cancelled" && <p className="quiet">这次试算已取消，没有结果。</p>}
      {of.report && <Found of={of.report} open={open} />}
    </section>
  );
}

function Found({ of, open }: { of: WhatIfReport; open: (it: Opened) => void }) {
  const figures: { figure: Figure; label: string; count: number; note: string }[] = [
    { figure: "moved", label: "会改派", count: of.moved, note: `共回放 ${of.leads} 件` },
    { figure: "sent-back-by-present", label: "其中原单位退过单", count: of.back_by_present, note: "改派可能免去的退单" },
    { figure: "sent-back-by-draft", label: "其中草稿单位退过单", count: of.back_by_draft, note: "改派可能又被退回" },
    { figure: "without-rule", label: "没有规则命中", count: of.unruled_draft, note: `现行规则下 ${of.unruled_present} 件` },
  ];
  return (
    <>
      <dl className="what-if-figures">
        {figures.map((it) => (
          <div key={it.figure}>
            <dt>{it.label}</dt>
            <dd>{it.count > 0 ? <button type="button" className="link" aria-label={`${it.label} ${it.count} 件，打开线索`} onClick={() => open({ figure: it.figure })}>{it.count} 件</button> : "0 件"}</dd>
            <dd className="quiet">{it.note}</dd>
          </div>
        ))}
      </dl>
      <p className="what-if-estimate"><b>时限影响（估算）</b> {estimateWords(of)}</p>
      {(of.skipped > 0 || of.cut || of.moves_left_off > 0) && (
        <p className="quiet">{[of.skipped > 0 && `另有 ${of.skipped} 件没有类别或网格，不按规则派遣`, of.cut && "线索过多，只看了较新的部分", of.moves_left_off > 0 && `另有 ${of.moves_left_off} 件的去向未列出`].filter(Boolean).join("；")}。</p>
      )}
      <Table<WhatIfMove>
        rowKey={(it) => `${it.from ?? "none"} ${it.to ?? "none"}`} size="small" className="settings-table" pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 760 }} dataSource={of.moves}
        locale={{ emptyText: <Empty title="没有线索会改派">这 90 天立案的线索，在草稿下都派给同一个单位。</Empty> }}
        columns={[
          { title: "现行规则", render: (_, it) => it.from_name ?? "待派遣" }, { title: "草稿", render: (_, it) => <b style={{ fontWeight: 500 }}>{it.to_name ?? "待派遣"}</b> },
          { title: "线索", width: 90, align: "right", render: (_, it) => <button type="button" className="link" aria-label={`${it.from_name ?? "待派遣"} 改到 ${it.to_name ?? "待派遣"} ${it.leads} 件，打开线索`} onClick={() => open({ figure: "moved", from: it.from ?? "none", to: it.to ?? "none" })}>{it.leads} 件</button> },
          { title: "原单位退过", width: 96, align: "right", render: (_, it) => (it.from ? it.back_by_from : "—") }, { title: "草稿单位退过", width: 110, align: "right", render: (_, it) => (it.to ? it.back_by_to : "—") },
          {
            title: "处置按期率：原单位 → 草稿单位", width: 330, render: (_, it) => (
              <ul className="what-if-groups">{it.groups.map((group) => <li key={group.category}>{group.name} {group.leads} 件：{shareWord(group.from, of.least ?? 20)} → {shareWord(group.to, of.least ?? 20)}</li>)}</ul>
            ),
          },
        ]}
      />
    </>
  );
}
