import { beforeEach, expect, test, vi } from "vitest";
import { addMine, addSecret, dropSecret, forgetMine, listMine, listSecrets, secretOf, settled } from "./mine";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
});

test("secrets outlive the list of the last twenty reports", () => {
  for (let n = 0; n < 40; n++) {
    addMine(`CODE-${n}`);
    addSecret(`CODE-${n}`, `secret${n}`, `key${n}`);
  }
  expect(listMine()).toHaveLength(20);
  expect(secretOf("code0")).toEqual({ code: "CODE-0", secret: "secret0", key: "key0" });
  settled("CODE-0");
  expect(secretOf("CODE-0")).toEqual({ code: "CODE-0", secret: "secret0" });
  dropSecret("CODE-1");
  expect(secretOf("CODE-1")).toBeUndefined();
  forgetMine();
  expect([listMine(), listSecrets()]).toEqual([[], []]);
});
test("what an earlier version kept in the list is still found, and kept", () => {
  localStorage.setItem("bihuan.mine", JSON.stringify([{ code: "AAAA-BBBB", at: "", secret: "old" }]));
  expect(secretOf("AAAABBBB")?.secret).toBe("old");
  addSecret("CCCC", "new", "k");
  addMine("DDDD");
  expect(listSecrets().map((it) => it.secret)).toEqual(["new", "old"]);
});
