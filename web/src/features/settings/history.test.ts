import { expect, test } from "vitest";
import { differences } from "./history";

test("automatic acceptance is told a source and class a line", () => {
  const before = { items: [{ source: "portal", class_prefix: "", automatic: false }, { source: "hotline", class_prefix: "06", automatic: true }] };
  const after = { items: [{ source: "portal", class_prefix: "", automatic: true }, { source: "hotline", class_prefix: "06", automatic: true }] };
  expect(differences(before, after, {})).toEqual([{ field: "市民上报 · 全部类别", before: "人工受理", after: "自动受理" }]);
});

test("a source is told in the words of its form", () => {
  const before = { name: "城市大脑", kind: "systems", active: true, accept: null, reply: { value: 5, unit: "working_day" }, mapping: { title: "/t" }, reply_url: null };
  const after = { ...before, active: false, accept: { value: 2, unit: "working_hour" }, mapping: { external_id: "/no", description: "/text", title: "/t" } };
  expect(differences(before, after, {})).toEqual([
    { field: "启用", before: "是", after: "否" }, { field: "受理时限", before: "—", after: "2 工作时" }, { field: "字段对应 · 来源编号", before: "—", after: "/no" }, { field: "字段对应 · 反映内容", before: "—", after: "/text" },
  ]);
  expect(differences(null, { kind: "systems" }, {})).toEqual([{ field: "性质", before: "—", after: "其他系统" }]);
});

test("who may send is told by name", () => {
  const [one, two] = ["019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"];
  expect(differences({ senders: [] }, { senders: [one, two] }, { [one]: "甲网关", [two]: "乙网关" })).toEqual([{ field: "报送账号", before: "—", after: "甲网关、乙网关" }]);
});

test("the choice of a class model is told by its number, and what stands without one", () => {
  expect(differences({ number: null, automatic: false }, { number: 3, automatic: true }, {})).toEqual([
    { field: "推荐类别", before: "只用词表", after: "第 3 号模型" }, { field: "自动训练", before: "否", after: "是" },
  ]);
  expect(differences({ number: 3, automatic: true }, { number: null, automatic: true }, {})).toEqual([{ field: "推荐类别", before: "第 3 号模型", after: "只用词表" }]);
});

test("only what changed is told, with names in the place of ids", () => {
  const unit = "019a0000-0000-7000-8000-000000000001";
  expect(differences({ priority: 10, unit, on_duty: false }, { priority: 5, unit, on_duty: true }, { [unit]: "甲中队" })).toEqual([
    { field: "优先级", before: "10", after: "5" }, { field: "仅在班", before: "否", after: "是" },
  ]);
  expect(differences(null, { unit, person: null }, { [unit]: "甲中队" })).toEqual([{ field: "单位", before: "—", after: "甲中队" }]);
});

test("rights are told as given and taken", () => {
  expect(differences(["lead.read", "lead.file"], ["lead.read", "lead.triage"], {})).toEqual([
    { field: "增加权限", before: "—", after: "lead.triage" }, { field: "取消权限", before: "lead.file", after: "—" },
  ]);
});

test("a device and a kind that machines recognise are told in the words of their forms", () => {
  const device = { name: "人民路口", kind: "video", position: [120.93, 30.69], address: "", sender: null, active: true };
  expect(differences(null, device, {})).toEqual([
    { field: "名称", before: "—", after: "人民路口" }, { field: "性质", before: "—", after: "固定视频" }, { field: "位置", before: "—", after: "120.930000, 30.690000" },
    { field: "地址", before: "—", after: "—" }, { field: "启用", before: "—", after: "是" },
  ]);
  const kind = { name: "出店经营", rules: { active: true, automatic: false, need: 2, of: 3, floor: 0.8 }, paused: true };
  expect(differences(kind, { ...kind, rules: { ...kind.rules, automatic: true, need: 3 }, paused: false }, {})).toEqual([
    { field: "自动转线索", before: "否", after: "是" }, { field: "确认次数", before: "2", after: "3" }, { field: "已自动暂停", before: "是", after: "否" },
  ]);
});
