//! Proof of service and the archive: E01, F06.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer},
    make::form,
    missing::Wanted,
};

/// A document that is served (送达文书).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Served {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Copies.
    pub copies: u32,
}

form! {
    /// E01 送达回证 (receipt of service).
    ServiceReceipt {
        /// The case.
        case: CaseOf,
        /// To whom.
        recipient: String,
        /// Where.
        place: String,
        /// What.
        documents: Vec<Served>,
        /// Which way (送达方式).
        mode: String,
        /// When it was received.
        received_on: Option<NaiveDate>,
        /// Who received it for somebody else, and why he may.
        received_by: String,
        /// Refusal, and how it was left (留置送达).
        refusal: String,
        /// A witness.
        witness: String,
        /// Who served.
        officers: Vec<Officer>,
        /// Remarks.
        note: String,
    }
    missing |it| Wanted::by("民事诉讼法第八十七条")
        .text(&it.recipient, "recipient", "受送达人")
        .when(!it.documents.is_empty() && it.documents.iter().all(|one| !one.name.trim().is_empty()), "documents", "送达的文书")
        .text(&it.place, "place", "送达地点")
        .text(&it.mode, "mode", "送达方式")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}

/// A line of the contents of a file (卷内目录).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// The document.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Option<NaiveDate>,
    /// The first page.
    pub page: u32,
    /// Remarks.
    pub note: String,
}

form! {
    /// F06 案卷封面、卷内目录、备考表 (cover, contents and remarks of a file).
    Archive {
        /// The case.
        case: CaseOf,
        /// The party's name.
        party_name: String,
        /// What it is called (题名).
        title: String,
        /// What was decided.
        result: String,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// Closed.
        closed_on: Option<NaiveDate>,
        /// Put into the archive.
        archived_on: Option<NaiveDate>,
        /// How long it is kept (保管期限).
        retention: String,
        /// Who handled it.
        officers: Vec<Officer>,
        /// Pages.
        pages: u32,
        /// The contents.
        entries: Vec<Entry>,
        /// Remarks (备考).
        remarks: Vec<String>,
        /// Who put it together (立卷人).
        keeper: String,
        /// Who checked it (检查人).
        checker: String,
    }
    missing |it| Wanted::by("文书填写规则")
        .text(&it.title, "title", "题名")
        .text(&it.retention, "retention", "保管期限")
        .when(!it.entries.is_empty(), "entries", "卷内目录")
        .when(it.pages > 0, "pages", "页数")
        .text(&it.keeper, "keeper", "立卷人")
        .when(it.archived_on.is_some(), "date", "归档日期")
}
