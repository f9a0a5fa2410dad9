/** Class models (类别模型): what proposes classes now, learning a new one, and choosing among those that were learned. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Switch, Table } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { chooseClassModel, trainClassModel } from "../../api/class-models";
import type { ClassModel, ClassModelChoice, ClassModels } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty, Failure, Loading } from "../shell/Page";
import { chooseWord, learningOf, modelsQuery, modelWord, percentWord, samplesNotes, sinceWord, stateWord, weightWord, worseThan } from "./models";
import { ModelDrawer } from "./ModelDrawer";
import { Shares } from "./Shares";
import "./class-models.css";

export function ClassModelsTab() {
  const query = useQuery(modelsQuery);
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Models of={query.data} />;
}

function Models({ of }: { of: ClassModels }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  // Which model is open stands in the address.
  const { model } = useSearch({ strict: false }) as { model?: number | string };
  const opened = of.items.find((it) => it.number === Number(model));
  const open = (it: ClassModel | null) => void navigate({ to: "/settings", search: { tab: "class-models", ...(it ? { model: it.number } : {}) }, replace: it === null });
  const [busy, setBusy] = useState(false);
  const learning = learningOf(of);
  useEnd(of);

  const train = useMutation({
    mutationFn: trainClassModel,
    onError: (error) => void message.error(asProblem(error).message),
    onSettled: () => client.invalidateQueries({ queryKey: modelsQuery.queryKey }),
  });

  /** `seen` is what the person looked at when deciding. */
  async function choose(choice: ClassModelChoice, seen: number, done: string) {
    setBusy(true);
    try {
      client.setQueryData(modelsQuery.queryKey, await chooseClassModel(choice, seen));
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success(done);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.stale) void message.warning("选用的模型刚被别人改过，已载入最新内容，请核对后再选。");
      else void message.error(failed.message);
      await client.invalidateQueries({ queryKey: modelsQuery.queryKey });
    } finally {
      setBusy(false);
    }
  }

  function use(it: ClassModel) {
    const word = chooseWord(it.number, of.used);
    const worse = it.report ? worseThan(it.report) : null;
    void modal.confirm({
      title: `${word === "启用" ? `启用${modelWord(it.number)}` : `回到${modelWord(it.number)}`}？`, okText: word, cancelText: "取消",
      content: <>{worse && <p><b>{worse}。</b></p>}<p>此后由它和词表一起推荐类别，推荐仍由人工确认或更正。已有线索的类别不变。</p></>,
      onOk: () => choose({ number: it.number, automatic: of.automatic }, of.version, `现在由${modelWord(it.number)}和词表一起推荐类别`),
    });
  }

  function stop() {
    void modal.confirm({
      title: "停用模型，只用词表？", okText: "停用模型", cancelText: "取消",
      content: <><p>此后只按词表推荐类别。已有线索的类别不变，模型留着，随时可以再启用。</p>{of.automatic && <p>“自动训练”还开着：下一个模型如果比词表更准，会自动启用。</p>}</>,
      onOk: () => choose({ number: null, automatic: of.automatic }, of.version, "现在只用词表推荐类别"),
    });
  }

  const actions = (it: ClassModel): ReactNode =>
    it.number === of.used ? <Button disabled={busy} onClick={stop}>停用模型（只用词表）</Button>
      : it.choosable ? <Button type="primary" disabled={busy} onClick={() => use(it)}>{chooseWord(it.number, of.used)}</Button> : null;

  return (
    <>
      <div className="settings-bar"><p className="quiet">类别模型从本市经人工确认类别的线索里学习，和词表一起推荐类别，并写明凭的是哪些字词。推荐由人工确认或更正，更正过的下一个模型会学到。</p></div>
      <section className="panel model-now" aria-label="现在怎么推荐">
        <div>
          <h2>{typeof of.used === "number" ? `现在由${modelWord(of.used)}和词表一起推荐类别` : "现在只用词表推荐类别"}</h2>
          <p className="quiet">{nowNote(of)}</p>
          {typeof of.used === "number" && <Button size="small" disabled={busy} onClick={stop}>停用模型（只用词表）</Button>}
        </div>
        <div>
          <Button type="primary" aria-describedby="model-train-note" disabled={learning !== undefined} loading={train.isPending} onClick={() => train.mutate()}>训练新模型</Button>
          <p id="model-train-note" className="quiet" role="status">
            {learning ? `${modelWord(learning.number)}正在训练，请等它结束` : of.items.length === 0 ? `至少要有 ${of.least} 件经人工确认类别的线索` : `上一次训练以来新增线索 ${sinceWord(of)}`}
          </p>
        </div>
        <div>
          <label className="model-switch"><Switch size="small" aria-label="自动训练，更好才启用" checked={of.automatic} disabled={busy} onChange={(automatic) => void choose({ number: of.used ?? null, automatic }, of.version, automatic ? "已打开自动训练" : "已关闭自动训练")} /> 自动训练，更好才启用</label>
          <p className="quiet">每新增 {of.enough} 件线索训练一次；在同一批线索上比现在的更准，才自动换上，并记入变更记录。</p>
        </div>
      </section>
      <Table<ClassModel>
        rowKey="number" size="small" className="settings-table model-table" pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 860 }} dataSource={of.items}
        locale={{ emptyText: <Empty title="还没有类别模型">受理时经人工确认或更正类别的线索满 {of.least} 件（每类至少 {of.least_of_a_class} 件才计入），点“训练新模型”，训练好的模型会出现在这里。</Empty> }}
        columns={[
          { title: "编号与状态", width: 104, render: (_, it) => <><button type="button" className="link model-name" onClick={() => open(it)}>第 {it.number} 号</button><div className="quiet">{it.number === of.used ? <span className="tag">正在推荐</span> : stateWord(it)}</div></> },
          { title: "试算：首个推荐正确", render: (_, it) => (it.report ? <><Shares of={it.report} />{it.report.tried > 0 && <div className="quiet">试算 {it.report.tried} 件</div>}</> : it.failure ? <span className="model-failure">{it.failure}</span> : <span className="quiet">训练结束后给出</span>) },
          { title: "样本", width: 176, render: (_, it) => (it.report ? <>{it.report.samples} 件 · {it.report.classes} 类{samplesNotes(it.report).length > 0 && <div className="quiet">{samplesNotes(it.report).join("，")}</div>}</> : <span className="quiet">—</span>) },
          { title: "训练", width: 150, render: (_, it) => <>{dateTime(it.asked_at)}<div className="quiet">{it.asked_by?.name ?? "系统自动"}</div></> },
          { title: <span className="visually-hidden">操作</span>, width: 168, render: (_, it) => (
            <>
              <Button size="small" type="text" aria-label={`查看第 ${it.number} 号`} onClick={() => open(it)}>查看</Button>
              {it.choosable && it.number !== of.used && <Button size="small" type="text" disabled={busy} aria-label={`${chooseWord(it.number, of.used)}：第 ${it.number} 号`} onClick={() => use(it)}>{chooseWord(it.number, of.used)}</Button>}
            </>
          ) },
        ]}
      />
      {of.items.some((it) => it.report) && <p className="quiet model-note">用最近 1/5 的线索试算，文字与较早线索相同的不计；各行试算的线索不同，只在同一行里比较。</p>}
      {opened && <ModelDrawer key={opened.number} of={opened} models={of} actions={actions(opened)} close={() => open(null)} />}
    </>
  );
}

function nowNote(of: ClassModels): string {
  if (typeof of.used !== "number") return "词表是随系统带来的常用说法，认得的类别不多，不会随本市的线索变化。";
  const report = of.items.find((it) => it.number === of.used)?.report;
  return report ? `${weightWord(report.words_weight)}；试算中首个推荐正确 ${percentWord(report.right, report.tried)}，只用词表是 ${percentWord(report.right_by_words, report.tried)}。` : "模型不认得的类别仍由词表推荐。";
}

/** Tells how the learning ended that was seen to begin. */
function useEnd(of: ClassModels) {
  const { message } = App.useApp();
  const watched = useRef<number | null>(null);
  useEffect(() => {
    const ended = of.items.find((it) => it.number === watched.current && it.state !== "learning");
    if (ended?.state === "ready") void message.success(`${modelWord(ended.number)}训练好了${of.used === ended.number ? "，已自动启用" : ""}`);
    else if (ended) void message.warning(`${modelWord(ended.number)}没有训练成：${ended.failure ?? ""}`);
    watched.current = learningOf(of)?.number ?? null;
  }, [of, message]);
}
