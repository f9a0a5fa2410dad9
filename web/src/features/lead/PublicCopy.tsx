/** What the public sees of a photo (公开副本): the covered copy; the desk covers more of it, takes it back, gives it back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Modal } from "antd";
import { useState, type PointerEvent } from "react";
import { publicCopyAddress } from "../../api/files";
import { changePhoto, coverPhoto, readPublication } from "../../api/leads";
import type { Photo, PhotoArea, PhotoPublication } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { mosaicWords, photoWords } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";
import { asArea, between, type Point } from "./area";

/** Of these photos a copy goes to whoever has the tracking code. */
export const isPublic = (photo: Photo) => photo.role === "report" || photo.role === "before" || photo.role === "after";

export function PublicCopy({ lead, photo }: { lead: { id: string }; photo: Photo }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="text" className="public-copy-open" aria-label={`${photoWords[photo.role]}照片的公开情况`} onClick={() => setOpen(true)}>{photo.withheld ? "已撤回公开" : "公开情况"}</Button>
      <Modal open={open} title={`公众看到的${photoWords[photo.role]}照片`} footer={null} width={720} destroyOnHidden onCancel={() => setOpen(false)}>
        <Inside lead={lead} photo={photo} />
      </Modal>
    </>
  );
}

function Inside({ lead, photo }: { lead: { id: string }; photo: Photo }) {
  const client = useQueryClient();
  const may = mayAny(useSession(), ["lead.triage"]);
  const [area, setArea] = useState<PhotoArea | null>(null);
  const [reason, setReason] = useState("");
  // The copy is made when it is first asked for: what is known of it is read again once it is there.
  const [made, setMade] = useState(0);
  const query = useQuery({ queryKey: ["publication", lead.id, photo.id, made], queryFn: ({ signal }) => readPublication(lead.id, photo.id, signal), placeholderData: (before) => before });
  const changed = () => {
    setArea(null);
    setReason("");
    setMade((it) => it + 1);
    void client.invalidateQueries({ queryKey: ["lead", lead.id] });
    void client.invalidateQueries({ queryKey: ["history", lead.id] });
  };
  const cover = useMutation({ mutationFn: (it: PhotoArea) => coverPhoto(lead.id, photo.id, [it]), onSuccess: changed });
  const change = useMutation({ mutationFn: (verb: "withhold" | "publish") => changePhoto(lead.id, photo.id, verb, reason.trim()), onSuccess: changed });
  if (query.error) return <Failure error={asProblem(query.error)} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={6} />;
  const it = query.data;
  const verb = it.withheld ? "publish" : "withhold";
  return (
    <div className="public-copy">
      <Canvas source={publicCopyAddress(lead.id, photo.id, it.version)} area={area} draw={may ? setArea : null} loaded={() => { if (!it.made_at) setMade((count) => count + 1); }} />
      <p role="status">{it.withheld ? <b>这张照片已撤回，公众看不到。</b> : null} {coveredWords(it)}</p>
      {may ? (
        <>
          <fieldset className="public-copy-area">
            <legend>还要遮挡：在图上拖出方框，或填写位置（占照片的百分比）</legend>
            {(["left", "top", "width", "height"] as const).map((side) => (
              <label key={side}>{sideWords[side]}<InputNumber size="small" min={0} max={100} step={1} value={area ? area[side] / 100 : null} onChange={(value) => setArea({ ...(area ?? { left: 0, top: 0, width: 1000, height: 1000 }), [side]: Math.round((value ?? 0) * 100) })} /></label>
            ))}
            <Button size="small" type="primary" disabled={!area} loading={cover.isPending} onClick={() => area && cover.mutate(area)}>遮挡这一处</Button>
          </fieldset>
          <p className="quiet">遮挡只能增加，不能去掉；同一张照片在别的线索里公开时也一并遮挡。</p>
          <div className="public-copy-change">
            <Input value={reason} maxLength={200} aria-label={it.withheld ? "恢复公开的理由" : "撤回公开的理由"} placeholder={it.withheld ? "恢复公开的理由" : "撤回公开的理由"} onChange={(event) => setReason(event.target.value)} />
            <Button danger={!it.withheld} disabled={reason.trim() === ""} loading={change.isPending} onClick={() => change.mutate(verb)}>{it.withheld ? "恢复公开" : "撤回公开"}</Button>
          </div>
          {(cover.error ?? change.error) && <Failure error={asProblem(cover.error ?? change.error)} />}
        </>
      ) : <p className="quiet">遮挡和撤回由受理员、值班长办理。</p>}
    </div>
  );
}

const sideWords = { left: "左", top: "上", width: "宽", height: "高" } as const;

/** The copy, on which an area is drawn with the pointer. */
function Canvas({ source, area, draw, loaded }: { source: string; area: PhotoArea | null; draw: ((area: PhotoArea | null) => void) | null; loaded: () => void }) {
  const [from, setFrom] = useState<Point | null>(null);
  const at = (event: PointerEvent<HTMLDivElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  return (
    <div
      className="public-copy-canvas"
      onPointerDown={(event) => { if (draw) { event.currentTarget.setPointerCapture(event.pointerId); setFrom(at(event)); draw(null); } }}
      onPointerMove={(event) => { if (draw && from) draw(asArea(between(from, at(event)))); }}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
    >
      <img src={source} alt="公众看到的照片" draggable={false} onLoad={loaded} />
      {area && <span className="public-copy-box" style={{ left: `${area.left / 100}%`, top: `${area.top / 100}%`, width: `${area.width / 100}%`, height: `${area.height / 100}%` }} />}
    </div>
  );
}

export function coveredWords(it: Pick<PhotoPublication, "whole" | "areas" | "made_at">): string {
  if (it.whole) return `${mosaicWords[it.whole]}。`;
  if (!it.made_at) return "正在识别人脸和号牌…";
  const count = (origin: string) => it.areas.filter((area) => area.origin === origin).length;
  const found = `系统遮挡人脸 ${count("face")} 处、号牌 ${count("plate")} 处`;
  const byHand = count("hand") > 0 ? `，人工遮挡 ${count("hand")} 处` : "";
  return `${found}${byHand}。识别可能有遗漏，请看一遍再离开。`;
}
