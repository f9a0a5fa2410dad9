//! Exports from the command line, by whoever runs the machine: everything, masked as in the lists.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use identity::Scope;
use kernel::{clock::shanghai, problem::Problem};
use uuid::Uuid;

use super::{
    Export, Format, Next,
    sheet::{self, Sheet},
    sheet_failed,
    store::{self, EntryRow},
    table::{self, CSV_HEAD, CSV_MARK},
};
use crate::{Leads, list::filter::Filter};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Leads.
    Leads,
    /// Entries of the ledger.
    Ledger,
}

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Rows.
    pub rows: u64,
    /// A workbook's sheet was full before the list ended.
    pub cut: bool,
}

/// Ledger entries of one page.
const PAGE: i64 = 2_000;
const LEDGER_HEAD: [&str; 12] = ["件编号", "件", "序号", "时间", "办理人", "角色", "动作", "经度", "纬度", "内容", "前一条散列", "散列"];

/// Where rows go.
enum Out {
    Csv(BufWriter<File>),
    Jsonl(BufWriter<File>),
    Xlsx(Box<Sheet>, File),
}

impl Out {
    fn new(format: Format, file: File, head: &[&str]) -> Result<Self, Problem> {
        Ok(match format {
            Format::Csv => {
                let mut file = BufWriter::new(file);
                file.write_all(&CSV_MARK).and_then(|()| file.write_all(&table::csv_line(head))).map_err(|error| disk(&error))?;
                Self::Csv(file)
            }
            Format::Jsonl => Self::Jsonl(BufWriter::new(file)),
            Format::Xlsx => Self::Xlsx(Box::new(Sheet::new(head).map_err(sheet_failed)?), file),
        })
    }

    /// Writes a row; says whether there was room.
    fn write(&mut self, cells: impl FnOnce() -> Vec<String>, object: &impl serde::Serialize) -> Result<bool, Problem> {
        match self {
            Self::Csv(file) => file.write_all(&table::csv_line(&cells())).map_err(|error| disk(&error))?,
            Self::Jsonl(file) => {
                let line = serde_json::to_vec(object).unwrap_or_default();
                file.write_all(&line).and_then(|()| file.write_all(b"\n")).map_err(|error| disk(&error))?;
            }
            Self::Xlsx(sheet, _) => return sheet.write(&cells()).map_err(sheet_failed),
        }
        Ok(true)
    }

    fn finish(self) -> Result<(), Problem> {
        match self {
            Self::Csv(file) | Self::Jsonl(file) => {
                file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()).map_err(|error| disk(&error))
            }
            Self::Xlsx(sheet, mut file) => {
                let mut whole = sheet.finish().map_err(sheet_failed)?;
                io::copy(&mut whole, &mut file).and_then(|_| file.sync_all()).map_err(|error| disk(&error))
            }
        }
    }
}

fn disk(error: &io::Error) -> Problem {
    Problem::unavailable("file-unwritable", format!("文件无法写入：{error}"))
}

impl Leads {
    /// Exports a whole list to a file, which must not be there yet.
    ///
    /// # Errors
    /// The disk's and the database's; a file begun is then incomplete.
    pub async fn export_to(&self, what: What, format: Format, path: &Path) -> Result<Exported, Problem> {
        let file = File::create_new(path).map_err(|error| disk(&error))?;
        match what {
            What::Leads => self.leads_to(format, file).await,
            What::Ledger => self.ledger_to(format, file).await,
        }
    }

    async fn leads_to(&self, format: Format, file: File) -> Result<Exported, Problem> {
        let everything = Scope { regions: vec![String::new()], units: None, person: Uuid::nil().into() };
        let most = if format == Format::Xlsx { u64::from(sheet::MOST_ROWS) - 1 } else { u64::MAX };
        let failed = |error: http_api::ApiProblem| error.problem().clone();
        let mut export = Export::begin(self, everything, Filter::default(), format, None, most).await.map_err(failed)?;
        let mut out = Out::new(format, file, &CSV_HEAD)?;
        let mut next = Next::Page(None);
        let mut cut = false;
        while let Next::Page(cursor) = next {
            let rows;
            (rows, next, cut) = export.page(cursor).await.map_err(failed)?;
            for row in &rows {
                out.write(|| table::cells(row).to_vec(), row)?;
            }
        }
        out.finish()?;
        Ok(Exported { rows: export.rows, cut })
    }

    async fn ledger_to(&self, format: Format, file: File) -> Result<Exported, Problem> {
        let pool = self.database().pool();
        let failed = |error: sqlx::Error| http_api::ApiProblem::from(error).problem().clone();
        let export = kernel::id::uuid_at(self.clock().now());
        let line = |phase, ended: Option<Exported>| store::Line {
            export,
            person: None,
            what: "ledger",
            format: format.code(),
            filter: serde_json::json!({}),
            phase,
            rows: ended.map(|ended| i64::try_from(ended.rows).unwrap_or(i64::MAX)),
            cut: ended.map(|ended| ended.cut),
        };
        store::note(pool, &line("begun", None), self.clock().now()).await.map_err(failed)?;
        let mut out = Out::new(format, file, &LEDGER_HEAD)?;
        let mut done = Exported { rows: 0, cut: false };
        let mut last: Option<(String, Uuid, i64)> = None;
        while !done.cut {
            let after = last.as_ref().map(|(region, docket, seq)| (region.as_str(), *docket, *seq));
            let entries = store::entries(pool, after, PAGE).await.map_err(failed)?;
            let Some(end) = entries.last() else { break };
            last = Some((end.region.clone(), end.docket_id, end.seq));
            for entry in &entries {
                if !out.write(|| cells(entry), entry)? {
                    done.cut = true;
                    break;
                }
                done.rows += 1;
            }
        }
        out.finish()?;
        store::note(pool, &line("ended", Some(done)), self.clock().now()).await.map_err(failed)?;
        Ok(done)
    }
}

fn cells(entry: &EntryRow) -> Vec<String> {
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        entry.number.clone().unwrap_or_default(),
        entry.docket_id.to_string(),
        entry.seq.to_string(),
        entry.at.with_timezone(&shanghai()).to_rfc3339(),
        entry.actor.clone(),
        entry.role.clone().unwrap_or_default(),
        entry.action.clone(),
        degrees(entry.lon),
        degrees(entry.lat),
        entry.payload.clone(),
        entry.previous.clone(),
        entry.hash.clone(),
    ]
}
