/** What the district's organ says of itself on its documents; without it none is issued. */
import type { Client } from "./client";

export async function organOf(admin: Client) {
  const { items } = await admin.get<{ items: { id: string; parent_id?: string | null }[] }>("/api/v1/organisations");
  const root = items.find((it) => (it.parent_id ?? null) === null) ?? items[0];
  await admin.ask("PUT", `/api/v1/document-organs/${root?.id ?? ""}`, {
    facts: { name: "模拟县综合行政执法局", word: "模综执", address: "模拟县模拟路1号", postcode: "314000", telephone: "0573-00000000", review_body: "模拟县人民政府", review_address: "模拟县模拟路2号", court: "模拟县人民法院", bank: "模拟银行", account: "0000 0000 0000" },
  });
}
