/** Booking a room for a case (预约房间): its officers, two at least. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { bookSession, caseInCentre, listRooms, type NewCentreSession } from "../../api/centre";
import { listCases } from "../../api/cases";
import { now } from "../../format/clock";
import { dayKey } from "../cases/month";
import { FormDialog } from "../shell/FormDialog";
import { atLeast, choices, moment, purposeWords, roleWords } from "./words";

interface Fields { case?: string; room: string; day: string; from: string; until: string; purpose: NewCentreSession["purpose"]; role: NewCentreSession["role"]; party?: number; officers: string[]; note?: string }
const needed = (message: string) => [{ required: true, message }];

export function BookDialog({ caseId, day, close }: { caseId?: string; day?: string; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState(caseId ?? "");
  const rooms = useQuery({ queryKey: ["centre", "rooms"], queryFn: ({ signal }) => listRooms(signal) });
  const cases = useQuery({ queryKey: ["cases", "choose", words], enabled: !caseId, queryFn: ({ signal }) => listCases({ mine: true, open: true, ...(words ? { q: words } : {}) }, signal) });
  const of = useQuery({ queryKey: ["centre", "case", chosen], enabled: chosen !== "", queryFn: ({ signal }) => caseInCentre(chosen, signal) });
  const officers = of.data?.officers ?? [];
  return (
    <FormDialog<Fields>
      open title="预约房间" okText="预约" width={680} initial={{ day: day ?? dayKey(now()), from: "09:00", until: "10:00", purpose: "inquiry", role: "party", party: 1 }} close={close}
      save={async (typed) => {
        const booked = await bookSession({
          case: caseId ?? typed.case ?? "", room: typed.room, starts_at: moment(typed.day, typed.from), ends_at: moment(typed.day, typed.until), purpose: typed.purpose, role: typed.role, officers: typed.officers,
          ...(typed.role === "party" && typed.party ? { party: typed.party } : {}), ...(typed.note?.trim() ? { note: typed.note } : {}),
        });
        void message.success("已预约，已通知其他办理人");
        void client.invalidateQueries({ queryKey: ["centre"] });
        close();
        if (!caseId) void navigate({ to: "/centre/sessions/$id", params: { id: booked.id } });
      }}
    >
      {!caseId && <Form.Item name="case" label="案件" extra="您承办的、没有办结的案件。" rules={needed("请选择案件")}><Select showSearch={{ filterOption: false, onSearch: setWords }} loading={cases.isFetching} onChange={(it: string) => setChosen(it)} options={(cases.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.number} ${it.title}` }))} /></Form.Item>}
      <div className="centre-pair">
        <Form.Item name="room" label="房间" rules={needed("请选择房间")}><Select options={(rooms.data?.items ?? []).filter((it) => !it.closed).map((it) => ({ value: it.id, label: `${it.name}（${it.opens}–${it.closes}）` }))} /></Form.Item>
        <Form.Item name="day" label="日期" rules={needed("请选择日期")}><Input type="date" /></Form.Item>
        <Form.Item name="from" label="开始" rules={needed("请填写开始时间")}><Input type="time" /></Form.Item>
        <Form.Item name="until" label="结束" rules={needed("请填写结束时间")}><Input type="time" /></Form.Item>
        <Form.Item name="purpose" label="事由"><Select options={choices(purposeWords)} /></Form.Item>
        <Form.Item name="role" label="到场人员"><Select options={choices(roleWords)} /></Form.Item>
        <Form.Item name="party" label="第几当事人（当事人到场时）"><InputNumber min={1} max={50} precision={0} style={{ width: "100%" }} /></Form.Item>
      </div>
      <Form.Item name="officers" label="办理人（两名以上本案执法人员）" rules={[atLeast(2, "请选择两名以上本案执法人员")]}>
        <Checkbox.Group options={officers.map((it) => ({ value: it.id, label: it.name }))} />
      </Form.Item>
      {chosen === "" && <p className="quiet">先选择案件，再选择办理人。</p>}
      <Form.Item name="note" label="说明（选填，不写姓名和电话）"><Input maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}
