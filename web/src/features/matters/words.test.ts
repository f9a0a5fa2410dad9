import { expect, test } from "vitest";
import { doubtful, fineWord, periodWord, rangeWord } from "./words";

const range = (min: number, max: number) => ({ min_fen: min * 100, max_fen: max * 100 });

test("a range is told as the law writes it", () => {
  expect(rangeWord(range(50, 500))).toBe("50–500 元");
  expect(rangeWord(range(0, 50))).toBe("50 元以下");
  expect(rangeWord(range(1500, 1500))).toBe("1,500 元");
  expect(rangeWord({ min_fen: 0, max_fen: 1050 })).toBe("10.50 元以下");
  expect(rangeWord(null)).toBe("—");
});

test("both parties stand on one line, once where they are alike", () => {
  expect(fineWord({ individual: range(50, 500), organisation: range(50, 500) })).toBe("50–500 元");
  expect(fineWord({ individual: range(200, 1000), organisation: range(500, 3000) })).toBe("个人 200–1,000 元；单位 500–3,000 元");
  expect(fineWord({ individual: null, organisation: range(500, 3000) })).toBe("单位 500–3,000 元");
  expect(fineWord({ individual: null, organisation: null, formula: "违法所得×1–3" })).toBe("违法所得×1–3");
});

test("a period says what is not known", () => {
  expect(periodWord({})).toBe("起止日期未载明");
  expect(periodWord({ effective_to: "2026-08-14" })).toBe("至 2026-08-14");
  expect(periodWord({ effective_from: "2026-08-15" })).toBe("2026-08-15 起");
  expect(periodWord({ effective_from: "2026-08-15", effective_to: "2027-01-01" })).toBe("2026-08-15 至 2027-01-01");
  expect(doubtful("superseded") && !doubtful("in-text")).toBe(true);
});
