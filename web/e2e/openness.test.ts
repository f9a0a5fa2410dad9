/** Lists are made from what the house holds, published by another, read by the public; a certificate is shown by a code. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, deskSize, findings, fits, launch, person, phoneSize, picture, signInAtDesk } from "./browser";
import { password } from "./city";
import { Client } from "./client";
import { administrator } from "./server";

const address = inject("address");
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  const admin = await Client.signedIn(address, administrator.account, administrator.password);
  const { items } = await admin.get<{ items: { id: string }[] }>("/api/v1/organisations");
  const made = await admin.post<{ id: string }>("/api/v1/people", { account: "openness01", name: "公开人员甲", organisation_id: items[0]?.id, roles: ["officer"], regions: ["330482"], password: `${password}-first`, auxiliary: false });
  const one = await Client.signedIn(address, "openness01", `${password}-first`);
  await one.post("/api/v1/session/password", { old: `${password}-first`, new: password });
  await admin.ask("PUT", `/api/v1/people/${made.id}/certificate`, { number: "模拟证-openness01", valid_from: "2020-01-01", valid_until: "2099-12-31" });
});
afterAll(async () => { await browser?.close(); });

test("a list is published by another, and a certificate is read by its code", async () => {
  const { page, watch, context } = await person(browser, "who drafts", address, deskSize);
  await signInAtDesk(page, "openness01", password);
  await page.goto("/desk/publications?tab=openness");
  await page.getByRole("button", { name: "按现有数据生成 执法人员名单" }).click();
  const dialog = page.getByRole("dialog");
  await accessible(page, "draft of a list");
  await dialog.getByRole("button", { name: /起\s?草/ }).click();
  await page.getByText("由另一人审核公开", { exact: true }).waitFor();
  await page.getByRole("button", { name: "亮证" }).click();
  const code = await page.getByRole("dialog").locator("b.mono").innerText();
  await picture(page, "desk-certificate-desktop");
  await page.keyboard.press("Escape");

  const head = await person(browser, "who publishes", address, deskSize);
  await signInAtDesk(head.page, "leader01", password);
  await head.page.goto("/desk/publications?tab=openness");
  await head.page.getByRole("button", { name: "公开 执法人员名单" }).click();
  await head.page.getByText("已公开", { exact: true }).first().waitFor();
  await accessible(head.page, "openness at the desk");
  await fits(head.page, "openness at the desk");
  await picture(head.page, "desk-openness-desktop");

  const visitor = await person(browser, "visitor", address, phoneSize);
  await visitor.page.goto("/openness");
  await visitor.page.getByRole("link", { name: /执法人员名单/ }).click();
  await visitor.page.getByRole("cell", { name: "公开人员甲" }).waitFor();
  await accessible(visitor.page, "list of officers");
  await fits(visitor.page, "list of officers");
  await picture(visitor.page, "portal-openness-phone");
  await visitor.page.goto(`/officer/${code}`);
  await visitor.page.getByText("执法证有效。", { exact: false }).waitFor();
  await accessible(visitor.page, "certificate");
  await picture(visitor.page, "portal-officer-phone");
  for (const it of [{ watch, context }, head, visitor]) {
    expect(it.watch.troubles).toEqual([]);
    await it.context.close();
  }
  expect(findings).toEqual([]);
});
