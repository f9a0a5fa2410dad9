//! Labels (标签): the code of an item as a QR code with its words, on sheets and on strips.

pub(crate) mod print;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code as rows of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Modules on a side, without the quiet zone.
    pub width: usize,
    /// Row by row: dark or not.
    pub dark: Vec<bool>,
}

/// The QR code of a text. Level M mends a sixth of it: labels are scratched.
#[must_use]
pub fn matrix(text: &str) -> Option<Matrix> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    Some(Matrix { width: code.width(), dark: code.to_colors().into_iter().map(|module| module == Color::Dark).collect() })
}

impl Matrix {
    /// The dark runs of each row, as `row, from, length` in modules: far fewer to draw than modules.
    #[must_use]
    pub fn runs(&self) -> Vec<[usize; 3]> {
        let mut runs: Vec<[usize; 3]> = Vec::new();
        for (at, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (row, column) = (at / self.width, at % self.width);
            match runs.last_mut() {
                Some([last, from, length]) if *last == row && *from + *length == column => *length += 1,
                _ => runs.push([row, column, 1]),
            }
        }
        runs
    }
}
