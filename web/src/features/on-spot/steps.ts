/** The simple procedure, step by step through the same operations as the desk: each is lawful by itself, and what broke off is taken up again. */
import { actOnCase, listCases, openCase, readCase } from "../../api/cases";
import { beginDocument, draftDocument, issueDocument, listDocuments } from "../../api/documents";
import { addEvidence, readEvidence, sendEvidence } from "../../api/evidence";
import type { CaseFile, OfficialDocument } from "../../api/contract";
import { isYouth, openingOf, placeOf, planOf, type OnSpotContent } from "./content";

/** How long ago a case that this phone opened, and never heard of, may lie: in milliseconds. */
const RECENT = 30 * 60_000;
const PHOTO = "现场照片";
const SIGNATURE = "当事人签名";

/** Opens the case where none is open yet, shows the cards, keeps the photos, and tells the party. */
export async function tell(of: OnSpotContent, me: string, now: Date, opened: (id: string) => Promise<void>): Promise<CaseFile> {
  let file = of.opened ? await readCase(of.opened) : ((await unheard(of, me, now)) ?? (await openCase(openingOf(of, me, now))));
  if (!of.opened) await opened(file.id);
  await keepPhotos(file, of, now);
  file = await readCase(file.id);
  if (file.state.code === "clue") file = await actOnCase(file, "show-card", {});
  if (file.state.code === "on_spot") file = await actOnCase(file, "tell-on-spot", { plan: planOf(of), reached: [1], note: "当场口头告知事实、理由、依据和陈述申辩权利" });
  return file;
}

/** The case of the same matter and place that this officer opened just now, whose answer got lost on the way. What the case was found like is
 *  not compared: the server masks numbers in it. */
async function unheard(of: OnSpotContent, me: string, now: Date): Promise<CaseFile | null> {
  const opening = openingOf(of, me, now);
  const { items } = await listCases({ mine: true, open: true, track: "simple" });
  const same = items.find((it) => it.state.code === "clue" && it.officer?.id === me && it.title === `${of.matter?.name ?? ""}：${opening.place}` && now.getTime() - Date.parse(it.opened_at) < RECENT);
  return same ? readCase(same.id) : null;
}

async function keepPhotos(file: CaseFile, of: OnSpotContent, now: Date) {
  const there = (await readEvidence(file.id)).items.filter((it) => it.title.startsWith(PHOTO)).length;
  for (const [index, photo] of of.photos.entries()) {
    if (index >= there) await keep(file, of, now, new Blob([photo.data], { type: photo.type }), `${PHOTO} ${index + 1}`, "electronic");
  }
}

async function keep(file: CaseFile, of: OnSpotContent, now: Date, bytes: Blob, title: string, kind: "electronic" | "statement") {
  const upload = await sendEvidence(bytes, {}, () => undefined);
  await addEvidence(file.id, { upload, kind, title, manner: kind === "statement" ? "recorded" : "taken", form: "original", obtained_at: now.toISOString(), place: placeOf(of).slice(0, 200), obtained_by: file.officers.map((it) => it.id) });
}

/** What the party said, heard and considered; then the decision. */
export async function decide(of: OnSpotContent, now: Date): Promise<CaseFile> {
  let file = await readCase(of.opened);
  const offered = (action: string) => file.offers.some((it) => it.action === action && it.allowed);
  if (of.signature && !(await readEvidence(file.id)).items.some((it) => it.title === SIGNATURE)) {
    await keep(file, of, now, new Blob([of.signature], { type: "image/png" }), SIGNATURE, "statement");
    file = await readCase(file.id);
  }
  if (of.objects === "yes") {
    if (offered("defend")) file = await actOnCase(file, "defend", { note: of.statement.trim() });
    if (offered("consider-defence")) file = await actOnCase(file, "consider-defence", { note: of.considered.trim() });
  } else if (offered("waive-defence")) {
    file = await actOnCase(file, "waive-defence", { agreed: true, note: of.signature ? "当场表示没有异议，并签名" : "当场表示没有异议，拒绝签名" });
  }
  if (file.state.code === "noticed") file = await actOnCase(file, "decide-on-spot", { evidence: `${PHOTO} ${of.photos.length} 张`, ...(isYouth(of, now) ? { lenient: of.lenient?.trim() ?? "" } : {}) });
  return file;
}

/** China's wall clock, as forms of documents write it. */
const local = (now: Date) => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);

/** The decision on paper: drafted from the case, issued with its number. */
export async function issue(of: OnSpotContent, now: Date): Promise<OfficialDocument> {
  const known = (await listDocuments(of.opened)).items.filter((it) => it.kind === "D14" && it.state !== "void");
  const issued = known.find((it) => it.state === "issued");
  if (issued) return issued;
  const begun = await beginDocument(of.opened, "D14");
  const said = of.objects === "yes" ? `当事人陈述：${of.statement.trim()}。复核意见：${of.considered.trim()}` : "已当场告知，当事人没有异议";
  const data = { ...(begun.data as object), done_at: local(now), place: placeOf(of), fact: of.summary.trim(), violated: of.matter?.violated || of.matter?.articles || "", defence: said };
  const draft = known[0] ?? (await draftDocument(of.opened, "D14", data));
  return issueDocument(draft);
}

/** Handed over, or left behind where the party would not take it. */
export async function hand(of: OnSpotContent): Promise<CaseFile> {
  const file = await readCase(of.opened);
  if (file.state.code !== "decided") return file;
  return actOnCase(file, "hand-decision", of.handed === "direct" ? { mode: "direct", reached: [1] } : { mode: "left", recorded: true, reached: [1], note: "当事人拒绝签收，拍照记录送达过程" });
}
