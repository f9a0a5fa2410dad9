/** Importing regions and grids, components and roads from a file (导入网格与部件), with a report of what became of it. */
import { InboxOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Modal, Segmented, Select, Table, Upload } from "antd";
import { useState } from "react";
import { post } from "../../api/client";
import type { ComponentImport, CoordinateSystem, LayerImport, RegionImport } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";

type Kind = "regions" | "components" | "roads";
type Outcome = { kind: "regions"; said: RegionImport } | { kind: "components"; said: ComponentImport } | { kind: "roads"; said: LayerImport };

/** As the server takes it. */
const MOST_BYTES = 64 * 1024 * 1024;
const kinds: { value: Kind; label: string; accept: string; hint: string }[] = [
  { value: "regions", label: "区划与网格", accept: ".geojson,.json", hint: "GeoJSON，每个面带 code（6、9、12 或 15 位代码）和 name。有一处不合格则整份不导入。" },
  { value: "components", label: "城市部件", accept: ".geojson,.json,.csv", hint: "GeoJSON 点或 CSV，18 项属性。不合格的行逐行说明，其余照常导入。" },
  { value: "roads", label: "道路", accept: ".geojson,.json", hint: "GeoJSON，道路与兴趣点，替换离线底图原有的。" },
];
const systems: { value: CoordinateSystem; label: string }[] = [
  { value: "cgcs2000", label: "CGCS2000" }, { value: "wgs84", label: "WGS-84" }, { value: "gcj02", label: "GCJ-02（火星坐标）" }, { value: "bd09", label: "BD-09（百度坐标）" },
];

async function send(kind: Kind, file: File, complete: boolean, system: CoordinateSystem): Promise<Outcome> {
  const type = file.name.toLowerCase().endsWith(".csv") ? "text/csv" : "application/geo+json";
  const options = { headers: { "Content-Type": type } };
  switch (kind) {
    case "regions": return { kind, said: await post<RegionImport>(`/catalogue/imports/regions?complete=${complete}`, file, options) };
    case "components": return { kind, said: await post<ComponentImport>(`/catalogue/imports/components?system=${system}`, file, options) };
    case "roads": return { kind, said: await post<LayerImport>("/catalogue/imports/roads", file, options) };
  }
}

export function MapDataImport({ first }: { first: Kind }) {
  const session = useSession();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>(first);
  const [complete, setComplete] = useState(false);
  const [system, setSystem] = useState<CoordinateSystem>("cgcs2000");
  const [tooLarge, setTooLarge] = useState(false);
  const sending = useMutation({
    mutationFn: (file: File) => send(kind, file, complete, system),
    onSuccess: () => Promise.all(["regions", "components", "place", "map"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  if (!mayAny(session, ["catalogue.manage"])) return null;
  const chosen = kinds.find((it) => it.value === kind);

  function show() {
    setKind(first); setComplete(false); setTooLarge(false); sending.reset(); setOpen(true);
  }

  return (
    <>
      <Button icon={<UploadOutlined />} onClick={show}>导入</Button>
      <Modal open={open} title="导入地图数据" footer={<Button onClick={() => setOpen(false)}>{sending.data ? "完成" : "关闭"}</Button>} onCancel={() => setOpen(false)} destroyOnHidden width={620}>
        <div className="map-import">
          <Segmented<Kind> block aria-label="导入什么" value={kind} options={kinds.map(({ value, label }) => ({ value, label }))} disabled={sending.isPending} onChange={(it) => { setKind(it); sending.reset(); setTooLarge(false); }} />
          <p className="quiet">{chosen?.hint}</p>
          {kind === "regions" && <Checkbox checked={complete} onChange={(event) => setComplete(event.target.checked)}>文件包含所在区县的全部区划：文件里没有的，今天起停用</Checkbox>}
          {kind === "components" && <label className="map-import-system">坐标系<Select aria-label="坐标系" value={system} options={systems} onChange={setSystem} style={{ width: 200 }} /></label>}
          <Upload.Dragger
            accept={chosen?.accept ?? ""} maxCount={1} showUploadList={false} disabled={sending.isPending}
            beforeUpload={(file) => { setTooLarge(file.size > MOST_BYTES); if (file.size <= MOST_BYTES) sending.mutate(file); return false; }}
          >
            <p className="ant-upload-drag-icon"><InboxOutlined /></p>
            <p>{sending.isPending ? "正在导入，请勿关闭本页…" : "把文件拖到这里，或点击选择"}</p>
            <p className="quiet">不超过 64 MB；更大的请分批。</p>
          </Upload.Dragger>
          {tooLarge && <Alert role="alert" type="error" showIcon title="文件超过 64 MB，请分批导入。" />}
          {sending.error && <Alert role="alert" type="error" showIcon title={asProblem(sending.error).message} />}
          <div aria-live="polite">{sending.data && <Report outcome={sending.data} />}</div>
        </div>
      </Modal>
    </>
  );
}

/** What became of the file. */
function Report({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case "regions": {
      const { imported, present, ended, warnings } = outcome.said;
      return (
        <>
          <Alert type="success" showIcon title={`新增或更新 ${imported} 个，原样 ${present} 个，停用 ${ended} 个`} />
          {warnings.length > 0 && <Table rowKey={(it) => `${it.code}${it.detail}`} size="small" pagination={{ pageSize: 5, showSizeChanger: false, hideOnSinglePage: true }} dataSource={warnings} columns={[{ title: "请核对", dataIndex: "code", width: 170, className: "mono" }, { title: "说明", dataIndex: "detail" }]} />}
        </>
      );
    }
    case "components": {
      const { rows, imported, present, rejected, regridded, faults } = outcome.said;
      return (
        <>
          <Alert type={rejected > 0 ? "warning" : "success"} showIcon title={`${rows} 行：导入 ${imported}，已存在 ${present}，被拒绝 ${rejected}`} {...(regridded > 0 ? { description: `${regridded} 个部件所在网格与文件不同，以坐标为准。` } : {})} />
          {faults.length > 0 && <Table rowKey="row" size="small" pagination={{ pageSize: 5, showSizeChanger: false, hideOnSinglePage: true }} dataSource={faults} columns={[{ title: "行", dataIndex: "row", width: 80 }, { title: "原因", dataIndex: "reason" }]} />}
          {faults.length < rejected && <p className="quiet">只列出前 {faults.length} 行。</p>}
        </>
      );
    }
    case "roads": return <Alert type="success" showIcon title={`离线底图现有 ${outcome.said.features} 个道路与兴趣点要素`} />;
  }
}
