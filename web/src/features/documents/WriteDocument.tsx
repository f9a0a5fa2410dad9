/** Writing a document: it begins with what the case knows; what it lacks before it may be issued is said, not asked for at once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Alert, Drawer, Button, Select } from "antd";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { beginDocument, draftDocument, listDocumentKinds, readDocument, rewriteDocument } from "../../api/documents";
import type { OfficialDocument } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { Failure, Loading } from "../shell/Page";
import { PhrasePicker } from "../phrases/PhrasePicker";
import { inserted } from "../phrases/fields";
import { ContentFields } from "./ContentFields";
import { PhraseFinder, type PhraseWish } from "./phrasing";
import { tidied, without, type Fields } from "./fields";
import "./documents.css";

interface Part { code: string; name: string; sample: Fields }
interface Begun { kind: string; data: Fields; sample: Fields; parts: Part[]; lacking: ReadonlySet<string>; missing: string[]; unset: string[] }

const partsOf = (parts: readonly { code: string; name: string; sample: unknown }[] | undefined): Part[] => (parts ?? []).map(({ code, name, sample }) => ({ code, name, sample: sample as Fields }));
/** Who issues and who reviews is set for the organ; the server writes it over whatever a draft says. */
const given = ["organ", "remedies"] as const;

export function WriteDocument({ docket, of, close }: { docket: string; of: OfficialDocument | null; close: () => void }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const kinds = useQuery({ queryKey: ["document-kinds"], queryFn: ({ signal }) => listDocumentKinds(signal), staleTime: 300_000, enabled: of === null });
  const kept = useQuery({ queryKey: ["document", of?.id, of?.version], enabled: of !== null, queryFn: ({ signal }) => readDocument(of?.id ?? "", signal), staleTime: 0, gcTime: 0 });
  const [begun, setBegun] = useState<Begun | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [wish, setWish] = useState<PhraseWish | null>(null);
  const find = useMemo(() => (next: PhraseWish) => setWish(next), []);
  const loaded: Begun | null = begun ?? (kept.data ? {
    kind: kept.data.document.kind, data: kept.data.data as Fields, sample: kept.data.sample as Fields, parts: partsOf(kept.data.parts),
    lacking: new Set(kept.data.missing.map((it) => it.element)), missing: kept.data.missing.filter((it) => !it.settled_at).map((it) => it.label), unset: kept.data.missing.filter((it) => it.settled_at).map((it) => it.label),
  } : null);

  const part = loaded?.parts.find((it) => it.code === loaded.data.part) ?? loaded?.parts[0];

  async function working(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try { await work(); } catch (error) { setProblem(asProblem(error)); } finally { setBusy(false); }
  }
  const begin = (kind: string) => working(async () => {
    const { data, sample, parts } = await beginDocument(docket, kind);
    setBegun({ kind, data: data as Fields, sample: sample as Fields, parts: partsOf(parts), lacking: new Set(), missing: [], unset: organUnset(data as Fields) });
    void client.invalidateQueries({ queryKey: ["case", docket] });
  });
  const save = () => working(async () => {
    if (!loaded) return;
    const data = tidied(loaded.data);
    if (of) await rewriteDocument(of, data);
    else await draftDocument(docket, loaded.kind, data);
    void client.invalidateQueries({ queryKey: ["documents", docket] });
    void message.success("已保存草稿");
    close();
  });
  const leave = () => {
    if (begun === null) close();
    else modal.confirm({ title: "不保存就离开？", content: "填写的内容还没有保存。", okText: "离开", cancelText: "继续填写", onOk: close });
  };
  return (
    <Drawer open size={760} title={of ? `修改${of.name}` : "拟制文书"} onClose={leave} extra={<Button type="primary" loading={busy} disabled={!loaded} onClick={() => void save()}>保存草稿</Button>}>
      {of === null && (
        <Select showSearch aria-label="文书种类" placeholder="选择文书" style={{ width: "100%", marginBottom: 12 }} loading={kinds.isPending} value={loaded?.kind ?? null}
          optionFilterProp="label" options={(kinds.data?.items ?? []).filter((it) => it.template != null).map((it) => ({ value: it.code, label: `${it.code} ${it.name}` }))} onChange={(kind: string) => void begin(kind)} />
      )}
      {kinds.error && <Failure error={kinds.error} retry={() => void kinds.refetch()} />}
      {kept.error && <Failure error={kept.error} retry={() => void kept.refetch()} />}
      {of !== null && kept.isPending && <Loading rows={10} />}
      {loaded && loaded.missing.length > 0 && <Alert type="info" showIcon style={{ marginBottom: 12 }} title={`签发前还应当写明：${loaded.missing.join("、")}`} />}
      {loaded && loaded.unset.length > 0 && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={`机关信息还没有设置：${loaded.unset.join("、")}`} description={<Link to="/settings" search={{ tab: "organs" } as never}>到“规则设置 › 机关信息”设置</Link>} />}
      {problem && <Alert role="alert" type="error" showIcon style={{ marginBottom: 12 }} title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
      {loaded && <p className="quiet">{organWords(loaded.data)}</p>}
      {loaded && part && (
        <Select aria-label="制作哪一份" style={{ width: "100%", marginBottom: 12 }} value={part.code} options={loaded.parts.map((it) => ({ value: it.code, label: it.name }))}
          onChange={(code: string) => setBegun({ ...loaded, data: { ...loaded.data, part: code } })} />
      )}
      {loaded && (
        <PhraseFinder value={find}>
          <ContentFields sample={without(part?.sample ?? loaded.sample, given)} only={part !== undefined} value={without(loaded.data, given)} lacking={loaded.lacking} change={(data) => setBegun({ ...loaded, data: { ...loaded.data, ...data } })} />
        </PhraseFinder>
      )}
      {loaded && wish && (
        <PhrasePicker docket={docket} kind={loaded.kind} field={wish.field} data={tidied(loaded.data)} close={() => setWish(null)}
          put={(phrase) => {
            const { text, caret } = inserted(wish.text, phrase, wish.from, wish.until);
            wish.put(text);
            setWish(null);
            setTimeout(() => { wish.input?.focus(); wish.input?.setSelectionRange(caret, caret); }, 300);
          }} />
      )}
      {!loaded && of === null && <p className="quiet">选择文书以后，案件已有的内容会自动填入；机关和救济信息取自机关信息。</p>}
    </Drawer>
  );
}

const text = (fields: Fields, group: string, field: string): string => {
  const of = fields[group];
  const value = typeof of === "object" && of !== null && !Array.isArray(of) ? of[field] : null;
  return typeof value === "string" ? value : "";
};

/** What a document that has just begun lacks of its organ. */
function organUnset(data: Fields): string[] {
  if (!text(data, "organ", "name")) return ["行政机关名称"];
  if (!("remedies" in data)) return [];
  return [["review_body", "行政复议机关"], ["court", "有管辖权的人民法院"]].filter(([field = ""]) => !text(data, "remedies", field)).map(([, label = ""]) => label);
}

function organWords(data: Fields): string {
  const said = [text(data, "organ", "name"), text(data, "remedies", "review_body") && `行政复议机关 ${text(data, "remedies", "review_body")}`, text(data, "remedies", "court")].filter(Boolean);
  return said.length > 0 ? `取自机关信息：${said.join("；")}。` : "";
}
