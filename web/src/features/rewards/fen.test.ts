import { describe, expect, it } from "vitest";
import { fenOf, typed, yuan } from "./fen";

describe("fen", () => {
  it("are read and written without a rounding", () => {
    expect([fenOf("12.5"), fenOf("0.29"), fenOf("1000"), fenOf(" 3.07 ")]).toEqual([1250, 29, 100000, 307]);
    expect([fenOf(""), fenOf("1.234"), fenOf("-1"), fenOf("x")]).toEqual([null, null, null, null]);
    expect([yuan(1250), yuan(5), yuan(-123456789)]).toEqual(["12.50 元", "0.05 元", "−1,234,567.89 元"]);
    for (const fen of [0, 29, 1250, 99999999]) expect(fenOf(typed(fen))).toBe(fen);
  });
});
