//! Which column of a file is which field of a lead (列对应).

use std::collections::BTreeMap;

use kernel::{position::CoordinateSystem, problem::Problem};

/// Field name → column name; for the coordinate system also its own name, such as `gcj02`.
pub type Mapping = BTreeMap<String, String>;

/// A field that a column can fill: its name, other names of it in requests, and the column names it is recognised by.
struct Field {
    name: &'static str,
    also: &'static [&'static str],
    columns: &'static [&'static str],
}

/// The fields, in the order in which columns are given away.
const FIELDS: &[Field] = &[
    Field {
        name: "external_id",
        also: &["key", "id"],
        columns: &[
            "id",
            "工单编号",
            "工单号",
            "诉求编号",
            "留言编号",
            "信件编号",
            "受理编号",
            "流水号",
            "来源编号",
            "编号",
            "orderid",
            "caseid",
            "key",
        ],
    },
    Field { name: "title", also: &[], columns: &["title", "标题", "主题", "留言主题", "工单标题", "诉求标题", "subject"] },
    Field {
        name: "description",
        also: &["text"],
        columns: &[
            "text",
            "description",
            "content",
            "body",
            "反映内容",
            "诉求内容",
            "工单内容",
            "留言详情",
            "问题描述",
            "内容",
            "描述",
            "详情",
        ],
    },
    Field {
        name: "occurred_at",
        also: &["time"],
        columns: &[
            "time",
            "occurredat",
            "createdat",
            "datetime",
            "date",
            "上报时间",
            "受理时间",
            "留言时间",
            "来电时间",
            "诉求时间",
            "反映时间",
            "登记时间",
            "创建时间",
            "时间",
            "日期",
        ],
    },
    Field {
        name: "address",
        also: &["place"],
        columns: &["place", "address", "location", "详细地址", "发生地址", "事发地点", "地址", "地点", "位置", "所在地"],
    },
    Field { name: "lon", also: &["x"], columns: &["lon", "lng", "longitude", "经度", "x"] },
    Field { name: "lat", also: &["y"], columns: &["lat", "latitude", "纬度", "y"] },
    Field { name: "coordinate_system", also: &["system"], columns: &["system", "coordinatesystem", "crs", "坐标系"] },
    Field { name: "class_code", also: &["class"], columns: &["classcode", "类别代码", "小类代码", "案件小类代码"] },
    Field {
        name: "name",
        also: &[],
        columns: &["name", "reporter", "姓名", "市民姓名", "报料人", "报料人姓名", "诉求人", "来电人", "反映人", "联系人", "留言用户"],
    },
    Field {
        name: "telephone",
        also: &["phone"],
        columns: &["telephone", "phone", "tel", "mobile", "联系电话", "手机号码", "手机号", "手机", "来电号码", "电话", "联系方式"],
    },
    Field { name: "nature", also: &[], columns: &["nature", "诉求性质", "工单性质", "性质", "诉求类型", "工单类型"] },
    Field { name: "channel", also: &[], columns: &["channel", "来源渠道", "受理渠道", "诉求渠道", "渠道"] },
    Field { name: "reply", also: &[], columns: &["reply", "答复意见", "回复内容", "办理结果", "答复", "回复"] },
    Field { name: "transfers", also: &[], columns: &["transfers", "转办次数", "转派次数"] },
    Field { name: "label", also: &[], columns: &["label", "一级标签", "一级分类", "标签", "分类"] },
];

/// Longest name of a column in a mapping, in characters.
const LONGEST_COLUMN: usize = 200;

fn plain(column: &str) -> String {
    column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The mapping that the column names speak for. A column is given to one field only.
#[must_use]
pub fn suggest(columns: &[String]) -> Mapping {
    let plain: Vec<String> = columns.iter().map(|column| plain(column)).collect();
    let mut taken = vec![false; columns.len()];
    let mut mapping = Mapping::new();
    for field in FIELDS {
        let found = field.columns.iter().find_map(|name| (0..columns.len()).find(|&at| !taken[at] && plain[at] == *name));
        if let Some(at) = found {
            taken[at] = true;
            mapping.insert(field.name.to_owned(), columns[at].clone());
        }
    }
    mapping
}

/// A mapping as a client sent it, with the fields under their own names.
///
/// # Errors
/// `mapping-invalid` for a field that does not exist, or when nothing fills the words.
pub fn parse(given: &Mapping) -> Result<Mapping, Problem> {
    let mut mapping = Mapping::new();
    for (name, column) in given {
        let column = column.trim();
        if column.is_empty() {
            continue;
        }
        let field = FIELDS.iter().find(|field| field.name == name || field.also.contains(&name.as_str()));
        let Some(field) = field else {
            return Err(invalid(format!("没有「{}」这个字段", name.chars().take(40).collect::<String>())));
        };
        if column.chars().count() > LONGEST_COLUMN || column.contains('\0') {
            return Err(invalid("列名过长或含有不可用的字符".to_owned()));
        }
        mapping.insert(field.name.to_owned(), column.to_owned());
    }
    if mapping.contains_key("description") || mapping.contains_key("title") {
        return Ok(mapping);
    }
    Err(invalid("请指定哪一列是反映内容".to_owned()))
}

fn invalid(detail: String) -> Problem {
    Problem::invalid("mapping-invalid", detail.clone()).field("mapping", detail)
}

/// Where each field stands in a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    columns: BTreeMap<&'static str, usize>,
    /// The system of all positions, when the mapping names one instead of a column.
    pub system: CoordinateSystem,
}

impl Places {
    /// Finds the columns of a mapping in a file.
    pub(crate) fn find(mapping: &Mapping, columns: &[String]) -> Result<Self, Problem> {
        let mut places = Self::default();
        for (name, wanted) in mapping {
            let Some(field) = FIELDS.iter().find(|field| field.name == name) else { continue };
            match columns.iter().position(|column| column == wanted) {
                Some(at) => drop(places.columns.insert(field.name, at)),
                None if field.name == "coordinate_system" => {
                    places.system = wanted.parse().map_err(|error: kernel::position::PositionError| invalid(error.to_string()))?;
                }
                None => return Err(invalid(format!("文件中没有「{wanted}」这一列"))),
            }
        }
        Ok(places)
    }

    /// The cell of a field, trimmed; nothing where it is empty.
    pub(crate) fn cell<'a>(&self, cells: &'a [String], field: &str) -> Option<&'a str> {
        self.columns.get(field).and_then(|at| cells.get(*at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_columns_of_the_hotline_and_of_the_letters_are_recognised() {
        let hotline = suggest(&columns(&["id", "place", "nature", "channel", "title", "text", "time", "reply", "transfers"]));
        let expected = [
            ("address", "place"),
            ("channel", "channel"),
            ("description", "text"),
            ("external_id", "id"),
            ("nature", "nature"),
            ("occurred_at", "time"),
            ("reply", "reply"),
            ("title", "title"),
            ("transfers", "transfers"),
        ];
        assert_eq!(hotline, expected.map(|(field, column)| (field.to_owned(), column.to_owned())).into());
        let letters = suggest(&columns(&["id", "time", "title", "text", "label"]));
        assert_eq!(letters.len(), 5);
        assert_eq!(letters["label"], "label");
    }

    #[test]
    fn chinese_columns_are_recognised_and_none_is_given_twice() {
        let found = suggest(&columns(&["工单编号", "诉求内容", "联系电话", "诉求人", "受理时间", "X 坐标", "经度", "纬度"]));
        assert_eq!((found["external_id"].as_str(), found["description"].as_str(), found["lon"].as_str()), ("工单编号", "诉求内容", "经度"));
        assert_eq!(found["name"], "诉求人");
        assert!(!found.values().any(|column| column == "X 坐标"));
    }

    #[test]
    fn a_mapping_without_words_or_with_an_unknown_field_is_refused() {
        assert!(parse(&[("external_id".to_owned(), "id".to_owned())].into()).is_err());
        assert!(parse(&[("colour".to_owned(), "id".to_owned()), ("text".to_owned(), "t".to_owned())].into()).is_err());
        let aliased = parse(&[("text".to_owned(), "正文".to_owned()), ("key".to_owned(), "号".to_owned())].into()).unwrap();
        assert_eq!(aliased["description"], "正文");
        assert_eq!(aliased["external_id"], "号");
    }
}
