/** The kinds of official documents (文书), and what each looks like. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Input, Switch, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { DocumentKind } from "../../api/contract";
import { listDocumentKinds, sampleOf, samplePart } from "../../api/documents";
import { Failure, Loading } from "../shell/Page";
import { matching, signerWords } from "./kinds";

const columns: TableColumnsType<DocumentKind> = [
  { title: "代码", render: (_, it) => <span className="mono">{it.code}</span> },
  { title: "名称", render: (_, it) => it.name },
  { title: "用途", render: (_, it) => <span className="quiet">{it.purpose}</span> },
  { title: "送达当事人", render: (_, it) => (it.to_party ? "是" : "") },
  { title: "文书代字", render: (_, it) => it.word ?? "" },
  { title: "盖章", render: (_, it) => (it.seal ? "是" : "") },
  { title: "签名", render: (_, it) => it.signers.map((signer) => signerWords[signer] ?? signer).join("、") },
  {
    title: "样张", render: (_, it) => (it.template == null ? <span className="quiet">尚无模板</span> : (
      <>
        {(it.parts ?? []).length === 0 && <a href={sampleOf(it.code)} target="_blank" rel="noreferrer" aria-label={`查看${it.name}的样张`}>查看</a>}
        {(it.parts ?? []).map((part) => <a key={part.code} style={{ display: "block" }} href={samplePart(it.code, part.code)} target="_blank" rel="noreferrer" aria-label={`查看${part.name}的样张`}>{part.name}</a>)}
        {it.code === "D14" && <> <a href={sampleOf(it.code, "strip")} target="_blank" rel="noreferrer" aria-label={`58 毫米样张：${it.name}`}>58 毫米</a></>}
      </>
    )),
  },
];

export function DocumentKindsTab() {
  const query = useQuery({ queryKey: ["document-kinds"], queryFn: ({ signal }) => listDocumentKinds(signal), staleTime: 300_000 });
  const [words, setWords] = useState("");
  const [all, setAll] = useState(false);
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const rows = matching(query.data.items, words, all);
  return (
    <>
      {query.data.lacking != null && <Alert type="warning" showIcon title={query.data.lacking} style={{ marginBottom: 12 }} />}
      <div className="settings-bar">
        <Input allowClear aria-label="查找文书" placeholder="代码、名称或用途" value={words} onChange={(event) => setWords(event.target.value)} style={{ maxWidth: 260 }} />
        <label><Switch checked={all} onChange={setAll} aria-label="包括尚无模板的" /> 包括尚无模板的</label>
      </div>
      <Table<DocumentKind> rowKey="code" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} locale={{ emptyText: "没有符合的文书" }} />
    </>
  );
}
