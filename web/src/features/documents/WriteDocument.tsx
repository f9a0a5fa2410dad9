/** Writing a document: it begins with what the case knows; what it lacks before it may be issued is said, not asked for at once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Alert, Drawer, Button, Select } from "antd";
import { useState } from "react";
import { beginDocument, draftDocument, listDocumentKinds, readDocument, rewriteDocument } from "../../api/documents";
import type { OfficialDocument } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { Failure, Loading } from "../shell/Page";
import { ContentFields } from "./ContentFields";
import { tidied, type Fields } from "./fields";
import "./documents.css";

interface Part { code: string; name: string; sample: Fields }
interface Begun { kind: string; data: Fields; sample: Fields; parts: Part[]; lacking: ReadonlySet<string>; missing: string[] }

const partsOf = (parts: readonly { code: string; name: string; sample: unknown }[] | undefined): Part[] => (parts ?? []).map(({ code, name, sample }) => ({ code, name, sample: sample as Fields }));

export function WriteDocument({ docket, of, close }: { docket: string; of: OfficialDocument | null; close: () => void }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const kinds = useQuery({ queryKey: ["document-kinds"], queryFn: ({ signal }) => listDocumentKinds(signal), staleTime: 300_000, enabled: of === null });
  const kept = useQuery({ queryKey: ["document", of?.id, of?.version], enabled: of !== null, queryFn: ({ signal }) => readDocument(of?.id ?? "", signal), staleTime: 0, gcTime: 0 });
  const [begun, setBegun] = useState<Begun | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const loaded: Begun | null = begun ?? (kept.data ? {
    kind: kept.data.document.kind, data: kept.data.data as Fields, sample: kept.data.sample as Fields, parts: partsOf(kept.data.parts),
    lacking: new Set(kept.data.missing.map((it) => it.element)), missing: kept.data.missing.map((it) => it.label),
  } : null);

  const part = loaded?.parts.find((it) => it.code === loaded.data.part) ?? loaded?.parts[0];

  async function working(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try { await work(); } catch (error) { setProblem(asProblem(error)); } finally { setBusy(false); }
  }
  const begin = (kind: string) => working(async () => {
    const { data, sample, parts } = await beginDocument(docket, kind);
    setBegun({ kind, data: data as Fields, sample: sample as Fields, parts: partsOf(parts), lacking: new Set(), missing: [] });
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
      {problem && <Alert role="alert" type="error" showIcon style={{ marginBottom: 12 }} title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
      {loaded && part && (
        <Select aria-label="制作哪一份" style={{ width: "100%", marginBottom: 12 }} value={part.code} options={loaded.parts.map((it) => ({ value: it.code, label: it.name }))}
          onChange={(code: string) => setBegun({ ...loaded, data: { ...loaded.data, part: code } })} />
      )}
      {loaded && <ContentFields sample={part?.sample ?? loaded.sample} only={part !== undefined} value={loaded.data} lacking={loaded.lacking} change={(data) => setBegun({ ...loaded, data })} />}
      {!loaded && of === null && <p className="quiet">选择文书以后，案件已有的内容会自动填入；机关、缴款和救济信息沿用上一份文书。</p>}
    </Drawer>
  );
}
