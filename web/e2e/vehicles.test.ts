/** Trucks speak JT/T 808 over real sockets: the map shows them where they are, a card says what they did, a day is played again. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password, settle, spot } from "./city";
import { Client } from "./client";
import { administrator, createAdministrator, freePort, newFolder, program, start, type Server } from "./server";

const trucks = 12;
const phone = "19911112222";
const plate = "模E00001";
/** Nine in the morning of yesterday in Beijing: those that work by day are under way. */
const begin = `${new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)}T01:00:00Z`;
const day = begin.slice(0, 10);

interface Truth { kind: string; cheat?: string; phone?: string; plate?: string; from: string; to: string; finished?: boolean; acknowledged?: number }
interface Track { points: unknown[]; journey: { km: number; silences: { from: string; to: string }[]; jump_count: number; stops: unknown[] } }

let browser: Browser;
let server: Server;
let port = 0;
let truth: Truth[] = [];
let leader: Client;

beforeAll(async () => {
  browser = await launch();
  const data = newFolder("vehicles");
  createAdministrator(data);
  port = await freePort();
  server = await start({ data, environment: { BIHUAN_JT808: `127.0.0.1:${port}` } });
  await settle(server.address);
  leader = await Client.signedIn(server.address, "shift_leader01", password);
});
afterAll(async () => { await browser?.close(); await server?.stop(); });

/** A terminal of our own that says what it is told; its frames are written and read by the program's codec. */
class Terminal {
  private constructor(private readonly socket: Socket, private serial = 0) {}
  static async connect(): Promise<Terminal> {
    const socket = createConnection({ host: "127.0.0.1", port });
    await new Promise((done, fail) => { socket.once("connect", done); socket.once("error", fail); });
    return new Terminal(socket);
  }
  async say(message: object): Promise<{ message: { type: string; result: number; code?: string } }> {
    const heard = new Promise<Buffer>((done) => this.socket.once("data", done));
    this.socket.write(Buffer.from(codec("encode", JSON.stringify({ edition: "2013", phone, serial: this.serial++, message })), "hex"));
    return JSON.parse(codec("decode", (await heard).toString("hex"), "--json")) as never;
  }
  position(change: object) {
    const time = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(2, 19).replace(/[-T:]/g, "");
    return this.say({ type: "position", alarm: 0, status: 0xc0303, latitude: Math.round(spot.latitude * 1e6), longitude: Math.round(spot.longitude * 1e6), altitude: 5, speed: 300, direction: 90, time, items: [{ item: "raw", id: 0xe8, value: "0d00003a98" }], ...change });
  }
  close() { this.socket.destroy(); }
}
function codec(...args: string[]): string {
  const done = spawnSync(program, ["jt808", ...args], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr + done.stdout);
  return done.stdout.trim();
}

/** How many marks the map has drawn. */
const drawn = (page: Page) => page.locator(".city-map-canvas").evaluate((it) => Number((it as HTMLElement).dataset.vehicles ?? 0));

test("before anything is sent the page says what will be there", async () => {
  const { page, watch, context } = await person(browser, "empty", server.address, deskSize);
  await signInAtDesk(page, "shift_leader01", password);
  await page.goto("/desk/vehicles");
  await page.getByText("还没有车辆上报位置").waitFor();
  await picture(page, "desk-vehicles-empty-desktop");
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test("the simulated trucks drive over real sockets, and what they did stands beside what was seen", async () => {
  const file = join(server.data, "..", "truth.jsonl");
  const child = spawn(program, ["sim", "trucks", "--to", `127.0.0.1:${port}`, "--vehicles", String(trucks), "--for", "5h", "--speed", "600", "--seed", "3", "--begin", begin, "--interval", "15", "--cheating", "0.6", "--bounds", "120.97,30.65,121.07,30.75", "--truth", file, "--url", server.address, "--account", administrator.account, "--password", administrator.password]);
  let said = "";
  child.stdout.on("data", (text: Buffer) => { said += text.toString(); });
  child.stderr.on("data", (text: Buffer) => { said += text.toString(); });
  expect([await new Promise((done) => child.once("exit", done)), said]).toEqual([0, expect.stringContaining("模拟")]);
  truth = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Truth);
  const { items } = await leader.get<{ items: { id: number; phone: string; vendor: string; visitor: boolean; simulated: boolean }[] }>("/api/v1/vehicle-terminals");
  expect(items).toHaveLength(trucks);
  expect(items.every((it) => it.vendor === "simulated" && it.simulated && !it.visitor)).toBe(true);
  // Everything that was acknowledged is there, once.
  await expect.poll(async () => {
    let many = 0;
    for (const it of items) many += (await leader.get<Track>(`/api/v1/vehicles/${it.id}/track?day=${day}`)).points.length;
    return many;
  }, { timeout: 20_000 }).toBe(truth.at(-1)?.acknowledged);
  // What the simulator hid is a silence, what its clones sent is a jump.
  const told = { dark_signal: 0, cloned_terminal: 0 };
  for (const it of truth.filter((it) => it.kind === "cheat" && it.finished && it.from > begin)) {
    if (it.cheat !== "dark_signal" && it.cheat !== "cloned_terminal") continue;
    const [from, to] = [Date.parse(it.from), Date.parse(it.to)];
    const track = await leader.get<Track>(`/api/v1/vehicles/${items.find((found) => found.phone === it.phone)?.id}/track?day=${day}`);
    if (it.cheat === "dark_signal" && to - from > 650_000) {
      expect(track.journey.silences.some((seen) => Date.parse(seen.from) <= from + 20_000 && Date.parse(seen.to) >= to - 20_000)).toBe(true);
      told.dark_signal += 1;
    }
    if (it.cheat === "cloned_terminal") {
      expect(track.journey.jump_count).toBeGreaterThan(0);
      told.cloned_terminal += 1;
    }
  }
  expect(told.dark_signal * told.cloned_terminal, JSON.stringify(told)).toBeGreaterThan(0);
}, 180_000);

test("a vehicle appears, raises an alarm, moves and stops on the map that is open", async () => {
  const { page, watch, context } = await person(browser, "map of vehicles", server.address, deskSize);
  await signInAtDesk(page, "shift_leader01", password);
  await page.goto("/desk/vehicles");
  await page.getByRole("status").filter({ hasText: `${trucks} 辆` }).waitFor();
  await leader.ask("PUT", `/api/v1/vehicle-terminals/${phone}`, { plate, colour: 2, vendor: "simulated", active: true, simulated: true });
  const terminal = await Terminal.connect();
  const { message } = await terminal.say({ type: "register", edition: "2013", province: 33, city: 482, maker: "SIM", model: "E2E", terminal: "E1", colour: 2, plate });
  expect((await terminal.say({ type: "authenticate", code: message.code })).message.result).toBe(0);
  expect((await terminal.position({ alarm: 2 })).message.result).toBe(0);
  const row = page.getByRole("listitem").filter({ hasText: plate });
  await row.filter({ hasText: "超速报警" }).filter({ hasText: "满载 15.0 吨 · 厢盖开" }).waitFor();
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toBeGreaterThan(0);
  await row.getByRole("button").click();
  const card = page.getByRole("complementary", { name: "车辆" });
  await card.getByRole("heading", { name: plate }).waitFor();
  await card.getByText("超速报警").first().waitFor();
  await picture(page, "desk-vehicles-alarm-desktop");
  await terminal.position({ alarm: 0, longitude: Math.round((spot.longitude + 0.004) * 1e6) });
  await row.filter({ hasText: "重车 30" }).waitFor();
  await new Promise((later) => setTimeout(later, 1_100));
  await terminal.position({ speed: 0, longitude: Math.round((spot.longitude + 0.004) * 1e6) });
  await row.filter({ hasText: "停车" }).waitFor();
  terminal.close();
  // By state, by plate, by keyboard.
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
  await page.keyboard.press("f");
  await page.keyboard.type("e0000");
  await expect.poll(() => page.locator(".vehicle-list > li").count(), { timeout: 10_000 }).toBe(1);
  await page.getByLabel("按车牌查找").fill("");
  await page.getByRole("group", { name: "按状态筛选" }).getByRole("button", { name: /失联/ }).click();
  await page.getByText("没有符合条件的车辆").waitFor();
  await page.getByRole("group", { name: "按状态筛选" }).getByRole("button", { name: /失联/ }).click();
  await page.locator(".vehicle-list > li").nth(2).waitFor();
  await accessible(page, "vehicles");
  await fits(page, "vehicles");
  await picture(page, "desk-vehicles-desktop");
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test.each([["desktop", deskSize], ["phone", phoneSize]] as const)("a day is played again, %s", async (size, dimensions) => {
  const { page, watch, context } = await person(browser, `replay, ${size}`, server.address, dimensions);
  await signInAtDesk(page, "shift_leader01", password);
  const { items } = await leader.get<{ items: { id: number; plate: string }[] }>("/api/v1/vehicles");
  const cheat = truth.find((it) => it.kind === "cheat" && it.cheat === "dark_signal" && it.finished) ?? truth.find((it) => it.kind === "trip");
  const vehicle = items.find((it) => it.plate === cheat?.plate);
  await page.goto(`/desk/vehicles?vehicle=${vehicle?.id}`);
  await page.getByRole("complementary", { name: "车辆" }).getByRole("heading", { name: cheat?.plate ?? "" }).waitFor();
  await page.waitForTimeout(1_500);
  await fits(page, `vehicle, ${size}`);
  await picture(page, `desk-vehicle-${size}`);
  await page.goto(`/desk/vehicles?vehicle=${vehicle?.id}&day=${day}&replay=1`);
  const replay = page.getByRole("region", { name: "轨迹回放" });
  const slider = replay.getByLabel("时间");
  await slider.waitFor();
  await replay.getByRole("list", { name: "当日事件" }).getByRole("button").filter({ hasText: "停留" }).first().waitFor();
  const before = Number(await slider.inputValue());
  if (size === "desktop") {
    await page.keyboard.press("ArrowRight");
    expect(Number(await slider.inputValue())).toBe(before + 60_000);
    await page.keyboard.press(" ");
  } else await replay.getByRole("button", { name: "播放" }).click();
  await expect.poll(async () => Number(await slider.inputValue()), { timeout: 20_000 }).toBeGreaterThan(before + 120_000);
  await replay.getByRole("button", { name: "暂停" }).click();
  await replay.getByRole("list", { name: "当日事件" }).getByRole("button").nth(1).click();
  await page.waitForTimeout(1_500);
  await accessible(page, `replay, ${size}`);
  await fits(page, `replay, ${size}`);
  await picture(page, `desk-vehicle-replay-${size}`);
  await replay.getByRole("button", { name: "结束回放" }).click();
  await replay.waitFor({ state: "detached" });
  await context.close();
  expect(watch.troubles).toEqual([]);
});

test("nothing sticks out, and axe has nothing serious to say", () => { expect(findings).toEqual([]); });
