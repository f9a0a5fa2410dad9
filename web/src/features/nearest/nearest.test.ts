import { expect, it } from "vitest";
import { nearWords } from "./nearest";

it("says how far, how old and how sure, and whose ground it is where nobody knows more", () => {
  expect(nearWords({ metres: 200, accuracy: 12, age_seconds: 20, own_ground: true })).toBe("直线 200 米内 · 刚刚 · 本辖区");
  expect(nearWords({ metres: 3000, accuracy: 900, age_seconds: 600, own_ground: false })).toBe("直线 3 公里内 · 10 分钟前 · 误差 900 米");
  expect(nearWords({ own_ground: true })).toBe("本辖区");
  expect(nearWords({ own_ground: false })).toBe("没有共享位置");
});
