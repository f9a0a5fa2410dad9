/** Blind re-verification (盲核复查) on the phone: closed leads to look at again, without what was said before. */
import type { BlindTask } from "../../api/contract";
import { fileAddress, thumbnailAddress } from "../../api/files";
import { answerBlindTask, listBlindTasks } from "../../api/scrutiny";
import { usePerson } from "./device";
import { SiteForm, SiteList, useList } from "./OnSite";
import { go } from "./route";

const list = () => listBlindTasks();

export function Rechecks({ id }: { id: string | null }) {
  const [tasks, problem, read] = useList(list);
  const one = tasks?.find((it) => it.id === id);
  if (id && one) return <Answer key={id} of={one} done={() => { read(); go("#/rechecks", "replace"); }} />;
  return (
    <SiteList<BlindTask> title="盲核复查" intro="这些问题报告说已经处理好。请到现场看是不是真的处理好了；此前谁办的、怎么答复的，这里不显示。" empty="没有要盲核的件。值班长或考评员抽到您时会出现在这里。"
      items={tasks} problem={problem} row={(it) => ({ to: `#/rechecks/${it.id}`, title: it.title, words: it.address ?? it.grid_name ?? "" })} />
  );
}

function Answer({ of, done }: { of: BlindTask; done: () => void }) {
  const { say } = usePerson();
  return (
    <SiteForm words={{ back: { to: "#/rechecks", words: "返回盲核复查" }, title: of.title, words: [of.class_name, of.address, of.grid_name].filter(Boolean).join(" · "), legend: "现在的情况", good: "确已处理好", bad: "没有处理好", submit: "提交盲核结果" }}
      send={async ({ bad, note, photos, place }) => {
        await answerBlindTask(of.id, { held: !bad, photos, ...(note ? { note } : {}), ...(place ? { position: { x: place.x, y: place.y, accuracy: place.accuracy } } : {}) });
        say("盲核结果已提交");
        done();
      }}>
      {of.photos.length > 0 && <ul className="photos" aria-label="上报时的照片">{of.photos.map((it) => <li key={it}><a href={fileAddress(it)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it)} alt="上报时的照片" /></a></li>)}</ul>}
    </SiteForm>
  );
}
