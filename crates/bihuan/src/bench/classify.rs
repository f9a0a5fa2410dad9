//! `bihuan bench classify`: a class model learned from one file and judged by another, and how many texts it classifies a second
//! on one core. Without files it makes letters of its own, which say how fast it is and nothing about how good.

use std::{
    collections::BTreeMap,
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use classify::Model;

use super::{figure::figure, noise::Noise};

/// What to learn from and what to judge by.
#[derive(Debug, clap::Args)]
pub struct ClassifyArgs {
    /// 训练文件（CSV，含 text、label 两列）
    #[arg(long, value_name = "FILE", requires = "test")]
    train: Option<PathBuf>,
    /// 测试文件（CSV，含 text、label 两列）
    #[arg(long, value_name = "FILE", requires = "train")]
    test: Option<PathBuf>,
    /// 国标类别：只学模拟文本，用手写的短上报检验
    #[arg(long, conflicts_with_all = ["train", "test"])]
    national: bool,
    /// 每行一个 JSON 对象
    #[arg(long)]
    json: bool,
}

/// Texts classified in one pass, and the length of each in characters.
const TEXTS: usize = 20_000;
const LENGTH: usize = 200;
const PASSES: usize = 7;
/// Made letters: as many as a city writes in a few months, of so few labels as a bureau has fields, or so many as the standard has matters.
const LETTERS: usize = 2_000;
const FEW: usize = 7;
const MANY: usize = 250;

/// A text and its label.
type Sample = (String, String);

/// Runs the bench and prints its figures, as JSON lines where `json` is set.
///
/// # Errors
/// A file that cannot be read, or from which nothing can be learned.
pub fn run(args: &ClassifyArgs) -> Result<()> {
    if args.national {
        return super::national::run(args.json);
    }
    let (Some(train), Some(test)) = (&args.train, &args.test) else {
        learn_and_time(args.json, "classify", &letters(FEW))?;
        learn_and_time(args.json, "classify.of_250", &letters(MANY))?;
        return Ok(());
    };
    let (train, test) = (read(train)?, read(test)?);
    ensure!(!test.is_empty(), "测试文件没有数据行");
    let (model, train_s) = learn(&train)?;
    let mut scorer = model.scorer();
    let said: Vec<&str> = test.iter().map(|(text, _)| scorer.best(text).map_or("", |best| best.label)).collect();
    let right = test.iter().zip(&said).filter(|((_, label), said)| label == *said).count();
    figure(args.json, "classify.macro_f1", macro_f1(&test, &said), "1", test.len());
    figure(args.json, "classify.accuracy", right as f64 / test.len() as f64, "1", test.len());
    figure(args.json, "classify.texts_per_second", rate(&model, &test), "1/s", TEXTS);
    figure(args.json, "classify.train_s", train_s, "s", train.len());
    figure(args.json, "classify.model_mb", model.to_bytes().len() as f64 / 1e6, "MB", model.labels().len());
    Ok(())
}

fn learn_and_time(json: bool, name: &str, letters: &[Sample]) -> Result<()> {
    let (model, train_s) = learn(letters)?;
    figure(json, &format!("{name}.texts_per_second"), rate(&model, letters), "1/s", TEXTS);
    figure(json, &format!("{name}.train_s"), train_s, "s", letters.len());
    figure(json, &format!("{name}.model_mb"), model.to_bytes().len() as f64 / 1e6, "MB", model.labels().len());
    Ok(())
}

fn learn(samples: &[Sample]) -> Result<(Model, f64)> {
    let started = Instant::now();
    let model = Model::train(samples.iter().map(|(text, label)| (text.as_str(), label.as_str())))?;
    Ok((model, started.elapsed().as_secs_f64()))
}

fn read(file: &Path) -> Result<Vec<Sample>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("{} 无法读取", file.display()))?;
    let header = reader.headers()?.clone();
    let column = |name: &str| {
        header.iter().position(|it| it.trim_start_matches('\u{feff}') == name).with_context(|| format!("{} 没有 {name} 列", file.display()))
    };
    let (text, label) = (column("text")?, column("label")?);
    let rows = reader.records().map(|row| row.map(|row| (row[text].to_owned(), row[label].to_owned())));
    rows.collect::<Result<_, _>>().with_context(|| format!("{} 不是完整的 CSV 文件", file.display()))
}

/// The mean over the labels that are present of the harmonic mean of precision and recall.
pub(super) fn macro_f1(test: &[Sample], said: &[&str]) -> f64 {
    // Per label: how often it was true, said, and both.
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for ((_, label), said) in test.iter().zip(said) {
        counts.entry(label).or_default().0 += 1;
        counts.entry(said).or_default().1 += 1;
        if label == said {
            counts.entry(label).or_default().2 += 1;
        }
    }
    let present: Vec<f64> =
        counts.values().filter(|(truly, _, _)| *truly > 0).map(|(truly, said, both)| 2.0 * *both as f64 / (truly + said) as f64).collect();
    present.iter().sum::<f64>() / present.len().max(1) as f64
}

/// Texts of [`LENGTH`] characters that the model classifies a second on this thread: the median of the passes.
fn rate(model: &Model, samples: &[Sample]) -> f64 {
    let all: Vec<char> = samples.iter().flat_map(|(text, _)| text.chars().chain(std::iter::once(' '))).collect();
    // Each text begins elsewhere, so that hardly one is like another; the step shares no factor with the length of a letter.
    let texts: Vec<String> = (0..TEXTS).map(|number| all.iter().cycle().skip(number * 37 % all.len()).take(LENGTH).collect()).collect();
    let mut scorer = model.scorer();
    let mut rates: Vec<f64> = (0..PASSES)
        .map(|_| {
            let started = Instant::now();
            for text in &texts {
                black_box(scorer.best(black_box(text)));
            }
            TEXTS as f64 / started.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    rates[PASSES / 2]
}

/// Letters without meaning: half the words belong to the label alone, half to all of them.
fn letters(labels: usize) -> Vec<Sample> {
    let mut noise = Noise(0x5851_f42d_4c95_7f2d);
    let mut word = move |pool: usize| -> String {
        // A word of a pool is two characters that follow from the pool and a small number.
        let mut own = Noise((pool as u64) << 32 | noise.below(if pool == 0 { 3_000 } else { 40 }) as u64);
        (0..2).filter_map(|_| char::from_u32(0x4e00 + own.below(5_000) as u32)).collect()
    };
    (0..LETTERS)
        .map(|number| {
            let label = number % labels;
            let text = (0..LENGTH / 2).map(|at| word(if at % 2 == 0 { 0 } else { label + 1 })).collect();
            (text, format!("类别{label:03}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macro_f1_counts_each_present_label_once() {
        let test: Vec<Sample> = ["甲", "甲", "乙"].map(|label| (String::new(), label.to_owned())).into();
        assert_eq!(macro_f1(&test, &["甲", "甲", "乙"]), 1.0);
        // 甲: two thirds; 乙: none; 丙 is said but never true, and not counted.
        assert!((macro_f1(&test, &["甲", "丙", "丙"]) - 1.0 / 3.0).abs() < 1e-12);
    }
}
