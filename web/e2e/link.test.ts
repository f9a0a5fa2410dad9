/** A link to a lead in a queue opens that lead, also when the list was not read so far. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { deskSize, launch, person, signInAtDesk } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";

const address = inject("address");
/** One page of the list and one more. */
const many = 51;
let browser: Browser;
let operator: Client;
const made: { id: string; number: string }[] = [];

beforeAll(async () => {
  browser = await launch();
  operator = await Client.signedIn(address, "operator01", password);
  for (let n = 0; n < many; n += 1) {
    made.push(await operator.post("/api/v1/leads", {
      source: "operator", description: `链接测试第 ${n} 件`, position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, class_code: "06010", photos: [], client_key: `link-${n}-${Date.now()}`,
    }));
  }
});
afterAll(async () => {
  // The queues are as they were, for the tests that follow.
  for (const { id } of made) {
    const { version } = await operator.get<{ version: number }>(`/api/v1/leads/${id}`);
    await operator.post(`/api/v1/leads/${id}/actions/reject`, { reason: "测试数据" }, { "if-match": `"${version}"` });
  }
  await browser?.close();
});

test("a link opens what stands beyond the first page of its queue", async () => {
  const oldest = made[0] as (typeof made)[0];
  const { page, context, watch } = await person(browser, "operator with a link", address, deskSize);
  await signInAtDesk(page, "operator01", password);
  await page.goto(`/desk/triage?queue=triage&id=${oldest.id}`);
  await page.locator(".triage-detail").getByText(oldest.number).waitFor();
  expect(await page.locator(".triage-list [aria-current=true]").innerText()).toContain("链接测试第 0 件");
  // From there the list goes on as ever, and another queue's lead is not shown in this one.
  await page.keyboard.press("j");
  await page.locator(".triage-detail").getByText(oldest.number).waitFor({ state: "detached" });
  await page.goto(`/desk/triage?queue=closing&id=${oldest.id}`);
  await page.getByText("队列已清空").waitFor();
  expect(watch.troubles).toEqual([]);
  await context.close();
});
