/** What the centre has of a case (办案中心) as a panel of its page: sessions, and the shelf once it is in the archive. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, InputNumber, Select } from "antd";
import { useState } from "react";
import { caseInCentre, shelveVolume, type NewCentreVolume } from "../../api/centre";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import { ShelfFields } from "./Archive";
import { SessionLine, useCentreEvents } from "./Board";
import { BookDialog } from "./BookDialog";
import "./centre.css";

export function CaseCentre({ caseId }: { caseId: string }) {
  useCentreEvents();
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [booking, setBooking] = useState(false);
  const [shelving, setShelving] = useState(false);
  const query = useQuery({ queryKey: ["centre", "case", caseId], enabled: mayAny(session, ["centre.see"]), queryFn: ({ signal }) => caseInCentre(caseId, signal) });
  if (!mayAny(session, ["centre.see"])) return null;
  const of = query.data;
  return (
    <section className="panel" aria-labelledby="centre-of-case">
      <h2 id="centre-of-case">办案中心</h2>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !of ? <Loading rows={2} /> : (
        <>
          {of.sessions.length === 0 ? <p className="quiet">询问、听证、调解预约的房间列在这里。{of.refusal}</p> : <ul className="centre-list">{of.sessions.map((it) => <SessionLine key={it.id} of={it} />)}</ul>}
          {of.volume && <p>档案 <span className="mono">{of.volume.code}</span>：{of.volume.store} {of.volume.rack} 架 {of.volume.box} 盒，{of.volume.state_label}{of.volume.borrower && `，${of.volume.borrower.name} 借阅至 ${of.volume.due_on}`} <Link to="/centre" search={{ tab: "archive", q: of.volume.code } as never}>借阅</Link></p>}
          <div className="offers">
            {mayAny(session, ["centre.hold"]) && <Button disabled={Boolean(of.refusal)} title={of.refusal ?? ""} onClick={() => setBooking(true)}>预约房间</Button>}
            {of.may_shelve && <Button onClick={() => setShelving(true)}>档案上架</Button>}
          </div>
        </>
      )}
      {booking && <BookDialog caseId={caseId} close={() => setBooking(false)} />}
      {shelving && (
        <FormDialog<Omit<NewCentreVolume, "case"> & { keep: string }> open title="档案上架" okText="上架" initial={{ volumes: 1, keep: "10" }} close={() => setShelving(false)} save={async ({ keep, place, volumes, pages }) => {
          const shelved = await shelveVolume({ case: caseId, place, volumes, ...(pages ? { pages } : {}), ...(keep === "ever" ? {} : { keep_years: Number(keep) }) });
          void message.success(`已上架，编码 ${shelved.code}`);
          void client.invalidateQueries({ queryKey: ["centre"] });
          setShelving(false);
        }}>
          <ShelfFields prefix={["place"]} />
          <div className="centre-pair">
            <Form.Item name="volumes" label="册数"><InputNumber min={1} max={99} precision={0} style={{ width: "100%" }} /></Form.Item>
            <Form.Item name="pages" label="页数（选填）"><InputNumber min={1} max={100000} precision={0} style={{ width: "100%" }} /></Form.Item>
            <Form.Item name="keep" label="保管期限"><Select options={[{ value: "10", label: "10 年" }, { value: "30", label: "30 年" }, { value: "ever", label: "永久" }]} /></Form.Item>
          </div>
        </FormDialog>
      )}
    </section>
  );
}
