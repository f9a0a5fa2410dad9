/** One class model: what it was learned from, how it did class by class, what it confuses, and a text to try it with. */
import { Alert, Drawer, Table } from "antd";
import { useState, type ReactNode } from "react";
import type { ClassConfusion, ClassModel, ClassModelReport, ClassModels, ClassTried } from "../../api/contract";
import { dateTime, duration } from "../../format/time";
import { Empty } from "../shell/Page";
import { modelWord, percent, percentWord, samplesNotes, stateWord, weightWord } from "./models";
import { Shares } from "./Shares";
import { TryText } from "./TryText";

export function ModelDrawer({ of, models, actions, close }: { of: ClassModel; models: ClassModels; actions: ReactNode; close: () => void }) {
  const [open, setOpen] = useState(true);
  const used = models.used === of.number;
  return (
    <Drawer
      open={open} onClose={() => setOpen(false)} afterOpenChange={(it) => { if (!it) close(); }} size={980} className="model-drawer"
      title={<>{modelWord(of.number)} {used && <span className="tag">正在推荐</span>}</>} {...(actions ? { footer: <div className="model-foot">{actions}</div> } : {})}
    >
      <dl className="model-facts">
        <dt>状态</dt><dd>{stateWord(of)}</dd>
        <dt>训练</dt><dd>{of.asked_by?.name ?? "系统自动"} · {dateTime(of.asked_at)}{of.ended_at && `，用时 ${duration(Date.parse(of.ended_at) - Date.parse(of.asked_at))}`}</dd>
        {of.report && <><dt>样本</dt><dd>{[`${of.report.samples} 件经人工确认类别的线索`, ...samplesNotes(of.report)].join("，")}</dd></>}
        {of.report && <><dt>认得的类别</dt><dd>{of.report.classes} 类（每类至少 {models.least_of_a_class} 件样本，其余类别仍由词表推荐）</dd></>}
        {of.report && <><dt>与词表一起</dt><dd>{weightWord(of.report.words_weight)}，由较早的线索试出</dd></>}
      </dl>
      {of.failure && <Alert type="warning" showIcon title="没有训练成" description={of.failure} style={{ marginTop: 16 }} />}
      {of.state === "learning" && <Alert type="info" showIcon title="正在训练，结束后这里给出试算结果" style={{ marginTop: 16 }} />}
      {of.report && <Tried of={of.report} />}
      {of.choosable ? <section className="model-part" aria-labelledby="model-try"><h3 id="model-try">试一试</h3><TryText number={of.number} /></section>
        : of.state === "ready" && <Alert type="info" showIcon title="只保存最近 10 个模型和正在推荐的，这一号已不保存，不能试用和启用" style={{ marginTop: 16 }} />}
      {of.report && <Details of={of.report} />}
    </Drawer>
  );
}

function Tried({ of }: { of: ClassModelReport }) {
  return (
    <section className="model-part" aria-labelledby="model-tried">
      <h3 id="model-tried">试算 <small>首个推荐就是人工确认的类别</small></h3>
      <div className="model-tried">
        <Shares of={of} />
        <p className="quiet">
          用最近 1/5 的线索试算，文字与较早线索相同的不计，共 {of.tried} 件；试算的模型只学过较早的 4/5，选用的模型再用全部样本学一遍。
          {of.tried > 0 && <>前三个推荐里有正确的占 {percentWord(of.right_of_three, of.tried)}。</>}
          {typeof of.right_by_used === "number" && "当时在用的模型可能学过其中一部分，它的成绩会偏高。"}
          {of.simulated > 0 && "样本里有模拟线索，真实线索上的成绩可能低一些。"}
        </p>
      </div>
    </section>
  );
}

function Details({ of }: { of: ClassModelReport }) {
  return (
    <div className="model-details">
      <section className="model-part" aria-labelledby="model-classes">
        <h3 id="model-classes">各类别</h3>
        <Table<ClassTried>
          rowKey="code" size="small" className="settings-table" pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} dataSource={of.by_class} showSorterTooltip={false}
          locale={{ emptyText: <Empty title="没有试算过的类别">最近的线索里有新的说法，才能试算。</Empty> }}
          columns={[
            { title: "类别", render: (_, it) => <Class code={it.code} name={it.name} />, sorter: (a, b) => a.code.localeCompare(b.code) },
            { title: "试算", dataIndex: "tried", width: 84, align: "right", sorter: (a, b) => a.tried - b.tried, sortDirections: ["descend", "ascend"] },
            { title: "正确", dataIndex: "right", width: 84, align: "right", sorter: (a, b) => a.right - b.right, sortDirections: ["descend", "ascend"] },
            { title: "占比", width: 84, align: "right", render: (_, it) => percentWord(it.right, it.tried), sorter: (a, b) => (percent(a.right, a.tried) ?? 0) - (percent(b.right, b.tried) ?? 0) || a.tried - b.tried },
          ]}
        />
      </section>
      <section className="model-part" aria-labelledby="model-mistakes">
        <h3 id="model-mistakes">最常见的错误</h3>
        {of.confusions.length === 0 ? <p className="quiet">{of.tried > 0 ? "试算中没有推荐错的。" : "没有试算，也就没有错误可看。"}</p> : (
          <ol className="mistakes">
            {of.confusions.map((it) => <li key={`${it.code} ${it.proposed ?? ""}`}><Mistake of={it} /><b>{it.times} 次</b></li>)}
          </ol>
        )}
      </section>
    </div>
  );
}

function Mistake({ of }: { of: ClassConfusion }) {
  return <span>应为 <Class code={of.code} name={of.name} />，{of.proposed ? <>推荐成 <Class code={of.proposed} name={of.proposed_name} /></> : "没有推荐"}</span>;
}

function Class({ code, name }: { code: string; name: string | null | undefined }) {
  return <>{name ?? "已不用的类别"} <code className="mono quiet">{code}</code></>;
}
