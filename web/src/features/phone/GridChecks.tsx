/** Grids to look at for a campaign (全域整治排查) on the phone. */
import { checkGrid, listCampaignTasks } from "../../api/campaigns";
import type { CampaignTask } from "../../api/contract";
import { usePerson } from "./device";
import { SiteForm, SiteList, useList } from "./OnSite";
import { go } from "./route";

const list = () => listCampaignTasks();

export function GridChecks({ of }: { of: { id: string; grid: string } | null }) {
  const [tasks, problem, read] = useList(list);
  const one = of && tasks?.find((it) => it.campaign === of.id && it.grid === of.grid);
  if (one) return <Check key={one.campaign + one.grid} of={one} done={() => { read(); go("#/campaigns", "replace"); }} />;
  return (
    <SiteList<CampaignTask> title="全域整治排查" intro="一处曝光的问题，每个网格都看一遍。发现的会成为您上报的线索。" empty="没有要排查的网格。值班长发起全域整治后会出现在这里。"
      items={tasks} problem={problem} row={(it) => ({ to: `#/campaigns/${it.campaign}/${it.grid}`, title: it.grid_name ?? it.grid, words: `${it.name} · ${it.due_on} 前` })} />
  );
}

function Check({ of, done }: { of: CampaignTask; done: () => void }) {
  const { say } = usePerson();
  return (
    <SiteForm words={{ back: { to: "#/campaigns", words: "返回排查任务" }, title: of.grid_name ?? of.grid, words: [of.name, of.class_name, `${of.due_on} 前`].filter(Boolean).join(" · "), legend: "这个网格里", good: "没有发现", bad: "发现了", submit: "提交排查结果", proofOfBad: true }}
      send={async ({ bad, note, photos, place }) => {
        const kept = await checkGrid(of, { found: bad, photos, ...(note ? { note } : {}), ...(place ? { position: { x: place.x, y: place.y } } : {}) });
        say(kept.lead_number ? `已上报，编号 ${kept.lead_number}` : "排查结果已提交");
        done();
      }}>
      <p>{of.look_for}</p>
    </SiteForm>
  );
}
