/** Where one can go, and who may. */
import {
  AimOutlined, AlertOutlined, ApartmentOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BookOutlined, CarOutlined, CheckSquareOutlined, ClusterOutlined, DatabaseOutlined, DeploymentUnitOutlined, DesktopOutlined, FileProtectOutlined, FireOutlined, FlagOutlined, FolderOpenOutlined, GiftOutlined, GlobalOutlined, ImportOutlined, InboxOutlined, InteractionOutlined, LockOutlined, MessageOutlined, PayCircleOutlined, RadarChartOutlined, ReadOutlined, SafetyOutlined, SearchOutlined, SettingOutlined, ShopOutlined, VideoCameraOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Session } from "../../api/contract";
import { mayAny } from "../session/session";

export interface Place { to: string; label: string; icon: ReactNode; words: string; group: "工作" | "查看" | "管理"; allowed: (session: Session) => boolean }

export const places: Place[] = [
  { to: "/triage", label: "受理台", icon: <InboxOutlined />, words: "shoulitai triage 立案 派遣 核查 结案", group: "工作", allowed: (it) => mayAny(it, ["lead.triage", "lead.file", "lead.dispatch"]) },
  { to: "/todo", label: "我的待办", icon: <CheckSquareOutlined />, words: "daiban todo", group: "工作", allowed: (it) => mayAny(it, ["lead.read"]) },
  { to: "/search", label: "线索查询", icon: <SearchOutlined />, words: "chaxun search 导出", group: "工作", allowed: (it) => mayAny(it, ["lead.read"]) },
  { to: "/answers", label: "答复", icon: <MessageOutlined />, words: "dafu answers 回传 来源 答复核验 答非所问", group: "工作", allowed: (it) => mayAny(it, ["lead.read"]) },
  { to: "/notices", label: "督办文书", icon: <AlertOutlined />, words: "duban wenshu notices 提示单 督办单 问责建议单", group: "工作", allowed: (it) => mayAny(it, ["notice.see"]) },
  { to: "/cases", label: "案件", icon: <FolderOpenOutlined />, words: "anjian cases 立案 处罚 执法 审批 法制审核 听证", group: "工作", allowed: (it) => mayAny(it, ["case.see"]) },
  { to: "/cases/inbox", label: "案件审批", icon: <FileProtectOutlined />, words: "anjian shenpi inbox 审批台 法制审核 听证日历 hearings 退回", group: "工作", allowed: (it) => mayAny(it, ["case.approve", "case.review"]) },
  { to: "/referrals", label: "案件移交", icon: <InteractionOutlined />, words: "anjian yijiao referrals 案件管理中心 分流 管罚衔接 协助 监管反馈 线索移交", group: "工作", allowed: (it) => mayAny(it, ["referral.see"]) },
  { to: "/property", label: "涉案财物", icon: <DatabaseOutlined />, words: "shean caiwu property 查封 扣押 登记保存 拖移 tuoyi 车辆 仓库 盘点 标签 出入库", group: "工作", allowed: (it) => mayAny(it, ["property.see"]) },
  { to: "/centre", label: "办案中心", icon: <BankOutlined />, words: "banan zhongxin centre 询问室 听证室 调解室 预约 录音录像 档案 借阅 装备 记录仪 看板", group: "工作", allowed: (it) => mayAny(it, ["centre.see"]) },
  { to: "/waste", label: "建筑垃圾", icon: <ShopOutlined />, words: "jianzhu laji waste 渣土 工地 消纳场 运输企业 车辆 处置核准 准运 路线 黑点", group: "工作", allowed: (it) => mayAny(it, ["waste.see"]) },
  { to: "/payments", label: "缴款", icon: <PayCircleOutlined />, words: "jiaokuan payments 罚款 缴纳 缴款码 待查款 对账 退款 催告", group: "工作", allowed: (it) => mayAny(it, ["payment.see"]) },
  { to: "/publications", label: "公开与信用", icon: <GlobalOutlined />, words: "gongkai xinyong publications 公示 撤回 信用修复 复议 诉讼 行政处罚决定公开", group: "工作", allowed: (it) => mayAny(it, ["publication.see"]) },
  { to: "/quality", label: "案卷评查", icon: <AuditOutlined />, words: "anjuan pingcha quality 评查 抽查 评分 整改 典型案例 办案指引 办案能手", group: "工作", allowed: (it) => mayAny(it, ["quality.see"]) },
  { to: "/charges", label: "包案", icon: <FlagOutlined />, words: "baoan charges 领导包案 批示 停滞", group: "工作", allowed: (it) => mayAny(it, ["lead.charge", "lead.instruct"]) },
  { to: "/sightings", label: "机器发现", icon: <VideoCameraOutlined />, words: "jiqi faxian sightings machines 摄像头 巡查车 无人机 传感器 研判 误报", group: "工作", allowed: (it) => mayAny(it, ["machine.see"]) },
  { to: "/findings", label: "车辆违规", icon: <CarOutlined />, words: "cheliang weigui findings 渣土车 偏离路线 超时段 倾倒 未密闭 超载 超速 黑点 断线 规则", group: "工作", allowed: (it) => mayAny(it, ["finding.see"]) },
  { to: "/coverage", label: "覆盖与盲区", icon: <RadarChartOutlined />, words: "fugai mangqu coverage 设备 摄像头 网格 监控覆盖", group: "查看", allowed: (it) => mayAny(it, ["machine.see"]) },
  { to: "/suspicions", label: "疑点", icon: <SafetyOutlined />, words: "yidian suspicions 诚实结案 照片复用 异地 卡点 判定", group: "工作", allowed: (it) => mayAny(it, ["scrutiny.see"]) },
  { to: "/campaigns", label: "全域整治", icon: <ClusterOutlined />, words: "quanyu zhengzhi campaigns 一地曝光 专项 网格排查", group: "工作", allowed: (it) => mayAny(it, ["campaign.see"]) },
  { to: "/rewards", label: "天天有奖", icon: <GiftOutlined />, words: "tiantian youjiang rewards 奖励 预算 发放 账目 抽签", group: "工作", allowed: (it) => mayAny(it, ["reward.see"]) },
  { to: "/new", label: "坐席录入", icon: <AimOutlined />, words: "luru new 上报", group: "工作", allowed: (it) => mayAny(it, ["lead.report"]) },
  { to: "/hotspots", label: "热点", icon: <FireOutlined />, words: "redian hotspots 高发 地图", group: "查看", allowed: (it) => mayAny(it, ["lead.read"]) },
  { to: "/vehicles", label: "车辆", icon: <CarOutlined />, words: "cheliang vehicles 渣土车 建筑垃圾 轨迹 回放 地图 实时位置", group: "查看", allowed: (it) => mayAny(it, ["vehicle.see"]) },
  { to: "/wall", label: "大屏", icon: <DesktopOutlined />, words: "daping wall 地图", group: "查看", allowed: (it) => mayAny(it, ["lead.read"]) },
  { to: "/indicators", label: "考核指标", icon: <BarChartOutlined />, words: "kaohe zhibiao indicators 评价 统计 报表", group: "查看", allowed: (it) => mayAny(it, ["indicator.read"]) },
  { to: "/reverifications", label: "结案复核", icon: <AuditOutlined />, words: "jiean fuhe manghe 盲核复查 抽样 诚实结案", group: "查看", allowed: (it) => mayAny(it, ["scrutiny.see"]) },
  { to: "/pairings", label: "结对分析", icon: <DeploymentUnitOutlined />, words: "jiedui fenxi pairings 结对异常 串通 采集员 单位 诚实结案", group: "查看", allowed: (it) => mayAny(it, ["scrutiny.see"]) },
  { to: "/catalogue", label: "分类目录", icon: <BookOutlined />, words: "fenlei mulu catalogue 部件 网格 时限", group: "查看", allowed: (it) => mayAny(it, ["catalogue.read"]) },
  { to: "/law", label: "法律库", icon: <ReadOutlined />, words: "falvku law 执法事项 zhifa shixiang 法规 fagui 条文 赋权 fuquan 裁量基准 cailiang 管辖 处罚幅度", group: "查看", allowed: (it) => mayAny(it, ["law.read"]) },
  { to: "/discretion", label: "裁量监测", icon: <BarChartOutlined />, words: "cailiang jiance 裁量监测 discretion 顶格 dingge 一刀切 yidaoqie", group: "查看", allowed: (it) => mayAny(it, ["case.see"]) },
  { to: "/analysis", label: "案件分析", icon: <BarChartOutlined />, words: "anjian fenxi analysis 案件统计 罚款 趋势 时长", group: "查看", allowed: (it) => mayAny(it, ["case.see"]) },
  { to: "/power-use", label: "赋权使用", icon: <DeploymentUnitOutlined />, words: "fuquan shiyong power 镇街赋权 收回 使用情况", group: "查看", allowed: (it) => mayAny(it, ["quality.see"]) },
  { to: "/imports", label: "导入", icon: <ImportOutlined />, words: "daoru import 12345", group: "管理", allowed: (it) => mayAny(it, ["lead.import"]) },
  { to: "/organisation", label: "组织人员", icon: <ApartmentOutlined />, words: "zuzhi renyuan people 角色 权限 登录", group: "管理", allowed: (it) => mayAny(it, ["person.manage", "organisation.manage", "role.see", "sign-in.see"]) },
  { to: "/privacy", label: "个人信息", icon: <LockOutlined />, words: "geren xinxi privacy 隐私 权利请求 查阅 复制 更正 删除 告知书 影响评估 保存期限", group: "管理", allowed: (it) => mayAny(it, ["privacy.see"]) },
  { to: "/settings", label: "规则设置", icon: <SettingOutlined />, words: "shezhi settings 派遣规则 判例 panli 权属争议 来源 laiyuan 邻市对接 linshi 类别模型 采集设备 shebei 识别种类 值班 工作时间 预警 分层响应 fenceng 答复核验 督办设置 webhook 文书 wenshu 变更记录", group: "管理", allowed: (it) => mayAny(it, ["lead.configure", "machine.keep", "neighbour.configure", "notice.configure", "webhook.manage", "indicator.configure", "settings-history.see"]) },
];
