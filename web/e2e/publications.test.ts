/** A decision is drafted masked, compared, checked by another, published, read by the public, and taken back. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { accessible, deskSize, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
const officers = ["publishing01", "publishing02"] as const;
let browser: Browser;
let path = "";

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const ids: string[] = [];
  for (const account of officers) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `公开人员${account.slice(-2)}`, organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    ids.push(made.id);
  }
  const [officer, head] = [await Client.signedIn(address, officers[0], password), await Client.signedIn(address, "leader01", password)];
  const opened = await officer.post<{ id: string; version: number }>("/api/v1/cases", {
    track: "ordinary", acted_on: "2026-10-30", place: "模拟街道长街12号门前", summary: "测甲乙擅自占用人行道堆放物料，联系 13900000001",
    typed_reason: "试办事项", matter: { code: "330217-01", name: "擅自占用城市道路堆放物料（公开）", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 10_000, fine_max_fen: 5_000_000 },
    parties: [{ kind: "individual", age: "grown", name: "测甲乙", telephone: "13900000001" }], officers: ids,
  });
  const step = async (by: Client, action: string, content: object) => {
    const { version } = await head.get<{ version: number }>(`/api/v1/cases/${opened.id}`);
    await by.post(`/api/v1/cases/${opened.id}/actions/${action}`, content, { "if-match": `"${version}"` });
  };
  const plan = { kinds: ["fine"], fine_fen: 100_000, reasons: "情节一般" };
  for (const [by, action, content] of [
    [head, "file", {}], [officer, "investigate", {}], [officer, "inquire", { note: "笔录" }], [officer, "end", { finding: "punishable", evidence: "照片", plan }],
    [head, "approve-notice", {}], [officer, "serve-notice", { mode: "direct", reached: [1], tells_hearing: false }], [officer, "waive-defence", { agreed: true }],
    [head, "decide", {}], [officer, "seal", {}], [officer, "serve-decision", { mode: "direct", reached: [1] }],
  ] as const) await step(by, action, content);
  // The relay tells the room of the decision.
  const told = async () => (await head.get<{ publications: unknown[] }>(`/api/v1/cases/${opened.id}/publications`)).publications.length === 1;
  await vi.waitFor(async () => { if (!(await told())) throw new Error("the room was not told"); }, { timeout: 30_000, interval: 200 });
  path = `/desk/cases/${opened.id}`;
});
afterAll(async () => { await browser?.close(); });

test("a decision is checked by another, published, and taken back with its reason", async () => {
  const first = await person(browser, "who drafts", address, deskSize);
  await signInAtDesk(first.page, officers[0], password);
  await first.page.goto(path);
  await first.page.getByRole("button", { name: "自动生成脱敏稿" }).click();
  await first.page.getByText("测某某", { exact: true }).first().waitFor();
  // No decision was issued here: its number is typed, for without one nothing is checked.
  await first.page.getByRole("button", { name: "修改公开内容" }).click();
  await first.page.getByRole("dialog").getByLabel("决定书文号").fill("模综执罚决字〔2026〕第1号");
  await first.page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await first.page.getByRole("dialog").waitFor({ state: "hidden" });
  await first.page.getByRole("heading", { name: "公开与信用" }).scrollIntoViewIfNeeded();
  await accessible(first.page, "case with a publication");
  await fits(first.page, "case with a publication");
  await picture(first.page, "desk-case-publication-desktop");

  const second = await person(browser, "who checks", address, deskSize);
  await signInAtDesk(second.page, officers[1], password);
  await second.page.goto(path);
  await second.page.getByRole("button", { name: "核对", exact: true }).click();
  await second.page.getByRole("table", { name: "原文和公开稿对照" }).locator("mark").first().waitFor();
  await accessible(second.page, "comparison");
  await picture(second.page, "desk-publication-check-desktop");
  await second.page.getByRole("button", { name: "提交核对" }).click();
  await second.page.getByRole("dialog").waitFor({ state: "hidden" });

  await first.page.reload();
  await first.page.getByRole("group", { name: "公开环节" }).getByRole("button", { name: "公开", exact: true }).click();
  await first.page.getByText("已公开", { exact: true }).first().waitFor();
  await first.page.goto("/desk/publications?tab=published");
  await first.page.getByRole("link", { name: "擅自占用城市道路堆放物料（公开）" }).waitFor();
  await accessible(first.page, "publications");
  await fits(first.page, "publications");
  await picture(first.page, "desk-publications-desktop");

  const small = await person(browser, "who checks, small", address, phoneSize);
  await signInAtDesk(small.page, officers[1], password);
  await small.page.goto("/desk/publications?tab=published");
  await small.page.getByRole("link", { name: "擅自占用城市道路堆放物料（公开）" }).waitFor();
  await fits(small.page, "publications on a small screen");
  await picture(small.page, "desk-publications-phone");
  await small.page.goto(path);
  await small.page.getByRole("heading", { name: "公开与信用" }).scrollIntoViewIfNeeded();
  await small.page.getByRole("button", { name: "登记信用修复申请" }).waitFor();
  await fits(small.page, "case with a publication on a small screen");
  await picture(small.page, "desk-case-publication-phone");

  const citizen = await person(browser, "somebody", address, phoneSize);
  await citizen.page.goto("/decisions");
  await citizen.page.getByText("测某某，罚款1000元").waitFor();
  await accessible(citizen.page, "public decisions");
  await fits(citizen.page, "public decisions");
  await picture(citizen.page, "portal-decisions-phone");
  await citizen.page.getByText("测某某，罚款1000元").click();
  await citizen.page.getByText("主要违法事实").waitFor();
  const shown = await citizen.page.locator("main").innerText();
  for (const secret of ["测甲乙", "1390000", "长街12号"]) expect(shown).not.toContain(secret);
  expect(await citizen.page.title()).toContain("行政处罚决定");
  await accessible(citizen.page, "public decision");
  await fits(citizen.page, "public decision");
  await picture(citizen.page, "portal-decision-phone");

  const head = await person(browser, "head", address, deskSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto(path);
  await head.page.getByRole("group", { name: "公开环节" }).getByRole("button", { name: "撤回", exact: true }).click();
  await head.page.getByLabel("决定依法变更").check();
  await head.page.getByLabel("公开的理由").fill("罚款数额变更");
  await head.page.getByRole("dialog").getByRole("button", { name: /撤\s?回/ }).last().click();
  await head.page.getByRole("dialog").waitFor({ state: "hidden" });
  await citizen.page.goto("/decisions");
  await citizen.page.getByText("处罚决定已撤回").waitFor();
  expect(await citizen.page.getByText("测某某").count()).toBe(0);
  for (const it of [first, second, small, citizen, head]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});
