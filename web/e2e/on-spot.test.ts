/** A penalty on the spot from a phone: entered, told, signed, decided, printed, handed over; nothing of it typed twice. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, findings, fits, launch, person, phoneSize, photo, picture, signInOnPhone } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { organOf } from "./organ";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
const made: Record<string, string> = {};

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const account of ["street_officer01", "street_officer02"]) {
    const one = await admin.post<{ id: string }>("/api/v1/people", { account, name: `街面执法${account.slice(-2)}`, organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const first = await Client.signedIn(address, account, `${password}-first`);
    await first.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${one.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    made[account] = one.id;
  }
  await organOf(admin);
});
afterAll(async () => { await browser?.close(); });

test("a penalty on the spot takes one phone and no second typing", async () => {
  const { page, context, watch } = await person(browser, "street officer", address, phoneSize, { geolocation: { longitude: 121.0215, latitude: 30.6985 }, permissions: ["geolocation"] });
  await signInOnPhone(page, "street_officer01", password);
  await page.getByRole("link", { name: "我的" }).click();
  await page.getByRole("link", { name: "当场处罚" }).click();
  await page.getByRole("heading", { name: "当场处罚" }).waitFor();
  await page.getByRole("button", { name: "开始告知" }).click();
  await page.getByText("请选择执法事项。").waitFor();
  await accessible(page, "on the spot, empty");
  await picture(page, "phone-on-spot-missing");

  await page.getByLabel("现场照片：从相册或文件选择").setInputFiles(await photo(browser, "loose"));
  await page.getByLabel("执法事项").fill("生活垃圾");
  await page.locator(".onspot-found button").first().waitFor();
  await picture(page, "phone-on-spot-matters");
  await page.locator(".onspot-found button", { hasText: "乱倒生活垃圾" }).first().click();
  await page.getByLabel("门牌或旁边有什么").fill("模拟街道长街12号门前");
  await page.getByLabel("违法事实").fill("在人行道上倾倒生活垃圾一袋");
  await page.getByLabel("姓名").fill("测试当事人丙");
  await page.getByLabel("身份证号").fill("110105194912310021");
  await page.getByLabel("罚款（元）").fill("150");
  await page.getByLabel("处罚理由").fill("初次违法，当场清理");
  await page.getByLabel("一起执法的人员").selectOption({ label: "街面执法02" });
  await page.getByRole("button", { name: "开始告知" }).click();
  await page.getByText("身份证号不对，请核对 18 位号码。").waitFor();
  await page.getByLabel("身份证号").fill("11010519491231002X");

  // What was entered survives a reload.
  await page.waitForTimeout(600);
  await page.reload();
  expect(await page.getByLabel("违法事实").inputValue()).toBe("在人行道上倾倒生活垃圾一袋");
  await fits(page, "on the spot");
  await picture(page, "phone-on-spot-enter");
  await page.getByRole("button", { name: "开始告知" }).click();

  await page.getByRole("heading", { name: "请向当事人宣读" }).waitFor();
  await page.getByText("没有异议").click();
  const pad = await page.getByRole("img", { name: /当事人签名/ }).boundingBox();
  if (!pad) throw new Error("no pad to sign on");
  await page.mouse.move(pad.x + 60, pad.y + 60);
  await page.mouse.down();
  for (let at = 0; at < 12; at++) await page.mouse.move(pad.x + 60 + at * 16, pad.y + 70 + (at % 3) * 24);
  await page.mouse.up();
  await page.getByRole("img", { name: "当事人签名：已签" }).waitFor();
  await accessible(page, "on the spot, told");
  await fits(page, "on the spot, told");
  await picture(page, "phone-on-spot-tell");
  await page.getByRole("button", { name: /^决定：罚款 150 元/ }).click();

  const strip = page.getByRole("link", { name: "打印小票（58 毫米）" });
  await strip.waitFor();
  await picture(page, "phone-on-spot-papers");
  for (const link of [strip, page.getByRole("link", { name: "打印 A4 决定书" })]) {
    const answer = await context.request.get(new URL((await link.getAttribute("href")) ?? "", address).href);
    expect(answer.status()).toBe(200);
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  }
  await page.getByText("已当场交付").click();
  await page.getByRole("button", { name: "完成送达" }).click();
  await page.getByText(/已送达，案件/).waitFor();
  await accessible(page, "on the spot, done");

  const officer = await Client.signedIn(address, "street_officer01", password);
  const { items } = await officer.get<{ items: { id: string; title: string; state: { code: string } }[] }>("/api/v1/cases?mine=true&track=simple");
  const one = items.find((it) => it.title.includes("长街12号"));
  expect(one?.state.code).toBe("served");
  const evidence = await officer.get<{ items: { title: string }[] }>(`/api/v1/cases/${one?.id ?? ""}/evidence`);
  expect(evidence.items.map((it) => it.title).sort()).toEqual(["当事人签名", "现场照片 1"]);
  await page.getByRole("button", { name: "办下一件" }).click();
  expect(await page.getByLabel("违法事实").inputValue()).toBe("");
  expect(watch.troubles).toEqual([]);
  await context.close();
});

test("nothing was found to lack", () => { expect(findings).toEqual([]); });
