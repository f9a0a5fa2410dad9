/** Labels of volumes and devices (标签): printed from the page, three a row. */
import { Modal, QRCode } from "antd";
import { useEffect } from "react";
import "../cases/slip.css";

export interface LabelOf { code: string; title: string; words: string; simulated: boolean }

export function Labels({ of, close }: { of: LabelOf[]; close: () => void }) {
  useEffect(() => {
    // The same sheet as for slips: nothing but the dialog is printed.
    document.body.classList.add("prints-slip");
    return () => document.body.classList.remove("prints-slip");
  }, []);
  return (
    <Modal open title={`标签 ${of.length} 枚`} okText="打印" cancelText="关闭" onOk={() => print()} onCancel={close} width={820}>
      <div className="centre-labels code-slip">
        {of.map((it) => <div key={it.code}><QRCode type="svg" value={it.code} size={84} bordered={false} marginSize={4} /><div><b>{it.title}</b>{it.words}<br /><span className="mono">{it.code}</span>{it.simulated && <><br />模拟标签</>}</div></div>)}
      </div>
    </Modal>
  );
}
