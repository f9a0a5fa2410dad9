import { expect, test } from "vitest";
import type { Device } from "../../api/contract";
import { codePattern, inputOf } from "./devices";

test("a device that is switched off keeps everything else as it was", () => {
  const device: Device = {
    code: "cam-001", name: "人民路口", kind: "video", kind_label: "固定视频", lon: 120.93, lat: 30.69, jurisdiction: "330482001001001", address: "", active: true, simulated: true,
    precision: { confirmed: 0, refuted: 0, low: 0, high: 1 }, paused_kinds: 0, version: 3,
  };
  expect(inputOf({ ...device, active: false })).toEqual({ name: "人民路口", kind: "video", address: "", sender: null, active: false, simulated: true, position: { x: 120.93, y: 30.69, system: "wgs84" } });
  const { lon: _lon, lat: _lat, ...moving } = { ...device, kind: "car" as const, sender: "019a" };
  expect(inputOf(moving)).toMatchObject({ kind: "car", sender: "019a", position: null });
});

test("a code is what the server takes", () => {
  expect(["cam-001", "3302:a.b_c", "7"].every((it) => codePattern.test(it))).toBe(true);
  expect(["", "-cam", "摄像头", "a b", "a".repeat(65)].some((it) => codePattern.test(it))).toBe(false);
});
