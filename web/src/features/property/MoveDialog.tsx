/** One movement of an item (出入库): what it asks for depends on its kind; who does it is one of the two. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, InputNumber, Select } from "antd";
import { listPeople, listPlaces, moveProperty, type MovementKind, type NewMovement, type PropertyItem } from "../../api/property";
import { useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { PhotoField } from "./PhotoField";
import { asks } from "./words";

interface Fields {
  to_place?: string; hander?: string; hander_words?: string; receiver?: string; receiver_words?: string; reason: string; article?: string; document?: string; files?: string[]; until?: string; amount?: number;
  fetcher?: { name: string; telephone?: string; id_number?: string; proof: string };
}

const needed = (message: string) => [{ required: true, whitespace: true, message }];

export function MoveDialog({ of, kind, label, close }: { of: PropertyItem; kind: MovementKind; label: string; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const me = useSession().person.id;
  const want = asks(kind);
  const places = useQuery({ queryKey: ["property-places"], queryFn: ({ signal }) => listPlaces(signal) });
  const people = useQuery({ queryKey: ["property-people"], queryFn: ({ signal }) => listPeople(signal), staleTime: 600_000 });
  const options = (people.data?.items ?? []).map((it) => ({ value: it.id, label: it.id === me ? `${it.name}（本人）` : it.name }));
  const open = (places.data?.items ?? []).filter((it) => !it.closed && it.id !== of.place).map((it) => ({ value: it.id, label: `${it.name}（在库 ${it.items}${it.capacity ? ` / ${it.capacity}` : ""} 件）` }));
  const initial: Partial<Fields> = want.giver === "house" && want.taker !== "house" ? { hander: me } : want.giver === "words" ? { receiver: me } : kind === "in" ? { receiver: me } : { hander: me };
  return (
    <FormDialog<Fields>
      open title={`${label}：${of.name}`} okText={label} width={600} initial={initial} close={close}
      save={async ({ amount, fetcher, files, ...typed }) => {
        const words = Object.fromEntries(Object.entries(typed).filter(([, value]) => typeof value === "string" && value.trim() !== ""));
        const movement = { ...words, kind, seen: of.moves, reason: typed.reason, files: files ?? [] } as NewMovement;
        if (amount !== undefined) movement.amount_fen = Math.round(amount * 100);
        if (fetcher) movement.fetcher = { name: fetcher.name, proof: fetcher.proof, ...(fetcher.telephone ? { telephone: fetcher.telephone } : {}), ...(fetcher.id_number ? { id_number: fetcher.id_number } : {}) };
        await moveProperty(of.id, movement);
        void message.success(`已登记：${label}`);
        for (const key of ["property", "property-item", "case-property", "property-due", "property-places"]) void client.invalidateQueries({ queryKey: [key] });
        close();
      }}
    >
      {want.place && <Form.Item name="to_place" label="保管场所" rules={needed("请选择保管场所")}><Select options={open} showSearch={{ optionFilterProp: "label" }} /></Form.Item>}
      <div className="property-pair">
        {want.giver === "words"
          ? <Form.Item name="hander_words" label="交回单位" rules={needed("请填写交回单位")}><Input maxLength={200} placeholder="检测、鉴定机构，不写姓名" /></Form.Item>
          : <Form.Item name="hander" label="交出人" rules={needed("请选择交出人")}><Select options={options} showSearch={{ optionFilterProp: "label" }} /></Form.Item>}
        {want.taker === "house" && <Form.Item name="receiver" label={kind === "destroyed" || kind === "lost" ? "监督人" : "接收人"} extra="交出人和接收人应为不同的两人，其中一人是您本人。" rules={needed("请选择接收人")}><Select options={options} showSearch={{ optionFilterProp: "label" }} /></Form.Item>}
        {want.taker === "words" && <Form.Item name="receiver_words" label="接收单位" rules={needed("请填写接收单位")}><Input maxLength={200} placeholder="单位名称，不写姓名" /></Form.Item>}
      </div>
      {want.taker === "fetcher" && (
        <div className="property-pair">
          <Form.Item name={["fetcher", "name"]} label="取回人姓名" extra="加密保存，查看须写明理由。" rules={needed("请填写取回人姓名")}><Input maxLength={50} autoComplete="off" /></Form.Item>
          <Form.Item name={["fetcher", "proof"]} label="凭证" rules={needed("请填写凭证")}><Input maxLength={200} placeholder="行驶证、身份证、委托书" /></Form.Item>
          <Form.Item name={["fetcher", "telephone"]} label="电话（选填）"><Input maxLength={20} autoComplete="off" /></Form.Item>
          <Form.Item name={["fetcher", "id_number"]} label="证件号码（选填）"><Input maxLength={40} autoComplete="off" /></Form.Item>
        </div>
      )}
      {want.until && <Form.Item name="until" label="收回日期" extra="检测、检验、检疫、鉴定的期间应当明确并书面告知当事人，不计入查封、扣押期限（行政强制法第二十五条第三款）。" rules={needed("请填写收回日期")}><Input type="date" /></Form.Item>}
      {want.amount && <Form.Item name="amount" label="价款（元）" rules={[{ required: true, message: "请填写价款" }]}><InputNumber min={0} max={1e10} precision={2} style={{ width: "100%" }} /></Form.Item>}
      <Form.Item name="reason" label="事由" rules={needed("请填写事由")}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      <div className="property-pair">
        <Form.Item name="document" label={want.paper ? "文书编号" : "文书编号（选填）"} rules={want.paper ? needed("请填写文书编号") : []}><Input maxLength={200} /></Form.Item>
        <Form.Item name="article" label="依据（不填用通常条款）"><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name="files" label="照片、签字（选填）"><PhotoField label="添加照片" /></Form.Item>
    </FormDialog>
  );
}
