/** The first page: what can I do here, and does anybody act on it? */
import { useEffect, useState, type FormEvent } from "react";
import { Notice } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { shortTime } from "../../format/time";
import { Link } from "./Link";
import { forgetMine, listMine, listSecrets } from "./mine";
import { followAddress, go, tidy } from "./route";
import { Recent } from "./Recent";

const steps = [
  ["上报", "拍照、定位、写一句话，不用注册。"],
  ["受理", "受理员核对情况，重复的会合并。"],
  ["派遣", "按类别和位置派到责任单位，开始计时。"],
  ["处置", "责任单位到现场处理，拍处置前后照片。"],
  ["核查", "另有人到场核查，没弄好就返工。"],
  ["答复", "您看到结果和照片，给办理打分。"],
] as const;

export function Home() {
  return (
    <>
      <section className="hero">
        <div className="hero-words">
          <h1>身边的城市问题，<br />拍一张就有人管</h1>
          <p className="lead">井盖松了、垃圾堆了、路灯不亮——不用注册，一分钟报上来，谁在办、办到哪一步、办得怎么样，全程看得见。</p>
          <Link href="/report" className="button button-primary button-large"><Icon name="camera" size={28} />我要上报</Link>
        </div>
        <Lookup />
      </section>
      <Recent />
      <section aria-labelledby="how" className="how">
        <h2 id="how">报上来之后</h2>
        <ol>
          {steps.map(([name, words]) => <li key={name}><strong>{name}</strong><span>{words}</span></li>)}
        </ol>
      </section>
    </>
  );
}

function Lookup() {
  const [code, setCode] = useState("");
  const [empty, setEmpty] = useState(false);
  const [mine, setMine] = useState(listMine);
  const [asking, setAsking] = useState(false);
  const forget = () => { forgetMine(); setMine([]); setAsking(false); };
  useEffect(() => { if (location.hash === "#follow") document.getElementById("code")?.focus(); }, []);
  const look = (event: FormEvent) => {
    event.preventDefault();
    if (tidy(code) === "") {
      setEmpty(true);
      document.getElementById("code")?.focus();
      return;
    }
    go(followAddress(tidy(code)));
  };
  return (
    <div className="card lookup" id="follow">
      <h2>查办理进度</h2>
      <form onSubmit={look} noValidate className="stack">
        <div className="field">
          <label htmlFor="code">查询码</label>
          <div className="lookup-row">
            <input id="code" className="input number" autoComplete="off" autoCapitalize="none" spellCheck={false} placeholder="上报后得到的查询码" value={code} aria-invalid={empty || undefined} aria-describedby={empty ? "code-error" : undefined} onChange={(event) => { setCode(event.target.value); setEmpty(false); }} />
            <button className="button button-soft" type="submit"><Icon name="search" />查询</button>
          </div>
          {empty && <div className="field-error" id="code-error">请先填查询码。</div>}
        </div>
      </form>
      {mine.length > 0 ? (
        <div className="mine">
          <div className="mine-head"><h3>这台设备报过的</h3><button type="button" className="button button-quiet button-small" onClick={() => { if (listSecrets().length > 0) setAsking(true); else forget(); }}>清除记录</button></div>
          {asking && (
            <Notice kind="warn" live>
              <span>记录里有领奖口令，清除后没有留电话的上报不能再领奖。需要的话，先在各件的进度页抄下口令。</span>
              <button type="button" className="button button-small" onClick={forget}>仍要清除</button>
              <button type="button" className="button button-small" onClick={() => setAsking(false)}>不清除</button>
            </Notice>
          )}
          <ul>{mine.slice(0, 5).map((it) => <li key={it.code}><Link href={followAddress(it.code)}><span className="number">{it.code}</span><span className="muted small">{shortTime(it.at)}</span></Link></li>)}</ul>
        </div>
      ) : (
        <p className="small muted">在这台设备上报过的，会列在这里，不用记号码。</p>
      )}
      <p className="small muted">收到执法文书的当事人，请进<Link href="/my-case">我的案件</Link>。</p>
    </div>
  );
}
