//! Who lives in the demo city: organisations, people by role, and who deals with what. Names are roles, never persons.

use crate::city::{City, DEPARTMENTS};

/// The password of every account of the demo city, shown to everybody who opens it.
pub const PASSWORD: &str = "bihuan-demo-2026";
/// What the administrator sets before a person's own first sign-in.
pub(crate) const FIRST_PASSWORD: &str = "first-day-at-work";
/// The first administrator, whom nobody could make through the interface.
pub const ADMINISTRATOR: &str = "administrator01";
/// The bureau at the root of the tree.
pub const BUREAU: &str = "模拟综合行政执法局";

pub(crate) const CENTRE: &str = "模拟城市运行指挥中心";
const BRIGADE: &str = "模拟综合行政执法大队";
/// Squads for one kind of work in the whole district, besides two in each township.
pub(crate) const SPECIAL: [&str; 8] =
    ["市政设施中队", "环境卫生中队", "停车秩序中队", "渣土管理中队", "油烟噪声中队", "户外广告中队", "河道水域中队", "机动中队"];

/// Bureaus outside that supervise, and refer what they find.
const SUPERVISORS: [&str; 2] = ["模拟水利局", "模拟住建局"];

/// An organisation of the city.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its name, which is unique in the city.
    pub name: String,
    /// Its kind as the interface writes it.
    pub kind: &'static str,
    /// The name of the organisation above.
    pub parent: String,
    /// Its region code.
    pub region: String,
}

/// A person of the city.
#[derive(Debug, Clone)]
pub struct Member {
    /// What the person signs in with.
    pub account: String,
    /// The role and a number, in Chinese.
    pub name: String,
    /// The organisation's name.
    pub unit: String,
    /// The role code.
    pub role: &'static str,
    /// Region codes, where they differ from the organisation's.
    pub regions: Vec<String>,
}

/// An account to try the city with.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The account.
    pub account: &'static str,
    /// The role in Chinese.
    pub role: &'static str,
    /// The name.
    pub name: &'static str,
    /// Where that role begins to work.
    pub page: &'static str,
}

/// One account for each role, in the order of the loop.
pub const INVITATIONS: [Invitation; 16] = [
    Invitation { account: "operator01", role: "受理员", name: "受理员01", page: "/desk" },
    Invitation { account: "shift_leader01", role: "值班长", name: "值班长01", page: "/desk" },
    Invitation { account: "dispatcher01", role: "派遣员", name: "派遣员01", page: "/desk" },
    Invitation { account: "collector01", role: "采集员", name: "采集员01", page: "/phone" },
    Invitation { account: "unit_handler01", role: "处置人员", name: "处置人员01", page: "/phone" },
    Invitation { account: "unit_leader01", role: "处置单位负责人", name: "处置单位负责人01", page: "/desk" },
    Invitation { account: "officer01", role: "执法队员", name: "执法队员01", page: "/phone" },
    Invitation { account: "case_officer01", role: "执法队员", name: "办案人员01", page: "/desk/cases" },
    Invitation { account: "case_officer02", role: "执法队员", name: "办案人员02", page: "/desk/cases" },
    Invitation { account: "legal_reviewer01", role: "法制审核员", name: "法制审核员01", page: "/desk/cases" },
    Invitation { account: "organ_head01", role: "局领导", name: "机关负责人01", page: "/desk/cases" },
    Invitation { account: "liaison01", role: "监管部门联络员", name: "监管部门联络员01", page: "/desk/referrals" },
    Invitation { account: "auxiliary01", role: "协管员", name: "协管员01", page: "/phone" },
    Invitation { account: "evaluator01", role: "考评员", name: "考评员01", page: "/desk" },
    Invitation { account: "leader01", role: "局领导", name: "局领导01", page: "/desk" },
    Invitation { account: ADMINISTRATOR, role: "系统管理员", name: "系统管理员01", page: "/desk" },
];

/// The squad that a township's daily affairs go to.
pub(crate) fn township_squad(township: &str) -> String {
    format!("{township}综合执法中队")
}

pub(crate) fn special_squad(index: usize) -> String {
    format!("模拟{}", SPECIAL[index])
}

/// Every organisation, parents first.
pub fn units(city: &City) -> Vec<Unit> {
    let county = &city.county.code;
    let unit = |name: String, kind, parent: &str, region: &str| Unit { name, kind, parent: parent.to_owned(), region: region.to_owned() };
    let mut all = vec![unit(CENTRE.to_owned(), "centre", BUREAU, county), unit(BRIGADE.to_owned(), "brigade", BUREAU, county)];
    for town in &city.townships {
        all.push(unit(township_squad(&town.name), "squad", BRIGADE, &town.code));
        all.push(unit(format!("{}巡查中队", town.name), "squad", BRIGADE, &town.code));
    }
    all.extend((0..SPECIAL.len()).map(|index| unit(special_squad(index), "squad", BRIGADE, county)));
    for name in DEPARTMENTS {
        let kind = if name.ends_with("公司") { "company" } else { "department" };
        all.push(unit(name.to_owned(), kind, BUREAU, county));
    }
    all.extend(SUPERVISORS.iter().map(|name| unit((*name).to_owned(), "department", BUREAU, county)));
    // A township's office: the squads are the bureau's, the ground is the township's.
    all.extend(city.townships.iter().map(|town| {
        let short = if town.name.ends_with("街道") { "办事处" } else { "人民政府" };
        unit(format!("{}{short}", town.name), "township", BUREAU, &town.code)
    }));
    all
}

/// Every person but the first administrator.
pub fn members(city: &City) -> Vec<Member> {
    let mut all = Vec::new();
    let mut add = |role: &'static str, label: &str, number: usize, unit: &str, regions: Vec<String>| {
        all.push(Member {
            account: format!("{role}{number:02}"),
            name: format!("{label}{number:02}"),
            unit: unit.to_owned(),
            role,
            regions,
        });
    };
    for number in 1..=3 {
        add("operator", "受理员", number, CENTRE, Vec::new());
    }
    for number in 1..=2 {
        add("shift_leader", "值班长", number, CENTRE, Vec::new());
        add("dispatcher", "派遣员", number, CENTRE, Vec::new());
    }
    add("evaluator", "考评员", 1, CENTRE, Vec::new());
    add("leader", "局领导", 1, BUREAU, Vec::new());
    for (index, town) in city.townships.iter().enumerate() {
        for turn in 0..2 {
            add("collector", "采集员", index * 2 + turn + 1, CENTRE, vec![town.code.clone()]);
        }
        add("officer", "执法队员", index + 1, &township_squad(&town.name), Vec::new());
        add("auxiliary", "协管员", index + 1, &township_squad(&town.name), Vec::new());
    }
    let acting = units(city).into_iter().filter(|unit| !matches!(unit.kind, "centre" | "brigade"));
    for (index, unit) in acting.enumerate() {
        add("unit_leader", "处置单位负责人", index + 1, &unit.name, Vec::new());
        add("unit_handler", "处置人员", index + 1, &unit.name, Vec::new());
    }
    add("machine", "机器来源", 1, CENTRE, Vec::new());
    add("legal_reviewer", "法制审核员", 1, BUREAU, Vec::new());
    for (index, bureau) in SUPERVISORS.iter().enumerate() {
        add("liaison", "监管部门联络员", index + 1, bureau, Vec::new());
    }
    // Those of the case desk work in the whole district.
    let named = [
        ("case_officer01", "办案人员01", BRIGADE, "officer"),
        ("case_officer02", "办案人员02", BRIGADE, "officer"),
        ("organ_head01", "机关负责人01", BUREAU, "leader"),
    ];
    all.extend(named.map(|(account, name, unit, role)| Member {
        account: account.to_owned(),
        name: name.to_owned(),
        unit: unit.to_owned(),
        role,
        regions: Vec::new(),
    }));
    all
}

/// A dispatch rule of the city: class, place, unit.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub priority: i32,
    pub class: &'static str,
    pub region: String,
    pub unit: String,
    pub note: &'static str,
    pub night: bool,
}

/// The dispatch rules. A few classes have none on purpose: those are the dispatcher's own to decide.
pub(crate) fn rules(city: &City) -> Vec<Rule> {
    let mut all = Vec::new();
    let mut add = |priority, classes: &[&'static str], unit: &str, note| {
        all.extend(classes.iter().map(|&class| Rule { priority, class, region: String::new(), unit: unit.to_owned(), note, night: false }));
    };
    add(100, &["01", "06013", "06050", "06051", "06052", "10905", "10001", "02034"], DEPARTMENTS[0], "市政养护");
    add(100, &["03", "06010", "06011", "06012", "06014", "06035", "06041", "06042"], DEPARTMENTS[1], "环卫保洁");
    add(100, &["04", "06017", "06018", "06021", "06045"], DEPARTMENTS[2], "园林养护");
    add(100, &["02", "06016"], DEPARTMENTS[3], "交通设施");
    add(90, &["01001", "01002", "01003", "01004", "01011", "01023", "10901", "10902", "10903", "10906"], DEPARTMENTS[4], "管网权属");
    add(90, &["01005", "01007", "01027", "01030", "01048", "01054", "10002"], DEPARTMENTS[5], "杆线权属");
    add(80, &["06023", "06025", "06026"], &special_squad(6), "水域专管");
    add(80, &["06027", "06028", "06029"], &special_squad(4), "油烟噪声专管");
    add(80, &["08"], &special_squad(3), "工地渣土专管");
    add(80, &["07002", "07003", "07006", "07007"], &special_squad(5), "户外广告专管");
    add(80, &["09009", "09011"], &special_squad(2), "停车专管");
    for town in &city.townships {
        for class in ["07001", "09", "06001", "06007", "06020", "06036"] {
            let unit = township_squad(&town.name);
            all.push(Rule { priority: 100, class, region: town.code.clone(), unit, note: "属地管理", night: false });
        }
    }
    all.push(Rule { priority: 50, class: "09", region: String::new(), unit: special_squad(7), note: "夜间机动", night: true });
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::json;

    use super::*;
    use crate::city::CountyBoundary;

    fn city() -> City {
        let ring = [[121.0, 30.6], [121.2, 30.6], [121.2, 30.8], [121.0, 30.8], [121.0, 30.6]];
        let document = json!({ "features": [{
            "properties": { "role": "county", "code": "330482", "name": "某县" }, "geometry": { "type": "Polygon", "coordinates": [ring] },
        }] });
        City::generate(&CountyBoundary::from_geojson(&document).unwrap(), 7).unwrap()
    }

    #[test]
    fn the_cast_is_complete_and_every_name_fits() {
        let city = city();
        let units = units(&city);
        assert_eq!(units.iter().filter(|unit| unit.kind == "squad").count(), 24);
        let mut known = HashSet::from([BUREAU.to_owned()]);
        for unit in &units {
            assert!(known.contains(&unit.parent), "{} comes before its parent", unit.name);
            assert!(known.insert(unit.name.clone()), "{} is there twice", unit.name);
        }
        let members = members(&city);
        assert!(members.iter().all(|member| known.contains(&member.unit)));
        let accounts: HashSet<_> = members.iter().map(|member| member.account.as_str()).collect();
        assert_eq!(accounts.len(), members.len());
        assert!(INVITATIONS.iter().all(|one| one.account == ADMINISTRATOR || accounts.contains(one.account)));
        assert!(rules(&city).iter().all(|rule| known.contains(&rule.unit)));
    }
}
