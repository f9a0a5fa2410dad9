/** A truck speaks JT/T 808 over a socket; what it did is found, looked at, upheld, and is one lead. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, deskSize, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password, settle } from "./city";
import { Client } from "./client";
import { administrator, createAdministrator, freePort, newFolder, start, type Server } from "./server";
import { Terminal, type Spot } from "./terminal";

let server: Server;
let browser: Browser;
let port = 0;

/** 浙F00001 in GBK. */
const plate = [0xd5, 0xe3, ...Buffer.from("F00001")];
const metre = { east: 1 / 95_800, north: 1 / 110_870 };
const square = (lon: number, lat: number, half: number) => [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x = 0, y = 0]) => [lon + x * half * metre.east, lat + y * half * metre.north]);
const river = { lon: 121.016, lat: 30.696 };

beforeAll(async () => {
  const data = newFolder("findings");
  createAdministrator(data);
  port = await freePort();
  server = await start({ data, environment: { BIHUAN_JT808: `127.0.0.1:${port}` } });
  await settle(server.address);
  const admin = await Client.signedIn(server.address, administrator.account, administrator.password);
  await admin.ask("PUT", "/api/v1/vehicle-terminals/13900000001", { plate: "浙F00001", colour: 2, vendor: "slag-a", active: true, simulated: true });
  const place = (kind: string, name: string, area: number[][]) => admin.post("/api/v1/waste/places", { kind, jurisdiction: "330482", facts: { name, area, valid_from: "2026-01-01" } });
  await place("black_spot", "河滩（模拟）", square(river.lon, river.lat, 80));
  await place("disposal", "东湖消纳场（模拟）", square(121.027, 30.707, 150));
  browser = await launch();
});
afterAll(async () => { await browser?.close(); await server?.stop(); });

/** Loaded, with its lid open, along the road to the river; there it stands, tips and leaves. A point every ten seconds. */
function trip(): Spot[] {
  const spots: Spot[] = [];
  let at = Math.floor(Date.now() / 1000) - 1_500;
  const put = (lon: number, lat: number, kmh: number, more: Partial<Spot>) => { spots.push({ at, lon, lat, kmh, loaded: true, ...more }); at += 10; };
  for (let step = 0; step < 6; step += 1) put(121.0125, 30.6935, 0, { loaded: false });
  for (let step = 1; step <= 24; step += 1) put(121.0125 + (river.lon - 121.0125) * step / 24, 30.6935 + (river.lat - 30.6935) * step / 24, 15, { open: true });
  for (let step = 0; step < 24; step += 1) put(river.lon, river.lat, 0, {});
  for (let step = 0; step < 6; step += 1) put(river.lon, river.lat, 0, { raised: true });
  for (let step = 0; step < 12; step += 1) put(river.lon + step * 0.0002, river.lat, 20, { loaded: false });
  return spots;
}

interface Row { id: string; rule: string; plate: string; lead_number?: string; state: string }

async function found(client: Client, query: string, least: number): Promise<Row[]> {
  for (const until = Date.now() + 60_000; ;) {
    const { items } = await client.get<{ items: Row[] }>(`/api/v1/findings?${query}`);
    if (items.length >= least) return items;
    if (Date.now() > until) throw new Error(`found ${JSON.stringify(items)}`);
    await new Promise((later) => setTimeout(later, 500));
  }
}

test("frames over a socket become a finding, and an upheld finding one lead", async () => {
  const spots = trip();
  const terminal = await Terminal.registered(port, "13900000001", plate);
  // The middle comes late, as out of a tunnel.
  await terminal.drive([...spots.slice(0, 20), ...spots.slice(40)]);
  await terminal.drive(spots.slice(20, 40));
  const operator = await Client.signedIn(server.address, "operator01", password);
  const rows = await found(operator, "state=waiting", 4);
  expect(rows.map((it) => it.rule).sort()).toEqual(["black_spot", "lid_open", "no_permit", "wrong_destination"]);

  const { page, context, watch } = await person(browser, "who judges trucks", server.address, deskSize);
  await signInAtDesk(page, "operator01", password);
  await page.goto("/desk/findings");
  await page.getByRole("link", { name: "偷倒黑点停车" }).waitFor();
  await accessible(page, "findings");
  await fits(page, "findings");
  await picture(page, "desk-findings-desktop");
  await page.getByRole("link", { name: "未在核准场所倾倒" }).click();
  await page.getByRole("img", { name: /轨迹示意图/ }).waitFor();
  await page.getByText("不在本车核准的消纳场所之列").first().waitFor();
  // The frame is there before its picture is.
  await expect.poll(() => page.getByRole("img", { name: /轨迹示意图/ }).evaluate((it: HTMLImageElement) => it.naturalWidth), { timeout: 30_000 }).toBeGreaterThan(100);
  await page.getByText("请先写明核实意见").waitFor();
  await accessible(page, "finding");
  await fits(page, "finding");
  await picture(page, "desk-finding-desktop");
  await page.getByLabel("核实意见").fill("调阅河滩监控，确系倾倒");
  await page.getByRole("button", { name: "成立，转线索" }).click();
  await page.getByText(/已转线索 /).first().waitFor();
  await page.getByRole("heading", { name: "核实结论" }).waitFor();
  const [upheld] = await found(operator, "rule=wrong_destination&state=filed", 1);
  await page.getByRole("link", { name: upheld?.lead_number ?? "" }).click();
  await page.getByText("未在核准场所倾倒").first().waitFor();
  await page.locator("img[src*='/files/']").first().waitFor();
  await picture(page, "desk-finding-lead-desktop");

  // Sent again, as terminals do: nothing new is found and nothing filed twice.
  await terminal.drive(spots);
  terminal.close();
  await new Promise((later) => setTimeout(later, 10_000));
  expect((await found(operator, "", 4)).length).toBe(4);
  const leads = await operator.get<{ items: unknown[] }>("/api/v1/leads?q=%E6%B5%99F00001");
  expect(leads.items.length).toBe(1);
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test("rules and findings are read on a phone's width and by who keeps the rules", async () => {
  const { page, context } = await person(browser, "who keeps truck rules", server.address, phoneSize);
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/findings?state=all");
  await page.getByText("无有效核准运输").first().waitFor();
  await fits(page, "findings on a phone");
  await picture(page, "desk-findings-phone");
  await page.getByText("无有效核准运输").first().click();
  await page.getByRole("button", { name: "重放这一天" }).click();
  await page.getByText(/4 条发现全部一致/).waitFor();
  await fits(page, "finding on a phone");
  await picture(page, "desk-finding-phone");
  await page.setViewportSize(deskSize);
  await page.goto("/desk/findings?tab=rules");
  await page.getByLabel("超速：车速超过").fill("80");
  await page.getByLabel("改动原因").fill("试点");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.getByText("草稿第 2 版，尚未发布").waitFor();
  await page.getByRole("button", { name: "试算近 7 天" }).click();
  await page.getByRole("heading", { name: /^试算：/ }).waitFor({ timeout: 30_000 });
  await accessible(page, "finding rules");
  await fits(page, "finding rules");
  await picture(page, "desk-finding-rules-desktop");
  await context.close();
});
