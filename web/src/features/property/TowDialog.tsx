/** Taking a towed vehicle in (登记拖移车辆): all sides are photographed, the driver is told where it is. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Select } from "antd";
import { listPlaces, takeTow, type NewTow } from "../../api/property";
import { FormDialog } from "../shell/FormDialog";
import { PhotoField } from "./PhotoField";

type Fields = Omit<NewTow, "towed_at"> & { at: string };
const now = () => { const at = new Date(); return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16); };
const needed = (message: string) => [{ required: true, whitespace: true, message }];

export function TowDialog({ close }: { close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const places = useQuery({ queryKey: ["property-places"], queryFn: ({ signal }) => listPlaces(signal) });
  const yards = (places.data?.items ?? []).filter((it) => !it.closed && it.kind !== "sealed").map((it) => ({ value: it.id, label: it.name }));
  return (
    <FormDialog<Fields>
      open title="登记拖移车辆" okText="登记入场" width={720} initial={{ at: now(), name: "小型轿车", condition: "", photos: [] }} close={close}
      save={async ({ at, ...typed }) => {
        const words = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined && value !== "")) as Omit<NewTow, "towed_at">;
        const taken = await takeTow({ ...words, photos: typed.photos ?? [], towed_at: new Date(at).toISOString() });
        void message.success(`已登记，编码 ${taken.code}`);
        for (const key of ["property", "property-due", "property-places"]) void client.invalidateQueries({ queryKey: [key] });
        close();
      }}
    >
      <div className="property-pair">
        <Form.Item name="plate" label="车牌号" rules={needed("请填写车牌号")}><Input maxLength={12} autoComplete="off" /></Form.Item>
        <Form.Item name="vin_end" label="车架号后六位（选填）" extra="登记后车主可以网上查询停放地点；前挡风玻璃左下角可见。"><Input maxLength={6} autoComplete="off" /></Form.Item>
        <Form.Item name="name" label="车辆" rules={needed("请填写车辆种类")}><Input maxLength={200} /></Form.Item>
        <Form.Item name="mark" label="品牌颜色（选填）"><Input maxLength={200} /></Form.Item>
        <Form.Item name="at" label="拖移时间" rules={needed("请填写时间")}><Input type="datetime-local" /></Form.Item>
        <Form.Item name="towed_from" label="拖移地点" rules={needed("请填写拖移地点")}><Input maxLength={200} /></Form.Item>
        <Form.Item name="place" label="停车场" rules={needed("请选择停车场")}><Select options={yards} showSearch={{ optionFilterProp: "label" }} /></Form.Item>
        <Form.Item name="brought_by" label="送车单位" rules={needed("请填写送车单位")}><Input maxLength={200} placeholder="单位名称，不写姓名" /></Form.Item>
      </div>
      <Form.Item name="reason" label="拖移原因" rules={needed("请填写拖移原因")}><Input maxLength={1000} placeholder="驾驶人不在现场，妨碍其他车辆、行人通行" /></Form.Item>
      <Form.Item name="condition" label="车损情况" extra="拖移前已有的损伤；没有的写“无”。" rules={needed("请填写车损情况")}><Input maxLength={1000} /></Form.Item>
      <Form.Item name="told_how" label="告知停放地点的方式（选填，随后补登）" extra="应当及时告知当事人停放地点，拖车不得收费（道路交通安全法第九十三条第二款）。不写电话号码。"><Input maxLength={200} placeholder="短信、现场张贴、电话" /></Form.Item>
      <Form.Item name="photos" label="照片（车辆四面和损伤处，至少四张）" rules={[{ type: "array", min: 4, message: "请拍摄车辆四面，至少四张" }]}><PhotoField label="添加车辆照片" /></Form.Item>
    </FormDialog>
  );
}
