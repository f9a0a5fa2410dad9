/** One case from the street to repaired credit, all in the browser: a lead, filing, notice, hearing, review, discussion, decision, service,
 * payment, closing, archive, publication, repair. Where the law wants days to pass, the server goes on with its clock set ahead. */
import { dirname } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk } from "./browser";
import { Cashier } from "./cashier";
import { password, settle, spot } from "./city";
import { Client } from "./client";
import { administrator, createAdministrator, freePort, newFolder, start, type Server } from "./server";

const cashier = new Cashier();
const staff = [["case_officer01", "officer"], ["case_officer02", "officer"], ["legal_reviewer01", "legal_reviewer"]] as const;
type Staff = (typeof staff)[number][0] | "leader01";

let browser: Browser;
let server: Server;
let data = "";
let port = 0;
let ahead = 0;
let lead = "";
let path = "";

beforeAll(async () => {
  browser = await launch();
  await cashier.listen();
  [data, port] = [newFolder("case-story"), await freePort()];
  createAdministrator(data);
  server = await go();
  await settle(server.address);
  const admin = await Client.signedIn(server.address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const [account, role] of staff) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `模拟${account}`, organisation_id: items[0]?.id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(server.address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, role === "officer" ? { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" } : { legal_qualified: true });
  }
  await admin.ask("PUT", "/api/v1/payment-payee", { organ: "模拟市综合行政执法局", bank: "模拟银行", account: "0000111122223333" });
  const operator = await Client.signedIn(server.address, "operator01", password);
  const taken = await photo(browser, "loose");
  const file = await fetch(`${server.address}/api/v1/files`, { method: "POST", body: new Uint8Array(taken.buffer), headers: { cookie: operator.cookies, origin: server.address, "content-type": taken.mimeType } });
  const made = await operator.post<{ id: string }>("/api/v1/leads", {
    source: "operator", description: "运输车辆沿途丢弃建筑垃圾，路面污染约三百米", position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, class_code: "06010",
    photos: [((await file.json()) as { id: string }).id], client_key: "case-story",
  });
  lead = made.id;
});
afterAll(async () => { await browser?.close(); cashier.close(); await server?.stop(); });

/** Starts the server on the day the story has come to. */
const go = () => start({ data, port, ahead, environment: { BIHUAN_PAYMENT_PROVIDER: cashier.settings(dirname(data), `http://127.0.0.1:${port}`) } });

/** So many days pass. */
async function pass(days: number): Promise<void> {
  await server.halt();
  ahead += days;
  cashier.ahead = ahead;
  server = await go();
}

/** A date of the story, so many days from its today, as a date field takes it. */
const dateIn = (days: number) => new Date(Date.now() + (ahead + days) * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

/** Somebody of the house sits down, does his part, and leaves. */
async function as(account: Staff, work: (page: Page) => Promise<void>): Promise<void> {
  const { page, context, watch } = await person(browser, account, server.address, deskSize);
  await signInAtDesk(page, account, password);
  if (path) await page.goto(path);
  await work(page);
  expect(watch.troubles).toEqual([]);
  await context.close();
}

/** Takes a step by its button and its form. */
async function step(page: Page, label: string, fill?: (dialog: ReturnType<Page["getByRole"]>) => Promise<void>): Promise<void> {
  await page.getByRole("group", { name: "可办理的环节" }).getByRole("button", { name: label, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await fill?.(dialog);
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The state as a program reads it. */
async function state(): Promise<string> {
  const head = await Client.signedIn(server.address, "leader01", password);
  return (await head.get<{ state: { code: string } }>(`/api/v1${path.replace("/desk", "")}`)).state.code;
}

test("a lead becomes a case, and the party is told", async () => {
  await as("case_officer01", async (page) => {
    await page.goto(`/desk/leads/${lead}`);
    await page.getByRole("button", { name: "转为案件" }).click();
    await page.getByLabel("不从事项库选择", { exact: true }).check();
    await page.getByLabel("不从事项库选择的理由").fill("模拟案件，事项库中没有");
    await page.getByLabel("事项编码").fill("330217-09");
    await page.getByLabel("事项名称").fill("运输建筑垃圾沿途丢弃");
    await page.getByLabel("违反和处罚的条文").fill("模拟条例第一条");
    await page.getByLabel("罚款下限（元，选填）").fill("1000");
    await page.getByLabel("罚款上限（元，选填）").fill("500000");
    if (!(await page.getByLabel("发生地", { exact: true }).inputValue())) await page.getByLabel("发生地", { exact: true }).fill("模拟街道长街");
    await page.getByLabel("案情摘要").fill("运输车辆沿途丢弃建筑垃圾，路面污染约三百米");
    await page.getByLabel("类型", { exact: true }).click();
    await page.getByTitle("单位", { exact: true }).last().click();
    await page.getByLabel("姓名或者名称").fill("模拟渣土运输有限公司");
    await page.getByLabel("承办的执法人员").click();
    await page.getByTitle(/case_officer02/).last().click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "登记案件" }).click();
    await page.getByRole("heading", { name: /运输建筑垃圾沿途丢弃/ }).waitFor();
    path = new URL(page.url()).pathname;
  });
  await as("leader01", (page) => step(page, "立案"));
  await as("case_officer01", async (page) => {
    await step(page, "开展调查");
    await step(page, "调查取证");
    await step(page, "调查终结", async (dialog) => {
      await dialog.getByLabel("应受行政处罚").check();
      await dialog.getByLabel("证明事实的证据").fill("现场检查笔录、询问笔录、影像资料");
      await dialog.getByLabel("情节复杂或者重大（须集体讨论）").check();
      await dialog.getByLabel("罚款（元）").fill("120000");
      await dialog.getByLabel("处罚理由").fill("遗撒路段较长，拒不清理");
    });
  });
  await as("leader01", (page) => step(page, "批准处罚事先告知"));
  await as("case_officer01", (page) => step(page, "送达处罚事先告知", async (dialog) => {
    await dialog.getByLabel("告知书写明了要求听证的权利和五个工作日的期限").check();
  }));
});

test("the party asks for a hearing, which is held eight working days later by somebody who stands outside the case", async () => {
  await as("case_officer01", async (page) => {
    await step(page, "申请听证");
    await step(page, "明确放弃陈述申辩", async (dialog) => { await dialog.getByLabel("同意、申请", { exact: true }).check(); });
    await step(page, "通知听证", async (dialog) => {
      await dialog.getByLabel("听证时间").fill(`${dateIn(13)} 09:00`);
      await page.locator(".ant-picker-ok button").click();
    });
  });
  await as("legal_reviewer01", async (page) => {
    await page.getByText(/举行听证/).first().waitFor();
    expect(await page.getByRole("group", { name: "可办理的环节" }).getByRole("button", { name: "举行听证", exact: true }).count(), "not before its day").toBe(0);
  });
  await pass(14);
  await as("legal_reviewer01", (page) => step(page, "举行听证", async (dialog) => { await dialog.getByLabel("没有直接利害关系").check(); }));
  await as("case_officer01", async (page) => {
    await step(page, "复核陈述申辩");
    await step(page, "提交法制审核");
  });
  await as("legal_reviewer01", (page) => step(page, "法制审核通过"));
  await as("leader01", async (page) => {
    await step(page, "集体讨论");
    await step(page, "批准处罚决定", async (dialog) => {
      const record = dialog.getByLabel("听证笔录的采纳情况");
      if (await record.count()) await record.fill("采纳听证笔录记载的事实，不加重处罚");
    });
  });
  await as("case_officer01", async (page) => {
    await step(page, "处罚决定书盖章");
    await step(page, "送达处罚决定书");
    await fits(page, "case whose decision is served");
    await picture(page, "desk-case-served-desktop");
  });
  expect(await state()).toBe("served");
});

test("the fine is billed and paid by whoever has the code; the case is closed and archived", async () => {
  let pay = "";
  await as("case_officer01", async (page) => {
    await step(page, "进入履行");
    await page.getByRole("heading", { name: "申请法院强制执行的材料" }).waitFor();
    await page.getByText("还没有签发催告书", { exact: false }).waitFor();
    expect(await page.getByRole("button", { name: "下载申请材料" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "开具缴款通知" }).click();
    await page.getByRole("img", { name: /缴款页二维码/ }).waitFor();
    pay = (await page.getByRole("link", { name: "打开缴款页" }).getAttribute("href")) ?? "";
  });
  const payer = await person(browser, "who pays", server.address, phoneSize);
  await payer.page.goto(pay);
  await payer.page.getByRole("button", { name: "缴纳 120,000.00 元", exact: true }).click();
  await payer.page.getByRole("img", { name: "支付二维码" }).waitFor();
  expect(await cashier.pay()).toBe(204);
  await payer.page.getByRole("status").filter({ hasText: "已缴清" }).waitFor();
  await payer.context.close();
  expect(await state()).toBe("paid");
  await as("leader01", (page) => step(page, "结案"));
  await as("case_officer01", (page) => step(page, "归档"));
  expect(await state()).toBe("archived");
});

test("the decision is public within its seven days, and credit is repaired when the shortest period is over", async () => {
  const told = async () => {
    const head = await Client.signedIn(server.address, "leader01", password);
    return (await head.get<{ publications: unknown[] }>(`/api/v1${path.replace("/desk", "")}/publications`)).publications.length;
  };
  await vi.waitFor(async () => { expect(await told()).toBe(1); }, { timeout: 30_000, interval: 500 });
  await as("case_officer01", async (page) => {
    await page.getByRole("button", { name: "自动生成脱敏稿" }).click();
    await page.getByRole("button", { name: "修改公开内容" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("决定书文号").fill("模综执罚决字〔2026〕第9号");
    await dialog.getByRole("button", { name: "保存" }).click();
    await dialog.waitFor({ state: "hidden" });
  });
  await as("case_officer02", async (page) => {
    const steps = page.getByRole("group", { name: "公开环节" });
    await steps.getByRole("button", { name: "核对", exact: true }).click();
    await page.getByRole("table", { name: "原文和公开稿对照" }).waitFor();
    await page.getByRole("button", { name: "提交核对" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    // The decision is about an enterprise: nothing of it is public before it was looked at for secrets.
    await steps.getByRole("button", { name: "保密审查", exact: true }).click();
    await page.getByRole("dialog").getByLabel("审查情况").fill("不涉及国家秘密和商业秘密");
    await page.getByRole("button", { name: "提交审查" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
  await as("case_officer01", async (page) => {
    await page.getByRole("group", { name: "公开环节" }).getByRole("button", { name: "公开", exact: true }).click();
    await page.getByText("已公开", { exact: true }).first().waitFor();
    await page.getByText(/还不能申请——最短公示期未满/).waitFor();
  });
  const citizen = await person(browser, "somebody", server.address, phoneSize);
  await citizen.page.goto("/decisions");
  await citizen.page.getByText("模拟渣土运输有限公司，罚款120000元").waitFor();
  // A fine that called for a hearing is shown for a year at least.
  await pass(370);
  await as("case_officer01", async (page) => {
    await page.getByText("条件已经具备，可以申请", { exact: false }).waitFor();
    await page.getByRole("button", { name: "登记信用修复申请" }).click();
    await page.getByLabel("信用承诺书").fill("承诺书存于本案卷第9页");
    await page.getByRole("dialog").getByRole("button", { name: /登\s?记/ }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "核查", exact: true }).click();
    await page.getByLabel("核查情况").fill("罚款已缴清，路面已清理，现场查看属实");
    await page.getByRole("button", { name: "提交核查" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
  await as("leader01", async (page) => {
    await page.getByRole("button", { name: "决定", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: /决\s?定/ }).last().click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByText(/准予/).first().waitFor();
    await picture(page, "desk-case-repaired-desktop");
  });
  await citizen.page.goto("/decisions");
  await citizen.page.getByRole("heading").first().waitFor();
  await expect.poll(() => citizen.page.getByText("模拟渣土运输有限公司，罚款120000元").count()).toBe(0);
  await citizen.context.close();
});

test("nothing sticks out", () => { expect(findings).toEqual([]); });
