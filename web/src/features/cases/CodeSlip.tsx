/** A party's code to be handed over with the documents: the digits, the same as a picture, and how to go on. Shown this once. */
import { Button, Modal } from "antd";
import { useEffect, useState } from "react";
import "./slip.css";

export function CodeSlip({ number, name, code, page, close }: { number: string; name: string; code: string; page: string; close: () => void }) {
  const [picture, setPicture] = useState("");
  const address = location.origin + page;
  useEffect(() => {
    let gone = false;
    void import("qrcode").then(({ toDataURL }) => toDataURL(address, { margin: 1, width: 240 })).then((it) => { if (!gone) setPicture(it); });
    // While the slip is open, paper gets the slip and nothing else.
    document.body.classList.add("prints-slip");
    return () => { gone = true; document.body.classList.remove("prints-slip"); };
  }, [address]);
  return (
    <Modal open title="当事人查询码" onCancel={close} className="code-slip-modal" footer={[<Button key="print" type="primary" onClick={() => window.print()}>打印</Button>, <Button key="close" onClick={close}>关闭</Button>]}>
      <div className="code-slip">
        <h3>当事人查询码告知单</h3>
        <p>案件 <span className="mono">{number}</span>，{name}：</p>
        <p className="code-slip-code mono">{code}</p>
        {picture && <img src={picture} width={180} height={180} alt="查询码二维码" />}
        <p>用手机扫上面的二维码，或者打开 {location.origin}/my-case，输入查询码、证件号码后六位和电话后四位，就可以看办理进度和文书，陈述申辩、申请听证、提交证据。</p>
        <p>查询码只限您本人使用，请不要告诉别人；遗失的，请联系承办人重新发放。</p>
      </div>
      <p className="quiet">查询码只显示这一次，请打印后随文书交给当事人；重新发放后，原来的立即作废。</p>
    </Modal>
  );
}
