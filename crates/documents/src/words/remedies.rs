//! What a party can do against a decision, and how it is performed: the periods that statutes set, in words.

/// Which way a decision may be fought (救济路径).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Review or suit, as the party likes: 行政复议法 art. 20, 行政诉讼法 arts. 44 and 46.
    Free,
    /// Review first, because the penalty was imposed on the spot: 行政复议法 art. 23(1)(1).
    ReviewFirst,
}

/// What a review or a suit does to a decision to take a building down (行政强制法 art. 44): no force before the periods are over.
pub const NOT_FORCED: &str = "依据《中华人民共和国行政强制法》第四十四条的规定，申请行政复议、提起行政诉讼的法定期限届满以前，以及行政复议、行政诉讼期间，不实施强制拆除。";

/// What a review or a suit does to an extra fine (行政处罚法 art. 73(3)): those days do not count.
pub const NOT_COUNTED: &str = "依据《中华人民共和国行政处罚法》第七十三条第三款的规定，申请行政复议或者提起行政诉讼的，加处罚款的数额在行政复议或者行政诉讼期间不予计算。";

/// The remedies against a decision called `of` (如“本决定”), before this review body and this court: it is executed meanwhile.
#[must_use]
pub fn remedies(route: Route, of: &str, review_body: &str, court: &str) -> Vec<String> {
    remedies_but(route, of, review_body, court, &format!("行政复议、行政诉讼期间，{of}不停止执行，法律另有规定的除外。"))
}

/// The remedies against a decision of which the law says something else for the time of a review or a suit.
#[must_use]
pub fn remedies_but(route: Route, of: &str, review_body: &str, court: &str, meanwhile: &str) -> Vec<String> {
    let first = match route {
        Route::Free => format!(
            "如不服{of}，可以自收到{of}书之日起六十日内向{review_body}申请行政复议，也可以自收到{of}书之日起六个月内直接向{court}提起行政诉讼。"
        ),
        Route::ReviewFirst => format!(
            "如不服{of}，应当自收到{of}书之日起六十日内先向{review_body}申请行政复议，也可以通过本机关提出行政复议申请；对行政复议决定仍不服的，可以自收到复议决定书之日起十五日内向{court}提起行政诉讼。"
        ),
    };
    vec![first, meanwhile.to_owned()]
}

/// How a fine is paid (缴纳罚款): fifteen days after the decision was received, and what lateness costs (行政处罚法 arts. 67 and 72).
#[must_use]
pub fn payment(you: &str, bank: &str, bank_address: &str, account: &str, online: bool) -> Vec<String> {
    let place = if bank_address.is_empty() { String::new() } else { format!("，地址：{bank_address}") };
    let mut first = format!("{you}应当自收到本决定书之日起十五日内，持本决定书到{bank}缴纳罚款（账号：{account}{place}）");
    first.push_str(if online { "，也可以通过电子支付系统缴纳。" } else { "。" });
    vec![
        first,
        "逾期不缴纳罚款的，依据《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。"
            .to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn review_has_sixty_days_suit_six_months_and_a_penalty_on_the_spot_is_reviewed_first() {
        let free = remedies(Route::Free, "本决定", "模拟县人民政府", "模拟县人民法院").concat();
        assert!(
            free.contains("六十日内向模拟县人民政府申请行政复议") && free.contains("六个月内直接向模拟县人民法院提起行政诉讼"),
            "{free}"
        );
        let first = remedies(Route::ReviewFirst, "本决定", "模拟县人民政府", "模拟县人民法院").concat();
        assert!(first.contains("先向模拟县人民政府申请行政复议") && first.contains("十五日内向模拟县人民法院提起行政诉讼"), "{first}");
        assert!(!first.contains("六个月") && !first.contains("直接向"), "{first}");
        // A building is not taken down by force meanwhile, and no extra fine grows.
        for meanwhile in [NOT_FORCED, NOT_COUNTED] {
            let said = remedies_but(Route::Free, "本决定", "模拟县人民政府", "模拟县人民法院", meanwhile).concat();
            assert!(said.contains(meanwhile) && !said.contains("不停止执行"), "{said}");
        }
        let paid = payment("你", "模拟银行", "", "0000", true).concat();
        assert!(paid.contains("十五日内") && paid.contains("百分之三") && paid.contains("不超出罚款的数额"), "{paid}");
    }
}
