/** How the platform of a device sends what it sees (报送机器事件). */
import { Typography } from "antd";
import { eventsAddress } from "../../api/machines";

const fields: [name: string, words: string][] = [
  ["device", "设备编码，必填"],
  ["kind", "识别种类的编号 1 至 64，必填，见“识别种类”"],
  ["at", "看的时间，必填，带时区，七天之内"],
  ["key", "对方自己的事件编号；同一设备同一编号送几次都只算一次"],
  ["present", "false 表示看了但没有看见；不写为看见。两种都要送，才能判断消失"],
  ["confidence", "置信度 0 至 1"],
  ["box", "目标框：左、上、宽、高，均为画面的 0 至 1"],
  ["picture", "已上传图片的编号，或 https 地址（只作为链接保存，不去读取）"],
  ["image", "图片本身，base64，不超过 1 MiB；与 picture 只能有一项"],
  ["model", "模型名称和版本"],
  ["position", "移动设备的位置 {\"x\", \"y\", \"system\"}，坐标系不写为 wgs84"],
];

export function Sending({ code }: { code: string }) {
  const address = eventsAddress(location.origin);
  const event = { device: code, key: "a-000123", kind: 1, at: "2026-11-22T09:30:00+08:00", present: true, confidence: 0.92, box: [0.31, 0.42, 0.2, 0.25], image: "<base64>", model: "street-3.1" };
  const curl = `curl -X POST '${address}' \\\n  -H 'Authorization: Bearer <接口密钥>' \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify({ items: [event] })}'`;
  return (
    <>
      <p><Typography.Text code copyable={{ text: address, tooltips: ["复制地址", "已复制"] }} style={{ overflowWrap: "anywhere" }}>POST {address}</Typography.Text></p>
      <div className="curl"><pre aria-label="示例命令" tabIndex={0}>{curl}</pre><Typography.Text copyable={{ text: curl, tooltips: ["复制命令", "已复制"] }} /></div>
      <p className="quiet">一次最多 500 个事件。应答按送来的次序逐个说明：收下的写着结果（已计入、形成发现、并入发现……），拒绝的写着原因，不影响其余。没有收到应答就原样再送，不会重复。接口密钥在“组织人员”里为角色是“机器来源”的账号新建。</p>
      <dl className="event-fields">{fields.map(([name, words]) => <div key={name} style={{ display: "contents" }}><dt>{name}</dt><dd>{words}</dd></div>)}</dl>
    </>
  );
}
