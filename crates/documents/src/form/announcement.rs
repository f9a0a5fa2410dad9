//! Service by public notice (公告送达): E02.

use chrono::NaiveDate;

use super::{
    block::{CaseOf, Officer},
    make::form,
    missing::Wanted,
    part::parts,
    service::Served,
    share::{self, Photo},
};

parts! {
    /// The papers of E02 (公告送达).
    AnnouncementPart {
        /// What is put up.
        Announcement = "announcement", "公告送达书", true;
        /// That it was put up, with photos.
        Posting = "posting", "公告张贴（发布）记录", false;
    }
}

form! {
    /// E02 公告送达书及张贴照片 (service by public notice: thirty days).
    Announcement {
        /// The case.
        case: CaseOf,
        /// To whom.
        recipient: String,
        /// What is served.
        documents: Vec<Served>,
        /// What they say in brief.
        content: Vec<String>,
        /// Why it is served this way, and which ways were tried.
        ground: String,
        /// Where it is put up or published.
        media: Vec<String>,
        /// Where the papers are fetched.
        contact: String,
        /// Since when it hangs.
        posted_on: Option<NaiveDate>,
        /// When it counts as served.
        deemed_on: Option<NaiveDate>,
        /// Who put it up.
        officers: Vec<Officer>,
        /// A witness.
        witness: String,
        /// Photos of that.
        photos: Vec<Photo>,
        /// Its day.
        dated_on: Option<NaiveDate>,
    }
    missing |it| {
        let both = Wanted::by("民事诉讼法第九十五条")
            .text(&it.recipient, "recipient", "受送达人")
            .when(!it.documents.is_empty() && it.documents.iter().all(|one| !one.name.trim().is_empty()), "documents", "送达的文书")
            .text(&it.ground, "ground", "公告送达的原因和经过");
        match it.part {
            AnnouncementPart::Announcement => both.texts(&it.content, "content", "文书的主要内容").dated(it.dated_on),
            AnnouncementPart::Posting => both
                .texts(&it.media, "media", "公告的方式")
                .day(it.posted_on, "posted", "发布日期")
                .when(share::pictured(&it.photos), "photos", "张贴照片")
                .and_by("行政处罚法第四十二条")
                .officers(&it.officers),
        }
    };
    part AnnouncementPart
}
