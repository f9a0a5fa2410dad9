/** Things of a case come in under labels, go out by the book, and are counted; a towed vehicle is found by who knows it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let officer: Client;
let caseId = "";
const ids: Record<string, string> = {};

/** A drawn side of a vehicle. */
async function sideOf(side: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const drawing = await browser.newPage({ viewport: { width: 320, height: 240 } });
  await drawing.setContent(`<body style="margin:0;font:40px sans-serif">模拟车辆照片：${side}</body>`);
  const buffer = await drawing.screenshot();
  await drawing.close();
  return { name: `${side}.png`, mimeType: "image/png", buffer };
}

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const account of ["keeper01", "keeper02"]) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `保管人员${account.slice(-2)}`, organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    ids[account] = made.id;
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
  }
  officer = await Client.signedIn(address, "keeper01", password);
  const head = await Client.signedIn(address, "leader01", password);
  const { heads } = await officer.get<{ heads: { id: string }[] }>("/api/v1/case-officers");
  const opened = await officer.post<{ id: string }>("/api/v1/cases", {
    track: "ordinary", acted_on: "2026-10-30", place: "模拟街道长街12号门前", summary: "擅自占道摆摊",
    typed_reason: "试办事项", matter: { code: "330217-01", name: "擅自占用城市道路摆摊", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 10000, fine_max_fen: 5000000 },
    parties: [{ kind: "individual", age: "grown", name: "测试当事人" }], officers: [ids["keeper01"], ids["keeper02"]],
  });
  caseId = opened.id;
  const step = async (by: Client, action: string, content: object) => {
    const { version } = await by.get<{ version: number }>(`/api/v1/cases/${caseId}`);
    const answer = await fetch(`${address}/api/v1/cases/${caseId}/actions/${action}`, { method: "POST", headers: { cookie: by.cookies, origin: address, "content-type": "application/json", "if-match": `"${version}"` }, body: JSON.stringify(content) });
    expect([action, answer.status]).toEqual([action, 200]);
  };
  await step(head, "file", { note: "同意立案" });
  await step(officer, "investigate", {});
  await step(officer, "seize", { note: "扣押经营工具", basis: "浙江省城市市容和环境卫生管理条例", measure: "before", approved_by: heads[0]?.id });
});
afterAll(async () => { await browser?.close(); });

test("what was seized is entered, labelled, stored and counted", async () => {
  const head = await person(browser, "head of property", address, deskSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto("/desk/property?tab=places");
  await head.page.getByText("还没有保管场所").waitFor();
  await head.page.getByRole("button", { name: "新增保管场所" }).click();
  await head.page.getByLabel("名称").fill("一号仓库");
  await head.page.getByLabel("服务的区域").click();
  await head.page.keyboard.press("Enter");
  await head.page.getByRole("dialog").getByRole("button", { name: /保\s?存/ }).click();
  await head.page.getByRole("cell", { name: "一号仓库", exact: true }).waitFor();

  const { page, watch, context } = await person(browser, "keeper", address, deskSize);
  await signInAtDesk(page, "keeper01", password);
  await page.goto("/desk/property");
  await page.getByText("已采取措施，未登记物品").first().waitFor();
  await page.goto(`/desk/cases/${caseId}`);
  await page.getByText("还没有登记物品", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "登记财物清单" }).click();
  await page.getByLabel("第 1 件名称").fill("模拟人力三轮车");
  await accessible(page, "property list form");
  await picture(page, "desk-property-enter-desktop");
  await page.getByRole("dialog").getByRole("button", { name: /登\s?记/ }).click();
  await page.getByRole("link", { name: "模拟人力三轮车" }).click();
  await page.getByRole("heading", { name: "模拟人力三轮车" }).waitFor();
  await page.getByRole("group", { name: "可办理的出入库" }).getByRole("button", { name: /入\s?库/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("保管场所").click();
  await page.getByTitle(/一号仓库/).last().click();
  await dialog.getByLabel("交出人").click();
  await page.getByTitle("保管人员02").last().click();
  await dialog.getByLabel("事由").fill("扣押入库");
  await dialog.getByRole("button", { name: /入\s?库/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("扣押入库").first().waitFor();
  await page.getByText("现在不能办的", { exact: false }).click();
  await page.getByText("没有没收决定，不得销毁", { exact: false }).waitFor();
  await accessible(page, "item of property");
  await fits(page, "item of property");
  await picture(page, "desk-property-item-desktop");
  const { items } = await officer.get<{ items: { id: string; code: string }[] }>("/api/v1/property/items");
  const item = items[0] ?? { id: "", code: "" };
  const label = await fetch(`${address}/api/v1/property/labels?items=${item.id}&paper=strip58`, { headers: { cookie: officer.cookies } });
  expect([200, 503]).toContain(label.status);

  await page.goto("/desk/property?tab=items");
  await page.getByRole("link", { name: "模拟人力三轮车" }).first().waitFor();
  await accessible(page, "property");
  await fits(page, "property");
  await picture(page, "desk-property-desktop");
  await page.getByRole("tab", { name: "盘点" }).click();
  await page.getByLabel("盘点场所").click();
  await page.getByTitle(/一号仓库/).last().click();
  await page.getByRole("button", { name: "开始盘点" }).click();
  await page.getByLabel("标签编码").fill(item.code);
  await page.keyboard.press("Enter");
  await page.getByText("相符", { exact: true }).first().waitFor();

  const small = await person(browser, "keeper, small", address, phoneSize);
  await signInAtDesk(small.page, "keeper02", password);
  await small.page.goto("/phone/#/property");
  await small.page.getByLabel("标签编码").fill(item.code.toLowerCase());
  await small.page.keyboard.press("Enter");
  await small.page.getByRole("heading", { name: "模拟人力三轮车" }).waitFor();
  await fits(small.page, "property on the phone");
  await picture(small.page, "phone-property");
  await small.page.goto("/desk/property?tab=items");
  await small.page.getByRole("link", { name: /模拟人力三轮车/ }).last().waitFor();
  await fits(small.page, "property desk on a small screen");
  await picture(small.page, "desk-property-phone");

  await page.getByRole("button", { name: "结束扫码" }).click();
  await page.getByRole("button", { name: /结\s?束/ }).last().click();
  await page.getByText("已完成", { exact: false }).first().waitFor();
  await accessible(page, "stock-take");
  await picture(page, "desk-stocktake-desktop");
  await page.goto("/desk/property?tab=balance");
  await page.getByRole("cell", { name: "平衡", exact: true }).waitFor();
  for (const it of [{ watch, context }, head, small]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("a towed vehicle is found by plate and vehicle number alone", async () => {
  const { page, watch, context } = await person(browser, "keeper of the yard", address, deskSize);
  await signInAtDesk(page, "keeper01", password);
  await page.goto("/desk/property?tab=towed");
  await page.getByRole("button", { name: "登记拖移车辆" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("车牌号").fill("浙F·T1234");
  await dialog.getByLabel("车架号后六位（选填）").fill("AB1234");
  await dialog.getByLabel("拖移地点").fill("长街12号门前人行道");
  await dialog.getByLabel("停车场").click();
  await page.getByTitle("一号仓库").last().click();
  await dialog.getByLabel("送车单位").fill("模拟拖车单位");
  await dialog.getByLabel("拖移原因").fill("妨碍行人通行，驾驶人不在现场");
  await dialog.getByLabel("车损情况").fill("无");
  const sides = await Promise.all(["前", "后", "左", "右"].map(sideOf));
  await dialog.locator('input[type="file"]').setInputFiles(sides);
  await dialog.getByRole("button", { name: "移除照片 4" }).waitFor();
  await accessible(page, "tow form");
  await picture(page, "desk-tow-desktop");
  await dialog.getByRole("button", { name: "登记入场" }).click();
  await page.getByRole("link", { name: /浙FT1234/ }).first().waitFor();
  const visitor = await person(browser, "driver", address, phoneSize);
  await visitor.page.goto("/towed");
  await visitor.page.getByLabel("车牌号").fill("浙FT1234");
  await visitor.page.getByLabel("车架号后六位").fill("ab1234");
  await visitor.page.getByRole("button", { name: "查询", exact: true }).click();
  await visitor.page.getByRole("heading", { name: "一号仓库" }).waitFor();
  await accessible(visitor.page, "towed vehicle");
  await fits(visitor.page, "towed vehicle");
  await picture(visitor.page, "portal-towed-phone");
  for (const it of [{ watch, context }, visitor]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("nothing was found to lack", () => { expect(findings).toEqual([]); });
