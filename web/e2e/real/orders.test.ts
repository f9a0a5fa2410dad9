/**
 * Imported real orders and letters, closed through the pages by every role in turn.
 *
 * `BIHUAN_REAL_DATA` names a data folder that holds them already, `BIHUAN_REAL_COUNT` how many are to be closed. No picture is taken and no
 * text is printed: what people wrote stays where it is.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deskSize, launch, person, phoneSize, photo, signInAtDesk, signInOnPhone, type Person } from "../browser";
import { password, settle } from "../city";
import { Client } from "../client";
import { start, verify, type Server } from "../server";

const data = process.env.BIHUAN_REAL_DATA ?? "";
const wanted = Number(process.env.BIHUAN_REAL_COUNT ?? "22");

interface Row { id: string; number: string; state: string; source: string; simulated: boolean; class?: { code: string }; place: { grid_code?: string } }

let server: Server;
let browser: Browser;
let office: Client;
const everybody: Person[] = [];
let chosen: string[] = [];

const stateOf = async (id: string) => (await office.get<Row>(`/api/v1/leads/${id}`)).state;
const becomes = (id: string, state: RegExp | string) => expect.poll(() => stateOf(id), { timeout: 240_000, interval: 250 }).toMatch(state);

async function arrives(account: string, size = deskSize): Promise<Page> {
  const came = await person(browser, account, server.address, size);
  everybody.push(came);
  if (size === phoneSize) await signInOnPhone(came.page, account, password);
  else await signInAtDesk(came.page, account, password);
  return came.page;
}

/** The lead that the queue shows now; nothing when it is empty. */
async function shown(page: Page): Promise<string | undefined> {
  const href = await page.locator(".triage-detail header a.mono").getAttribute("href", { timeout: 1_000 }).catch(() => null);
  return href?.split("/").at(-1);
}

/** Decides as many leads as asked, one after the other as the queue shows them, each by one key; answers which. */
async function decide(page: Page, count: number, key: string, prepare: (id: string) => Promise<void> = async () => undefined): Promise<string[]> {
  const done: string[] = [];
  while (done.length < count) {
    await expect.poll(async () => { const id = await shown(page); return id !== undefined && !done.includes(id); }, { timeout: 60_000, interval: 50 }).toBe(true);
    const id = (await shown(page)) as string;
    await page.locator(".decision button.ant-btn-primary, .decision .why").first().waitFor();
    await prepare(id);
    await page.locator(".decision button.ant-btn-primary").waitFor();
    // A form that was drawn anew under the finger takes the key the second time.
    await expect.poll(async () => {
      if ((await shown(page)) !== id) return true;
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press(key);
      await page.waitForFunction((gone) => !document.querySelector(`.triage-detail header a.mono[href$="${gone}"]`), id, { timeout: 2_500 }).catch(() => undefined);
      return (await shown(page)) !== id;
    }, { timeout: 20_000, interval: 100, message: `${key} does not decide ${id}` }).toBe(true);
    done.push(id);
  }
  return done;
}

async function all(ids: readonly string[], state: string): Promise<void> {
  for (const id of ids) await becomes(id, state);
}

beforeAll(async () => {
  expect(data, "BIHUAN_REAL_DATA names the folder").not.toBe("");
  server = await start({ data });
  await settle(server.address);
  browser = await launch();
  office = await Client.signedIn(server.address, "shift_leader01", password);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("every imported row waits for an operator, with its source and number", async () => {
  const text = await fetch(`${server.address}/api/v1/leads/export?format=jsonl`, { headers: { cookie: office.cookies } }).then((it) => it.text());
  const rows = text.trim().split("\n").map((it) => JSON.parse(it) as Row);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((it) => it.state === "reported" && !it.simulated)).toBe(true);
  const of = (source: string) => rows.filter((it) => it.source === source).length;
  console.log(`leads ${rows.length}: hotline ${of("hotline")}, letters ${of("letters")}; class proposed ${rows.filter((it) => it.class).length}; in a grid ${rows.filter((it) => it.place.grid_code).length}`);
  expect(of("hotline")).toBeGreaterThan(0);
});

/** What has no position waits for a person to place it; what has no class, for a person to name it. */
async function prepareForAcceptance(page: Page, id: string): Promise<void> {
  const grid = async () => (await office.get<Row>(`/api/v1/leads/${id}`)).place.grid_code ?? "";
  if (!(await grid())) {
    const map = page.locator(".triage-map canvas").first();
    await map.waitFor();
    // The middle: the map moves to each place that is marked. While it still moves it swallows the press.
    await expect.poll(async () => {
      const box = await map.boundingBox();
      await map.click({ position: { x: (box?.width ?? 0) * 0.5, y: (box?.height ?? 0) * 0.5 } });
      return page.locator(".map-pick").getByText("单元网格").waitFor({ timeout: 4_000 }).then(() => true, () => false);
    }, { timeout: 60_000, interval: 500 }).toBe(true);
    await page.getByRole("button", { name: "标注到这里" }).click();
    await expect.poll(grid, { timeout: 30_000 }).not.toBe("");
    await page.locator(".lead-place").getByText("单元网格").waitFor();
  }
  await page.locator(".decision").getByRole("button", { name: "受理" }).waitFor();
  const field = page.locator(".decision .ant-select").first();
  if ((await office.get<Row>(`/api/v1/leads/${id}`)).class) {
    await expect.poll(() => field.innerText(), { timeout: 15_000 }).not.toContain("输入名称或代码");
    return;
  }
  await page.locator(".decision").getByLabel("类别").fill("垃圾");
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").first().click();
}

test("the operator places and accepts them from the keyboard", async () => {
  const page = await arrives("operator01");
  await page.goto("/desk/triage");
  // The newest first, which were imported last; then the orders further down the same list.
  chosen = await decide(page, Math.floor(wanted / 2), "a", (id) => prepareForAcceptance(page, id));
  const source = page.locator(".triage-detail header p.quiet").first();
  await expect.poll(async () => {
    for (let at = 0; at < 8; at += 1) await page.keyboard.press("j");
    return source.innerText({ timeout: 1_000 }).catch(() => "");
  }, { timeout: 240_000, interval: 150 }).toContain("12345热线");
  chosen.push(...(await decide(page, wanted - chosen.length, "a", (id) => prepareForAcceptance(page, id))));
  expect(new Set(chosen).size).toBe(wanted);
  await all(chosen, "accepted");
});

test("the shift leader files them, the dispatcher sends them to the squad", async () => {
  const leader = await arrives("shift_leader01");
  await leader.goto("/desk/triage?queue=filing");
  await decide(leader, wanted, "f");
  await all(chosen, "filed");
  const dispatcher = await arrives("dispatcher01");
  await dispatcher.goto("/desk/triage?queue=dispatch");
  await decide(dispatcher, wanted, "d", async () => {
    if ((await dispatcher.locator(".decision .ant-select").first().innerText()).includes("第一中队")) return;
    await dispatcher.getByLabel("处置单位").first().click();
    await dispatcher.locator(".ant-select-dropdown:visible .ant-select-tree-title", { hasText: "第一中队（模拟）" }).click();
  });
  await all(chosen, "dispatched");
});

test("the squad takes and fixes them on the phone, with photos before and after", async () => {
  const page = await arrives("unit_handler01", phoneSize);
  const [before, after] = [await photo(browser, "loose"), await photo(browser, "fixed")];
  for (const id of chosen) {
    await page.goto(`/phone/#/task/${id}`);
    await page.getByRole("link", { name: "接单" }).click();
    await page.getByRole("button", { name: /接单/ }).click();
    await becomes(id, "fixing");
    await page.goto(`/phone/#/task/${id}/fix`);
    await page.getByLabel("处置前照片：从相册或文件选择").setInputFiles(before);
    await page.getByRole("button", { name: "放大处置前照片 1" }).waitFor();
    await page.getByLabel("怎么处理的").fill("测试：已处理");
    await page.getByLabel("处置后照片：从相册或文件选择").setInputFiles(after);
    await page.getByRole("button", { name: "放大处置后照片 1" }).waitFor();
    await page.getByRole("button", { name: "提交处置结果" }).click();
    await becomes(id, "fixed");
  }
});

test("the operator orders checks, the collector checks them, the shift leader closes them", async () => {
  const operator = everybody[0]?.page as Page;
  await operator.goto("/desk/triage?queue=check");
  await decide(operator, wanted, "c");
  await all(chosen, "checking");
  const collector = await arrives("collector01", phoneSize);
  const seen = await photo(browser, "checked");
  for (const id of chosen) {
    await collector.goto(`/phone/#/task/${id}/check`);
    await collector.getByLabel("已处理好").check();
    await collector.getByLabel("核查照片：从相册或文件选择").setInputFiles(seen);
    await collector.getByRole("button", { name: "放大核查照片 1" }).waitFor();
    await collector.getByRole("button", { name: "提交核查结果" }).click();
    await becomes(id, "checked");
  }
  const leader = everybody[1]?.page as Page;
  await leader.goto("/desk/triage?queue=closing");
  await decide(leader, wanted, "c");
  await all(chosen, "closed");
});

test("they are closed in the books, their histories are whole, and no page complained", async () => {
  const closed = await office.get<{ items: Row[] }>("/api/v1/leads?state=closed&limit=200");
  expect(new Set(closed.items.map((it) => it.id))).toEqual(new Set(chosen));
  for (const id of chosen) {
    const history = await office.get<{ items: { action: string }[] }>(`/api/v1/leads/${id}/history`);
    const done = history.items.map((it) => it.action);
    for (const step of ["report", "correct", "accept", "file", "dispatch", "take", "fix", "request-check", "check", "close"]) expect(done).toContain(step);
  }
  const { whole, words } = verify(data);
  expect(whole, words).toBe(true);
  console.log(`closed through the pages: ${closed.items.length}`);
  // Console messages may quote a page's address, never a text: addresses carry ids alone.
  expect(everybody.flatMap((it) => it.watch.troubles)).toEqual([]);
});
