//! A model as bytes, all numbers little-endian:
//!
//! | part | bytes |
//! | --- | --- |
//! | mark `BHCLASS` and version | 7 + 1 |
//! | number of labels, number of grams | 4 + 4 |
//! | sharpness | 4 |
//! | each label: length in bytes, UTF-8 | 2 + length |
//! | grams, ascending | 8 each |
//! | rarity of each gram | 4 each |
//! | weights, gram after gram | 4 each |
//! | check sum of all before (FNV-1a) | 8 |
//!
//! What is read may come from anywhere: the size that the head promises is held against the bytes that are there before anything
//! is kept, and every number against its range.

use crate::{
    model::Model,
    train::{MOST_LABEL_CHARACTERS, MOST_LABELS, MOST_ROWS, MOST_WEIGHTS},
    vocabulary::Vocabulary,
};

const MARK: &[u8; 7] = b"BHCLASS";
/// Raised when the same bytes would mean something else, also when grams are counted differently.
const VERSION: u8 = 1;

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BytesError {
    /// They do not begin like one.
    #[error("不是类别模型文件")]
    NotAModel,
    /// A version that this program does not know.
    #[error("类别模型版本为 {0}，本程序只能读取版本 {VERSION}；请重新训练")]
    UnknownVersion(u8),
    /// Cut off, longer than they say, or altered.
    #[error("类别模型文件不完整或已损坏，请重新训练或从备份恢复")]
    Damaged,
}

/// Writes a model.
pub(crate) fn write(model: &Model) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(MARK.len() + 64 + model.vocabulary.len() * 12 + model.weights.len() * 4);
    bytes.extend(MARK);
    bytes.push(VERSION);
    // Both are bounded when a model is made.
    bytes.extend((model.labels.len() as u32).to_le_bytes());
    bytes.extend((model.vocabulary.len() as u32).to_le_bytes());
    bytes.extend(model.sharpness.to_le_bytes());
    for label in &model.labels {
        bytes.extend((label.len() as u16).to_le_bytes());
        bytes.extend(label.as_bytes());
    }
    bytes.extend(model.vocabulary.grams().iter().flat_map(|gram| gram.to_le_bytes()));
    bytes.extend(model.vocabulary.rarity().iter().flat_map(|rarity| rarity.to_le_bytes()));
    bytes.extend(model.weights.iter().flat_map(|weight| weight.to_le_bytes()));
    bytes.extend(check_sum(&bytes).to_le_bytes());
    bytes
}

/// Reads a model.
pub(crate) fn read(bytes: &[u8]) -> Result<Model, BytesError> {
    let rest = bytes.strip_prefix(MARK).ok_or(BytesError::NotAModel)?;
    match rest.first() {
        Some(&VERSION) => {}
        Some(version) => return Err(BytesError::UnknownVersion(*version)),
        None => return Err(BytesError::Damaged),
    }
    whole(bytes, &rest[1..]).ok_or(BytesError::Damaged)
}

fn whole(bytes: &[u8], rest: &[u8]) -> Option<Model> {
    let (body, sum) = rest.split_last_chunk::<8>()?;
    if check_sum(&bytes[..bytes.len() - 8]) != u64::from_le_bytes(*sum) {
        return None;
    }
    let mut rest = Rest(body);
    let (labels, rows) = (rest.number()?, rest.number()?);
    if !(2..=MOST_LABELS).contains(&labels) || rows == 0 || rows > MOST_ROWS || labels * rows > MOST_WEIGHTS {
        return None;
    }
    let sharpness = rest.finite()?;
    let labels: Vec<String> = (0..labels).map(|_| rest.label()).collect::<Option<_>>()?;
    if sharpness <= 0.0 || !labels.is_sorted_by(|one, next| one < next) || rest.0.len() != rows * (12 + 4 * labels.len()) {
        return None;
    }
    let grams = (0..rows).map(|_| rest.take().map(u64::from_le_bytes)).collect::<Option<_>>()?;
    let rarity: Vec<f32> = (0..rows).map(|_| rest.finite().filter(|rarity| *rarity >= 1.0)).collect::<Option<_>>()?;
    let weights = (0..rows * labels.len()).map(|_| rest.finite()).collect::<Option<_>>()?;
    Some(Model { labels, vocabulary: Vocabulary::new(grams, rarity)?, weights, sharpness })
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take()?)).ok()
    }

    /// A number of which sums stay finite, whatever text it is multiplied with.
    fn finite(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take()?)).filter(|number| number.abs() <= 1e6)
    }

    fn label(&mut self) -> Option<String> {
        let length = usize::from(u16::from_le_bytes(self.take()?));
        let (label, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let label = std::str::from_utf8(label).ok()?;
        let fits = !label.is_empty() && label.trim() == label && label.chars().count() <= MOST_LABEL_CHARACTERS;
        fits.then(|| label.to_owned())
    }
}

/// FNV-1a: finds what was altered by chance; what was altered on purpose is found by the ranges.
fn check_sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
