/** To which neighbour city a lead is referred (转邻市). */
import { Form, Select } from "antd";
import { useNeighbours } from "./neighbours";

export function NeighbourField() {
  const list = useNeighbours();
  const options = (list.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.code, label: it.ground ? `${it.name}（${it.ground}）` : it.name }));
  return (
    <>
      <p className="quiet">内容、地点和理由会发给邻市，报料人的姓名和电话不发。办结前仍由派遣员跟进，可随时撤回。</p>
      <Form.Item name="neighbour" label="转给哪个邻市" rules={[{ required: true, message: "请选择邻市" }]}>
        <Select showSearch={{ optionFilterProp: "label" }} loading={list.isPending} options={options} placeholder="选择邻市" notFoundContent={list.error ? "邻市列表没有载入，请重试" : "还没有对接邻市"} />
      </Form.Item>
    </>
  );
}
