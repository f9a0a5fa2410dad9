//! The courses of simulated cases: who does what after what, and where a case is left to rest for whoever tries the city.

/// Who takes a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Officer,
    Head,
    Reviewer,
}

/// A turn: a step of the table, and what is said with it, as JSON.
#[derive(Debug)]
pub(super) struct Turn {
    pub who: Who,
    pub action: &'static str,
    pub content: &'static str,
}

/// A course.
#[derive(Debug)]
pub(super) struct Course {
    pub track: &'static str,
    /// The matter of the legal library.
    pub matter: &'static str,
    pub summary: &'static str,
    /// The party is a unit.
    pub unit: bool,
    /// How many cases take it.
    pub often: u8,
    pub turns: &'static [Turn],
}

const fn officer(action: &'static str, content: &'static str) -> Turn {
    Turn { who: Who::Officer, action, content }
}
const fn head(action: &'static str, content: &'static str) -> Turn {
    Turn { who: Who::Head, action, content }
}
const fn reviewer(action: &'static str, content: &'static str) -> Turn {
    Turn { who: Who::Reviewer, action, content }
}

/// A course of so many turns out of a longer one.
const fn first(turns: &'static [Turn], count: usize) -> &'static [Turn] {
    turns.split_at(count).0
}

const FILE: Turn = head("file", r#"{"note":"同意立案"}"#);
const INVESTIGATE: Turn = officer("investigate", "{}");
const INQUIRE: Turn = officer("inquire", r#"{"note":"制作现场检查笔录、询问笔录，拍摄现场照片"}"#);
const END_300: Turn = officer(
    "end",
    r#"{"finding":"punishable","evidence":"现场检查笔录、询问笔录、现场照片","plan":{"kinds":["fine"],"fine_fen":30000,"surcharge":true,"reasons":"倾倒数量较少，配合调查"}}"#,
);
const END_HEAVY: Turn = officer(
    "end",
    r#"{"finding":"punishable","evidence":"现场检查笔录、询问笔录、影像资料","plan":{"kinds":["fine"],"fine_fen":12000000,"surcharge":true,"reasons":"遗撒路段较长，拒不清理"},"complex":true}"#,
);
const APPROVE: Turn = head("approve-notice", r#"{"note":"同意按拟处罚内容告知"}"#);
const NOTICE: Turn = officer("serve-notice", r#"{"mode":"direct","reached":[1]}"#);
const NOTICE_HEARING: Turn = officer("serve-notice", r#"{"mode":"direct","reached":[1],"tells_hearing":true}"#);
const WAIVE: Turn = officer("waive-defence", r#"{"agreed":true,"note":"当事人书面表示放弃陈述申辩"}"#);
const DEFEND: Turn = officer("defend", r#"{"note":"当事人认为已及时清理，请求从轻"}"#);
const CONSIDER: Turn = officer("consider-defence", r#"{"note":"已考虑及时清理的情节，不加重处罚"}"#);
const DECIDE: Turn = head("decide", r#"{"note":"同意处罚"}"#);
const SEAL: Turn = officer("seal", "{}");
const SERVE: Turn = officer("serve-decision", r#"{"mode":"direct","reached":[1]}"#);
const PERFORM: Turn = officer("start-performing", "{}");
const PAY: Turn = officer("pay", r#"{"receipt":"模拟票据0001"}"#);
const CLOSE: Turn = head("close", r#"{"note":"罚款已缴清，同意结案"}"#);
const ARCHIVE: Turn = officer("archive", "{}");

const ORDINARY: &[Turn] = &[FILE, INVESTIGATE, INQUIRE, END_300, APPROVE, NOTICE, WAIVE, DECIDE, SEAL, SERVE, PERFORM, PAY, CLOSE, ARCHIVE];
const DEFENDED: &[Turn] = &[FILE, INVESTIGATE, INQUIRE, END_300, APPROVE, NOTICE, DEFEND, CONSIDER, DECIDE, SEAL, SERVE, PERFORM];
const HEARD: &[Turn] = &[
    FILE,
    INVESTIGATE,
    INQUIRE,
    END_HEAVY,
    APPROVE,
    NOTICE_HEARING,
    officer("request-hearing", r#"{"note":"当事人书面申请听证"}"#),
    officer("waive-defence", r#"{"agreed":true,"note":"意见在听证中提出"}"#),
    officer("call-hearing", r#"{"mode":"direct","reached":[1]}"#),
    reviewer("hold-hearing", r#"{"related":false,"note":"当事人、承办人到场质证"}"#),
    // What the party said at the hearing is a defence: it is considered before the review.
    officer("consider-defence", r#"{"note":"听证中的意见已逐条复核，不加重处罚"}"#),
    officer("submit-review", "{}"),
    reviewer("pass-review", r#"{"note":"事实清楚，程序合法，同意"}"#),
    head("discuss", r#"{"note":"集体讨论同意"}"#),
];
const SPOT: &[Turn] = &[
    officer("show-card", "{}"),
    officer(
        "tell-on-spot",
        r#"{"plan":{"kinds":["fine"],"fine_fen":10000,"surcharge":true,"reasons":"当场清理，情节较轻"},"reached":[1]}"#,
    ),
    officer("waive-defence", r#"{"agreed":true,"note":"当场表示没有异议"}"#),
    officer("decide-on-spot", r#"{"evidence":"现场照片"}"#),
    officer("hand-decision", r#"{"mode":"direct","reached":[1]}"#),
    officer("take-cash", r#"{"basis":"一百元以下罚款当场收缴","receipt":"模拟票据0002"}"#),
    officer("record", "{}"),
    head("close", "{}"),
];
const SLIGHT: &[Turn] = &[
    FILE,
    INVESTIGATE,
    INQUIRE,
    officer("end", r#"{"finding":"first-slight","evidence":"现场检查笔录、整改照片"}"#),
    head("decide-no-penalty", r#"{"education":"当面教育，发放普法材料","note":"首违不罚"}"#),
];

/// Matters of the legal library: dumped household refuse, discarded construction waste.
const REFUSE: &str = "M016";
const WASTE: &str = "M064";

const fn course(track: &'static str, matter: &'static str, summary: &'static str, often: u8, turns: &'static [Turn]) -> Course {
    Course { track, matter, summary, unit: false, often, turns }
}

/// All courses.
pub(super) const COURSES: &[Course] = &[
    course("ordinary", REFUSE, "向路边绿地倾倒生活垃圾两袋", 3, ORDINARY),
    Course { unit: true, ..course("ordinary", WASTE, "运输建筑垃圾沿途丢弃，路面污染约三百米", 2, HEARD) },
    course("ordinary", REFUSE, "在河岸倾倒生活垃圾和污水", 2, DEFENDED),
    course("ordinary", REFUSE, "在人行道边倾倒餐厨垃圾", 1, first(ORDINARY, 12)),
    course("ordinary", REFUSE, "在公交站旁倾倒污水", 1, first(ORDINARY, 10)),
    course("ordinary", REFUSE, "在小区围墙外倾倒生活垃圾", 1, first(ORDINARY, 8)),
    course("ordinary", REFUSE, "在菜场门口倾倒污水", 1, first(ORDINARY, 6)),
    course("ordinary", REFUSE, "在桥下倾倒生活垃圾", 1, first(ORDINARY, 4)),
    course("ordinary", REFUSE, "在停车场边倾倒生活垃圾", 1, first(ORDINARY, 3)),
    course("ordinary", REFUSE, "在学校围墙外倾倒污水", 1, first(ORDINARY, 1)),
    course("ordinary", REFUSE, "在公园入口倾倒生活垃圾", 2, &[]),
    Course { unit: true, ..course("ordinary", WASTE, "装修垃圾运输车辆沿路遗撒", 1, first(HEARD, 7)) },
    Course { unit: true, ..course("ordinary", WASTE, "清运车辆未按路线行驶，沿路遗撒", 1, first(HEARD, 9)) },
    course("ordinary", REFUSE, "在店铺门前倾倒污水，当场清理", 1, SLIGHT),
    course("ordinary", REFUSE, "被举报倾倒垃圾，查无实据", 1, &[head("not-file", r#"{"note":"违法事实不能成立，不予立案"}"#)]),
    course(
        "ordinary",
        REFUSE,
        "在工地围挡外倾倒垃圾，当事人下落不明",
        1,
        &[FILE, INVESTIGATE, head("suspend", r#"{"note":"当事人下落不明，中止调查"}"#)],
    ),
    course(
        "ordinary",
        REFUSE,
        "在绿化带倾倒粪便，当事人经济困难",
        1,
        &[
            FILE,
            INVESTIGATE,
            INQUIRE,
            END_300,
            APPROVE,
            NOTICE,
            WAIVE,
            DECIDE,
            SEAL,
            SERVE,
            PERFORM,
            head("defer", r#"{"agreed":true,"days":60,"note":"经济困难，同意分期"}"#),
        ],
    ),
    course("simple", REFUSE, "在人行道倾倒生活垃圾一袋", 4, SPOT),
    course("simple", REFUSE, "在路边倾倒污水一桶", 1, first(SPOT, 2)),
    course(
        "soft",
        REFUSE,
        "店门口少量垃圾未入桶",
        2,
        &[officer("educate", r#"{"slight":"数量很少，当场清理"}"#), officer("comply", r#"{"note":"复查已改正"}"#)],
    ),
    course("soft", REFUSE, "沿街商户向门前路面泼洒少量污水", 1, &[officer("educate", r#"{"slight":"水量很少，当场冲洗"}"#)]),
];
