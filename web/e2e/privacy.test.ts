/** Notice, consent, what a citizen asks about himself, and how the administrator answers, on a server of its own. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { administrator, createAdministrator, newFolder, start, type Server } from "./server";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  const data = newFolder("privacy");
  createAdministrator(data);
  server = await start({ data });
  browser = await launch();
});
afterAll(async () => { await browser?.close(); await server?.stop(); });

test("a notice is published, a contact left under it, copied, corrected and erased", async () => {
  const staff = await person(browser, "administrator", server.address, deskSize);
  const desk = staff.page;
  await desk.goto("/desk/");
  await signInAtDesk(desk, administrator.account, administrator.password);
  await desk.goto("/desk/privacy?tab=notices");
  await desk.getByLabel("告知书正文").fill("一、处理者：模拟区综合行政执法局。\n二、目的：核实情况、告知结果。");
  await desk.getByLabel("未满十四周岁未成年人的处理规则").fill("须经监护人同意，只留监护人的联系方式。");
  await desk.getByRole("button", { name: /^发\s?布$/ }).click();
  await desk.getByRole("tooltip").getByRole("button", { name: /^发\s?布$/ }).click();
  await desk.getByText(/第 1 版 · .* 现行/).waitFor();
  await accessible(desk, "desk-privacy-notice");
  await picture(desk, "desk-privacy-notice");

  const citizen = await person(browser, "citizen", server.address, phoneSize);
  const page = citizen.page;
  await page.goto("/report");
  await page.getByLabel("是什么问题").fill("路口堆着垃圾");
  await page.getByLabel("地址或旁边有什么").fill("模拟路 1 号");
  await page.getByText("补充类别和联系方式").click();
  await page.getByLabel("联系电话").fill("13900000001");
  await page.getByRole("button", { name: "提交上报" }).click();
  await page.getByText("请先阅读个人信息告知书并勾选").waitFor();
  await page.getByLabel(/我已阅读/).check();
  await page.getByLabel("上报人未满十四周岁").check();
  await page.getByRole("button", { name: "提交上报" }).click();
  await page.getByText("请由父母或其他监护人同意").waitFor();
  await accessible(page, "portal-consent");
  await fits(page, "portal-consent");
  await picture(page, "portal-consent");
  await page.getByLabel(/我是上报人的父母/).check();
  await page.getByRole("button", { name: "提交上报" }).click();
  await page.getByRole("heading", { name: "已经收到，谢谢您" }).waitFor();

  await page.getByText("我的个人信息").click();
  await page.getByLabel("上报时留下的电话").fill("13900000001");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载", exact: true }).click();
  const file = await (await waiting).path();
  expect(readFileSync(file).subarray(0, 2).toString()).toBe("PK");
  expect(readFileSync(file).toString()).toContain('"guardian": true');
  await page.getByLabel("更正姓名或电话").check();
  await page.getByLabel("上报时留下的电话").fill("13900000001");
  await page.getByLabel("更正后的电话").fill("13900000077");
  await page.getByRole("button", { name: "提交更正请求" }).click();
  await page.getByText("待办理").waitFor();
  await accessible(page, "portal-my-data");
  await fits(page, "portal-my-data");
  await picture(page, "portal-my-data");

  await desk.goto("/desk/privacy?state=open");
  await desk.getByRole("button", { name: /^\d{8}-\d{6}$/ }).click();
  await desk.getByText("139******77").waitFor();
  await accessible(desk, "desk-privacy-request");
  await picture(desk, "desk-privacy-request");
  await desk.getByRole("button", { name: "同意并执行" }).click();
  await desk.getByText("已同意并执行").waitFor();

  await page.reload();
  await page.getByText("我的个人信息").click();
  await page.getByText("已同意").first().waitFor();
  await page.getByLabel("删除我留下的姓名和电话").check();
  await page.getByLabel("上报时留下的电话").fill("13900000077");
  await page.getByRole("button", { name: "永久删除" }).click();
  await page.getByText("已经删除，谁也无法恢复").waitFor();
  await page.goto("/privacy");
  await page.getByRole("heading", { name: "个人信息告知书（第 1 版）" }).waitFor();
  await accessible(page, "portal-notice");
  await fits(page, "portal-notice");
  await picture(page, "portal-notice");

  await desk.goto("/desk/privacy?tab=retention");
  await desk.getByLabel(/登录、设置变更和导出日志/).fill("30");
  await desk.getByRole("button", { name: /^保\s?存$/ }).click();
  await desk.getByText("至少保存 184 天").first().waitFor();
  await desk.getByLabel(/登录、设置变更和导出日志/).fill("200");
  await desk.getByRole("button", { name: /^保\s?存$/ }).click();
  await desk.getByText(/日志：0 项/).waitFor();
  await accessible(desk, "desk-retention");
  await picture(desk, "desk-retention");

  expect(citizen.watch.troubles.filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  expect(staff.watch.troubles.filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  expect(findings).toEqual([]);
  await citizen.context.close();
  await staff.context.close();
});
