/** A round of file review: gathered, drawn by a seed, scored, its finding answered and judged, closed with figures; analysis, powers, guides. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
const people = [["reviewed01", "officer", "评查承办人01"], ["reviewed02", "officer", "评查承办人02"], ["reviewing01", "evaluator", "评查人01"]] as const;
let browser: Browser;
let caseId = "";

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const ids: string[] = [];
  for (const [account, role, name] of people) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name, organisation_id: items[0]?.id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    if (role === "officer") await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    ids.push(made.id);
  }
  const officer = await Client.signedIn(address, "reviewed01", password);
  const opened = await officer.post<{ id: string }>("/api/v1/cases", {
    track: "minor-quick", acted_on: "2026-10-30", place: "模拟街道评查街7号门前", summary: "擅自占用人行道堆放物料（评查）",
    typed_reason: "试办事项", matter: { code: "330217-09", name: "擅自占用城市道路堆放物料（评查）", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 5_000, fine_max_fen: 20_000 },
    parties: [{ kind: "individual", age: "grown", name: "测丙丁", telephone: "13900000002" }], officers: ids.slice(0, 2),
  });
  caseId = opened.id;
  const step = async (action: string, content: object) => {
    const { version } = await officer.get<{ version: number }>(`/api/v1/cases/${caseId}`);
    await officer.post(`/api/v1/cases/${caseId}/actions/${action}`, content, { "if-match": `"${version}"` });
  };
  const plan = { kinds: ["fine"], fine_fen: 10_000, surcharge: false, reasons: "当场清理" };
  for (const [action, content] of [["show-card", {}], ["tell-on-spot", { plan, reached: [1] }], ["waive-defence", { agreed: true }], ["decide-on-spot", { evidence: "现场照片" }], ["hand-decision", { mode: "direct", reached: [1] }]] as const) await step(action, content);
});
afterAll(async () => { await browser?.close(); });

async function looked(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]"), undefined, { timeout: 15_000 });
  await page.waitForTimeout(300);
  await accessible(page, name);
  await fits(page, name);
  await picture(page, name);
}

test("a round is drawn, scored, its finding answered and judged, and closed", async () => {
  const reviewer = await person(browser, "who reviews", address, deskSize);
  const { page } = reviewer;
  await signInAtDesk(page, "reviewing01", password);
  await page.goto("/desk/quality");
  await page.getByRole("button", { name: "新建评查" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("浏览器试评");
  await dialog.getByLabel("评查标准").click();
  await page.getByTitle(/行政处罚案卷评查标准/).click();
  await dialog.getByLabel("程序（不选为全部）").click();
  await page.getByTitle("轻微速罚").click();
  await dialog.getByLabel("名称").click();
  await dialog.getByLabel("比例或者件数").fill("100");
  await dialog.getByLabel("双人评分").uncheck();
  await dialog.getByLabel("种子的来源").fill("体彩排列五当日开奖号码");
  const drawOn = dialog.getByLabel("抽取日期");
  await drawOn.fill(await page.evaluate(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)));
  await drawOn.press("Enter");
  await dialog.getByRole("button", { name: "列出候选案卷" }).click();
  await page.getByText("候选清单已经固定").waitFor();
  await page.getByRole("button", { name: "设定种子并抽取" }).click();
  await dialog.getByLabel("随机种子").fill("体彩排列五第26300期 12345");
  await dialog.getByLabel("评查人员").click();
  await dialog.getByLabel("评查人员").fill("评查人01");
  await page.getByTitle("评查人01").click();
  await dialog.getByLabel("随机种子").click();
  await dialog.getByRole("button", { name: /^抽\s*取$/ }).click();
  await page.getByRole("heading", { name: "抽中的案卷" }).waitFor();
  await looked(page, "desk-quality-round-desktop");
  const round = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "复核抽取" }).click();
  await page.getByText("按种子重新抽取，结果相同").waitFor();
  await page.keyboard.press("Escape");

  await page.goto("/desk/quality?tab=tasks");
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByText("系统核对：不符合").first().waitFor();
  // What the program found is agreed to; the record that is missing is deducted.
  for (const agree of await page.getByRole("radio", { name: "同意", exact: true }).all()) await agree.check();
  await page.getByRole("button", { name: "提交评分" }).click();
  await page.getByText("系统核对为不符合，请扣分或者写明理由不同意").first().waitFor();
  await page.getByRole("checkbox", { name: /^没有备案，扣 2 分/ }).check();
  await page.getByLabel("5.2 说明").fill("没有备案的记录");
  await looked(page, "desk-quality-file-desktop");
  await page.getByRole("button", { name: "提交评分" }).click();
  await page.getByText("已评定", { exact: true }).first().waitFor();

  const small = await person(browser, "officer, small", address, phoneSize);
  await signInAtDesk(small.page, "reviewed01", password);
  await small.page.goto("/desk/quality?tab=findings");
  await small.page.getByRole("button", { name: /^答\s*复$/ }).first().waitFor();
  await looked(small.page, "desk-quality-findings-phone");
  await small.page.getByRole("button", { name: /^答\s*复$/ }).first().click();
  await small.page.getByRole("dialog").getByLabel("整改情况或者异议理由").fill("已补报备案");
  await small.page.getByRole("dialog").getByRole("button", { name: /^提\s*交$/ }).click();
  await small.page.getByRole("dialog").waitFor({ state: "hidden" });
  await small.page.goto(round);
  await small.page.getByRole("heading", { name: "评查数据" }).waitFor();
  await looked(small.page, "desk-quality-round-phone");

  await page.goto("/desk/quality?tab=findings&mine=0");
  await page.getByRole("article").filter({ hasText: "没有备案" }).getByRole("button", { name: /^复\s*核$/ }).click();
  await page.getByRole("dialog").getByLabel("复核意见").fill("属实");
  await page.getByRole("dialog").getByRole("button", { name: /^提\s*交$/ }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.goto(round);
  await page.getByRole("button", { name: /^办\s*结$/ }).click();
  await page.getByRole("dialog").getByLabel("办结说明").fill("全部整改");
  await page.getByRole("dialog").getByRole("button", { name: /^办\s*结$/ }).click();
  await page.getByText("以办结时为准，不再变化。").waitFor();
  expect(await page.getByText("0%（0/1）").count()).toBeGreaterThan(0);
  await page.getByRole("link", { name: "评查承办人01" }).last().click();
  await page.getByRole("table", { name: "数据比较" }).waitFor();
  await looked(page, "desk-quality-feedback-desktop");
  for (const [name, path] of [["sheets", "/desk/quality?tab=sheets"], ["guides", "/desk/quality?tab=guides"], ["handlers", "/desk/quality?tab=handlers"], ["rounds", "/desk/quality"], ["analysis", "/desk/analysis?by=matter"], ["power-use", "/desk/power-use"]] as const) {
    await page.goto(path);
    await looked(page, `desk-quality-${name}-desktop`);
    await small.page.goto(path);
    await looked(small.page, `desk-quality-${name}-phone`);
  }
  await page.goto("/desk/analysis?by=matter");
  await page.getByRole("button", { name: /件$/ }).first().click();
  await page.getByRole("dialog").getByRole("link").first().waitFor();

  await small.page.goto(`/desk/cases/${caseId}`);
  await small.page.getByRole("heading", { name: "办案指引" }).waitFor();
  await fits(small.page, "case with guidance on a small screen");
  for (const it of [reviewer, small]) {
    // The first score is refused on purpose.
    expect(it.watch.troubles.filter((words) => !/status of 422.*\/score/.test(words))).toEqual([]);
    await it.context.close();
  }
});
