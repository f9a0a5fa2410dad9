/** A mis-pressed key can be taken back (撤销); what was meant arrives, once, even when the page is left at once. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, launch, person, signInAtDesk, tolerating } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";

const address = inject("address");
let browser: Browser;
let operator: Client;

beforeAll(async () => {
  browser = await launch();
  operator = await Client.signedIn(address, "operator01", password);
});
afterAll(async () => { await browser?.close(); });

interface Row { id: string; number: string; state: string }
/** A fresh report, and where its queue page is. */
async function reported(words: string): Promise<Row> {
  const made = await operator.post<Row>("/api/v1/leads", {
    source: "operator", description: words, position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, class_code: "06010", photos: [], client_key: `undo-${words}-${Date.now()}`,
  });
  return operator.get<Row>(`/api/v1/leads/${made.id}`);
}
const state = async (id: string) => (await operator.get<Row>(`/api/v1/leads/${id}`)).state;
const times = async (id: string, action: string) =>
  (await operator.get<{ items: { action: string }[] }>(`/api/v1/leads/${id}/history`)).items.filter((it) => it.action === action).length;

test("a slip is taken back from the keyboard, and nothing reaches the server", async () => {
  const lead = await reported("撤销测试：按错受理");
  const { page, context, watch } = await person(browser, "operator who slips", address, deskSize);
  await signInAtDesk(page, "operator01", password);
  await page.goto(`/desk/triage?queue=triage&id=${lead.id}`);
  await page.locator(".decision").getByRole("button", { name: "受理" }).waitFor();
  await page.locator(".triage-detail").getByText(lead.number).waitFor();
  await page.keyboard.press("a");
  const bar = page.getByLabel("刚才的办理");
  await bar.getByText(lead.number).waitFor();
  await page.locator(".triage-detail").getByText(lead.number).waitFor({ state: "detached" });
  await accessible(page, "undo bar");
  await page.keyboard.press("u");
  await page.locator(".triage-detail").getByText(lead.number).waitFor();
  await bar.waitFor({ state: "detached" });
  await page.waitForTimeout(7_000);
  expect(await state(lead.id)).toBe("reported");
  expect(await times(lead.id, "accept")).toBe(0);

  // And when it was meant: it leaves after its time.
  await page.locator(".decision").getByRole("button", { name: "受理" }).waitFor();
  await page.keyboard.press("a");
  await bar.getByText(lead.number).waitFor();
  expect(await state(lead.id)).toBe("reported");
  await expect.poll(() => state(lead.id), { timeout: 15_000 }).toBe("accepted");
  await bar.waitFor({ state: "detached" });
  expect(watch.troubles).toEqual([]);
  await context.close();
});

test("who leaves the page at once loses nothing and does nothing twice", async () => {
  const lead = await reported("撤销测试：马上离开");
  const { page, context, watch } = await person(browser, "operator who leaves", address, deskSize);
  await signInAtDesk(page, "operator01", password);
  await page.goto(`/desk/triage?queue=triage&id=${lead.id}`);
  await page.locator(".triage-detail").getByText(lead.number).waitFor();
  await page.locator(".decision").getByRole("button", { name: "受理" }).waitFor();
  await page.keyboard.press("x");
  await page.getByRole("dialog").getByText("不属于城市管理职责范围").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".quick-reasons") !== null);
  await page.keyboard.press("1");
  await page.getByLabel("刚才的办理").getByText(lead.number).waitFor();
  // What was sent on leaving may be found out only by a conflict, which Chromium writes on its console.
  await tolerating(watch, [/status of 412/, /status of 409/], async () => {
    await page.reload();
    await expect.poll(() => state(lead.id), { timeout: 20_000 }).toBe("rejected");
    await page.getByRole("tab").first().waitFor();
    await page.waitForTimeout(2_500);
  });
  expect(await times(lead.id, "reject")).toBe(1);
  await page.getByLabel("刚才的办理").waitFor({ state: "detached" });
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test("axe has nothing serious to say about the bar", () => {
  expect(findings).toEqual([]);
});
