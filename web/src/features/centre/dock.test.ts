import { expect, test } from "vitest";
import { readList } from "./dock";

test("a list of a docking station is read line by line, its times in the city", () => {
  const digest = "a".repeat(64);
  const list = readList(`设备编号,文件名,SHA-256,开始,结束\nSIM-1,a.mp4,${digest},2026-11-23 09:00:00,2026/11/23 9:30\n\n`);
  expect(list).toEqual([{ serial: "SIM-1", name: "a.mp4", digest, starts_at: "2026-11-23T01:00:00.000Z", ends_at: "2026-11-23T01:30:00.000Z" }]);
  expect(() => readList(`SIM-1,a.mp4,${digest},昨天,今天`)).toThrow("时间写法不对");
});

test("a line that cannot be read is named by its number, and none is left out in silence", () => {
  const digest = "a".repeat(64);
  const good = `SIM-1,a.mp4,${digest},2026-11-23 09:00:00,2026-11-23 09:30:00`;
  expect(() => readList(`设备编号,文件名,SHA-256,开始,结束\n${good}\n\nSIM-1,b.mp4,abc,2026-11-23 09:00:00,2026-11-23 09:30:00`)).toThrow("第 4 行：SHA-256");
  expect(() => readList(`SIM-1,b.mp4,,2026-11-23 09:00:00,2026-11-23 09:30:00\n${good}`)).toThrow("第 1 行");
  expect(() => readList(`${good}\nSIM-1,b.mp4`)).toThrow("第 2 行");
  expect(readList(`${good}\n , ,\n`)).toHaveLength(1);
});
