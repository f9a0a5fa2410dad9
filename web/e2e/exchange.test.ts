/** A neighbour city is set up, a lead goes there and is followed; a citizen keeps a signed receipt. The neighbour is this very server. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let code = "";
let number = "";

beforeAll(async () => {
  browser = await launch();
  // Outside every grid: nobody here can accept it.
  const made = await new Client(address).post<{ number: string; tracking_code: string }>("/api/v1/public/reports", {
    description: "转邻市测试：桥东头堆着垃圾", position: { x: 122.5, y: 30.1, system: "wgs84" }, address: "邻县桥东路口", class_code: "06010", photos: [], client_key: `exchange-${Date.now()}`,
  });
  ({ tracking_code: code, number } = made);
});
afterAll(async () => { await browser?.close(); });

test("the administrator sets a neighbour up", async () => {
  const { page, context, watch } = await person(browser, "administrator", address, deskSize);
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/settings?tab=neighbours");
  await page.getByText("还没有对接邻市").first().waitFor();
  await accessible(page, "neighbours, empty");
  await page.getByRole("button", { name: "新增邻市" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("编码").fill("next-door");
  await drawer.getByLabel("名称").fill("邻县（模拟）");
  await drawer.getByLabel("地址", { exact: true }).fill(`${address}/open311/v2/`);
  await drawer.getByLabel("本市类别 = 对方的 service_code").fill("06 = 06010\n垃圾");
  await drawer.getByText("这一行不对或重复：垃圾").waitFor();
  await drawer.getByLabel("本市类别 = 对方的 service_code").fill("06 = 06010");
  await accessible(page, "neighbour drawer");
  await picture(page, "desk-neighbour-desktop");
  await drawer.getByRole("button", { name: /保\s*存/ }).click();
  await page.getByRole("button", { name: "邻县（模拟）", exact: true }).waitFor();
  await drawer.waitFor({ state: "hidden" });
  await accessible(page, "neighbours");
  await fits(page, "neighbours");
  await picture(page, "desk-neighbours-desktop");
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test("the dispatcher refers a lead, and the page shows the neighbour's number", async () => {
  const dispatcher = await Client.signedIn(address, "dispatcher01", password);
  const found = await dispatcher.get<{ items: { id: string }[] }>(`/api/v1/leads?q=${number}`);
  const id = found.items[0]?.id ?? "";
  const { page, context, watch } = await person(browser, "dispatcher", address, deskSize);
  await signInAtDesk(page, "dispatcher01", password);
  await page.goto(`/desk/leads/${id}`);
  await page.getByRole("button", { name: /转邻市/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("转给哪个邻市").click();
  await page.getByTitle("邻县（模拟）").last().click();
  await dialog.getByRole("textbox", { name: "理由" }).fill("在邻县境内");
  await accessible(page, "refer");
  await picture(page, "desk-refer-desktop");
  await dialog.getByRole("button", { name: /转邻市|确\s*定/ }).last().click();
  await page.getByRole("heading", { name: /转邻市/ }).waitFor();
  await expect.poll(async () => (await dispatcher.get<{ referral: { remote_id?: string } }>(`/api/v1/leads/${id}`)).referral.remote_id ?? "", { timeout: 20_000 }).not.toBe("");
  await page.reload();
  await page.getByText("邻市办理中").first().waitFor();
  await accessible(page, "referred lead");
  await fits(page, "referred lead");
  await picture(page, "desk-referred-desktop");
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test.each([["desktop", deskSize], ["phone", phoneSize]] as const)("the citizen reads and downloads a receipt at the size of a %s", async (size, dimensions) => {
  const { page, context, watch } = await person(browser, `citizen, ${size}`, address, dimensions);
  await page.goto(`/follow/${code}`);
  await page.getByRole("link", { name: "签名回执" }).click();
  await page.getByRole("heading", { name: /上报回执/ }).waitFor();
  await accessible(page, `receipt ${size}`);
  await fits(page, `receipt ${size}`);
  await picture(page, `portal-receipt-${size}`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载回执文件" }).click()]);
  expect(download.suggestedFilename()).toBe(`bihuan-receipt-${number}.json`);
  const file = JSON.parse(await (await download.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString())) as { receipt: { number: string }; signature: string };
  expect([file.receipt.number, file.signature.length]).toEqual([number, 128]);
  expect(JSON.stringify(file)).not.toContain(code);
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("button", { name: "打印" }).isVisible()).toBe(false);
  await picture(page, `portal-receipt-print-${size}`);
  await context.close();
  expect(watch.troubles).toEqual([]);
});
