import { describe, expect, it } from "vitest";
import { layout } from "./graph";

const pair = (one: string, other: string, excess: number) => ({ one, one_name: `采集员${one}`, other, other_name: `单位${other}`, part_label: "核查", met: 20, excess });

describe("the picture of pairs", () => {
  it("has each name once and a line a pair", () => {
    const drawn = layout([pair("1", "a", 4), pair("1", "b", 40), pair("2", "b", 0.1)]);
    expect([drawn.left.map((it) => it.name), drawn.right.map((it) => it.name)]).toEqual([["采集员1", "采集员2"], ["单位a", "单位b"]]);
    expect(drawn.lines.map((it) => it.width)).toEqual([4, 10, 1.5]);
    expect([drawn.lines[1]?.from, drawn.lines[1]?.to]).toEqual([drawn.left[0]?.y, drawn.right[1]?.y]);
    expect(layout([]).height).toBeGreaterThan(0);
  });
});
