/** An item on one page (财物): by what right it is held, until when, where it is, and every hand it went through. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { App, Button, Dropdown, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { asProblem } from "../../api/problem";
import { labelsAddress, readProperty, revealFetcher, tellDriver, type Fetcher, type PropertyItem, type PropertyMovement, type PropertyOffer } from "../../api/property";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime, day } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { MoveDialog } from "./MoveDialog";
import { papers, quantity } from "./words";
import "../lead/lead.css";
import "../cases/cases.css";
import "./property.css";

export function ItemPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const router = useRouter();
  const session = useSession();
  const [moving, setMoving] = useState<PropertyOffer | null>(null);
  const query = useQuery({ queryKey: ["property-item", id], queryFn: ({ signal }) => readProperty(id, signal), refetchInterval: 60_000 });
  const of = query.data;
  useEffect(() => { if (of) document.title = `${of.code} ${of.name} · 闭环`; }, [of]);
  if (query.isPending) return <Loading rows={10} />;
  if (query.error && !of && asProblem(query.error).status === 404) return <div className="page"><Empty title="没有找到这件财物">编码可能有误，或它不在您的辖区内。<br /><Link to="/property">看全部财物</Link></Empty></div>;
  if (!of) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  const may = mayAny(session, ["property.keep"]);
  const [open, refused] = [of.offers.filter((it) => it.allowed), of.offers.filter((it) => !it.allowed)];
  return (
    <article className="lead-page" aria-label={`财物 ${of.code}`}>
      <header className="lead-head">
        <div className="lead-head-top">
          <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={() => router.history.back()} />
          <span className="mono">{of.code}</span><span className="state-tag">{of.state_label}</span><span className="quiet">{of.measure_label}</span>
          {of.hold?.due_at ? <Countdown dueAt={of.hold.due_at} light={of.hold.light as never} /> : of.hold && <Light light={of.hold.light as never} words={of.hold.label} />}
          {of.simulated && <SimulatedTag />}
          <Dropdown menu={{ items: papers.map((it) => ({ key: it.value, label: <a href={labelsAddress([of.id], it.value)} target="_blank" rel="noreferrer">{it.label}</a> })) }}><Button type="text" size="small">打印标签</Button></Dropdown>
        </div>
        <h1>{of.tow ? `${of.tow.plate} ${of.name}` : of.name}</h1>
      </header>
      <div className="lead-grid">
        <div>
          {may && (
            <section className="panel case-next" aria-labelledby="move">
              <h2 id="move">出入库</h2>
              {open.length > 0
                ? <div className="offers" role="group" aria-label="可办理的出入库">{open.map((it, index) => <Button key={it.kind} type={index === 0 ? "primary" : "default"} onClick={() => setMoving(it)}>{it.label}</Button>)}</div>
                : <p className="quiet">保管链已经结束。</p>}
              {open.length > 0 && refused.length > 0 && (
                <details className="property-refused"><summary>现在不能办的 {refused.length} 项，和怎样才能办</summary>
                  <ul className="case-refused">{refused.map((it) => <li key={it.kind}><b>{it.label}</b><p>{it.why}（{it.article}）</p></li>)}</ul>
                </details>
              )}
            </section>
          )}
          <section className="panel" aria-labelledby="chain"><h2 id="chain">保管链</h2><Chain of={of} /></section>
        </div>
        <div>
          <Held of={of} />
          {of.tow && <Towed of={of} may={may} />}
          <section className="panel" aria-labelledby="thing">
            <h2 id="thing">财物</h2>
            <dl className="case-facts">
              <dt>种类</dt><dd>{of.kind_label}</dd>
              <dt>数量</dt><dd>{quantity(of.quantity_milli)} {of.unit}</dd>
              {of.mark && <><dt>品牌型号</dt><dd>{of.mark}</dd></>}
              {of.condition && <><dt>状况</dt><dd>{of.condition}</dd></>}
              {of.value_fen != null && <><dt>价值</dt><dd>{(of.value_fen / 100).toFixed(2)} 元</dd></>}
              {of.perishable && <><dt>保存</dt><dd>鲜活或者不易保管</dd></>}
              {of.case_id && <><dt>案件</dt><dd><Link to="/cases/$id" params={{ id: of.case_id }}>{of.case_number}</Link>{of.party && `，第 ${of.party} 当事人`}</dd></>}
              <dt>登记</dt><dd>{of.entered_by.name}，{dateTime(of.entered_at)}</dd>
            </dl>
            <Pictures ids={of.photos} />
          </section>
        </div>
      </div>
      {moving && <MoveDialog key={moving.kind} of={of} kind={moving.kind} label={moving.label} close={() => setMoving(null)} />}
    </article>
  );
}

function Pictures({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return <div className="property-photos">{ids.map((id, index) => <a key={id} href={fileAddress(id)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(id)} alt={`照片 ${index + 1}`} loading="lazy" /></a>)}</div>;
}

function Held({ of }: { of: PropertyItem }) {
  return (
    <section className="panel" aria-labelledby="held">
      <h2 id="held">保管依据</h2>
      <dl className="case-facts">
        <dt>措施</dt><dd>{of.measure_label}，{of.measure_article}</dd>
        <dt>起始</dt><dd>{dateTime(of.held_from)}</dd>
        {of.hold && <><dt>期限</dt><dd>{of.hold.label}{of.hold.due_at && `，至 ${day(of.hold.due_at)} 届满`}</dd></>}
        {of.appraisal_days > 0 && <><dt>检测鉴定</dt><dd>{of.appraisal_days} 天不计入期限（行政强制法第二十五条第三款）{of.due_without_appraisal && `，扣除后至 ${day(of.due_without_appraisal)}；案件的期限由案件页掌握`}</dd></>}
        <dt>现在</dt><dd>{of.place_name ?? of.state_label}</dd>
      </dl>
      <p className="quiet">不得使用或者损毁；保管费用由机关承担，不向当事人收取（行政强制法第二十六条）。</p>
    </section>
  );
}

function Towed({ of, may }: { of: PropertyItem; may: boolean }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [telling, setTelling] = useState(false);
  const tow = of.tow;
  if (!tow) return null;
  return (
    <section className="panel" aria-labelledby="tow">
      <h2 id="tow">拖移</h2>
      <dl className="case-facts">
        <dt>车牌</dt><dd>{tow.plate}</dd><dt>地点</dt><dd>{tow.towed_from}</dd><dt>原因</dt><dd>{tow.reason}</dd><dt>依据</dt><dd>{tow.article}</dd>
        <dt>告知</dt><dd>{tow.told_at ? `${tow.told_how}，${dateTime(tow.told_at)}` : <>尚未告知停放地点 {may && <button type="button" className="link" onClick={() => setTelling(true)}>登记告知</button>}</>}</dd>
        <dt>网上查询</dt><dd>{tow.findable ? "凭车牌和车架号后六位可查" : "没有登记车架号，不能网上查询"}</dd>
      </dl>
      {telling && (
        <FormDialog<{ how: string }> open title="登记告知停放地点" initial={{ how: "" }} close={() => setTelling(false)} save={async ({ how }) => {
          await tellDriver(of.id, how);
          void message.success("已登记");
          void client.invalidateQueries({ queryKey: ["property-item", of.id] });
          setTelling(false);
        }}>
          <Form.Item name="how" label="告知方式" extra="不写电话号码。" rules={[{ required: true, whitespace: true, message: "请填写告知方式" }]}><Input maxLength={200} placeholder="短信、现场张贴、电话" /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}

function Chain({ of }: { of: PropertyItem }) {
  const session = useSession();
  const [asked, setAsked] = useState<PropertyMovement | null>(null);
  const [shown, setShown] = useState<Record<number, Fetcher>>({});
  if (of.movements.length === 0) return <p className="quiet">还没有入库。先办理“入库”，由交出人和保管人员两人交接。</p>;
  return (
    <>
      <ol className="case-steps">
        {[...of.movements].reverse().map((it) => (
          <li key={it.ordinal}>
            <b>{it.label}</b><small>{dateTime(it.at)}{it.to_place && `，${it.from_place ? `${it.from_place} → ` : ""}${it.to_place}`}</small>
            <p>{it.hander?.name ?? it.hander_words} 交 {it.receiver?.name ?? it.receiver_words}；{it.noted_by.name} 登记</p>
            <p>{it.reason}（{it.article}）{it.document && `，${it.document}`}{it.until && `，应于 ${it.until} 前收回`}{it.amount_fen != null && `，价款 ${(it.amount_fen / 100).toFixed(2)} 元`}</p>
            {it.has_fetcher && (
              <p>取回人：{shown[it.ordinal] ? [shown[it.ordinal]?.name ?? "已删除", shown[it.ordinal]?.telephone, shown[it.ordinal]?.id_number].filter(Boolean).join("，") : "已登记"}，凭 {it.proof}{" "}
                {!shown[it.ordinal] && mayAny(session, ["property.reveal"]) && <button type="button" className="link" onClick={() => setAsked(it)}>查看</button>}</p>
            )}
            <Pictures ids={it.files} />
          </li>
        ))}
      </ol>
      {asked && (
        <FormDialog<{ reason: string }> open title="查看取回人信息" okText="查看" initial={{ reason: "" }} close={() => setAsked(null)} save={async ({ reason }) => {
          const who = await revealFetcher(of.id, asked.ordinal, reason);
          setShown((all) => ({ ...all, [asked.ordinal]: who }));
          setAsked(null);
        }}>
          <Form.Item name="reason" label="查看理由" extra="理由和您的姓名会被记录。" rules={[{ required: true, whitespace: true, message: "请填写查看理由" }]}><Input.TextArea rows={2} maxLength={200} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
