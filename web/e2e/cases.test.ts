/** A case is opened by an officer, filed by the head, investigated and approved; what may not be done says why. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk } from "./browser";
import { password, settle } from "./city";
import { Client } from "./client";
import { administrator, createAdministrator, newFolder, program, start, type Server } from "./server";

// A city of its own: its inbox is empty before and after.
let server: Server;
let address = "";
let browser: Browser;
let path = "";

beforeAll(async () => {
  browser = await launch();
  const data = newFolder("cases");
  createAdministrator(data);
  server = await start({ data });
  address = server.address;
  await settle(address);
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const [account, role, name] of [["case_officer01", "officer", "办案人员01"], ["case_officer02", "officer", "办案人员02"], ["legal_reviewer01", "legal_reviewer", "法制审核员01"]] as const) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name, organisation_id: items[0]?.id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    const certificate = role === "officer" ? { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" } : { legal_qualified: true };
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, certificate);
  }
});
afterAll(async () => { await browser?.close(); await server?.stop(); });

test("a case is opened, filed, investigated and told of", async () => {
  const officer = await person(browser, "case officer", address, deskSize);
  await signInAtDesk(officer.page, "case_officer01", password);
  await officer.page.goto("/desk/cases");
  await officer.page.getByText("没有我承办的案件").first().waitFor();
  await picture(officer.page, "desk-cases-empty-desktop");
  await officer.page.getByRole("button", { name: "登记案件" }).click();
  const page = officer.page;
  await page.getByLabel("不从事项库选择").check();
  await page.getByLabel("不从事项库选择的理由").fill("模拟案件，事项库中没有");
  await page.getByLabel("事项编码").fill("330217-01");
  await page.getByLabel("事项名称").fill("擅自占用城市道路堆放物料");
  await page.getByLabel("违反和处罚的条文").fill("浙江省城市市容和环境卫生管理条例");
  await page.getByLabel("罚款下限（元，选填）").fill("100");
  await page.getByLabel("罚款上限（元，选填）").fill("50000");
  await page.getByLabel("发生地", { exact: true }).fill("模拟街道长街12号门前");
  await page.getByLabel("案情摘要").fill("人行道上堆放建筑材料约八平方米");
  await page.getByLabel("姓名或者名称").fill("测试当事人");
  // The list shows ten people at a time; the city of the tests has more.
  await page.getByLabel("承办的执法人员").fill("办案人员02");
  await page.getByTitle(/办案人员02/).last().click();
  await page.keyboard.press("Escape");
  await accessible(page, "new case");
  await fits(page, "new case");
  await picture(page, "desk-case-new-desktop");
  await page.getByRole("button", { name: "登记案件" }).click();
  await page.getByRole("heading", { name: "擅自占用城市道路堆放物料：模拟街道长街12号门前" }).waitFor();
  path = new URL(page.url()).pathname;
  expect(await page.getByText("测试当事人").count(), "the name is masked").toBe(0);

  const head = await person(browser, "head", address, deskSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto("/desk/");
  await head.page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "案件审批" }).click();
  await head.page.getByRole("heading", { name: "擅自占用城市道路堆放物料：模拟街道长街12号门前" }).waitFor();
  await head.page.getByRole("button", { name: "退回承办人" }).click();
  await head.page.getByLabel("缺什么、怎样改").fill("请补充现场照片后再报");
  await head.page.getByRole("dialog").getByRole("button", { name: "退回承办人" }).click();
  await head.page.getByText("没有等待您的案件").first().waitFor();
  const step = async (at: typeof page, label: string, fill?: (dialog: ReturnType<typeof page.getByRole>) => Promise<void>) => {
    await at.getByRole("group", { name: "可办理的环节" }).getByRole("button", { name: label, exact: true }).click();
    const dialog = at.getByRole("dialog");
    await fill?.(dialog);
    await dialog.getByRole("button", { name: label, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  await page.goto(path);
  await page.getByText("请补充现场照片后再报").waitFor();
  await page.getByRole("button", { name: "补正后重报" }).click();
  await page.getByLabel("补正了什么").fill("已补充现场照片两张");
  await page.getByRole("dialog").getByRole("button", { name: "补正后重报" }).click();
  await page.getByText("已补充现场照片两张").waitFor();
  await head.page.goto("/desk/cases/inbox");
  await head.page.getByRole("group", { name: "可办理的环节" }).waitFor();
  await accessible(head.page, "inbox of cases");
  await fits(head.page, "inbox of cases");
  await picture(head.page, "desk-case-inbox-desktop");
  await step(head.page, "立案");
  await head.page.getByText("没有等待您的案件").first().waitFor();
  await head.page.getByRole("link", { name: "听证日历" }).click();
  await head.page.getByText(/本月 0 场/).waitFor();
  await accessible(head.page, "hearings");
  await fits(head.page, "hearings");
  await picture(head.page, "desk-hearings-desktop");

  await page.goto(path);
  await step(page, "开展调查");
  await step(page, "调查取证");
  await step(page, "调查终结", async (dialog) => {
    await dialog.getByLabel("应受行政处罚").check();
    await dialog.getByLabel("证明事实的证据").fill("现场照片、询问笔录");
    await dialog.getByLabel("罚款（元）").fill("500");
    await dialog.getByLabel("处罚理由").fill("占用面积较大");
    await picture(page, "desk-case-step-desktop");
  });
  await head.page.goto(path);
  await step(head.page, "批准处罚事先告知");
  await page.goto(path);
  await step(page, "送达处罚事先告知");
  await head.page.goto(path);
  await head.page.getByText(/陈述申辩期限未满/).first().waitFor();
  await head.page.getByText("行政处罚法第四十五条", { exact: false }).first().waitFor();
  await head.page.getByText("逐日推算").first().click();
  await accessible(head.page, "case");
  await fits(head.page, "case");
  await picture(head.page, "desk-case-desktop");

  const small = await person(browser, "case officer, small", address, phoneSize);
  await signInAtDesk(small.page, "case_officer02", password);
  await small.page.goto("/desk/cases");
  await small.page.getByRole("link", { name: /擅自占用城市道路堆放物料/ }).first().waitFor();
  await fits(small.page, "cases on a small screen");
  await picture(small.page, "desk-cases-phone");
  await small.page.goto(path);
  await small.page.getByRole("heading", { name: "下一步" }).waitFor();
  await fits(small.page, "case on a small screen");
  await picture(small.page, "desk-case-phone");
  for (const it of [officer, head, small]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("evidence is added, a document begins with what the case knows, and the dossier is whole", async () => {
  const { page, context, watch } = await person(browser, "case officer with evidence", address, deskSize);
  await signInAtDesk(page, "case_officer01", password);
  await page.goto(path);
  await page.getByRole("button", { name: "提交证据" }).click();
  await page.getByLabel("证据文件").setInputFiles(await photo(browser, "loose"));
  await page.getByLabel("证据名称").fill("堆放物料现场照片");
  await accessible(page, "new evidence");
  await picture(page, "desk-case-evidence-form-desktop");
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).click();
  await page.getByRole("heading", { name: "堆放物料现场照片" }).waitFor();
  await page.getByRole("button", { name: "校验摘要" }).click();
  await page.getByText("校验通过：内容与提交时一致").waitFor();

  await page.getByRole("button", { name: "拟制文书" }).click();
  await page.getByLabel("文书种类").click();
  await page.keyboard.type("D03");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByRole("group", { name: "当事人", exact: true }).getByLabel("姓名（名称）").inputValue()).toBe("测试当事人");
  await accessible(page, "document form");
  await picture(page, "desk-case-document-desktop");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.getByRole("button", { name: "签发", exact: true }).click();
  await page.getByText(/缺少法定要素/).first().waitFor();
  await page.getByRole("button", { name: "知道了" }).click();
  await accessible(page, "case with evidence");
  await fits(page, "case with evidence");
  await picture(page, "desk-case-evidence-desktop");
  expect(watch.troubles.filter((it) => !/status of 422.*\/actions\/issue/.test(it))).toEqual([]);

  const officer = await Client.signedIn(address, "case_officer01", password);
  const answer = await fetch(`${address}/api/v1${path.replace("/desk", "")}/dossier`, { method: "POST", headers: { cookie: officer.cookies, origin: address } });
  expect(answer.status).toBe(200);
  const file = join(tmpdir(), `bihuan-dossier-${process.pid}.zip`);
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  const checked = spawnSync(program, ["verify", "--data", server.data, "dossier", file], { encoding: "utf8" });
  rmSync(file);
  expect(checked.stdout + checked.stderr).toContain("案卷有效");
  expect([checked.status, checked.stdout.includes("证据 1 份")]).toEqual([0, true]);
  await context.close();
});

test("nothing was found to lack", () => { expect(findings).toEqual([]); });
