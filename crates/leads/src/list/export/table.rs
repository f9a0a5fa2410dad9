//! A lead as a line of a table.

use kernel::clock::shanghai;

use crate::list::row::LeadRow;

/// The mark that tells spreadsheets that a CSV is UTF-8.
pub(super) const CSV_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The columns.
pub(super) const CSV_HEAD: [&str; 18] = [
    "编号",
    "标题",
    "状态",
    "灯",
    "来源",
    "类别代码",
    "类别",
    "地址",
    "镇街",
    "单元网格代码",
    "单元网格",
    "经度",
    "纬度",
    "处置单位",
    "当前办理",
    "上报时间",
    "到期时间",
    "模拟数据",
];

/// The cells of a lead.
pub(super) fn cells(row: &LeadRow) -> [String; 18] {
    let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let light = match row.light {
        Some(kernel::light::Light::Green) => "绿",
        Some(kernel::light::Light::Yellow) => "黄",
        Some(kernel::light::Light::Red) => "红",
        None => "",
    };
    let holder = row.holder.as_ref().map_or_else(String::new, |holder| {
        let named = holder.person.as_ref().or(holder.unit.as_ref()).map(|named| named.name.clone());
        named.or_else(|| holder.role.as_deref().and_then(identity::Role::from_code).map(|role| role.label().to_owned())).unwrap_or_default()
    });
    [
        row.number.clone(),
        row.title.clone(),
        row.state_label.clone(),
        light.to_owned(),
        row.source_label.clone(),
        row.class.as_ref().map_or_else(String::new, |class| class.code.clone()),
        row.class.as_ref().map_or_else(String::new, |class| class.name.clone()),
        text(row.place.address.as_ref()),
        text(row.place.township_name.as_ref()),
        text(row.place.grid_code.as_ref()),
        text(row.place.grid_name.as_ref()),
        row.position.map_or_else(String::new, |position| format!("{:.6}", position.lon)),
        row.position.map_or_else(String::new, |position| format!("{:.6}", position.lat)),
        row.unit.as_ref().map_or_else(String::new, |unit| unit.name.clone()),
        holder,
        time(row.reported_at),
        row.due_at.map(time).unwrap_or_default(),
        if row.simulated { "是" } else { "" }.to_owned(),
    ]
}

/// A line of CSV. What a spreadsheet would take for a formula gets an apostrophe in front: a citizen's words never run in an office.
pub(super) fn csv_line<T: AsRef<str>>(cells: &[T]) -> Vec<u8> {
    let mut line = Vec::with_capacity(128);
    for (at, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        if at > 0 {
            line.push(b',');
        }
        let guard = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err();
        if guard || cell.contains([',', '"', '\n', '\r']) {
            line.push(b'"');
            if guard {
                line.push(b'\'');
            }
            line.extend(cell.replace('"', "\"\"").into_bytes());
            line.push(b'"');
        } else {
            line.extend(cell.as_bytes());
        }
    }
    line.extend(b"\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_words_and_quotes_are_doubled() {
        let line = String::from_utf8(csv_line(&["=1+1", "a,\"b\"", "-121.5", "@x", "平"])).unwrap();
        assert_eq!(line, "\"'=1+1\",\"a,\"\"b\"\"\",-121.5,\"'@x\",平\r\n");
    }
}
