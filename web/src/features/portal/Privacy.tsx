/** What is kept about a reporter, why and for how long (个人信息说明). */
import { Link } from "./Link";

export default function Privacy() {
  return (
    <article className="stack narrow prose">
      <h1>个人信息说明</h1>
      <p>默认匿名上报。您不填姓名和电话，我们就不知道您是谁，办理不受影响。</p>
      <h2>我们保存什么</h2>
      <ul>
        <li><strong>问题本身</strong>：照片、位置、您写的话、上报时间。用于派给责任单位处理和核查。</li>
        <li><strong>姓名和电话（您愿意填时）</strong>：只用于受理员核实情况、告诉您结果。单独加密保存，列表和日志里只显示打码后的内容；工作人员每次查看完整内容都要写明理由并留下记录。</li>
        <li><strong>查询码</strong>：只存在您自己的设备上，可在首页一键清除。</li>
      </ul>
      <h2>我们不做什么</h2>
      <ul>
        <li>照片在您的设备上先去掉拍摄设备、拍摄坐标等隐藏信息再上传。</li>
        <li>公开页面只有大致位置、类别和状态，没有您的话、照片和联系方式；完整进度只有拿到查询码的人能看。</li>
        <li>不向责任单位之外的人提供您的联系方式，不用于考核以外的统计和营销。</li>
      </ul>
      <h2>您的权利</h2>
      <p>您可以凭查询码联系受理中心（12345）查询、更正或删除自己的姓名和电话。删除后问题照常办理，办理记录不再能对应到您本人。未满 14 周岁的小朋友请由家长代为填写联系方式。</p>
      <div><Link className="button" href="/report">返回上报</Link></div>
    </article>
  );
}
