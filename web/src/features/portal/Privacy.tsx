/** What is kept about a reporter, why and for how long (个人信息说明): the published notice with its history, and how the program works. */
import { useEffect, useState } from "react";
import type { PrivacyNotice } from "../../api/contract";
import { readPublicNotices } from "../../api/privacy";
import { dateTime } from "../../format/time";
import { Link } from "./Link";

export default function Privacy() {
  return (
    <article className="stack narrow prose">
      <h1>个人信息说明</h1>
      <Published />
      <p>默认匿名上报。您不填姓名和电话，我们就不知道您是谁，办理不受影响。</p>
      <h2>我们保存什么</h2>
      <ul>
        <li><strong>问题本身</strong>：照片、位置、您写的话、上报时间。用于派给责任单位处理和核查。</li>
        <li><strong>姓名和电话（您愿意填时）</strong>：只用于受理员核实情况、告诉您结果。单独加密保存，列表和日志里只显示打码后的内容；工作人员每次查看完整内容都要写明理由并留下记录。</li>
        <li><strong>查询码</strong>：记在您自己的设备上，可在首页一键清除；系统凭它找到您的上报，办件人员看得到。</li>
      </ul>
      <h2>我们不做什么</h2>
      <ul>
        <li>照片在您的设备上先去掉拍摄设备、拍摄坐标等隐藏信息再上传。</li>
        <li>公开页面只有大致位置、类别和状态，没有您的话、照片和联系方式；完整进度只有拿到查询码的人能看。</li>
        <li>不向责任单位之外的人提供您的联系方式，不用于考核以外的统计和营销。</li>
      </ul>
      <h2>您的权利</h2>
      <p>打开查询码对应的进度页，在“我的个人信息”里可以下载副本、请求更正、删除姓名和电话；填上当时留的电话即可，删除立即生效，不必等到办结。每件上报各自保存一份，请逐件办理；没留电话、或想一次办完的，请联系受理中心（12345），核实本人后由工作人员登记办理，30 天内答复，不同意的会说明依据和理由。删除后问题照常办理，只是不能再打电话问您；办理记录保留，但姓名和电话再也解不出来。您写在“说说情况”里的话和照片属于问题本身，不随之删除。</p>
      <p>未满十四周岁的小朋友，请由父母或其他监护人同意，并留监护人的联系方式。</p>
      <div><Link className="button" href="/report">返回上报</Link></div>
    </article>
  );
}

/** The notice in force, and the earlier ones. Nothing as long as the bureau has published none. */
function Published() {
  const [notices, setNotices] = useState<PrivacyNotice[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    readPublicNotices(stop.signal).then((it) => setNotices(it.items), () => undefined);
    return () => stop.abort();
  }, []);
  const [current, ...earlier] = notices;
  if (!current) return null;
  return (
    <>
      <section className="card stack" aria-labelledby="notice">
        <h2 id="notice">个人信息告知书（第 {current.number} 版）</h2>
        <p className="muted small">{dateTime(current.published_at)} 发布，现行有效</p>
        <p className="notice-text">{current.text}</p>
        <h3>未满十四周岁未成年人的处理规则</h3>
        <p className="notice-text">{current.minors}</p>
      </section>
      {earlier.map((it) => (
        <details key={it.number} className="card part-more">
          <summary>第 {it.number} 版 <span className="optional">{dateTime(it.published_at)} 发布</span></summary>
          <p className="notice-text">{it.text}</p>
          <p className="notice-text">{it.minors}</p>
        </details>
      ))}
      <h2>这个平台怎样处理</h2>
    </>
  );
}
