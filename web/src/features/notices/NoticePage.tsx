/** One notice: the sheet as it is printed, the reply, and what may be done with it now. */
import { ArrowLeftOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { App, Button, Form, Input, Popover } from "antd";
import { useEffect, useState } from "react";
import { actOnNotice, readNotice } from "../../api/notices";
import { fileAddress, thumbnailAddress } from "../../api/files";
import type { WrittenNotice } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag, StateTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { PhotoInput } from "../lead/PhotoInput";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { asked, stageWords } from "./notices";
import { NoticeTag } from "./NoticesPage";
import "../lead/lead.css";
import "./notices.css";

type Offer = WrittenNotice["offers"][number];

export function NoticePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const router = useRouter();
  const [acting, setActing] = useState<Offer | null>(null);
  const query = useQuery({ queryKey: ["notice", id], queryFn: ({ signal }) => readNotice(id, signal), refetchInterval: 60_000 });
  const notice = query.data;
  useEffect(() => { if (notice) document.title = `${stageWords[notice.stage]} ${notice.number} · 闭环`; }, [notice]);

  if (query.isPending) return <Loading rows={12} />;
  if (query.error && !notice && asProblem(query.error).status === 404) {
    return <div className="page"><Empty title="没有找到这份督办文书">编号可能有误，或它不在您的权限范围内。<br /><Link to="/notices">看全部督办文书</Link></Empty></div>;
  }
  if (query.error && !notice) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!notice) return null;
  return (
    <article className="notice-page" aria-label={`${stageWords[notice.stage]} ${notice.number}`}>
      <header className="notice-head">
        <div className="lead-head-top">
          <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={() => router.history.back()} />
          <span className="mono">{notice.number}</span><NoticeTag of={notice} />
          {notice.due_at && <Countdown dueAt={notice.due_at} light={notice.light as never} />}
          {notice.simulated && <SimulatedTag />}
          <span style={{ marginLeft: "auto" }} />
          <Button type="text" size="small" icon={<PrinterOutlined />} onClick={() => print()}>打印</Button>
        </div>
        <h1>{notice.title}</h1>
        <div className="offers" role="group" aria-label="可办理的动作">{notice.offers.map((it) => <OfferButton key={it.verb} of={it} act={() => setActing(it)} />)}</div>
      </header>
      <div className="notice-grid">
        <Sheet of={notice} />
        <div className="notice-side">
          <section className="panel" aria-labelledby="about">
            <h2 id="about">所列线索</h2>
            <ul className="notice-leads">
              {notice.about.map((it) => (
                <li key={it.id}><Link to="/leads/$id" params={{ id: it.id }}>{it.title}</Link><span><span className="mono quiet">{it.number}</span><StateTag state={it.state as never} />{it.open && <Light light={it.light as never} bare />}</span></li>
              ))}
            </ul>
          </section>
          <section className="panel" aria-labelledby="reply">
            <h2 id="reply">单位回复</h2>
            {notice.reply ? (
              <>
                <p className="notice-words">{notice.reply}</p>
                <p className="quiet">{notice.replied_by?.name}，{notice.replied_at && dateTime(notice.replied_at)}</p>
                {notice.photos.length > 0 && <div className="notice-photos">{notice.photos.map((it, index) => <a key={it.id} href={fileAddress(it.id)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it.id)} alt={`回复照片 ${index + 1}`} loading="lazy" /></a>)}</div>}
              </>
            ) : <p className="quiet">还没有回复。{notice.due_at && `应于 ${dateTime(notice.due_at)} 前回复。`}</p>}
            {notice.verdict && <p className="extension-note">{notice.state === "withdrawn" ? "撤回理由" : notice.state === "returned" ? "退回理由" : "审核意见"}：{notice.verdict}{notice.judged_by && `（${notice.judged_by.name}）`}</p>}
          </section>
          {(notice.previous ?? notice.next) && (
            <section className="panel" aria-labelledby="ladder">
              <h2 id="ladder">前后文书</h2>
              {notice.previous && <p>上一级：<Link to="/notices/$id" params={{ id: notice.previous.id }}>{notice.previous.stage_label} {notice.previous.number}</Link></p>}
              {notice.next && <p>下一级：<Link to="/notices/$id" params={{ id: notice.next.id }}>{notice.next.stage_label} {notice.next.number}</Link></p>}
            </section>
          )}
        </div>
      </div>
      {acting && <ActDialog key={acting.verb} of={notice} offer={acting} close={() => setActing(null)} />}
    </article>
  );
}

/** The sheet, as it goes to the printer: one page of A4. */
function Sheet({ of }: { of: WrittenNotice }) {
  return (
    <section className="notice-sheet" aria-label="文书正文">
      <h2>{stageWords[of.stage]}</h2>
      <p className="notice-number">编号 <span className="mono">{of.number}</span>{of.simulated && " · 模拟数据"}</p>
      <div className="notice-text">{of.text}</div>
      <dl>
        <dt>签发</dt><dd>{of.issued_by?.name ?? "督办规则（自动签发）"}</dd>
        <dt>签发时间</dt><dd>{dateTime(of.issued_at)}</dd>
        <dt>回复期限</dt><dd>{of.reply_hours} 个工作时</dd>
      </dl>
      {of.reply && <div className="notice-reply print-block"><b>单位回复</b><p>{of.reply}</p><small>{of.replied_by?.name} {of.replied_at && dateTime(of.replied_at)}</small></div>}
    </section>
  );
}

function OfferButton({ of, act }: { of: Offer; act: () => void }) {
  const main = of.verb === "reply" || of.verb === "accept";
  if (of.allowed) return <Button type={main ? "primary" : "default"} danger={of.verb === "withdraw"} onClick={act}>{of.label}</Button>;
  const why = [of.reason ?? "现在不能办理。", of.citation ? `依据：${of.citation}` : ""].filter(Boolean);
  return (
    <Popover trigger={["hover", "focus"]} content={<div className="refusal">{why.map((line) => <p key={line}>{line}</p>)}</div>}>
      <Button className="refused" aria-disabled="true" aria-describedby={`why-${of.verb}`} onClick={(event) => event.preventDefault()}>
        {of.label}<span id={`why-${of.verb}`} className="visually-hidden">现在不能办理：{why.join("；")}</span>
      </Button>
    </Popover>
  );
}

function ActDialog({ of, offer, close }: { of: WrittenNotice; offer: Offer; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const ask = asked[offer.verb];
  if (!ask) return null;
  return (
    <FormDialog<{ words: string; photos: string[] }>
      open title={`${offer.label} · ${stageWords[of.stage]} ${of.number}`} okText={offer.label} initial={{ words: "", photos: [] }} close={close}
      save={async ({ words, photos }) => {
        const done = await actOnNotice(of, offer.verb, { ...(words?.trim() ? { [ask.field]: words } : {}), ...(offer.verb === "reply" ? { photos: photos ?? [] } : {}) });
        for (const queryKey of [["notices"], ["notice"], ["notice-counts"]]) void client.invalidateQueries({ queryKey });
        void message.success(`已${offer.label}`);
        close();
        if (done.id !== of.id) void navigate({ to: "/notices/$id", params: { id: done.id } });
      }}
    >
      <Form.Item name="words" label={ask.label} extra={ask.extra} rules={ask.required ? [{ required: true, whitespace: true, message: `请填写${ask.label}` }] : []}><Input.TextArea rows={5} maxLength={2000} showCount autoFocus /></Form.Item>
      {offer.verb === "reply" && <Form.Item name="photos" label="照片（选填，最多 9 张）"><PhotoInput label="添加照片" /></Form.Item>}
    </FormDialog>
  );
}
