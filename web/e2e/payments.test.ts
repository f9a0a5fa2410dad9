/** A fine is billed at the desk, paid on the public page at a provider of another make, and the case is paid off. */
import { dirname } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk, tolerating } from "./browser";
import { Cashier } from "./cashier";
import { password, settle } from "./city";
import { Client } from "./client";
import { administrator, createAdministrator, freePort, newFolder, start, type Server } from "./server";

let browser: Browser;
let server: Server;
let caseId: string;
const cashier = new Cashier();

beforeAll(async () => {
  browser = await launch();
  await cashier.listen();
  const [data, port] = [newFolder("payments"), await freePort()];
  createAdministrator(data);
  server = await start({ data, port, environment: { BIHUAN_PAYMENT_PROVIDER: cashier.settings(dirname(data), `http://127.0.0.1:${port}`) } });
  await settle(server.address);
  const admin = await Client.signedIn(server.address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const officers: string[] = [];
  for (const account of ["case_officer01", "case_officer02"]) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `办案人员${account.slice(-2)}`, organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(server.address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    officers.push(made.id);
  }
  await admin.ask("PUT", "/api/v1/payment-payee", { organ: "模拟市综合行政执法局", bank: "模拟银行", account: "0000111122223333" });
  const officer = await Client.signedIn(server.address, "case_officer01", password);
  const today = new Date().toISOString().slice(0, 10);
  const made = await officer.post<{ id: string }>("/api/v1/cases", {
    track: "simple", acted_on: today, place: "模拟街道长街12号门前", summary: "人行道上堆放建筑材料", officers,
    typed_reason: "试办事项", matter: { code: "330217-01", name: "擅自占用城市道路堆放物料", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 0, fine_max_fen: 100_000 },
    parties: [{ kind: "individual", age: "grown", name: "测试当事人" }],
  });
  caseId = made.id;
  const plan = { kinds: ["fine"], fine_fen: 15_000, surcharge: true, reasons: "情节一般" };
  for (const [action, content] of [["show-card", {}], ["tell-on-spot", { plan, reached: [1] }], ["waive-defence", { agreed: true }], ["decide-on-spot", { evidence: "现场照片" }], ["hand-decision", { mode: "direct", reached: [1] }]] as const) {
    const { version } = await officer.get<{ version: number }>(`/api/v1/cases/${caseId}`);
    await officer.post(`/api/v1/cases/${caseId}/actions/${action}`, content, { "if-match": `"${version}"` });
  }
});
afterAll(async () => { await browser?.close(); cashier.close(); await server?.stop(); });

test("a fine is billed, paid by whoever has the code, and the case is paid off", async () => {
  const desk = await person(browser, "officer who bills", server.address, deskSize);
  await signInAtDesk(desk.page, "case_officer01", password);
  await desk.page.goto(`/desk/cases/${caseId}`);
  await desk.page.getByRole("button", { name: "开具缴款通知" }).click();
  await desk.page.getByRole("img", { name: /缴款页二维码/ }).waitFor();
  await accessible(desk.page, "case with bill");
  await fits(desk.page, "case with bill");
  await picture(desk.page, "desk-case-bill-desktop");
  const pay = await desk.page.getByRole("link", { name: "打开缴款页" }).getAttribute("href");

  const phone = await person(browser, "who pays", server.address, phoneSize);
  await tolerating(phone.watch, [/404/], async () => {
    await phone.page.goto("/pay");
    await phone.page.getByLabel("缴款码").fill("1000 0000 0000 0000 0000");
    await phone.page.getByRole("button", { name: "查询" }).click();
    await phone.page.getByText("没有找到，请核对缴款码").waitFor();
  });
  await phone.page.goto(pay ?? "");
  await phone.page.getByRole("button", { name: "缴纳 150.00 元", exact: true }).waitFor();
  expect(await phone.page.getByText("测试当事人").count()).toBe(0);
  await accessible(phone.page, "pay page");
  await fits(phone.page, "pay page");
  await picture(phone.page, "portal-pay-phone");
  await phone.page.getByRole("button", { name: "缴纳 150.00 元", exact: true }).click();
  await phone.page.getByRole("img", { name: "支付二维码" }).waitFor();
  await accessible(phone.page, "pay page with order");
  await fits(phone.page, "pay page with order");
  await picture(phone.page, "portal-pay-order-phone");
  expect(await cashier.pay()).toBe(204);
  await phone.page.getByRole("status").filter({ hasText: "已缴清" }).waitFor();
  await phone.page.getByText(/收款编号/).waitFor();
  await picture(phone.page, "portal-paid-phone");
  // Told once more: nothing changes.
  expect(await cashier.pay()).toBe(204);

  await desk.page.goto(`/desk/cases/${caseId}`);
  await desk.page.getByText("已缴清").first().waitFor();
  await desk.page.getByText("缴纳罚款、履行完毕").first().waitFor();
  await desk.page.goto("/desk/payments");
  await desk.page.getByRole("cell", { name: "已缴清" }).waitFor();
  await accessible(desk.page, "bills");
  await fits(desk.page, "bills");
  await picture(desk.page, "desk-payments-desktop");
  for (const [tab, words] of [["suspense", "没有待查款"], ["refunds", "没有办理中的退款"], ["days", "还没有对账"], ["payee", "0000111122223333"]] as const) {
    await desk.page.goto(`/desk/payments?tab=${tab}`);
    await desk.page.getByText(words).waitFor();
    await fits(desk.page, `payments ${tab}`);
  }
  const small = await person(browser, "officer, small", server.address, phoneSize);
  await signInAtDesk(small.page, "case_officer02", password);
  await small.page.goto("/desk/payments");
  await small.page.getByRole("cell", { name: "已缴清" }).waitFor();
  await fits(small.page, "bills on a small screen");
  await picture(small.page, "desk-payments-phone");
  for (const it of [desk, phone, small]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("no page of payment is without its name", () => { expect(findings).toEqual([]); });
