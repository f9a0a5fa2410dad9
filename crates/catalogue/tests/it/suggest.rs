//! What people write, and the class they mean.

use crate::house::house;

#[tokio::test]
async fn everyday_words_find_their_class_and_say_why() {
    let house = house().await;
    let cases = [
        ("小区门口的路灯不亮，晚上很黑", "01037"),
        ("路上一个污水井盖松动，汽车压过去响", "01002"),
        ("中山路井盖不见了，很危险", "01023"),
        ("河道发臭，河水发黑，味道难闻", "06026"),
        ("河面漂浮大量水葫芦", "06025"),
        ("菜场门口流动摊贩很多", "09001"),
        ("水果店出店经营，占了人行道", "09005"),
        ("下雨后路面积水严重，车都过不去", "10906"),
        ("楼下烧烤店油烟很大", "06027"),
        ("广场舞噪音扰民", "06028"),
        ("工地夜间施工，吵得睡不着", "08001"),
        ("共享单车堆在人行道上", "09011"),
        ("楼道里贴满小广告", "07001"),
        ("垃圾桶满了，溢出来没人收", "06042"),
        ("路边有一堆建筑垃圾", "06011"),
        ("电动车乱停在楼道口", "09010"),
        ("私家车违停堵住路口", "09009"),
        ("有人私装地锁占车位", "06040"),
        ("邻居在楼顶违建阳光房", "06001"),
        ("渣土车没有盖篷布，一路抛洒", "08011"),
        ("消防通道被车堵了", "09012"),
        ("绿化带被人种菜", "06045"),
        ("路面塌陷一个大坑", "10905"),
        ("红绿灯坏了", "02014"),
        ("停了一辆僵尸车半年没动", "06034"),
        ("公厕很脏很臭", "03001"),
        ("大树倒了压在路上", "04002"),
        ("路面坑坑洼洼", "06013"),
    ];
    let mut wrong = Vec::new();
    for (text, code) in cases {
        let found = house.catalogue.suggest(text);
        match found.first() {
            Some(first) => {
                assert!(!first.words.is_empty() && first.reason.contains(&first.words[0]) && (0.0..1.0).contains(&first.score));
                if first.code != code {
                    wrong.push(format!("{text}: {} {} instead of {code}", first.code, first.reason));
                }
            }
            None => wrong.push(format!("{text}: nothing")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(house.catalogue.suggest("谢谢").is_empty() && house.catalogue.suggest("").is_empty());
}
