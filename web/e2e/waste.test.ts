/** An application is made on the map, reviewed by one, granted by another, printed; the enterprise sees its own and nothing else. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { organOf } from "./organ";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let officer: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  await organOf(admin);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const company = await admin.post<{ id: string }>("/api/v1/organisations", { parent_id: items[0]?.id, name: "模拟渣土运输公司", kind: "company", region: "330482", sort: 20 });
  const hire = async (account: string, role: string, name: string, organisation_id: string | undefined) => {
    await admin.post("/api/v1/people", { account, name, organisation_id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
  };
  await hire("waste01", "officer", "窗口人员01", items[0]?.id);
  await hire("waste02", "officer", "审查人员02", items[0]?.id);
  await hire("enterprise01", "enterprise", "企业用户01", company.id);
  officer = await Client.signedIn(address, "waste01", password);
  const ring = (lon: number, lat: number) => [[lon, lat], [lon + 0.003, lat], [lon + 0.003, lat + 0.002], [lon, lat + 0.002]];
  const place = async (kind: string, name: string, lon: number, lat: number, more: object) =>
    (await officer.post<{ id: string }>("/api/v1/waste/places", { kind, jurisdiction: "330482", facts: { name, area: ring(lon, lat), valid_from: "2026-01-01", ...more } })).id;
  ids.sink = await place("disposal", "模拟东山消纳场", 121.026, 30.706, { capacity_m3: 200_000 });
  await place("black_spot", "模拟桥下黑点", 121.02, 30.695, {});
  const carrier = await officer.post<{ id: string }>("/api/v1/waste/carriers", { jurisdiction: "330482", credit_code: "91350100M000100Y43", facts: { name: "模拟渣土运输公司", organisation: company.id, address: "模拟街道运输路8号" } });
  ids.carrier = carrier.id;
  for (const plate of ["浙F00001", "浙F00002", "浙F00003"]) {
    const made = await officer.post<{ id: string }>("/api/v1/waste/vehicles", { plate, colour: 2, facts: { carrier: carrier.id, rated_kg: 15_500, box_litres: 13_000, model: "模拟重型自卸车" } });
    ids.vehicle ??= made.id;
  }
  await officer.post("/api/v1/waste/papers", { owner_kind: "vehicle", owner: ids.vehicle, kind: "vehicle_licence", number: "模拟证-0001", valid_until: "2099-12-31" });
  await officer.post("/api/v1/waste/drivers", { name: "测试驾驶员甲", telephone: "13900000002", facts: { carrier: carrier.id, licence_class: "B2", licence_until: "2099-12-31" } });
});
afterAll(async () => { await browser?.close(); });

async function pick(page: Page, label: string, option: string) {
  await page.getByLabel(label, { exact: true }).click();
  await page.getByTitle(option).last().click();
  await page.keyboard.press("Escape");
}

async function decide(page: Page, label: string, text?: string) {
  await page.getByRole("group", { name: "可办理" }).getByRole("button", { name: label, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (text) await dialog.getByRole("textbox").fill(text);
  await dialog.getByRole("button", { name: /确\s*定/ }).click();
  await dialog.waitFor({ state: "hidden" });
}

test("a site is drawn, a permit is applied for, reviewed, granted and printed", async () => {
  const desk = await person(browser, "waste window", address, deskSize);
  await signInAtDesk(desk.page, "waste01", password);
  await desk.page.goto("/desk/waste");
  await desk.page.getByText("没有这样的处置核准").first().waitFor();
  await picture(desk.page, "desk-waste-empty-desktop");
  await desk.page.getByRole("tab", { name: "工地和场所" }).click();
  await desk.page.getByRole("button", { name: "登记场所" }).click();
  const dialog = desk.page.getByRole("dialog");
  await dialog.getByLabel("所在区域").click();
  await desk.page.getByTitle("模拟市").last().click();
  await dialog.getByLabel("名称", { exact: true }).fill("模拟一号工地");
  await dialog.getByLabel("施工或者运营单位（选填）").fill("模拟建筑公司");
  // Three clicks on the map are three corners; one is taken back, and all of it is typed instead.
  const map = dialog.getByRole("region", { name: "画范围的地图" });
  await map.first().locator("[data-ready='true']").waitFor();
  const box = await map.first().boundingBox();
  for (const [x, y] of [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6]] as const) await desk.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y);
  await dialog.getByText("已有 3 个点").waitFor();
  await dialog.getByRole("button", { name: "撤销一点" }).click();
  await dialog.getByText("已有 2 个点").waitFor();
  await picture(desk.page, "desk-waste-place-new-desktop");
  await dialog.getByRole("button", { name: "填写坐标" }).click();
  await dialog.getByLabel("画范围的地图的坐标").fill("121.012, 30.692\n121.015, 30.692\n121.015, 30.694\n121.012, 30.694");
  await dialog.getByRole("button", { name: /保\s*存/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await desk.page.getByRole("link", { name: "模拟一号工地" }).waitFor();
  await accessible(desk.page, "places of waste");
  await fits(desk.page, "places of waste");

  await desk.page.getByRole("button", { name: "申请处置核准" }).click();
  await pick(desk.page, "工地", "模拟一号工地");
  await pick(desk.page, "处置去向", "模拟东山消纳场（消纳场）");
  await pick(desk.page, "运输企业", "模拟渣土运输公司");
  await pick(desk.page, "车辆", "浙F00001");
  await pick(desk.page, "车辆", "浙F00002");
  await desk.page.getByLabel("申请量（立方米）").fill("8000");
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await desk.page.getByLabel("有效期起").fill(today);
  await desk.page.getByLabel("有效期止").fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await desk.page.getByRole("button", { name: "填写坐标" }).click();
  await desk.page.getByLabel("画路线的地图的坐标").fill("121.015, 30.693\n121.02, 30.697\n121.024, 30.7\n121.027, 30.706");
  await accessible(desk.page, "application for a permit");
  await fits(desk.page, "application for a permit");
  await picture(desk.page, "desk-waste-apply-desktop");
  await desk.page.getByRole("button", { name: "提交申请" }).click();
  await desk.page.getByRole("heading", { name: /^申请 \d{8}-\d{6}$/ }).waitFor();
  // Who applied reads why he does not review.
  await desk.page.getByText("自己提交的申请由另一名人员审查", { exact: false }).first().waitFor();
  const path = new URL(desk.page.url()).pathname;

  const reviewer = await person(browser, "waste reviewer", address, deskSize);
  await signInAtDesk(reviewer.page, "waste02", password);
  await reviewer.page.goto("/desk/waste?view=mine");
  await reviewer.page.getByRole("link", { name: "模拟一号工地" }).first().click();
  await decide(reviewer.page, "审查通过", "材料齐全，路线避开学校和医院");
  await reviewer.page.getByText("待决定").first().waitFor();

  const head = await person(browser, "waste head", address, deskSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto(path);
  await decide(head.page, "予以核准");
  await head.page.getByRole("heading", { name: /^模综执建垃准字〔\d{4}〕第1号$/ }).waitFor();
  await accessible(head.page, "permit in force");
  await fits(head.page, "permit in force");
  await picture(head.page, "desk-waste-permit-desktop");
  const sheet = await head.page.request.get(`${address}/api/v1/waste/permits/${path.split("/").at(-1) ?? ""}/print`);
  const bytes = await sheet.body();
  expect([sheet.status(), bytes.subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);

  for (const [tab, name] of [["一张图", "map"], ["运输车辆", "vehicles"]] as const) {
    await head.page.goto("/desk/waste");
    await head.page.getByRole("tab", { name: tab }).click();
    if (name === "map") await head.page.locator(".city-map-canvas[data-ready='true']").waitFor();
    else await head.page.getByText("浙F00003").first().waitFor();
    await accessible(head.page, `waste, ${name}`);
    await fits(head.page, `waste, ${name}`);
    await picture(head.page, `desk-waste-${name}-desktop`);
  }
  await head.page.goto(`/desk/waste/vehicles/${ids.vehicle ?? ""}`);
  await head.page.getByText("模拟证-0001").waitFor();
  await picture(head.page, "desk-waste-vehicle-desktop");
  await head.page.goto(`/desk/waste/carriers/${ids.carrier ?? ""}`);
  await head.page.getByText("测*****").waitFor();
  await accessible(head.page, "carrier");

  // The enterprise on its telephone: its permit, no black spot, no register to keep.
  const own = await person(browser, "enterprise, small", address, phoneSize);
  await signInAtDesk(own.page, "enterprise01", password);
  await own.page.goto(path);
  await own.page.getByRole("heading", { name: /第1号$/ }).waitFor();
  await fits(own.page, "permit, small");
  await accessible(own.page, "permit, small");
  await picture(own.page, "desk-waste-permit-phone");
  await own.page.goto("/desk/waste?tab=places");
  await own.page.getByText("模拟东山消纳场").locator("visible=true").first().waitFor();
  expect(await own.page.getByText("模拟桥下黑点").count()).toBe(0);
  expect(await own.page.getByRole("button", { name: "登记场所" }).count()).toBe(0);
  await own.page.goto("/desk/waste");
  await own.page.getByText("模拟一号工地").locator("visible=true").first().waitFor();
  await fits(own.page, "waste, small");
  await picture(own.page, "desk-waste-phone");
  for (const it of [desk, reviewer, head, own]) await it.context.close();
});

test("the pages of waste have no serious finding", () => { expect(findings).toEqual([]); });
