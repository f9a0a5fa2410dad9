/** A case from the legal library: matter and place, factors, the proposed fine; and a benchmark that is written, reviewed and published. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let path = "";

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const [account, role, name] of [["weighing_officer01", "officer", "裁量人员01"], ["weighing_officer02", "officer", "裁量人员02"], ["weighing_reviewer01", "legal_reviewer", "裁量审核员01"]] as const) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name, organisation_id: items[0]?.id, roles: [role], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    const certificate = role === "officer" ? { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" } : { legal_qualified: true };
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, certificate);
  }
});
afterAll(async () => { await browser?.close(); });

async function looked(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"), undefined, { timeout: 15_000 });
  await accessible(page, name);
  await fits(page, name);
  await picture(page, name);
}

test("a benchmark is written, tried out, reviewed by another person and published", async () => {
  const writer = await person(browser, "who keeps benchmarks", address, deskSize);
  const { page } = writer;
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/law?tab=benchmarks");
  await page.getByRole("link", { name: /^M001/ }).click();
  await page.getByText("这是示例：").waitFor();
  await page.getByRole("button", { name: "另存为新草稿" }).click();
  await page.getByLabel("起草原因").fill("模拟：供测试");
  await page.getByRole("dialog").getByRole("button", { name: /^另\s*存$/ }).click();
  await page.getByText("由起草人以外的人审核后才能发布").waitFor();
  // A gap is named, with its place; mended, the facts are weighed live.
  await page.getByLabel("幅度至（%）").first().fill("20");
  await page.getByRole("status", { name: "试算结果" }).getByText(/阶次 2/).waitFor();
  await page.getByLabel("幅度至（%）").first().fill("30");
  await page.getByLabel("谁、何时、以什么文件公布").fill("模拟文件，供测试");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.getByText("已保存草稿").waitFor();
  const trial = page.getByRole("region", { name: "试算" });
  await trial.getByLabel("一年内违法次数").fill("2");
  await trial.getByLabel("影响面积").fill("8");
  await trial.getByLabel("逾期未改正").check();
  await trial.getByText("一般").first().waitFor();
  await trial.getByText("185 元至 365 元，建议 275 元").waitFor();
  await looked(page, "desk-benchmark-desktop");
  const where = new URL(page.url()).pathname;

  const reviewer = await person(browser, "who reviews", address, phoneSize);
  await signInAtDesk(reviewer.page, "weighing_reviewer01", password);
  await reviewer.page.goto(where);
  await reviewer.page.getByRole("button", { name: "审核通过" }).click();
  await reviewer.page.getByRole("dialog").getByRole("button", { name: "审核通过" }).click();
  await reviewer.page.getByText("已审核通过").waitFor();
  await looked(reviewer.page, "desk-benchmark-phone");
  await page.reload();
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByText("已发布").first().waitFor();
  await page.goto("/desk/law?tab=benchmarks");
  await page.getByRole("cell", { name: "已发布" }).waitFor();
  await looked(page, "desk-benchmarks-desktop");
  // The shell asks for leads and notifications, which a reviewer has no right to see.
  expect([...writer.watch.troubles, ...reviewer.watch.troubles.filter((it) => !it.includes("status of 403"))]).toEqual([]);
  await writer.context.close();
  await reviewer.context.close();
});

test("a case is opened from the matter, the factors are answered, the fine is proposed", async () => {
  const officer = await person(browser, "officer who weighs", address, deskSize);
  const { page } = officer;
  await signInAtDesk(page, "weighing_officer01", password);
  await page.goto("/desk/cases/new");
  await page.getByLabel("执法事项").fill("吊挂");
  await page.getByTitle(/^M001 /).last().click();
  await page.getByLabel("经度").fill(String(spot.longitude));
  await page.getByLabel("纬度").fill(String(spot.latitude));
  await page.getByLabel("纬度").press("Tab");
  await page.getByText(/模拟街道：/).waitFor();
  await page.getByLabel("发生地", { exact: true }).fill("模拟街道长街8号阳台");
  await page.getByLabel("案情摘要").fill("阳台外吊挂物品，责令限期改正");
  await page.getByLabel("姓名或者名称").fill("测试当事人");
  // The list shows ten people at a time; the city of the tests has more.
  await page.getByLabel("承办的执法人员").fill("裁量人员02");
  await page.getByTitle(/裁量人员02/).last().click();
  await page.keyboard.press("Escape");
  await looked(page, "desk-case-new-library-desktop");
  await page.getByRole("button", { name: "登记案件" }).click();
  await page.getByRole("heading", { name: /模拟街道长街8号阳台/ }).waitFor();
  path = new URL(page.url()).pathname;
  const basis = page.getByRole("region", { name: "办案依据" });
  await basis.getByText(/对个人的罚款幅度为 50 元至 500 元/).waitFor();
  await basis.getByText(/责令限期改正，逾期不改正/).waitFor();

  await page.getByRole("button", { name: "填写裁量因素" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("一年内违法次数").fill("2");
  await dialog.getByLabel("影响面积").fill("8");
  await dialog.getByLabel("逾期未改正").check();
  await dialog.getByRole("button", { name: "计算并保存" }).click();
  const discretion = page.getByRole("region", { name: "裁量" });
  await discretion.getByText("185 元至 365 元", { exact: true }).waitFor();
  await discretion.getByText("275 元").first().waitFor();
  // Fewer than three like cases: no figures.
  expect(await discretion.getByRole("cell", { name: "—" }).count()).toBe(5);
  await page.getByRole("button", { name: "申请偏离阶次" }).click();
  await dialog.getByLabel("拟罚款（元）").fill("500");
  await dialog.getByLabel("偏离的理由").fill("多次劝阻不改");
  await dialog.getByRole("button", { name: /^申\s*请$/ }).click();
  await discretion.getByText("等待批准").waitFor();
  await looked(page, "desk-case-discretion-desktop");
  await officer.context.close();

  const head = await person(browser, "head who agrees", address, phoneSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto(path);
  await head.page.getByRole("button", { name: "批准偏离" }).click();
  await head.page.getByLabel("意见").fill("同意");
  await head.page.getByRole("dialog").getByRole("button", { name: /^批\s*准$/ }).click();
  await head.page.getByText(/局领导01 批准/).waitFor();
  await looked(head.page, "desk-case-discretion-phone");
  // A year before the city had cases: the page of figures says what will stand there, whatever other tests have fined.
  for (const [size, dimensions] of [["phone", phoneSize], ["desktop", deskSize]] as const) {
    await head.page.setViewportSize(dimensions);
    await head.page.goto("/desk/discretion?from=2020-01-01&to=2020-12-31");
    await head.page.getByText("这段时间没有罚款决定").first().waitFor();
    await looked(head.page, `desk-discretion-watch-${size}`);
  }
  await head.context.close();
  expect([...officer.watch.troubles, ...head.watch.troubles]).toEqual([]);
});

test("axe found nothing serious", () => { expect(findings).toEqual([]); });
