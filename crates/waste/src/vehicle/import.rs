//! `POST /api/v1/waste/vehicles/imports`: vehicles out of a CSV or XLSX file, row by row, with a report of each row that was refused.

use std::collections::{BTreeMap, BTreeSet};

use axum::{body::Bytes, extract::State};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    save::{coloured, measured, told},
    store::{self, VehicleRow},
};
use crate::{
    Waste, carrier, rights, scope,
    words::{LINE, credit_code, optional, plate},
};

/// Rows of one file at most.
const MOST: usize = 5_000;
/// The columns, by their Chinese heads.
const HEADS: [&str; 6] = ["车牌号", "车牌颜色", "企业统一社会信用代码", "核定载质量（千克）", "车厢容积（升）", "车型"];
/// Bytes of a table at most.
const TABLE: u64 = 8 << 20;
/// How a workbook begins.
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// A row that was not taken, and why (行报告).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteImportFault {
    /// The row in the file; the head is 1.
    row: usize,
    plate: String,
    reason: String,
}

/// What an import did (导入结果).
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct WasteVehicleImport {
    added: usize,
    changed: usize,
    /// They were there as they are in the file.
    present: usize,
    /// Rows that were not taken; the others were.
    faults: Vec<WasteImportFault>,
}

/// A row as it was read.
struct Row {
    at: usize,
    plate: String,
    colour: i16,
    code: String,
    rated_kg: i32,
    box_litres: i32,
    model: Option<String>,
}

fn unreadable(why: &str) -> Problem {
    Problem::invalid("import-unreadable", why.to_owned())
}

fn colour(text: &str) -> Result<i16, Problem> {
    let known = ["", "蓝", "黄", "黑", "白", "绿"];
    let word = text.trim().trim_end_matches('色').trim_end_matches('牌');
    let found = known.iter().position(|it| *it == word && !word.is_empty()).and_then(|at| i16::try_from(at).ok());
    coloured(found.or_else(|| word.parse().ok()).unwrap_or(-1))
}

fn number(field: &'static str, text: &str) -> Result<i32, Problem> {
    measured(field, text.trim().replace(',', "").parse::<f64>().ok().filter(|it| it.fract() == 0.0).map_or(0, |it| it as i32))
}

/// The first sheet of a workbook.
fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let kept = || {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("vehicles.xlsx"), folder.path().join("vehicles.csv"));
        std::fs::write(&from, bytes)?;
        Ok::<_, std::io::Error>((folder, from, to))
    };
    let (_folder, from, to) = kept().map_err(|error| {
        tracing::error!(%error, "an import could not be laid down");
        Problem::internal("internal", "系统内部错误，已记录；请稍后重试")
    })?;
    sheets::to_csv_within(&from, &to, TABLE).map_err(|_| unreadable("这个工作簿读不出来，请另存为 XLSX 或者 CSV 后重试"))?;
    std::fs::read(&to).map_err(|_| unreadable("这个工作簿读不出来，请另存为 CSV 后重试"))
}

/// The rows of a file, and those that cannot be read.
fn read(bytes: &[u8]) -> Result<(Vec<Row>, Vec<WasteImportFault>), Problem> {
    let text = if bytes.starts_with(WORKBOOK) { workbook(bytes)? } else { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).to_vec() };
    let text = String::from_utf8(text).map_err(|_| unreadable("文件不是 UTF-8 编码，请在表格软件中另存为“CSV UTF-8”"))?;
    let mut file = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads = file.headers().map_err(|_| unreadable("文件的表头读不出来"))?.clone();
    let at = |name: &str| heads.iter().position(|head| head.trim() == name);
    let Some(columns) = HEADS[..5].iter().map(|name| at(name)).collect::<Option<Vec<usize>>>() else {
        return Err(unreadable(&format!("表头应有：{}", HEADS.join("、"))));
    };
    let model = at(HEADS[5]);
    let (mut rows, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (index, record) in file.records().enumerate() {
        if index >= MOST {
            return Err(unreadable(&format!("一个文件最多 {MOST} 行，请分开导入")));
        }
        let at = index + 2;
        let record = record.map_err(|_| unreadable(&format!("第 {at} 行读不出来")))?;
        let cell = |column: usize| record.get(columns[column]).unwrap_or_default().trim();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let parsed = || {
            Ok::<_, Problem>(Row {
                at,
                plate: plate(cell(0))?,
                colour: colour(cell(1))?,
                code: credit_code(cell(2))?,
                rated_kg: number("rated_kg", cell(3)).map_err(|it| Problem { detail: format!("核定载质量{}", it.detail), ..it })?,
                box_litres: number("box_litres", cell(4)).map_err(|it| Problem { detail: format!("车厢容积{}", it.detail), ..it })?,
                model: optional("model", "车型", model.and_then(|column| record.get(column)), LINE)?,
            })
        };
        match parsed() {
            Ok(row) if !seen.insert((row.plate.clone(), row.colour)) => {
                faults.push(WasteImportFault { row: at, plate: row.plate, reason: "文件中已有这辆车".to_owned() });
            }
            Ok(row) => rows.push(row),
            Err(problem) => faults.push(WasteImportFault { row: at, plate: cell(0).chars().take(20).collect(), reason: problem.detail }),
        }
    }
    Ok((rows, faults))
}

/// Takes vehicles out of a file; of a vehicle that is there already, load, box and model follow the file. One that is out of use, or another
/// carrier's, stays as it is and is named.
///
/// # Errors
/// `import-unreadable` for the whole file; a row that is wrong is named and the others are taken.
#[utoipa::path(post, path = "/api/v1/waste/vehicles/imports", tag = "waste", operation_id = "import_waste_vehicles",
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = WasteVehicleImport, description = "What was taken, and what was not")))]
pub(crate) async fn import(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    bytes: Bytes,
) -> Answer<Json<WasteVehicleImport>> {
    let read = tokio::task::spawn_blocking(move || read(&bytes)).await;
    let (rows, faults) = read.map_err(|_| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))??;
    let mut answer = WasteVehicleImport { faults, ..WasteVehicleImport::default() };
    let (scope, now, me) = (allowed.scope(), room.now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let codes: Vec<String> = rows.iter().map(|row| row.code.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let carriers = carrier::store::by_code(&mut transaction, room.home(), &codes).await?;
    let carriers: BTreeMap<&str, _> = carriers.iter().map(|it| (it.credit_code.as_str(), it)).collect();
    let plates: Vec<String> = rows.iter().map(|row| row.plate.clone()).collect();
    let known = store::by_plates(&mut transaction, room.home(), &plates).await?;
    for row in rows {
        let fault = |reason: &str| WasteImportFault { row: row.at, plate: row.plate.clone(), reason: reason.to_owned() };
        let Some(carrier) = carriers.get(row.code.as_str()) else {
            answer.faults.push(fault("没有登记这家企业，或者已经停用"));
            continue;
        };
        if scope::require(&scope, room.home(), &carrier.jurisdiction).is_err() {
            answer.faults.push(fault("这家企业不在您的辖区"));
            continue;
        }
        let before = known.iter().find(|it| it.plate == row.plate && it.colour == row.colour);
        if before.is_some_and(|it| scope::require(&scope, room.home(), &it.jurisdiction).is_err()) {
            answer.faults.push(fault("这辆车不在您的辖区"));
            continue;
        }
        // A list from an enterprise is no decision of the house: who drives again, and for whom, is said at the vehicle itself.
        if before.is_some_and(|it| it.closed) {
            answer.faults.push(fault("这辆车已经停用；要恢复使用，请在车辆档案里修改"));
            continue;
        }
        if before.is_some_and(|it| it.carrier != carrier.id) {
            answer.faults.push(fault("这辆车登记在另一家企业名下；转到这家企业，请在车辆档案里修改"));
            continue;
        }
        let after = VehicleRow {
            id: before.map_or_else(|| uuid_at(now), |it| it.id),
            region: room.home().to_owned(),
            jurisdiction: carrier.jurisdiction.clone(),
            plate: row.plate.clone(),
            colour: row.colour,
            carrier: carrier.id,
            rated_kg: row.rated_kg,
            box_litres: row.box_litres,
            model: row.model.clone().or_else(|| before.and_then(|it| it.model.clone())),
            note: before.and_then(|it| it.note.clone()),
            closed: false,
            version: before.map_or(1, |it| it.version + 1),
            simulated: room.parts().demo,
            changed_by: me,
            changed_at: now,
        };
        let (was, is) = (before.map_or(Value::Null, told), told(&after));
        if was == is {
            answer.present += 1;
            continue;
        }
        if !store::save(&mut transaction, &after).await? {
            answer.faults.push(fault("刚刚被他人修改，请重新导入这一行"));
            continue;
        }
        let action = if before.is_some() { "waste-vehicle-changed" } else { "waste-vehicle-added" };
        *(if before.is_some() { &mut answer.changed } else { &mut answer.added }) += 1;
        room.leave(&mut transaction, &allowed.caller, action, &after.plate, (was, is)).await?;
    }
    transaction.commit().await?;
    answer.faults.sort_by_key(|fault| fault.row);
    Ok(Json(answer))
}
