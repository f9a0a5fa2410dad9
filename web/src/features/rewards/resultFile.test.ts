import { expect, test } from "vitest";
import { roundedLine, textOf } from "./resultFile";

test("a file of either encoding is read", () => {
  expect(textOf(new TextEncoder().encode("\ufeff编号,结果").buffer)).toBe("编号,结果");
  // 成功 in GBK.
  expect(textOf(new Uint8Array([0xb3, 0xc9, 0xb9, 0xa6]).buffer)).toBe("成功");
});
test("a number whose last digits a spreadsheet dropped is found", () => {
  expect(roundedLine("编号,结果,流水号\r\na,成功,202611230000000001\r\nb,成功,2.02E+17\r\n")).toBe(3);
  expect(roundedLine("编号,结果,流水号\na,成功,PE-17\n0192e+1f,失败,停机")).toBeNull();
});
