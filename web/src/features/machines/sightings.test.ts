import { expect, test } from "vitest";
import { boxPlace, intervalWord, nextAfter, precisionWord, stepFrom } from "./sightings";

test("a precision says its interval and of how many verdicts it is", () => {
  expect(precisionWord({ confirmed: 33, refuted: 7, share: 0.825, low: 0.6805, high: 0.9125 })).toBe("准确率 83%（95% 区间 68–91%，基于 40 次研判）");
  expect(precisionWord({ confirmed: 0, refuted: 0, low: 0, high: 1 })).toBe("尚无研判");
  expect(intervalWord({ low: 0, high: 0.5615 })).toBe("0–56%");
});

test("after a verdict the one below is shown, and at the end the one above", () => {
  expect(nextAfter(["a", "b", "c"], "b")).toBe("c");
  expect(nextAfter(["a", "b", "c"], "c")).toBe("b");
  expect(nextAfter(["a"], "a")).toBeUndefined();
  expect(nextAfter(["a", "b"], "gone")).toBe("a");
});

test("who moves on from one that has left the list goes on where it stood", () => {
  expect(stepFrom(["a", "b", "c"], "a", 1, 0)).toBe("b");
  expect(stepFrom(["a", "b", "c"], "c", 1, 2)).toBe("c");
  expect(stepFrom(["a", "c"], "b", 1, 1)).toBe("c");
  expect(stepFrom(["a", "c"], "b", -1, 1)).toBe("a");
  expect(stepFrom([], "b", 1, 0)).toBeUndefined();
});

test("the box keeps its place in a picture of any size, and never leaves it", () => {
  expect(boxPlace([0.25, 0.1, 0.5, 0.3])).toEqual({ left: "25%", top: "10%", width: "50%", height: "30%" });
  expect(boxPlace([0.9, 0.9, 0.2, 0.2])).toEqual({ left: "90%", top: "90%", width: "10%", height: "10%" });
  expect(boxPlace([0.5, 0.5, 0, 0.2])).toBeNull();
  expect(boxPlace([0.5, 0.5])).toBeNull();
  expect(boxPlace(null)).toBeNull();
});
