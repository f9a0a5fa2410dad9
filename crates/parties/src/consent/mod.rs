//! Consent to electronic service (电子送达确认书, 行政处罚法第六十一条第二款): typed name and drawn signature, kept with the words as they stood.

pub(crate) mod give;
pub(crate) mod withdraw;

/// What is agreed to: the A10 送达地址（电子送达）确认书 in the words of the page.
pub(crate) const WORDS: &str = "送达地址（电子送达）确认书。\
一、我同意本案的行政处罚事先告知书、行政处罚决定书等执法文书，送达到我用查询码进入的本页面（“我的案件”）。\
二、文书到达本页面的日期就是送达日期，缴款、陈述申辩、听证、复议、诉讼等期限从送达之日起计算，不论我当时有没有打开。我会经常查看。\
三、我可以随时要求提供纸质文书，也可以随时在本页面撤回同意；撤回以后，新的文书改用其他方式送达，已经送达的不受影响。\
四、我登记的姓名（名称）和联系方式真实；查询码由我保管，遗失的及时告诉承办人。\
五、不同意也可以，不影响我的任何权利，机关会用其他法定方式送达。";
