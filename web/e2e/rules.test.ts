/** Dispatch rules are drafted, tried on what was filed, published and taken back; units assist with one lead, at the desk and on the phone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk, signInOnPhone } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;

beforeAll(async () => { browser = await launch(); });
afterAll(async () => { await browser?.close(); });

interface Row { id: string; number: string; state: string; version: number }

/** A lead that is filed; no rule is in force, so it waits for the dispatcher. */
async function filed(words: string): Promise<Row> {
  const operator = await Client.signedIn(address, "operator01", password);
  const made = await operator.post<Row>("/api/v1/leads", {
    source: "operator", description: words, position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, class_code: "06010", photos: [], client_key: `rules-${words}-${Date.now()}`,
  });
  await operator.post(`/api/v1/leads/${made.id}/actions/accept`, { class_code: "06010", standard: "属实" });
  const leader = await Client.signedIn(address, "shift_leader01", password);
  return leader.post<Row>(`/api/v1/leads/${made.id}/actions/file`, { standard: "属实" });
}

test("a rule is drafted, tried, published and taken back", async () => {
  const lead = await filed("规则测试：路口堆着垃圾");
  const { page, context, watch } = await person(browser, "who keeps the rules", address, deskSize);
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/settings?tab=rules");
  await page.getByRole("button", { name: "新增规则" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("类别代码前缀").fill("06");
  await dialog.getByLabel("处置单位").click();
  await page.getByTitle("第一中队（模拟）").last().click();
  await dialog.getByLabel("说明").fill("试点");
  await dialog.getByRole("button", { name: /保\s*存/ }).click();
  await page.getByText("草稿有 1 处改动，尚未生效").waitFor();

  await page.getByRole("button", { name: "试算近 90 天" }).click();
  const moved = page.getByRole("button", { name: /^会改派 \d+ 件，打开线索$/ });
  await moved.waitFor({ timeout: 20_000 });
  await page.getByText("草稿改了什么").click();
  await accessible(page, "what-if");
  await fits(page, "what-if");
  await picture(page, "desk-what-if-desktop");
  await moved.click();
  await page.getByRole("link", { name: lead.number }).waitFor();
  expect(page.url()).toContain("figure=moved");
  await accessible(page, "what-if leads");
  await picture(page, "desk-what-if-leads-desktop");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await dialog.getByLabel("改动原因").fill("市容类先给中队");
  await picture(page, "desk-rules-publish-desktop");
  await dialog.getByRole("button", { name: "发布并生效" }).click();
  await page.getByText("现行第 1 版 · 草稿与现行规则相同").waitFor();
  const next = await filed("规则测试：按规则派出");
  expect(next.state).toBe("dispatched");
  await page.goto(`/desk/leads/${next.id}`);
  await page.getByText("派遣依据").waitFor();
  await page.getByText("（第 1 版）").waitFor();

  // Taken out again: the rest of the city's tests dispatch by hand.
  await page.goto("/desk/settings?tab=rules");
  await page.getByRole("button", { name: /^删\s*除$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^删\s*除$/ }).click();
  await page.getByText("草稿有 1 处改动，尚未生效").waitFor();
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await dialog.getByLabel("改动原因").fill("试点结束");
  await dialog.getByRole("button", { name: "发布并生效" }).click();
  await page.getByText("现行第 2 版 · 草稿与现行规则相同").waitFor();
  await page.getByRole("button", { name: "历史版本" }).click();
  await page.getByRole("button", { name: "看改动" }).first().click();
  await page.getByRole("button", { name: "回退到这一版" }).waitFor();
  await accessible(page, "rule sets");
  await picture(page, "desk-rule-sets-desktop");
  expect(findings).toEqual([]);
  expect(watch.troubles).toEqual([]);
  await context.close();
});

test("another unit is called to a lead, and answers on its phone", async () => {
  const lead = await filed("协办测试：占道堆物");
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string; name: string; parent_id: string | null }[] }>("/api/v1/organisations");
  const bureau = items.find((it) => it.parent_id === null || it.parent_id === undefined)?.id;
  const squad = items.find((it) => it.name === "第一中队（模拟）")?.id;
  const second = await admin.post<{ id: string }>("/api/v1/organisations", { parent_id: bureau, name: "第二中队（模拟）", kind: "squad", region: "330482", sort: 3 });
  const dispatcher = await Client.signedIn(address, "dispatcher01", password);
  await dispatcher.post(`/api/v1/leads/${lead.id}/actions/dispatch`, { unit: second.id });

  const desk = await person(browser, "dispatcher who calls", address, deskSize);
  await signInAtDesk(desk.page, "dispatcher01", password);
  await desk.page.goto(`/desk/leads/${lead.id}`);
  await desk.page.getByRole("button", { name: "联合处置" }).click();
  const dialog = desk.page.getByRole("dialog");
  await dialog.getByLabel("协办单位").click();
  await desk.page.getByTitle("第一中队（模拟）").last().click();
  await desk.page.keyboard.press("Escape");
  await dialog.getByLabel("协办要求").fill("请派人一同清理");
  await picture(desk.page, "desk-call-joint-desktop");
  await dialog.getByRole("button", { name: "联合处置" }).click();
  await desk.page.getByRole("heading", { name: /联合处置/ }).waitFor();
  await desk.page.getByText("要求：请派人一同清理").waitFor();
  await accessible(desk.page, "joint tasks");
  await picture(desk.page, "desk-joint-desktop");
  expect(squad).toBeTruthy();

  const hand = await person(browser, "assistant outdoors", address, phoneSize);
  await signInOnPhone(hand.page, "unit_handler01", password);
  await hand.page.goto(`/phone/#/task/${lead.id}`);
  await hand.page.getByRole("link", { name: "接受协办" }).click();
  await hand.page.getByRole("button", { name: "接受，我们来协办" }).click();
  await hand.page.getByRole("link", { name: "协办反馈" }).click();
  await hand.page.getByLabel("怎么协办的").fill("已一同清理");
  await accessible(hand.page, "joint answer");
  await picture(hand.page, "phone-joint-done-phone");
  await hand.page.getByRole("button", { name: "提交协办结果" }).click();
  await expect.poll(async () => (await dispatcher.get<{ joint_tasks: { state: string }[] }>(`/api/v1/leads/${lead.id}`)).joint_tasks[0]?.state, { timeout: 20_000 }).toBe("done");
  expect(findings).toEqual([]);
  expect([...desk.watch.troubles, ...hand.watch.troubles]).toEqual([]);
  await desk.context.close();
  await hand.context.close();
});
