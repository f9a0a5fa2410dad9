/** Who enforces a matter in a place on a day (管辖), with the announcement or article that says so. */
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import type { Items, Jurisdiction, Region } from "../../api/contract";
import { readJurisdiction } from "../../api/law";
import { Failure, Loading } from "../shell/Page";

export const useTownships = () => {
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const items = (regions.data?.items ?? []).filter((it) => it.code.length <= 9);
  return { all: items, townships: items.filter((it) => it.code.length === 9), name: (code: string) => items.find((it) => it.code === code)?.name ?? code };
};

export function WhoEnforces({ code, on }: { code: string; on: string }) {
  const { all, name } = useTownships();
  const [chosen, setChosen] = useState<string>();
  const region = chosen ?? all.find((it) => it.code.length === 9)?.code ?? all[0]?.code;
  const who = useQuery({ queryKey: ["jurisdiction", code, region, on], enabled: region !== undefined, retry: false, queryFn: ({ signal }) => readJurisdiction(code, region ?? "", on, signal) });
  return (
    <section className="panel" aria-labelledby="who">
      <h2 id="who">由谁执法</h2>
      {region === undefined ? <p className="quiet">还没有导入区划，导入后按地点显示管辖。</p> : (
        <>
          <Select aria-label="行为地" value={region} onChange={setChosen} showSearch={{ optionFilterProp: "label" }} options={all.map((it) => ({ value: it.code, label: it.name }))} style={{ width: "100%", marginBottom: 8 }} />
          {who.error ? <Failure error={who.error} /> : !who.data ? <Loading rows={2} /> : <Answer of={who.data} name={name} />}
        </>
      )}
    </section>
  );
}

function Answer({ of, name }: { of: Jurisdiction; name: (code: string) => string }) {
  return (
    <>
      <p className="law-verdict">{of.township ? name(of.township) : of.organ}</p>
      <p>{of.holder_label}。{of.why}</p>
      {of.by && <p className="quiet">{of.by.number} {of.by.title}（{of.by.announced_on} 公布，{of.by.effective_from} 施行）</p>}
      {of.next && <p>{of.next.effective_from} 起将因 {of.next.number} {of.next.act_label}而改变。</p>}
      <p className="quiet">依据：{of.citation}</p>
    </>
  );
}
