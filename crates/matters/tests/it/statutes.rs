//! Statutes: imported once, read, searched, and cited by matters.

use axum::http::StatusCode;
use matters::{LawFile, LawOutcome};
use serde_json::json;

use crate::house::{encoded, house};

/// Made up for the tests (模拟), under the title of a statute that the shipped matters cite. No line of it is law.
const SAMPLE: &str = "# 浙江省城市市容和环境卫生管理条例\n\n2021年1月1日 模拟通过\n\n<!-- INFO END -->\n\n## 第一章 总　则\n\n第一条 模拟目的。\n\n第二条 模拟范围。\n\n第三条 模拟三。\n\n第四条 模拟四。\n\n第五条 模拟五。\n\n第六条 模拟六。\n\n第七条 模拟七。\n\n第八条 模拟八。\n\n第九条 模拟九。\n\n第十条 模拟十。\n\n## 第二章 市　容\n\n第十一条 模拟阳台外不得吊挂：\n\n（一）模拟衣物；\n\n（二）模拟花盆。\n\n模拟第二款窗栏应当整齐。\n";

fn file(text: &str) -> LawFile {
    LawFile { name: "浙江省城市市容和环境卫生管理条例(2021-09-30).md".into(), text: text.into() }
}

#[tokio::test]
async fn a_statute_is_imported_once_and_never_changes() {
    let house = house().await;
    assert_eq!(house.matters.import_law(&file(SAMPLE)).await.unwrap(), LawOutcome::Imported(11));
    assert_eq!(house.matters.import_law(&file(SAMPLE)).await.unwrap(), LawOutcome::Present);
    let changed = house.matters.import_law(&file(&SAMPLE.replace("模拟目的", "别的目的"))).await.unwrap();
    assert!(matches!(&changed, LawOutcome::Refused(why) if why.contains("文字不同")), "{changed:?}");
    let gap = house.matters.import_law(&file(&SAMPLE.replace("第三条", "第四条"))).await.unwrap();
    assert!(matches!(&gap, LawOutcome::Refused(why) if why.contains("不连续")), "{gap:?}");
    // A later version stands beside the earlier one.
    let later = LawFile { name: "x(2023-01-01).md".into(), text: SAMPLE.replace("模拟目的", "新的目的") };
    assert_eq!(house.matters.import_law(&later).await.unwrap(), LawOutcome::Imported(11));
    let listed = house.get("/api/v1/statutes").await.body;
    let dates: Vec<(&str, bool)> =
        listed["items"].as_array().unwrap().iter().map(|it| (it["dated"].as_str().unwrap(), it["superseded"].as_bool().unwrap())).collect();
    assert_eq!(dates, [("2021-09-30", true), ("2023-01-01", false)]);
    let id = listed["items"][1]["id"].as_str().unwrap();
    let read = house.get(&format!("/api/v1/statutes/{id}")).await.body;
    assert_eq!(read["articles"][0]["text"], "新的目的。");
    assert_eq!(read["articles"][10]["heading"], "第二章 市容");
    assert_eq!(house.get("/api/v1/statutes/019a0000-0000-7000-8000-000000000000").await.status, StatusCode::NOT_FOUND);
    // Words are looked for in the newest version alone.
    let found = house.get(&format!("/api/v1/statute-articles?q={}", encoded("目的"))).await.body;
    let texts: Vec<&str> = found["items"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["新的目的。"]);
    let both = house.get(&format!("/api/v1/statute-articles?q={}%20{}", encoded("花盆"), encoded("窗栏"))).await.body;
    assert_eq!(both["items"][0]["number"], 11);
    assert_eq!(house.get("/api/v1/statute-articles?q=%20").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sqlx::query("UPDATE statute_article SET text = 'x'").execute(house.test.database.pool()).await.is_err());
}

#[tokio::test]
async fn a_matter_shows_the_paragraph_that_it_cites() {
    let house = house().await;
    let without = house.get("/api/v1/matters/M002").await.body;
    assert_eq!((&without["articles"][0]["article"], without["articles"][0]["paragraphs"].as_array().unwrap().len()), (&11.into(), 0));
    house.matters.import_law(&file(SAMPLE)).await.unwrap();
    // M002 breaks 第11(2)条 and is fined by 第11条.
    let full = house.get("/api/v1/matters/M002").await.body;
    let articles = full["articles"].as_array().unwrap();
    assert_eq!(articles.iter().map(|it| it["penalty"].as_bool().unwrap()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(articles[0]["statute"]["dated"], "2021-09-30");
    let meant = |at: usize| {
        let paragraphs = articles[at]["paragraphs"].as_array().unwrap();
        paragraphs.iter().map(|it| (it["lines"].as_array().unwrap().len(), it["meant"].as_bool().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(meant(0), [(3, false), (1, true)]);
    assert_eq!(meant(1), [(3, true), (1, true)]);
}

#[tokio::test]
async fn article_37_the_lighter_newer_version_is_shown_with_the_newer_text() {
    let house = house().await;
    for dated in ["2021-09-30", "2023-01-01"] {
        let text = LawFile { name: format!("x({dated}).md"), text: SAMPLE.into() };
        assert_eq!(house.matters.import_law(&text).await.unwrap(), LawOutcome::Imported(11));
    }
    let mut row = house.get("/api/v1/matters/M002").await.body["row"].clone();
    for (field, value) in [("ind_min", "1"), ("ind_max", "2"), ("unit_min", "1"), ("unit_max", "2"), ("effective_from", "2023-06-01")] {
        row[field] = value.into();
    }
    (row["simple_individual"], row["simple_unit"]) = ("".into(), "".into());
    let kept = house.call("PUT", "/api/v1/matters/M002/draft", json!({ "row": row, "reason": "测试" }).to_string()).await;
    let publication = json!({ "drafts": [{ "code": "M002", "at": kept.body["at"] }] });
    assert_eq!(house.call("POST", "/api/v1/matters/actions/publish", publication.to_string()).await.status, StatusCode::OK);
    let shown = async |act: &str, decision: &str| {
        let full = house.get(&format!("/api/v1/matters/M002?act={act}&decision={decision}")).await.body;
        let text = full["articles"][0]["statute"]["dated"].as_str().unwrap().to_owned();
        (full["choice"]["verdict"].as_str().unwrap().to_owned(), text)
    };
    assert_eq!(shown("2022-12-01", "2023-07-01").await, ("newer".to_owned(), "2023-01-01".to_owned()));
    assert_eq!(shown("2022-12-01", "2022-12-02").await, ("same".to_owned(), "2021-09-30".to_owned()));
}
