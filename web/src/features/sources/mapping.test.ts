import { expect, test } from "vitest";
import { faultsOf, leavesOf, readPasted, textAt, trimmed } from "./mapping";

const message = { head: { no: 17, "a/b~c": "甲" }, body: { words: ["乙", null, "丙"], parts: [{ x: 121.02 }, { x: false }] }, none: null, empty: {}, "": "无名" };

test("every value of a message has its pointer, and a list of plain values is one", () => {
  expect(leavesOf(message)).toEqual([
    { pointer: "/head/no", text: "17" }, { pointer: "/head/a~1b~0c", text: "甲" }, { pointer: "/body/words", text: "乙\n丙" },
    { pointer: "/body/parts/0/x", text: "121.02" }, { pointer: "/body/parts/1/x", text: "false" }, { pointer: "/none", text: "" }, { pointer: "/", text: "无名" },
  ]);
  expect(leavesOf({})).toEqual([]);
});

test("what a pointer points at is what its leaf said", () => {
  for (const it of leavesOf(message)) expect(textAt(message, it.pointer)).toBe(it.text);
});

test("a pointer to nowhere finds nothing, and neither does what every object has", () => {
  for (const pointer of ["", "head/no", "/head/none", "/head/no/more", "/body/words/00", "/body/words/length", "/head/toString", "/body/words/-"]) expect(textAt(message, pointer)).toBeUndefined();
  expect(textAt(message, "/body/words/0")).toBe("乙");
});

test("a message has more values than anybody looks through", () => {
  expect(leavesOf(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, at])))).toHaveLength(300);
});

test("a mapping needs the source's number and the words, each by a pointer", () => {
  expect(faultsOf({})).toEqual({});
  expect(faultsOf({ title: "  " })).toEqual({});
  expect(faultsOf({ external_id: "/no", description: "/text", coordinate_system: "gcj02" })).toEqual({});
  expect(faultsOf({ external_id: "/no", description: "/text", coordinate_system: "/system" })).toEqual({});
  expect(Object.keys(faultsOf({ external_id: "no", coordinate_system: "GCJ-02" })).sort()).toEqual(["description", "external_id"]);
  expect(trimmed({ external_id: " /no ", title: "" })).toEqual({ external_id: "/no" });
});

test("what was pasted is an object, or the fault is told", () => {
  expect(readPasted("  ")).toEqual({ fault: null });
  expect(readPasted("{").fault).toContain("JSON");
  expect(readPasted("[1]").fault).toContain("对象");
  expect(readPasted('{"a":1.5}').message).toEqual({ a: 1.5 });
});
