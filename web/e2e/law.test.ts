/** The legal library: a replaced row gets its new article, a township its power, a statute its place beside the matters that cite it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password, spot } from "./city";
import { Client } from "./client";
import { administrator, program } from "./server";

const address = inject("address");
const data = inject("data");
let browser: Browser;

beforeAll(async () => { browser = await launch(); });
afterAll(async () => { await browser?.close(); });

/** Made up (模拟), under the title of a statute that the shipped matters cite. No line of it is law. */
const statute = [
  "# 浙江省城市市容和环境卫生管理条例", "2021年1月1日 模拟通过", "<!-- INFO END -->", "## 第一章 总 则",
  ...["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"].map((it) => `第${it}条 模拟条文${it}，供测试使用。`),
  "## 第二章 市 容", "第十一条 模拟第一款：阳台外不得吊挂物品。", "模拟第二款：外立面的窗栏、空调外机应当整齐。", "模拟第三款：违反前两款的，责令改正。",
].join("\n\n");

function importLaws(folder: string): string {
  return spawnSync(program, ["import", "laws", folder, "--data", data], { encoding: "utf8", env: { ...process.env, RUST_LOG: "warn" } }).stdout;
}

async function looked(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy=true]"), undefined, { timeout: 15_000 });
  await accessible(page, name);
  await fits(page, name);
  await picture(page, name);
}

test("a statute is imported once and stands beside its matters", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bihuan-laws-"));
  writeFileSync(join(folder, "浙江省城市市容和环境卫生管理条例(2021-09-30).md"), statute);
  expect(importLaws(folder)).toContain("已导入 1，已存在 0，被拒绝 0，合计 1 部");
  expect(importLaws(folder)).toContain("已导入 0，已存在 1，被拒绝 0，合计 1 部");
  writeFileSync(join(folder, "浙江省城市市容和环境卫生管理条例(2021-09-30).md"), statute.replace("模拟第三款", "改动的第三款"));
  expect(importLaws(folder)).toContain("已导入 0，已存在 0，被拒绝 1，合计 1 部");
  rmSync(folder, { recursive: true });

  for (const [size, dimensions] of [["desktop", deskSize], ["phone", phoneSize]] as const) {
    const { page, context, watch } = await person(browser, `who looks up the law, ${size}`, address, dimensions);
    await signInAtDesk(page, "shift_leader01", password);
    await page.goto("/desk/law");
    await page.getByRole("link", { name: "M001" }).waitFor();
    await looked(page, `desk-law-matters-${size}`);
    await page.goto("/desk/law/matters/M002");
    await page.getByText("模拟第二款：外立面的窗栏、空调外机应当整齐。").first().waitFor();
    await looked(page, `desk-law-matter-${size}`);
    await page.goto("/desk/law?tab=statutes&q=窗栏");
    await page.getByRole("link", { name: "《浙江省城市市容和环境卫生管理条例》第 11 条" }).click();
    await page.getByRole("article", { name: "第 11 条" }).waitFor();
    await looked(page, `desk-law-statute-${size}`);
    await context.close();
    expect(watch.troubles).toEqual([]);
  }
});

test("a replaced row gets its new article, and a township its power", async () => {
  const { page, context, watch } = await person(browser, "who keeps the library", address, deskSize);
  await signInAtDesk(page, administrator.account, administrator.password);
  await page.goto("/desk/law/matters/M076");
  await page.getByText("行为发生时没有可用的规定").waitFor();
  await page.getByRole("button", { name: "编辑为新版本" }).click();
  const form = page.getByRole("dialog");
  for (const [label, text] of [["法律法规", "模拟法典"], ["处罚条款", "第900条"], ["单位下限（元）", "50000"], ["单位上限（元）", "500000"], ["生效日期", "2026-08-15"], ["失效日期", ""], ["来源", "模拟"], ["修改原因", "补录新条文"]] as const) {
    await form.getByLabel(label, { exact: true }).fill(text);
  }
  await form.getByLabel("状态").click();
  await page.getByTitle("本地录入").last().click();
  await looked(page, "desk-law-edit-desktop");
  await form.getByRole("button", { name: "存为草稿" }).click();
  await page.getByText("第 2 版草稿待发布：补录新条文").waitFor();
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByText(/^第 2 版：/).waitFor();
  await page.getByText("补录新条文").waitFor();
  await looked(page, "desk-law-published-desktop");

  await page.goto("/desk/law?tab=empowerment");
  await page.getByText("还没有赋权公告").waitFor();
  await page.getByRole("button", { name: "录入公告" }).click();
  await form.getByLabel("文号").fill("模拟〔2026〕1号");
  await form.getByLabel("标题").fill("关于赋权模拟街道的公告（模拟）");
  await form.getByLabel("公布机关").fill("模拟市人民政府");
  await form.getByLabel("镇街").click();
  await page.getByTitle("模拟街道").last().click();
  await form.getByLabel("事项编号").fill("M001\nM007");
  await form.getByRole("button", { name: /^录入/ }).click();
  await page.getByRole("cell", { name: "模拟〔2026〕1号" }).waitFor();
  await looked(page, "desk-law-empowerment-desktop");
  await page.goto("/desk/law/matters/M007");
  await page.getByText(/模拟〔2026〕1号自 .* 起赋权该镇街/).waitFor();

  // What a lead may be about stands on its page.
  const operator = await Client.signedIn(address, "operator01", password);
  const lead = await operator.post<{ id: string }>("/api/v1/leads", {
    source: "operator", description: "有人在人行道上设摊经营、兜售物品", position: { x: spot.longitude, y: spot.latitude, system: "wgs84" }, photos: [], client_key: `law-${Date.now()}`,
  });
  const other = await person(browser, "who takes it in", address, deskSize);
  await signInAtDesk(other.page, "shift_leader01", password);
  await other.page.goto(`/desk/leads/${lead.id}`);
  await other.page.getByRole("heading", { name: "可能的执法事项" }).waitFor();
  await other.page.getByRole("link", { name: /设摊经营/ }).first().waitFor();
  await looked(other.page, "desk-law-lead-desktop");
  await other.context.close();
  await context.close();
  expect([...watch.troubles, ...other.watch.troubles]).toEqual([]);
});

test("axe found nothing serious", () => { expect(findings).toEqual([]); });
