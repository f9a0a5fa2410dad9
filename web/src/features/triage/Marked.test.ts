import { expect, it } from "vitest";
import { pieces } from "./Marked";

it("marks the longest of the deciding words and takes them literally", () => {
  expect(pieces("建筑垃圾和垃圾(堆)", ["垃圾", "建筑垃圾", "(堆)"])).toEqual([
    { text: "建筑垃圾", marked: true }, { text: "和", marked: false }, { text: "垃圾", marked: true }, { text: "(堆)", marked: true },
  ]);
  expect(pieces("没有", [])).toEqual([{ text: "没有", marked: false }]);
});
