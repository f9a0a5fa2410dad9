/** A party's page on a telephone: in with the code on the paper, consent signed, a notice served there and read, a defence made and seen at the desk. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, photo, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { organOf } from "./organ";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let officer: Client;
let id = "";

interface CaseOf { id: string; version: number }

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  await organOf(admin);
  const ids: string[] = [];
  for (const account of ["party_officer01", "party_officer02"]) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: account === "party_officer01" ? "承办人员01" : "承办人员02", organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
    ids.push(made.id);
  }
  officer = await Client.signedIn(address, "party_officer01", password);
  const head = await Client.signedIn(address, "leader01", password);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const opened = await officer.post<CaseOf>("/api/v1/cases", {
    track: "ordinary", acted_on: today, place: "模拟街道长街12号门前", summary: "内部案情摘要", officers: ids,
    typed_reason: "试办事项", matter: { code: "330217-01", name: "擅自占用城市道路堆放物料", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 10_000, fine_max_fen: 5_000_000 },
    parties: [{ kind: "individual", age: "grown", name: "测试当事人", id_number: "33048219900101000X", telephone: "13900000001" }],
  });
  id = opened.id;
  const step = async (by: Client, action: string, content: object) => {
    const { version } = await officer.get<CaseOf>(`/api/v1/cases/${id}`);
    await by.post(`/api/v1/cases/${id}/actions/${action}`, content, { "if-match": `"${version}"` });
  };
  await step(head, "file", {});
  await step(officer, "investigate", {});
  await step(officer, "inquire", {});
  await step(officer, "end", { finding: "punishable", evidence: "现场照片、询问笔录", plan: { kinds: ["fine"], fine_fen: 1_200_000, surcharge: true, reasons: "占用面积较大" } });
  await step(head, "approve-notice", {});
  const data = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../templates/documents/D03/sample.json"), "utf8")) as object;
  const draft = await officer.post<CaseOf>(`/api/v1/dockets/${id}/documents`, { kind: "D03", data });
  await officer.post(`/api/v1/documents/${draft.id}/actions/issue`, {}, { "if-match": `"${draft.version}"` });
});
afterAll(async () => { await browser?.close(); });

test("a party comes in, agrees, is served, reads, defends himself and hands a photo in", async () => {
  const desk = await person(browser, "party officer", address, deskSize);
  await signInAtDesk(desk.page, "party_officer01", password);
  await desk.page.goto(`/desk/cases/${id}`);
  await desk.page.getByRole("button", { name: "发放查询码" }).click();
  const code = (await desk.page.locator(".code-slip-code").innerText()).trim();
  await desk.page.getByAltText("查询码二维码").waitFor();
  await accessible(desk.page, "party code slip");
  await picture(desk.page, "desk-party-code-desktop");
  await desk.page.getByRole("button", { name: /^关\s?闭$/ }).last().click();

  const party = await person(browser, "party", address, phoneSize);
  const page = party.page;
  await page.goto("/my-case");
  await page.getByRole("button", { name: "进入" }).click();
  await page.getByText("查询码是 12 位数字").waitFor();
  await accessible(page, "my case door");
  await fits(page, "my case door");
  await picture(page, "portal-my-case-door-phone");
  await page.goto(`/my-case?again#${code}`);
  await expect.poll(() => page.getByLabel("当事人查询码").inputValue()).toBe(code);
  expect(new URL(page.url()).hash, "the code is out of the address").toBe("");
  await page.getByLabel("证件号码后六位").fill("01000x");
  await page.getByLabel("电话后四位").fill("0002");
  await page.getByRole("button", { name: "进入" }).click();
  await page.getByText("查询码、证件号码后六位或者电话后四位不对").waitFor();
  await page.getByLabel("电话后四位").fill("0001");
  await page.getByRole("button", { name: "进入" }).click();
  await page.getByRole("heading", { name: "调查已经结束，正在研究怎样处理。" }).waitFor();
  expect(await page.getByText("内部案情摘要").count()).toBe(0);

  await page.getByRole("button", { name: "看确认书，决定是否同意" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "我同意电子送达" }).click();
  await sheet.getByText("请写您的姓名").waitFor();
  await sheet.getByLabel("姓名", { exact: true }).fill("测试当事人");
  // Hovering waits until the sheet has come to rest.
  await sheet.locator("canvas").hover({ position: { x: 30, y: 90 } });
  const at = await sheet.locator("canvas").boundingBox();
  if (!at) throw new Error("no place to sign");
  await page.mouse.down();
  for (let step = 0; step < 40; step++) await page.mouse.move(at.x + 30 + step * 6, at.y + 90 + Math.sin(step / 3) * 40);
  await page.mouse.up();
  await expect.poll(() => sheet.getByRole("button", { name: "重写" }).isEnabled()).toBe(true);
  await accessible(page, "my case consent");
  await fits(page, "my case consent");
  await picture(page, "portal-my-case-consent-phone");
  await sheet.getByRole("button", { name: "我同意电子送达" }).click();
  await page.getByText(/同意文书送达到本页面/).waitFor();

  await desk.page.reload();
  await desk.page.getByText("已同意电子送达").waitFor();
  await desk.page.getByLabel("要电子送达的文书").click();
  await desk.page.locator(".ant-select-item-option").first().click();
  await desk.page.getByRole("button", { name: "送达到页面" }).click();
  await desk.page.getByText(/还没有打开/).first().waitFor();
  await desk.page.getByRole("group", { name: "可办理的环节" }).getByRole("button", { name: "送达处罚事先告知", exact: true }).click();
  const dialog = desk.page.getByRole("dialog");
  await dialog.getByLabel("邮寄送达").check();
  await dialog.getByLabel("邮件号码").waitFor();
  await picture(desk.page, "desk-case-service-desktop");
  await dialog.getByLabel("电子送达").check();
  await dialog.getByLabel("告知书写明了要求听证的权利和五个工作日的期限").check();
  await dialog.getByRole("button", { name: "送达处罚事先告知", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });

  await page.reload();
  await page.getByRole("heading", { name: "处罚前的告知书已经送给您。" }).waitFor();
  await accessible(page, "my case");
  await fits(page, "my case");
  await picture(page, "portal-my-case-phone");
  const link = await page.locator(".my-list a").first().getAttribute("href");
  const pdf = await page.request.get(link ?? "");
  expect([pdf.status(), pdf.headers()["content-type"], (await pdf.body()).subarray(0, 4).toString()]).toEqual([200, "application/pdf", "%PDF"]);
  await page.reload();
  await page.getByText(/您于 .* 打开/).waitFor();

  await page.getByRole("button", { name: /说明情况、提意见/ }).click();
  await sheet.getByLabel("内容", { exact: true }).fill("物料只放了一小时，已经清走");
  // What is written is there again after the page was closed.
  await expect.poll(async () => {
    await page.waitForTimeout(500);
    return page.evaluate(() => new Promise((done) => { const open = indexedDB.open("bihuan-drafts"); open.onsuccess = () => { const all = open.result.transaction("drafts").objectStore("drafts").getAll(); all.onsuccess = () => done(JSON.stringify(all.result)); }; }));
  }).toContain("一小时");
  await page.reload();
  await page.getByRole("button", { name: /说明情况、提意见/ }).click();
  await expect.poll(() => sheet.getByLabel("内容", { exact: true }).inputValue()).toContain("一小时");
  await sheet.getByLabel("照片或者文件").setInputFiles(await photo(browser, "loose"));
  await sheet.getByRole("button", { name: "去掉" }).waitFor();
  await accessible(page, "my case defence");
  await fits(page, "my case defence");
  await picture(page, "portal-my-case-defence-phone");
  await sheet.getByRole("button", { name: "提交", exact: true }).click();
  await sheet.getByText("已记入案件").waitFor();
  await sheet.getByText(/^DSR\d/).waitFor();
  await picture(page, "portal-my-case-receipt-phone");
  await sheet.getByRole("button", { name: "好的" }).click();
  await page.getByRole("button", { name: /^提交证据/ }).click();
  await sheet.getByLabel("照片或者文件").setInputFiles(await photo(browser, "fixed"));
  await sheet.getByRole("button", { name: "去掉" }).waitFor();
  await sheet.getByRole("button", { name: "提交", exact: true }).click();
  await sheet.getByRole("button", { name: "好的" }).click();

  await desk.page.reload();
  await desk.page.getByText("物料只放了一小时，已经清走").waitFor();
  await desk.page.getByText(/打开$/).first().waitFor();
  await desk.page.getByRole("button", { name: "收入证据" }).click();
  await desk.page.getByRole("dialog").getByRole("button", { name: /^收\s?下$/ }).click();
  await desk.page.getByText("已收入证据第 1 号").waitFor();
  await desk.page.locator("#party-of-case").scrollIntoViewIfNeeded();
  await accessible(desk.page, "case with party panel");
  await fits(desk.page, "case with party panel");
  await picture(desk.page, "desk-party-panel-desktop");
  await page.reload();
  await page.getByText(/已收入证据第 1 号/).waitFor();
  await page.getByRole("button", { name: "退出" }).click();
  await page.getByText("已经退出。").waitFor();

  const wide = await person(browser, "party, wide", address, deskSize);
  await wide.page.goto(`/my-case#${code}`);
  await wide.page.getByLabel("证件号码后六位").fill("01000X");
  await wide.page.getByLabel("电话后四位").fill("0001");
  await wide.page.getByRole("button", { name: "进入" }).click();
  await wide.page.getByRole("heading", { name: "送达给您的文书" }).waitFor();
  await fits(wide.page, "my case on a wide screen");
  await picture(wide.page, "portal-my-case-desktop");

  for (const it of [desk, party, wide]) {
    expect(it.watch.troubles.filter((words) => !/status of 403.*\/public\/(my-case|party-session)/.test(words))).toEqual([]);
    await it.context.close();
  }
  expect(findings).toEqual([]);
});
