/** One problem from the citizen who sees it to the citizen who rates it (闭环), everybody at their own page. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk, signInOnPhone, tolerating, type Person } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { verify } from "./server";

const address = inject("address");
const words = "人行道井盖松动，走上去会响，晚上容易绊倒";
let browser: Browser;
let citizen: Person;
let code = "";
const everybody: Person[] = [];

async function arrives(name: string, size = deskSize): Promise<Person> {
  const came = await person(browser, name, address, size);
  everybody.push(came);
  return came;
}

/** Where the lead stands, by the public answer. */
async function state(): Promise<string> {
  return (await new Client(address).get<{ state: string }>(`/api/v1/public/reports/${code}`)).state;
}
async function becomes(wanted: string): Promise<void> {
  await expect.poll(state, { timeout: 30_000, interval: 200 }).toBe(wanted);
}

/** In the queue, with the lead's own decision form open beside it. */
async function atQueue(page: Page, key: string, button: string): Promise<void> {
  await page.goto("/desk/triage");
  await page.getByRole("tab").first().waitFor();
  await page.keyboard.press(key);
  await page.locator(".triage-detail").getByText(words).first().waitFor();
  await page.locator(".decision").getByRole("button", { name: button }).waitFor();
}

beforeAll(async () => { browser = await launch(); });
afterAll(async () => { await browser?.close(); });
// Each step stands on the one before it.
let broken = false;
beforeEach((context) => { if (broken) context.skip("an earlier step failed"); });
afterEach(async (context) => {
  if (context.task.result?.state !== "fail" || broken) return;
  broken = true;
  for (const [index, { page }] of everybody.entries()) await page.screenshot({ path: join(tmpdir(), `bihuan-story-${index}.png`) });
});

test("a citizen reports with a photo in under a minute", async () => {
  citizen = await arrives("citizen", phoneSize);
  const { page } = citizen;
  await page.goto("/");
  await accessible(page, "portal");
  await fits(page, "portal");
  const begun = Date.now();
  await page.getByRole("link", { name: "我要上报" }).first().click();
  await page.getByLabel("现场照片：从相册或文件选择").setInputFiles(await photo(browser, "loose"));
  await page.getByRole("button", { name: "放大现场照片 1" }).waitFor();
  await page.getByLabel("是什么问题").fill(words);
  await page.getByRole("button", { name: "现在的位置" }).click();
  await page.getByText("来自手机定位").waitFor();
  await accessible(page, "report form");
  await fits(page, "report form");
  await picture(page, "portal-report-phone");
  await page.getByRole("button", { name: "提交上报" }).click();
  await page.getByRole("heading", { name: "已经收到，谢谢您" }).waitFor();
  expect(Date.now() - begun).toBeLessThan(60_000);
  code = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(code).not.toBe("");
  await accessible(page, "receipt");
  await picture(page, "portal-receipt-phone");
  expect(await state()).toBe("reported");
});

test("the operator accepts it from the keyboard alone", async () => {
  const { page } = await arrives("operator");
  await signInAtDesk(page, "operator01", password);
  await atQueue(page, "1", "受理");
  await expect.poll(() => page.locator(".decision .ant-select-content, .decision .ant-select-selection-item").first().innerText(), { timeout: 15_000 }).toMatch(/\S/);
  await accessible(page, "triage");
  await picture(page, "desk-triage");
  await page.keyboard.press("a");
  await becomes("accepted");
});

test("the shift leader files it, the dispatcher sends it to a unit", async () => {
  const { page } = await arrives("shift leader");
  await signInAtDesk(page, "shift_leader01", password);
  await atQueue(page, "3", "立案");
  await accessible(page, "filing");
  await page.keyboard.press("f");
  await expect.poll(state, { timeout: 30_000 }).toMatch(/^(filed|dispatched)$/);
  if ((await state()) === "filed") {
    const dispatcher = await arrives("dispatcher");
    await signInAtDesk(dispatcher.page, "dispatcher01", password);
    await atQueue(dispatcher.page, "4", "派遣");
    await choose(dispatcher.page, "第一中队（模拟）");
    await accessible(dispatcher.page, "dispatch");
    await dispatcher.page.keyboard.press("Escape");
    await dispatcher.page.locator(".decision").getByRole("button", { name: "派遣" }).last().click();
  }
  await becomes("dispatched");
});

/** Picks the unit, unless the page already proposes it. */
async function choose(page: Page, unit: string): Promise<void> {
  const shown = page.locator(".decision .ant-select").first();
  if ((await shown.innerText()).includes(unit)) return;
  await page.getByLabel("处置单位").first().click();
  await page.locator(".ant-select-tree-title", { hasText: unit }).first().click();
  await expect.poll(() => shown.innerText()).toContain(unit);
}

test("the team takes it, fixes it without network, and the phone sends when the network is back", async () => {
  const handler = await arrives("handler", phoneSize);
  const { page, context, watch } = handler;
  await signInOnPhone(page, "unit_handler01", password);
  // The shell is kept by the service worker from the first visit on.
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration("/phone/"))?.active?.state === "activated");
  await accessible(page, "tasks");
  await fits(page, "tasks");
  await page.getByRole("link", { name: new RegExp(words.slice(0, 8)) }).first().click();
  await page.getByRole("link", { name: "接单" }).click();
  await page.getByRole("button", { name: /接单/ }).click();
  await becomes("fixing");
  await page.getByRole("link", { name: /处置/ }).first().waitFor();
  await picture(page, "phone-task");
  await accessible(page, "task");

  // What the worker of the phone's pages could not fetch is named ERR_FAILED.
  await tolerating(watch, [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/, /net::ERR_FAILED/, /Failed to fetch/], async () => {
    await context.setOffline(true);
    await page.getByRole("link", { name: /处置/ }).first().click();
    await page.getByLabel("处置前照片：从相册或文件选择").setInputFiles(await photo(browser, "loose"));
    await page.getByRole("button", { name: "放大处置前照片 1" }).waitFor();
    // A dead battery: the page comes back from the phone itself, with everything that was filled in.
    await page.getByLabel("怎么处理的").fill("已更换井盖并加垫");
    await page.waitForTimeout(800);
    await page.reload();
    await page.getByRole("button", { name: "放大处置前照片 1" }).waitFor();
    expect(await page.getByLabel("怎么处理的").inputValue()).toBe("已更换井盖并加垫");
    await page.getByLabel("处置后照片：从相册或文件选择").setInputFiles(await photo(browser, "fixed"));
    await page.getByRole("button", { name: "放大处置后照片 1" }).waitFor();
    await accessible(page, "fix form");
    await fits(page, "fix form");
    await picture(page, "phone-fix-offline");
    await page.getByRole("button", { name: "提交处置结果" }).click();
    await page.getByText("已存在手机上，有网络就发").first().waitFor();
    expect(await state()).toBe("fixing");
    await context.setOffline(false);
    // The browser reports late what failed just before the network was back.
    await becomes("fixed");
  });
});

test("the operator orders a check, the collector checks on the spot", async () => {
  const operator = everybody.find((it) => it.page.url().includes("/desk/")) as Person;
  const { page } = operator;
  await atQueue(page, "6", "发起核查");
  await accessible(page, "check queue");
  await page.keyboard.press("c");
  await becomes("checking");

  const collector = await arrives("collector", phoneSize);
  await signInOnPhone(collector.page, "collector01", password);
  await collector.page.getByRole("link", { name: new RegExp(words.slice(0, 8)) }).first().click();
  await collector.page.getByRole("link", { name: /核查/ }).first().click();
  await collector.page.getByLabel("已处理好").check();
  await collector.page.getByLabel("核查照片：从相册或文件选择").setInputFiles(await photo(browser, "checked"));
  await collector.page.getByRole("button", { name: "放大核查照片 1" }).waitFor();
  await accessible(collector.page, "check form");
  await collector.page.getByRole("button", { name: "提交核查结果" }).click();
  await becomes("checked");
});

test("the shift leader closes it", async () => {
  const { page } = everybody[2] as Person;
  await atQueue(page, "7", "结案");
  await accessible(page, "closing");
  await page.keyboard.press("c");
  await becomes("closed");
  await page.goto(`/desk/search?q=${encodeURIComponent(words.slice(0, 5))}`);
  await page.getByRole("link", { name: new RegExp(words.slice(0, 8)) }).first().click();
  await page.getByText("已结案").first().waitFor();
  await accessible(page, "lead");
  await picture(page, "desk-lead");
});

test("the citizen sees it closed and rates it", async () => {
  const { page } = citizen;
  await page.reload();
  await page.getByRole("heading", { name: "已结案" }).waitFor();
  await page.getByRole("button", { name: /放大处置后照片/ }).first().waitFor();
  await page.getByText("5 星，").locator("..").click();
  await page.getByLabel("想说的话").fill("修得很快，谢谢");
  await accessible(page, "rating");
  await page.getByRole("button", { name: "提交评价" }).click();
  await page.getByRole("heading", { name: "您的评价" }).waitFor();
  await accessible(page, "closed report");
  await fits(page, "closed report");
  await picture(page, "portal-closed-phone");
});

test("the ledger is whole, and no page complained meanwhile", () => {
  const { whole, words: said } = verify(inject("data"));
  expect(whole, said).toBe(true);
  expect([...everybody.flatMap((it) => it.watch.troubles), ...findings]).toEqual([]);
});
