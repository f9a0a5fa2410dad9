//! What can happen in a case: by the organ, by the party, by others, and by the passing of time.

named! {
    /// A step by name (操作).
    Action {
        /// 立案
        File = "file", "立案";
        /// 不予立案
        NotFile = "not-file", "不予立案";
        /// 移送其他机关
        TransferToOrgan = "transfer-to-organ", "移送有管辖权的机关";
        /// 对方接收
        OrganAccepts = "organ-accepts", "对方机关接收";
        /// 管辖争议
        RaiseDispute = "raise-dispute", "发生管辖争议";
        /// 协商或指定由本机关管辖
        DisputeOurs = "dispute-ours", "协商或指定由本机关管辖";
        /// 协商或指定由其他机关管辖
        DisputeTheirs = "dispute-theirs", "协商或指定由其他机关管辖";
        /// 启动调查
        Investigate = "investigate", "开展调查";
        /// 调查取证
        Inquire = "inquire", "调查取证";
        /// 责令改正
        OrderCorrection = "order-correction", "责令改正";
        /// 复查
        CheckCorrection = "check-correction", "复查整改";
        /// 责令改正期满
        CorrectionRunsOut = "correction-runs-out", "责令改正期满";
        /// 中止调查
        Suspend = "suspend", "中止调查";
        /// 恢复调查
        Resume = "resume", "恢复调查";
        /// 终止调查
        Terminate = "terminate", "终止调查";
        /// 撤销案件
        Withdraw = "withdraw", "撤销案件";
        /// 并案
        Merge = "merge", "并入他案";
        /// 分案
        Split = "split", "分案办理";
        /// 适用简案快办
        ChooseFast = "choose-fast", "适用简案快办";
        /// 转普通程序
        TurnOrdinary = "turn-ordinary", "转为普通程序";
        /// 申请回避
        AskRecusal = "ask-recusal", "申请回避";
        /// 决定回避
        DecideRecusal = "decide-recusal", "决定回避申请";
        /// 先行登记保存
        Register = "register", "先行登记保存";
        /// 登记保存处理
        SettleRegistration = "settle-registration", "作出登记保存处理决定";
        /// 登记保存期满
        RegistrationRunsOut = "registration-runs-out", "登记保存期满";
        /// 查封扣押
        Seize = "seize", "查封扣押";
        /// 补办批准
        ApproveSeizure = "approve-seizure", "补办查封扣押批准";
        /// 延长查封扣押
        ExtendSeizure = "extend-seizure", "延长查封扣押";
        /// 查封扣押期满
        SeizureRunsOut = "seizure-runs-out", "查封扣押期满";
        /// 处理查封扣押财物
        SettleSeizure = "settle-seizure", "解除查封扣押或者作出处理决定";
        /// 调查终结
        End = "end", "调查终结";
        /// 重新调查
        Reinvestigate = "reinvestigate", "补充调查";
        /// 发现犯罪线索
        FindCrime = "find-crime", "发现涉嫌犯罪";
        /// 报告移送
        ReportCrime = "report-crime", "提出移送报告";
        /// 批准移送
        ApproveTransfer = "approve-transfer", "批准移送";
        /// 不批准移送
        RefuseTransfer = "refuse-transfer", "不批准移送";
        /// 移送公安
        SendToPolice = "send-to-police", "移送公安机关";
        /// 公安立案
        PoliceFile = "police-file", "公安机关立案";
        /// 公安不立案
        PoliceRefuse = "police-refuse", "公安机关不予立案";
        /// 提请复议
        AskPoliceReview = "ask-police-review", "提请复议不予立案";
        /// 公安退回
        TakeBack = "take-back", "退回后依法处理";
        /// 移交物品材料
        HandOver = "hand-over", "移交涉案物品和材料";
        /// 司法机关移送处罚
        SentBack = "sent-back", "司法机关移送给予处罚";
        /// 提供公益服务
        OfferService = "offer-service", "同意公益服务抵罚";
        /// 完成公益服务
        ServiceDone = "service-done", "完成公益服务";
        /// 未完成公益服务
        ServiceFailed = "service-failed", "未完成公益服务";
        /// 不予处罚
        DecideNoPenalty = "decide-no-penalty", "决定不予处罚";
        /// 批准事先告知
        ApproveNotice = "approve-notice", "批准处罚事先告知";
        /// 送达事先告知
        ServeNotice = "serve-notice", "送达处罚事先告知";
        /// 陈述申辩
        Defend = "defend", "陈述申辩";
        /// 复核申辩
        ConsiderDefence = "consider-defence", "复核陈述申辩";
        /// 放弃申辩
        WaiveDefence = "waive-defence", "明确放弃陈述申辩";
        /// 申辩期满
        DefenceRunsOut = "defence-runs-out", "陈述申辩期满";
        /// 申请听证
        RequestHearing = "request-hearing", "申请听证";
        /// 放弃听证
        WaiveHearing = "waive-hearing", "放弃听证";
        /// 听证期满
        HearingRunsOut = "hearing-runs-out", "申请听证期满";
        /// 通知听证
        CallHearing = "call-hearing", "通知听证";
        /// 举行听证
        HoldHearing = "hold-hearing", "举行听证";
        /// 无正当理由缺席
        MissHearing = "miss-hearing", "无正当理由不出席听证";
        /// 送法制审核
        SubmitReview = "submit-review", "提交法制审核";
        /// 审核通过
        PassReview = "pass-review", "法制审核通过";
        /// 审核不通过
        FailReview = "fail-review", "法制审核不通过";
        /// 集体讨论
        Discuss = "discuss", "集体讨论";
        /// 决定处罚
        Decide = "decide", "批准处罚决定";
        /// 盖章
        Seal = "seal", "处罚决定书盖章";
        /// 送达决定
        ServeDecision = "serve-decision", "送达处罚决定书";
        /// 出示证件
        ShowCard = "show-card", "表明身份、出示证件";
        /// 当场告知
        TellOnSpot = "tell-on-spot", "当场告知";
        /// 当场决定
        DecideOnSpot = "decide-on-spot", "当场作出处罚决定";
        /// 当场交付
        HandDecision = "hand-decision", "当场交付决定书";
        /// 备案
        Record = "record", "报所属机关备案";
        /// 技术审核
        ScreenTechnically = "screen-technically", "技术审核";
        /// 法制审核记录
        ScreenLegally = "screen-legally", "监控记录法制审核";
        /// 告知监控事实
        TellFacts = "tell-facts", "告知违法事实";
        /// 说服教育
        Educate = "educate", "说服教育";
        /// 劝导
        Dissuade = "dissuade", "劝导";
        /// 约谈
        Interview = "interview", "约谈";
        /// 改正
        Comply = "comply", "当事人改正";
        /// 不改正
        NotComply = "not-comply", "当事人未改正";
        /// 开始履行
        StartPerforming = "start-performing", "进入履行";
        /// 缴款
        Pay = "pay", "缴纳罚款、履行完毕";
        /// 当场收缴
        TakeCash = "take-cash", "当场收缴罚款";
        /// 暂缓分期
        Defer = "defer", "批准暂缓或者分期";
        /// 暂缓届满
        DeferralRunsOut = "deferral-runs-out", "暂缓或者分期届满";
        /// 缴款期满
        PaymentRunsOut = "payment-runs-out", "缴款期限届满";
        /// 催告
        Remind = "remind", "催告";
        /// 催告期满
        ReminderRunsOut = "reminder-runs-out", "催告期满";
        /// 强制执行决定
        OrderEnforcement = "order-enforcement", "作出强制执行决定";
        /// 实施强制执行
        Enforce = "enforce", "实施强制执行";
        /// 申请法院执行
        ApplyToCourt = "apply-to-court", "申请法院强制执行";
        /// 法院裁定
        CourtRules = "court-rules", "法院作出裁定";
        /// 终结执行
        EndExecution = "end-execution", "终结执行";
        /// 申请复议
        AskReview = "ask-review", "申请行政复议";
        /// 复议维持
        ReviewUpholds = "review-upholds", "复议维持";
        /// 复议终止
        ReviewEnds = "review-ends", "复议撤回、终止";
        /// 复议不予受理、驳回申请
        ReviewRefused = "review-refused", "复议不予受理、驳回申请";
        /// 复议逾期不作决定
        ReviewLapses = "review-lapses", "复议逾期不作决定";
        /// 起诉
        Sue = "sue", "提起行政诉讼";
        /// 判决维持
        SuitUpholds = "suit-upholds", "判决驳回诉讼请求";
        /// 撤诉
        SuitEnds = "suit-ends", "撤诉";
        /// 变更
        Changed = "changed", "决定被变更";
        /// 确认违法
        FoundUnlawful = "found-unlawful", "决定被确认违法";
        /// 撤销
        Revoked = "revoked", "决定被撤销";
        /// 复议诉讼期满
        RemedyRunsOut = "remedy-runs-out", "复议和诉讼期限届满";
        /// 申请执行期满
        CourtWindowCloses = "court-window-closes", "申请法院执行期限届满";
        /// 公开
        Publish = "publish", "公开处罚决定";
        /// 撤回公开
        Unpublish = "unpublish", "撤回公开信息";
        /// 结案
        Close = "close", "结案";
        /// 归档
        Archive = "archive", "归档";
    }
}
