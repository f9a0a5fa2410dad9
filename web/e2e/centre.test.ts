/** A room is booked once, held by the book with its recording; the file of a case is lent and comes back; equipment is issued. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;
let officer: Client;
let head: Client;
let running = "";
let archived = "";
const ids: Record<string, string> = {};

async function step(by: Client, id: string, action: string, content: object) {
  const { version } = await by.get<{ version: number }>(`/api/v1/cases/${id}`);
  const answer = await fetch(`${address}/api/v1/cases/${id}/actions/${action}`, { method: "POST", headers: { cookie: by.cookies, origin: address, "content-type": "application/json", "if-match": `"${version}"` }, body: JSON.stringify(content) });
  expect([action, answer.status]).toEqual([action, 200]);
}

/** The shortest sound that is one, of silence. */
function sound(): Buffer {
  const data = Buffer.alloc(8000, 128);
  const wav = Buffer.alloc(44);
  wav.write("RIFF", 0); wav.writeUInt32LE(36 + data.length, 4); wav.write("WAVEfmt ", 8); wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(8000, 24); wav.writeUInt32LE(8000, 28); wav.writeUInt16LE(1, 32); wav.writeUInt16LE(8, 34);
  wav.write("data", 36); wav.writeUInt32LE(data.length, 40);
  return Buffer.concat([wav, data]);
}

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  for (const account of ["centre01", "centre02"]) {
    const made = await admin.post<{ id: string }>("/api/v1/people", { account, name: `中心人员${account.slice(-2)}`, organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
    ids[account] = made.id;
    const one = await Client.signedIn(address, account, `${password}-first`);
    await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
    await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: `模拟证-${account}`, valid_from: "2020-01-01", valid_until: "2099-12-31" });
  }
  officer = await Client.signedIn(address, "centre01", password);
  head = await Client.signedIn(address, "leader01", password);
  const open = async () => (await officer.post<{ id: string }>("/api/v1/cases", {
    track: "ordinary", acted_on: "2026-10-30", place: "模拟街道长街16号门前", summary: "擅自占道摆摊",
    typed_reason: "试办事项", matter: { code: "330217-01", name: "擅自占用城市道路摆摊", articles: "浙江省城市市容和环境卫生管理条例", ours: true, fine_min_fen: 10000, fine_max_fen: 5000000 },
    parties: [{ kind: "individual", age: "grown", name: "测试当事人" }], officers: [ids["centre01"], ids["centre02"]],
  })).id;
  [running, archived] = [await open(), await open()];
  await step(head, running, "file", { note: "同意立案" });
  await step(officer, running, "investigate", {});
  await step(head, archived, "not-file", { note: "不予立案" });
  await step(officer, archived, "archive", {});
});
afterAll(async () => { await browser?.close(); });

test("a room is booked, held by the book and recorded", async () => {
  const leader = await person(browser, "head of the centre", address, deskSize);
  await signInAtDesk(leader.page, "leader01", password);
  await leader.page.goto("/desk/centre?tab=rooms");
  await leader.page.getByRole("button", { name: "新增房间" }).click();
  await leader.page.getByLabel("名称").fill("询问室一");
  await leader.page.getByLabel("服务的区域").click();
  await leader.page.keyboard.press("Enter");
  for (const day of ["周六", "周日"]) await leader.page.getByRole("dialog").getByLabel(day, { exact: true }).check();
  await leader.page.getByLabel("开放时间").fill("00:00");
  await leader.page.getByLabel("关闭时间").fill("23:59");
  await accessible(leader.page, "room form");
  await leader.page.getByRole("dialog").getByRole("button", { name: /保\s?存/ }).click();
  await leader.page.getByRole("cell", { name: "询问室一", exact: true }).waitFor();

  const { page, watch, context } = await person(browser, "officer of the centre", address, deskSize);
  await signInAtDesk(page, "centre01", password);
  await page.goto(`/desk/cases/${running}`);
  await page.getByRole("heading", { name: "办案中心" }).waitFor();
  // The house's clock says what hour it is: a booking begins now.
  const { items: rooms } = await officer.get<{ items: { id: string }[] }>("/api/v1/centre/rooms");
  const now = Date.now();
  const end = Math.min(now + 3_600_000, Date.parse(`${new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)}T23:58:00+08:00`));
  const booked = await officer.post<{ id: string }>("/api/v1/centre/sessions", { room: rooms[0]?.id, case: running, starts_at: new Date(now).toISOString(), ends_at: new Date(end).toISOString(), purpose: "inquiry", role: "party", party: 1, officers: [ids["centre01"], ids["centre02"]] });
  await page.getByRole("button", { name: "预约房间" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("房间").click();
  await page.getByTitle(/询问室一/).last().click();
  await dialog.getByLabel("中心人员01").check();
  await accessible(page, "booking form");
  await dialog.getByRole("button", { name: /预\s?约/ }).click();
  await dialog.getByText("请选择两名以上本案执法人员").waitFor();
  await page.keyboard.press("Escape");

  await page.goto(`/desk/centre/sessions/${booked.id}`);
  await page.getByRole("button", { name: "登记到场" }).click();
  await dialog.getByLabel("姓名", { exact: true }).fill("测试当事人");
  await dialog.getByRole("button", { name: /登\s?记/ }).click();
  await page.getByRole("button", { name: "告知权利并开始" }).click();
  await dialog.getByLabel("已经出示执法证件，告知权利义务").check();
  await dialog.getByRole("button", { name: /开\s?始/ }).click();
  await page.getByRole("heading", { name: /进行中/ }).waitFor();
  await page.goto("/desk/centre");
  await page.getByText("询问 进行中", { exact: false }).first().waitFor();
  await accessible(page, "board of the centre");
  await fits(page, "board of the centre");
  await picture(page, "desk-centre-desktop");
  await page.goto(`/desk/centre/sessions/${booked.id}`);
  await page.getByRole("button", { name: /结\s?束/ }).click();
  await page.getByText("缺录音录像", { exact: false }).first().waitFor();

  // Its recording becomes evidence in pieces that are taken up again, and is linked.
  const bytes = sound();
  const { id: upload } = await officer.post<{ id: string }>("/api/v1/evidence/uploads", { length: bytes.length });
  const sent = await fetch(`${address}/api/v1/uploads/${upload}`, { method: "PATCH", headers: { cookie: officer.cookies, origin: address, "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" }, body: new Uint8Array(bytes) });
  expect(sent.status).toBe(204);
  const { id: item } = await officer.post<{ id: string }>(`/api/v1/cases/${running}/evidence`, { upload, kind: "audiovisual", title: "询问同步录音", manner: "taken", form: "original", obtained_at: new Date(now).toISOString(), obtained_by: [ids["centre01"], ids["centre02"]] });
  await officer.post(`/api/v1/evidence/${item}/marks`, { from_ms: 500, words: "告知权利" });
  await page.reload();
  await page.getByRole("button", { name: "编入录音录像" }).click();
  await dialog.getByLabel("本案证据里的录音录像").click();
  await page.getByTitle(/询问同步录音/).last().click();
  await dialog.getByRole("button", { name: /编\s?入/ }).click();
  await page.getByRole("button", { name: "00:00 告知权利" }).click();
  await accessible(page, "session");
  await fits(page, "session");
  await picture(page, "desk-centre-session-desktop");
  await page.goto("/desk/centre?tab=calendar");
  await page.getByRole("link", { name: /询问/ }).first().waitFor();
  await accessible(page, "calendar of the centre");
  await picture(page, "desk-centre-calendar-desktop");
  await page.goto("/desk/centre?tab=recordings");
  await page.getByRole("link", { name: "询问同步录音" }).waitFor();
  await accessible(page, "recordings");

  const small = await person(browser, "officer, small", address, phoneSize);
  await signInAtDesk(small.page, "centre02", password);
  for (const [tab, name] of [["board", "desk-centre-phone"], ["calendar", "desk-centre-calendar-phone"]] as const) {
    await small.page.goto(`/desk/centre?tab=${tab}`);
    await small.page.getByRole("link", { name: /询问/ }).first().waitFor();
    await fits(small.page, `centre, ${tab}, small`);
    await picture(small.page, name);
  }
  for (const it of [{ watch, context }, leader, small]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
});

test("the file of a case is lent by another than who borrows, and comes back", async () => {
  const { page, watch, context } = await person(browser, "keeper of the archive", address, deskSize);
  await signInAtDesk(page, "centre01", password);
  await page.goto(`/desk/cases/${archived}`);
  await page.getByRole("button", { name: "档案上架" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("档案室").fill("档案室一");
  await dialog.getByLabel("柜架").fill("03");
  await dialog.getByLabel("盒号").fill("012");
  await dialog.getByRole("button", { name: /上\s?架/ }).click();
  await page.getByText("档案室一 03 架 012 盒", { exact: false }).first().waitFor();
  const second = await Client.signedIn(address, "centre02", password);
  const { items } = await second.get<{ items: { id: string; code: string }[] }>("/api/v1/centre/volumes");
  const volume = items[0] ?? { id: "", code: "" };
  const { id: loan } = await second.post<{ id: string }>(`/api/v1/centre/volumes/${volume.id}/loans`, { form: "paper", reason: "复议答复", days: 5 });
  await head.post(`/api/v1/centre/loans/${loan}/actions/approve`, {});
  await page.goto("/desk/centre?tab=loans");
  await page.getByRole("button", { name: `交出 ${volume.code}` }).click();
  await page.getByRole("button", { name: `归还 ${volume.code}` }).click();
  await dialog.getByLabel(/归还时的情况/).fill("一册，完好");
  await accessible(page, "return of a file");
  await dialog.getByRole("button", { name: /确\s?定/ }).click();
  await page.getByText("没有借阅").first().waitFor();
  await page.goto("/desk/centre?tab=archive");
  await page.getByText("在架", { exact: true }).first().waitFor();
  await page.getByLabel(`选择 ${volume.code}`).check();
  await page.getByRole("button", { name: "打印 1 枚标签" }).click();
  await dialog.getByText(volume.code).first().waitFor();
  await page.keyboard.press("Escape");
  await accessible(page, "archive");
  await fits(page, "archive");
  await picture(page, "desk-centre-archive-desktop");

  await page.goto("/desk/centre?tab=equipment");
  await page.getByRole("button", { name: "登记装备" }).click();
  await dialog.getByLabel("名称型号").fill("模拟记录仪");
  await dialog.getByLabel("使用的区域").click();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: /登\s?记/ }).click();
  await page.getByRole("button", { name: "模拟记录仪" }).click();
  await page.getByRole("group", { name: "装备办理" }).getByRole("button", { name: /领\s?用/ }).click();
  await dialog.last().getByLabel(/领用人/).click();
  await page.getByTitle("中心人员02").last().click();
  await dialog.last().getByRole("button", { name: /领\s?用/ }).click();
  await page.getByText("中心人员02 领用", { exact: false }).first().waitFor();
  await accessible(page, "equipment");
  expect(watch.troubles).toEqual([]);
  await context.close();
  expect(findings).toEqual([]);
});
