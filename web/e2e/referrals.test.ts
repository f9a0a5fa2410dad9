/** A bureau refers what it found, the centre splits it, a case is opened with what came, and the bureau sees the result; a lead takes the same way. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
const officers = ["referring01", "referring02"] as const;
let browser: Browser;
const ids: string[] = [];

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string; name: string }[] }>("/api/v1/organisations");
  const squad = items.find((it) => it.name === "第一中队（模拟）")?.id ?? "";
  const water = await admin.post<{ id: string }>("/api/v1/organisations", { parent_id: items[0]?.id, name: "水利局（模拟）", kind: "department", region: "330482", sort: 9 });
  const hire = async (account: string, role: string, organisation_id: string) => {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `移交${account.slice(-2)}`, organisation_id, roles: [role], regions: role === "officer" ? ["330482"] : [], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    return made.id;
  };
  await hire("liaison01", "liaison", water.id);
  for (const account of officers) {
    const id = await hire(account, "officer", squad);
    await admin.ask("PUT", `/api/v1/people/${id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    ids.push(id);
  }
});
afterAll(async () => { await browser?.close(); });

test("a bureau opens, the centre splits, the case is decided and the bureau sees the result", async () => {
  const bureau = await person(browser, "liaison", address, deskSize);
  await signInAtDesk(bureau.page, "liaison01", password);
  await bureau.page.goto("/desk/referrals");
  await bureau.page.getByText("没有未办结的移交").first().waitFor();
  await picture(bureau.page, "desk-referrals-empty-desktop");
  await bureau.page.getByRole("button", { name: "提出移交" }).click();
  await bureau.page.getByLabel("发现了什么").fill("检查中发现河道边堆放建筑垃圾约二十平方米");
  await bureau.page.getByLabel("地点", { exact: true }).fill("模拟街道河埠头");
  await bureau.page.getByLabel("经度").fill(String(spot.longitude));
  await bureau.page.getByLabel("纬度").fill(String(spot.latitude));
  await bureau.page.getByLabel("姓名或者名称").fill("测试嫌疑人");
  await bureau.page.getByLabel("选择材料").setInputFiles(await photo(browser, "loose"));
  await bureau.page.getByRole("button", { name: "提出移交" }).and(bureau.page.locator(":enabled")).waitFor();
  await accessible(bureau.page, "new referral");
  await fits(bureau.page, "new referral");
  await picture(bureau.page, "desk-referral-new-desktop");
  await bureau.page.getByRole("button", { name: "提出移交" }).click();
  await bureau.page.getByRole("heading", { name: "涉嫌违法线索：模拟街道河埠头" }).waitFor();
  const path = new URL(bureau.page.url()).pathname;
  expect(await bureau.page.getByText("测试嫌疑人").count(), "masked").toBe(0);

  const centre = await person(browser, "centre", address, deskSize);
  await signInAtDesk(centre.page, "shift_leader01", password);
  await centre.page.goto("/desk/referrals?view=mine");
  await centre.page.getByRole("link", { name: "涉嫌违法线索：模拟街道河埠头" }).first().click();
  const act = async (page: typeof centre.page, label: string, fill?: (dialog: ReturnType<typeof page.getByRole>) => Promise<void>) => {
    await page.getByRole("group", { name: "可办理的动作" }).getByRole("button", { name: label, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await fill?.(dialog);
    await dialog.getByRole("button", { name: label, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  await act(centre.page, "受理");
  await act(centre.page, "分流：本级办理", async (dialog) => {
    await dialog.getByLabel("接办单位").click();
    await centre.page.getByTitle("第一中队（模拟）").last().click();
    await dialog.getByLabel("分流理由").fill("属本机关管辖，由属地中队办理");
    await picture(centre.page, "desk-referral-split-desktop");
  });
  await centre.page.getByText("由属地中队办理").first().waitFor();

  const officer = await person(browser, "officer", address, deskSize);
  await signInAtDesk(officer.page, officers[0], password);
  await officer.page.goto(path);
  await act(officer.page, "请求协助", async (dialog) => { await dialog.getByLabel("请求协助的事项").fill("请认定是否属于河道管理范围"); });
  await bureau.page.goto(path);
  await act(bureau.page, "答复协助", async (dialog) => { await dialog.getByLabel("答复内容").fill("属于河道管理范围"); });
  await officer.page.getByRole("button", { name: "登记案件" }).click();
  await officer.page.getByText(/材料收入本案证据/).waitFor();
  // The form of cases has a test of its own: here the case comes by the interface, out of the same referral.
  const [desk, head, id] = [await Client.signedIn(address, officers[0], password), await Client.signedIn(address, "leader01", password), path.split("/").at(-1)];
  const opened = await desk.post<{ id: string; number: string }>("/api/v1/cases", {
    track: "simple", acted_on: "2026-10-30", place: "模拟街道河埠头", summary: "河道边堆放建筑垃圾", referral: id, typed_reason: "试办事项",
    matter: { code: "330217-01", name: "擅自堆放建筑垃圾（移交）", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 10_000, fine_max_fen: 5_000_000 },
    parties: [{ kind: "individual", age: "grown", name: "测试嫌疑人" }], officers: ids,
  });
  const plan = { kinds: ["fine"], fine_fen: 15_000, reasons: "情节一般" };
  for (const [action, content] of [["show-card", {}], ["tell-on-spot", { plan, reached: [1] }], ["waive-defence", { agreed: true }], ["decide-on-spot", { evidence: "现场照片" }], ["hand-decision", { mode: "direct", reached: [1] }]] as const) {
    const { version } = await head.get<{ version: number }>(`/api/v1/cases/${opened.id}`);
    await desk.post(`/api/v1/cases/${opened.id}/actions/${action}`, content, { "if-match": `"${version}"` });
  }
  const evidence = await desk.get<{ items: { manner: string }[] }>(`/api/v1/cases/${opened.id}/evidence`);
  expect(evidence.items.map((it) => it.manner)).toEqual(["transferred"]);
  // The relay tells the room of the result.
  const speaking = await Client.signedIn(address, "liaison01", password);
  await vi.waitFor(async () => { if ((await speaking.get<{ state: string }>(`/api/v1/referrals/${id}`)).state !== "answered") throw new Error("no result yet"); }, { timeout: 30_000, interval: 200 });
  await bureau.page.goto(path);
  await bureau.page.getByText("作出行政处罚决定：罚款150元").first().waitFor();
  await accessible(bureau.page, "referral with a result");
  await fits(bureau.page, "referral with a result");
  await picture(bureau.page, "desk-referral-desktop");
  await act(bureau.page, "反馈监管结果", async (dialog) => { await dialog.getByLabel("监管结果").fill("已纳入河道巡查重点"); });
  await bureau.page.getByText("监管结果：已纳入河道巡查重点").waitFor();
  await officer.page.goto(`/desk/cases/${opened.id}`);
  await officer.page.getByRole("link", { name: /^\d{8}-\d{6}$/ }).first().waitFor();

  await centre.page.goto("/desk/referrals?view=all");
  await centre.page.getByText("作出行政处罚决定：罚款150元").first().waitFor();
  await accessible(centre.page, "referrals");
  await fits(centre.page, "referrals");
  await picture(centre.page, "desk-referrals-desktop");
  const small = await person(browser, "liaison, small", address, phoneSize);
  await signInAtDesk(small.page, "liaison01", password);
  await small.page.goto("/desk/referrals?view=all");
  await small.page.getByRole("link", { name: /河埠头/ }).first().waitFor();
  await fits(small.page, "referrals on a small screen");
  await picture(small.page, "desk-referrals-phone");
  await small.page.goto(path);
  await small.page.getByRole("heading", { name: "往来" }).waitFor();
  await fits(small.page, "referral on a small screen");
  await picture(small.page, "desk-referral-phone");
  for (const it of [bureau, centre, officer, small]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("a lead goes to the centre in one step and shows where it stands", async () => {
  const visitor = new Client(address);
  const { number } = await visitor.post<{ number: string }>("/api/v1/public/reports", { description: "河道边堆放建筑垃圾，几天没有人管", position: { x: spot.longitude, y: spot.latitude } });
  const desk = await Client.signedIn(address, "operator01", password);
  const lead = (await desk.get<{ items: { id: string }[] }>(`/api/v1/leads?q=${number}`)).items[0]?.id;
  const { page, context, watch } = await person(browser, "operator", address, deskSize);
  await signInAtDesk(page, "operator01", password);
  await page.goto(`/desk/leads/${lead}`);
  await page.getByRole("button", { name: "移交案件管理中心" }).click();
  await expect.poll(() => page.getByLabel("发现了什么").inputValue()).toContain("河道边堆放建筑垃圾");
  await page.getByLabel("地点", { exact: true }).fill("模拟街道河埠头");
  await page.getByRole("button", { name: "提出移交" }).click();
  await page.getByRole("heading", { name: "往来" }).waitFor();
  await page.goto(`/desk/leads/${lead}`);
  await page.getByRole("heading", { name: "案件移交" }).waitFor();
  await page.getByText("等待案件管理中心受理、分流").waitFor();
  await page.getByText("移交案件管理中心").first().waitFor();
  await accessible(page, "lead that was referred");
  expect(watch.troubles).toEqual([]);
  await context.close();
  expect(findings).toEqual([]);
});
