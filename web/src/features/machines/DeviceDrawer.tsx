/** One device, registered or changed, and how it sends what it sees. */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, Input, Select, Switch } from "antd";
import { useEffect, useMemo, useState } from "react";
import { listDevices, saveDevice } from "../../api/machines";
import type { Device, DeviceInput, DeviceKind } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { deviceKindWords } from "../../format/words";
import { usePeopleOfRole } from "../organisation/units";
import { fieldErrors } from "../shell/Page";
import { codePattern, deviceInput, fixedKinds, type DeviceFields } from "./devices";
import { PlaceInput, roundDegrees, wholePlace, type Partly } from "./PlaceInput";
import { Sending } from "./Sending";
import { Theirs } from "./Theirs";
import "../sources/sources.css";
import "./machines.css";

interface Fields extends Omit<DeviceFields, "position"> { code: string; position: Partly | null }

const kinds = (Object.keys(deviceKindWords) as DeviceKind[]).map((value) => ({ value, label: deviceKindWords[value] }));
const fieldsOf = (of: Device | null): Fields => ({
  code: of?.code ?? "", name: of?.name ?? "", kind: of?.kind ?? "video", address: of?.address ?? "", sender: of?.sender ?? null, active: of?.active ?? true,
  position: of?.lon != null && of.lat != null ? { lon: roundDegrees(of.lon), lat: roundDegrees(of.lat) } : null,
});
/** As the history of settings writes it down. */
const told = ({ name, kind, position, address, sender, active }: DeviceInput) => ({ name, kind, position: position ? [position.x, position.y] : null, address, sender, active });

/** `of` is null for a new one. */
export function DeviceDrawer({ of: current, close }: { of: Device | null; close: () => void }) {
  // The list may be read anew while the drawer is open; what the person began with stays.
  const [of] = useState(current);
  const [base, setBase] = useState(current);
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [open, setOpen] = useState(true);
  const [form] = Form.useForm<Fields>();
  const initial = useMemo(() => fieldsOf(of), [of]);
  const fields = { ...initial, ...(Form.useWatch([], form) as Partial<Fields> | undefined) };
  const machines = usePeopleOfRole("machine");
  const [seen, setSeen] = useState(of?.version ?? 0);
  const [theirs, setTheirs] = useState<Device | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const inputOf = (it: Fields) => deviceInput({ ...it, position: wholePlace(it.position) }, of?.simulated ?? false);
  const dirty = fields.code !== initial.code || JSON.stringify(inputOf(fields)) !== JSON.stringify(inputOf(fieldsOf(base)));
  const fixed = fixedKinds.includes(fields.kind);
  const code = of?.code ?? fields.code;
  const senders = (machines.data?.items ?? []).filter((it) => it.active || it.id === of?.sender).map((it) => ({ value: it.id, label: `${it.name}（${it.account}）` }));
  if (of?.sender && !senders.some((it) => it.value === of.sender)) senders.push({ value: of.sender, label: of.sender_name ?? "账号已不存在" });

  useEffect(() => {
    if (!dirty || !open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty, open]);

  function leave() {
    if (dirty) void modal.confirm({ title: "放弃没有保存的修改？", okText: "放弃修改", cancelText: "继续编辑", onOk: () => setOpen(false) });
    else setOpen(false);
  }

  async function submit(typed: Fields) {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await saveDevice(code, inputOf({ ...initial, ...typed }), seen);
      void client.invalidateQueries({ queryKey: ["devices"] });
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success(`已保存：${saved.name}`);
      setOpen(false);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.stale) await meet(failed);
      else {
        form.setFields(fieldErrors(failed) as never);
        setProblem(failed);
      }
    } finally {
      setBusy(false);
    }
  }

  /** Somebody else saved meanwhile: what was typed stays, beside what stands now. */
  async function meet(failed: Problem) {
    void client.invalidateQueries({ queryKey: ["devices"] });
    const latest = await listDevices({ q: code }).then(({ items }) => items.find((it) => it.code === code), () => undefined);
    if (!latest) setProblem(failed);
    else if (!of) form.setFields([{ name: "code", errors: ["这个编码已有设备在用，请换一个"] }]);
    else {
      setTheirs(latest);
      setSeen(latest.version);
    }
  }

  return (
    <Drawer
      open={open} onClose={leave} afterOpenChange={(it) => { if (!it) close(); }} size={640} className="source-drawer"
      title={of ? <>采集设备 · {of.name} <span className="mono quiet">{of.code}</span> {of.simulated && <SimulatedTag />}</> : "登记采集设备"}
      footer={<div className="source-foot">{dirty && <span className="quiet">有未保存的修改</span>}<Button onClick={leave}>取消</Button><Button type="primary" loading={busy} onClick={() => form.submit()}>保存</Button></div>}
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={initial} scrollToFirstError onFinish={(typed) => void submit(typed)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        {theirs && (
          <Theirs
            title="这个设备刚被别人改过，已取来最新内容；您填的还在，没有保存" latest={told(inputOf(fieldsOf(theirs)))} mine={told(inputOf(fields))} names={Object.fromEntries(senders.map((it) => [it.value, it.label]))}
            take={() => { form.setFieldsValue(fieldsOf(theirs)); setBase(theirs); setTheirs(null); }}
          />
        )}
        <section className="source-part" aria-label="登记">
          <div className="source-grid">
            {!of && <Form.Item name="code" label="编码" extra="事件里写的就是它，保存后不能改。" rules={[{ required: true, pattern: codePattern, message: "以字母或数字开头，由字母、数字和 . _ : - 组成，最多 64 位" }]}><Input className="mono" maxLength={64} autoComplete="off" autoFocus placeholder="例如 cam-001" /></Form.Item>}
            <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={100} placeholder="例如 人民路与环城路口北侧" /></Form.Item>
            <Form.Item name="kind" label="种类"><Select options={kinds} /></Form.Item>
            <Form.Item name="sender" label="报送账号" extra={machines.error ? "没有查看人员的权限，只能保持原样。" : "选了就只接受这个账号报送它的事件。"}><Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder="不限：任一机器来源账号" options={senders} onChange={(it) => { if (it === undefined) form.setFieldValue("sender", null); }} /></Form.Item>
          </div>
          <Form.Item name="active" label="启用" valuePropName="checked" extra="停用后拒绝它的事件，已有的发现照常研判。"><Switch /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="device-place">
          <h3 id="device-place">位置</h3>
          <Form.Item
            name="position" label={fixed ? "设在哪里" : "驻地（选填）"} {...(fixed ? {} : { extra: "移动的设备可以不填，位置随每个事件报送。" })}
            rules={[{ validator: (_, value: Partly | null) => (wholePlace(value) || (!fixed && !value) ? Promise.resolve() : Promise.reject(new Error(value ? "经度和纬度都要填" : "固定设备需要位置，请在地图上标注")))}]}
          ><PlaceInput /></Form.Item>
          <Form.Item name="address" label="地址（选填）"><Input maxLength={100} /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="device-sending">
          <h3 id="device-sending">怎么报送事件</h3>
          <Sending code={codePattern.test(code) ? code : "cam-001"} />
        </section>
      </Form>
    </Drawer>
  );
}
