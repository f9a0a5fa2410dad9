/** What people call the fields of documents that are not in `fields.ts`: inquiry, measures, execution, transfer. */
export const labels: Record<string, string> = {
  absent: "未到场的情况", after: "更正后", agent_id: "代理人证件号码", agent_relation: "代理人单位或者关系", agent_telephone: "代理人电话", appointed: "指定管辖的机关", approved_on: "负责人批准日期",
  area: "面积", base: "抽样基数", batch: "批号（生产日期）", before: "更正前", card_shown: "已经出示执法证件", change: "变更、撤销、确认的情况", changed_by: "据以变更的文书", changed_on: "变更日期",
  chief: "行政机关负责人", chief_title: "负责人职务", clear: "真实、清晰、完整、准确", clock: "时间校对情况", come_at: "到场时间", confiscated_fen: "没收违法所得（元）", content: "内容", contested: "复议、诉讼情况",
  copied_to: "抄送机关", corrected_name: "被更正的文书名称", corrected_number: "被更正的文书文号", costs: "费用项目", crime: "涉嫌罪名和依据", dated_on: "落款日期", decision_name: "决定书名称", deemed_on: "视为送达日期",
  device: "设备", digest: "校验值（SHA-256）", electronic: "同意电子送达", electronic_address: "电子送达号码或者账号", electronic_means: "电子送达方式", email: "电子邮箱（传真）", errata: "更正内容",
  extended_on: "延长（顺延）后的截止日期", files: "电子数据", giver: "移交人", granted: "同意（批准）", halt: "处理方式", handed_at: "移交时间", handed_on: "缴付本机关日期", handler: "承办人", hardship: "经济困难情况",
  head_id: "法定代表人（负责人）证件号码", informant: "举报人（保密）", informant_contact: "举报人联系方式（保密）", inquiry: "查询途径", institution: "鉴定（检测）机构", issuer: "票据名称和制发部门", letter_number: "来函文号",
  materials: "所附材料", matter: "事项", matters: "委托事项", media: "发布（张贴）方式", method: "方式", object: "标的", opinion: "当事人的意见", original: "原始存储介质", outgoing: "出库（不选为入库）", paid_on: "缴款日期",
  paper: "监督文书种类", papers: "携带材料", part: "制作哪一份", pay_code: "缴款码", performer: "实施（承办）单位", period: "公示期限", photos: "照片", plan: "缴纳计划", police: "作出不予立案决定的公安机关", positions: "争议和协商情况",
  postcode: "邮政编码", posted_on: "发布日期", powers: "委托权限", proceeds_fen: "所得款项（元）", project: "工程名称", promises: "承诺事项", proofs: "提交的证据", provider: "提供人", published: "设置地点公布情况",
  published_on: "公开日期", receipt_number: "票据号码", receiver: "主送（接收）机关", recording: "录像编号", reduced_fen: "减免加处罚款（元）", registered_on: "登记保存日期", reminder_number: "催告书文号", repair: "信用修复途径",
  replied_on: "答复日期", reply_number: "答复文号", report_number: "报告编号", reported_at: "报告时间", requested_on: "申请日期", requests: "请求（请示、协助）事项", samples: "样品", scope: "范围", sealing: "封样情况", seats: "旁听席位",
  service_address: "送达地址", service_telephone: "收件人电话", settled: "物品处理", shows: "拍摄内容", sign: "标志设置情况", size: "大小", slip_number: "出入库单号", stages: "其他阶段约定", statements: "陈述、申辩内容", subject: "被申请回避人",
  subject_role: "被申请回避人在本案中的身份", supervisor: "监督机关", taken_at: "（拍摄、抽样、登记）时间", taken_on: "提取日期", taker: "拍摄（登记、接收）人", target: "涉及的车辆或者对象", technical_opinion: "技术审核意见", time: "执行时间",
  told: "已经告知法律后果", transfer_number: "移送书文号", urgency: "转移、隐匿财物迹象", urgent: "情况紧急，已先行实施", verified: "与原件核对无异", waives_defence: "放弃陈述、申辩", waives_hearing: "放弃听证",
};
