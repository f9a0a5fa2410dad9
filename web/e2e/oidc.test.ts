/** Signing in through the city's identity provider: a real one on the loopback, a real browser, and everything that must not work. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk, tolerating } from "./browser";
import { Client } from "./client";
import { administrator, createAdministrator, freePort, newFolder, start, type Server } from "./server";

const password = "river-lamp-42";
const name = "模拟统一身份认证";
let browser: Browser;
let server: Server;
let provider: ChildProcess | undefined;
let port: number;
let root: string;
let secret: string;

/** Starts the provider for a server's address and waits until it listens. */
async function startProvider(address: string): Promise<void> {
  provider = spawn(process.execPath, [join(import.meta.dirname, "provider.mjs")], {
    env: { ...process.env, PROVIDER_PORT: String(port), PROVIDER_REDIRECT: `${address}/api/v1/session/oidc/callback` }, stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  provider.stderr?.on("data", (text: Buffer) => { said += text.toString(); });
  await new Promise<void>((ready, fail) => {
    provider?.stdout?.once("data", () => ready());
    provider?.once("exit", () => fail(new Error(`the provider did not start: ${said}`)));
  });
}
async function stopProvider(): Promise<void> {
  const ended = provider;
  provider = undefined;
  if (!ended || ended.exitCode !== null) return;
  const gone = new Promise((done) => ended.once("exit", done));
  ended.kill("SIGKILL");
  await gone;
}

const environment = (issuer: string, address: string, more: Record<string, string> = {}) => ({
  BIHUAN_OIDC_ISSUER: issuer, BIHUAN_OIDC_CLIENT_ID: "bihuan", BIHUAN_OIDC_CLIENT_SECRET_FILE: secret, BIHUAN_OIDC_URL: address, BIHUAN_OIDC_NAME: name, ...more,
});

/** A server whose own address is known before it starts, since the provider sends people back to it. */
async function serve(data: string, issuer: string, more: Record<string, string> = {}): Promise<Server> {
  // The address that people see stands before the server, as a proxy's does: the browser is led there.
  const own = await freePort();
  return start({ data, port: own, environment: environment(issuer, `http://127.0.0.1:${own}`, more) });
}

/** The six digits of this moment (RFC 6238). */
function code(secret32: string, at = Date.now()): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret32].map((it) => letters.indexOf(it).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((it) => Number.parseInt(it, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

async function hire(account: string, role = "operator"): Promise<string> {
  const client = await Client.signedIn(server.address, administrator.account, administrator.password);
  const made = await client.post<{ id: string }>("/api/v1/people", { account, name: `测试${account}`, organisation_id: root, roles: [role], regions: [], password });
  return made.id;
}

/** Goes to the provider by the button and says there who one is. */
async function throughProvider(page: Page, who: string, door = "/desk/"): Promise<void> {
  await page.goto(door);
  await page.getByRole("link", { name: `用${name}登录` }).click();
  await page.locator("input[name=login]").fill(who);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  // What the program may know is asked once more.
  await page.locator("button[type=submit]").click();
  await page.waitForURL(`**${door}**`);
}

/** The provider's own page asks for a font from outside and has no icon. */
const providersOwn = [/fonts\.googleapis\.com/, /favicon\.ico/];
const visitor = () => person(browser, "visitor", server.address, deskSize);
/** Sets out as a program does: the cookie of that browser, and the state that the provider was given. */
async function setOut(): Promise<{ cookie: string; state: string }> {
  const answer = await fetch(`${server.address}/api/v1/session/oidc/start`, { redirect: "manual" });
  const state = new URL(answer.headers.get("location") ?? "").searchParams.get("state") ?? "";
  return { cookie: answer.headers.getSetCookie()[0]?.split(";")[0] ?? "", state };
}
async function comeBack(query: string, cookie: string): Promise<string> {
  const answer = await fetch(`${server.address}/api/v1/session/oidc/callback?${query}`, { redirect: "manual", headers: { cookie } });
  expect(answer.status).toBe(303);
  expect(answer.headers.getSetCookie().some((it) => /^bihuan_session=[^;]/.test(it))).toBe(false);
  return answer.headers.get("location") ?? "";
}

beforeAll(async () => {
  browser = await launch();
  const data = newFolder("oidc");
  createAdministrator(data);
  secret = join(data, "..", "oidc-secret");
  const { writeFileSync } = await import("node:fs");
  writeFileSync(secret, "a-secret-for-the-tests-alone\n");
  port = await freePort();
  server = await serve(data, `http://127.0.0.1:${port}`, { BIHUAN_OIDC_SECOND_FACTOR: "mfa" });
  const client = await Client.signedIn(server.address, administrator.account, administrator.password);
  root = (await client.get<{ items: { id: string }[] }>("/api/v1/organisations")).items[0]?.id ?? "";
  await startProvider(server.address);
});
afterAll(async () => {
  await stopProvider();
  await browser?.close();
  await server?.stop();
});

test("the button leads to the provider and back, and leaving ends both", async () => {
  await hire("operator01");
  const { page, context, watch } = await visitor();
  await tolerating(watch, providersOwn, async () => {
    await page.goto("/desk/");
    await page.getByRole("link", { name: `用${name}登录` }).waitFor();
    await accessible(page, "sign-in with a provider");
    await picture(page, "desk-sign-in-provider-desktop");
    await throughProvider(page, "operator01");
    await page.getByRole("button", { name: "测试operator01" }).waitFor();
    const session = await page.evaluate(async () => (await fetch("/api/v1/session")).json() as Promise<{ person: { account: string }; sign_out_url?: string; must_change_password: boolean }>);
    expect(session.person.account).toBe("operator01");
    // The password that an administrator gave is not what this person signs in with.
    expect(session.must_change_password).toBe(false);
    expect(session.sign_out_url).toContain(`127.0.0.1:${port}/session/end`);
    const client = await Client.signedIn(server.address, administrator.account, administrator.password);
    const lines = await client.get<{ items: { account: string; outcome: string; through: string }[] }>("/api/v1/sign-ins");
    expect(lines.items.find((it) => it.account === "operator01")).toMatchObject({ outcome: "success", through: "oidc" });
    expect(lines.items.find((it) => it.account === administrator.account)).toMatchObject({ outcome: "success", through: "password" });

    await page.getByRole("button", { name: "测试operator01" }).click();
    await page.getByText("退出登录").click();
    await page.waitForURL(new RegExp(`127.0.0.1:${port}/session/end`));
    await page.locator("button[name=logout]").click();
    await page.waitForURL(`${server.address}/desk/**`);
    await page.getByLabel("密码").waitFor();
  });
  expect(watch.troubles).toEqual([]);
  await context.close();
});

test("the phone's page offers it too, and comes back to itself", async () => {
  await hire("collector01", "collector");
  const { page, context } = await person(browser, "phone", server.address, phoneSize);
  await page.goto("/phone/");
  const door = page.getByRole("link", { name: `用${name}登录` });
  expect(await door.getAttribute("href")).toContain("back_to=%2Fphone%2F");
  await accessible(page, "sign-in on the phone with a provider");
  await fits(page, "sign-in on the phone with a provider");
  await picture(page, "phone-sign-in-provider-phone");
  await throughProvider(page, "collector01", "/phone/");
  await page.getByRole("heading", { name: "我的任务" }).waitFor();
  await context.close();
});

test("a code is good once, in the browser and for the state that it was made for", async () => {
  const { page, context } = await visitor();
  let returned = "";
  page.on("request", (request) => { if (request.url().includes("/oidc/callback")) returned = request.url(); });
  await throughProvider(page, "operator01");
  await page.getByRole("button", { name: "测试operator01" }).waitFor();
  const used = new URL(returned).searchParams;
  expect(used.get("code")).toBeTruthy();
  // Opened again: the state is used up.
  await page.goto(returned);
  await page.waitForURL(/\/desk\/(?!.*sign-in)/);
  const one = await setOut();
  const other = await setOut();
  expect(await comeBack(`code=${used.get("code")}&state=${used.get("state")}`, one.cookie)).toContain("sign-in=oidc-state-unknown");
  expect(await comeBack(`code=x&state=${one.state}x`, one.cookie)).toContain("sign-in=oidc-state-unknown");
  expect(await comeBack(`code=x&state=${one.state}`, other.cookie)).toContain("sign-in=oidc-state-unknown");
  expect(await comeBack(`code=x&state=${one.state}`, "")).toContain("sign-in=oidc-state-unknown");
  // A used code under a state of its own: the provider refuses it.
  expect(await comeBack(`code=${used.get("code")}&state=${one.state}`, one.cookie)).toContain("sign-in=oidc-refused");
  // Said by somebody who is not the provider.
  expect(await comeBack(`code=x&state=${other.state}&iss=https://evil.example`, other.cookie)).toContain("sign-in=oidc-untrusted");
  const third = await setOut();
  expect(await comeBack(`error=access_denied&state=${third.state}`, third.cookie)).toContain("sign-in=oidc-refused");
  await context.close();
});

test("who has no account, a disabled one, or another's is told so", async () => {
  const id = await hire("operator05");
  const client = await Client.signedIn(server.address, administrator.account, administrator.password);
  const { version } = await client.get<{ version: number }>(`/api/v1/people/${id}`);
  await client.post(`/api/v1/people/${id}/actions/disable`, {}, { "if-match": `"${version}"` });
  for (const [who, words] of [["stranger", "没有账号"], ["operator05", "账号已停用"], ["operator01+second", "另一个身份关联"]] as const) {
    const { page, context } = await visitor();
    await throughProvider(page, who);
    await page.getByText(words).waitFor();
    expect(page.url()).not.toContain("sign-in=");
    await context.close();
  }
  const lines = await client.get<{ items: { account: string; outcome: string; through: string }[] }>("/api/v1/sign-ins");
  expect(lines.items.filter((it) => it.outcome === "failed" && it.through === "oidc").map((it) => it.account).sort()).toEqual(["operator01", "operator05", "stranger"]);
});

test("the one-time code is asked after the provider's word as well, unless the provider's own is believed", async () => {
  const secrets = new Map<string, string>();
  for (const account of ["operator02", "operator03"]) {
    await hire(account);
    const client = await Client.signedIn(server.address, account, password);
    await client.post("/api/v1/session/password", { old: password, new: `${password}-own` });
    const { secret: made } = await client.post<{ secret: string }>("/api/v1/session/totp", {});
    await client.post("/api/v1/session/totp/confirm", { code: code(made, Date.now() - 30_000) });
    secrets.set(account, made);
  }
  const { page, context, watch } = await visitor();
  await throughProvider(page, "operator02");
  await page.getByLabel("动态口令").waitFor();
  await accessible(page, "one-time code after the provider");
  await tolerating(watch, [/status of 401.*\/oidc\/totp/], async () => {
    await page.getByLabel("动态口令").fill("000000");
    await page.keyboard.press("Enter");
    await page.getByText("动态口令不正确").waitFor();
  });
  await page.getByLabel("动态口令").fill(code(secrets.get("operator02") ?? ""));
  await page.keyboard.press("Enter");
  await page.getByLabel("动态口令").waitFor({ state: "detached" });
  const account = () => page.evaluate(async () => ((await (await fetch("/api/v1/session")).json()) as { person?: { account: string } }).person?.account);
  expect(await account()).toBe("operator02");
  await context.close();

  const trusted = await visitor();
  await throughProvider(trusted.page, "operator03+mfa");
  await trusted.page.getByRole("button", { name: "测试operator03" }).waitFor();
  expect(await trusted.page.evaluate(async () => ((await (await fetch("/api/v1/session")).json()) as { person?: { account: string } }).person?.account)).toBe("operator03");
  await trusted.context.close();
});

test("a provider that is gone, or is another, leaves the password", async () => {
  // Gone between the way out and the way back.
  const under = await setOut();
  await stopProvider();
  const said = await comeBack(`code=x&state=${under.state}`, under.cookie);
  expect(said).toBe("/desk/?sign-in=oidc-unavailable");
  const { page, context } = await visitor();
  await page.goto(said);
  await page.getByText("暂时连不上").waitFor();
  await picture(page, "desk-sign-in-provider-gone");
  await signInAtDesk(page, administrator.account, administrator.password);
  await context.close();

  // Never there.
  const nobody = await freePort();
  const alone = newFolder("oidc-alone");
  createAdministrator(alone);
  const down = await serve(alone, `http://127.0.0.1:${nobody}`);
  try {
    const answer = await fetch(`${down.address}/api/v1/session/oidc/start`, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/desk/?sign-in=oidc-unavailable");
  } finally { await down.stop(); }

  // There, but calling itself by another name.
  await startProvider(server.address);
  const strange = newFolder("oidc-strange");
  createAdministrator(strange);
  const other = await serve(strange, `http://localhost:${port}`);
  try {
    const answer = await fetch(`${other.address}/api/v1/session/oidc/start`, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/desk/?sign-in=oidc-misconfigured");
  } finally { await other.stop(); }
});

test("unknown people get an account without a right only where the city said so", async () => {
  await stopProvider();
  const data = newFolder("oidc-create");
  createAdministrator(data);
  const first = await start({ data });
  const client = await Client.signedIn(first.address, administrator.account, administrator.password);
  const unit = (await client.get<{ items: { id: string }[] }>("/api/v1/organisations")).items[0]?.id ?? "";
  await first.halt();
  const own = await serve(data, `http://127.0.0.1:${port}`, { BIHUAN_OIDC_CREATE_IN: unit });
  try {
    await startProvider(own.address);
    const { page, context } = await person(browser, "newcomer", own.address, deskSize);
    await throughProvider(page, "newcomer01");
    await page.getByRole("button", { name: "测试newcomer01" }).waitFor();
    const session = await page.evaluate(async () => (await fetch("/api/v1/session")).json() as Promise<{ person: { account: string }; rights: string[]; roles: unknown[] }>);
    expect(session).toMatchObject({ person: { account: "newcomer01" }, rights: [], roles: [] });
    await context.close();
  } finally { await own.stop(); }
});

test("the pages of this file can be used by everybody", () => {
  expect(findings).toEqual([]);
});
