/** Importing a sheet of matters (导入执法事项), with what became of every row. */
import { InboxOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Modal, Table, Upload } from "antd";
import { useState } from "react";
import { importMatters } from "../../api/law";
import { asProblem } from "../../api/problem";

export function ImportMatters() {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const sending = useMutation({ mutationFn: (file: File) => importMatters(file, reason.trim()), onSuccess: () => client.invalidateQueries({ queryKey: ["matters"] }) });
  const report = sending.data;
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => { sending.reset(); setOpen(true); }}>导入</Button>
      <Modal open={open} title="导入执法事项" width={640} destroyOnHidden onCancel={() => setOpen(false)} footer={<Button onClick={() => setOpen(false)}>{report ? "完成" : "关闭"}</Button>}>
        <p className="quiet">CSV（UTF-8）或 XLSX，表头与导出文件相同。每一行成为草稿，发布前不生效；与现有内容相同的行算已存在。</p>
        <label className="law-reason">原因<Input aria-label="原因" placeholder="例如：2026 年度事项目录更新" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
        <Upload.Dragger accept=".csv,.xlsx" maxCount={1} showUploadList={false} disabled={sending.isPending || reason.trim() === ""} beforeUpload={(file) => { sending.mutate(file); return false; }}>
          <p className="ant-upload-drag-icon"><InboxOutlined /></p>
          <p>{sending.isPending ? "正在导入…" : reason.trim() === "" ? "先写明原因，再选择文件" : "把文件拖到这里，或点击选择"}</p>
        </Upload.Dragger>
        <div aria-live="polite" className="law-report">
          {sending.error && <Alert role="alert" type="error" showIcon title={asProblem(sending.error).message} />}
          {report && <Alert type={report.rejected > 0 ? "warning" : "success"} showIcon title={`${report.rows} 行：导入 ${report.imported}，已存在 ${report.present}，被拒绝 ${report.rejected}`} />}
          {report && report.refused.length > 0 && <Table rowKey="row" size="small" pagination={{ pageSize: 6, showSizeChanger: false, hideOnSinglePage: true }} dataSource={report.refused} columns={[{ title: "行", dataIndex: "row", width: 60 }, { title: "编号", dataIndex: "code", width: 90, className: "mono" }, { title: "原因", dataIndex: "reason" }]} />}
        </div>
      </Modal>
    </>
  );
}
