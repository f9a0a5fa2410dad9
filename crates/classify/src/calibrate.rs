//! How sure a model may be (概率校准): scores become probabilities that come true about as often as they say.
//!
//! A fifth of the samples is left out, the rest learned, the fifth scored, five times over. The one number that is fitted to those
//! scores is the sharpness, which makes the labels that were true the likeliest together.

use crate::solve::Task;

const FOLDS: u32 = 5;
/// From so many samples on, one fifth left out tells the number well enough.
const ENOUGH: usize = 5_000;
/// Between what the sharpness lies: a model that knows nothing, and one that never errs.
const BOUNDS: (f64, f64) = (0.5, 500.0);
/// Halvings of the stretch between the bounds.
const HALVINGS: usize = 50;

/// The sharpness for the samples of a task; the least where nothing could be left out.
pub(crate) fn sharpness(task: &Task<'_>) -> f32 {
    let fold_of = folds(task.label_of, task.labels);
    let folds = if fold_of.len() > ENOUGH { 1 } else { FOLDS };
    let mut judged = Vec::new();
    for fold in 0..folds {
        judge(task, &fold_of, fold, &mut judged);
    }
    sharpest(&judged)
}

/// The fold of each sample: the samples of a label take the folds in turn.
fn folds(label_of: &[u32], labels: usize) -> Vec<u32> {
    let mut turn = vec![0; labels];
    let next = |label: &u32| {
        let turn: &mut u32 = &mut turn[*label as usize];
        *turn += 1;
        (*turn - 1) % FOLDS
    };
    label_of.iter().map(next).collect()
}

/// The scores of a sample, and the label that it has.
type Judged = (Vec<f32>, usize);

/// Scores the samples of a fold with what the others teach. A label that has no sample among the others says nothing and is left out.
fn judge(task: &Task<'_>, fold_of: &[u32], fold: u32, judged: &mut Vec<Judged>) {
    let (out, chosen): (Vec<u32>, Vec<u32>) = (0..).take(fold_of.len()).partition(|sample: &u32| fold_of[*sample as usize] == fold);
    let mut taught = vec![false; task.labels];
    chosen.iter().for_each(|sample| taught[task.label_of[*sample as usize] as usize] = true);
    let weights = task.solve(&chosen);
    for sample in out {
        let label = task.label_of[sample as usize] as usize;
        if !taught[label] {
            continue;
        }
        let mut scores = vec![0.0; task.labels];
        for (row, count) in task.vectors.of(sample as usize) {
            let start = *row as usize * task.labels;
            for (score, weight) in scores.iter_mut().zip(&weights[start..start + task.labels]) {
                *score += count * weight;
            }
        }
        judged.push((scores, label));
    }
}

/// The sharpness at which the true labels are likeliest. The likelihood has one summit, where its slope is zero.
fn sharpest(judged: &[Judged]) -> f32 {
    let (mut low, mut high) = BOUNDS;
    for _ in 0..HALVINGS {
        // In the middle of the exponents, since a sharpness is a factor.
        let middle = (low * high).sqrt();
        if judged.iter().map(|judged| slope(judged, middle)).sum::<f64>() > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low as f32
}

/// How fast the logarithm of the true label's probability grows with the sharpness: its score less the expected one.
fn slope((scores, label): &Judged, sharpness: f64) -> f64 {
    let highest = f64::from(scores.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let (mut sum, mut expected) = (0.0, 0.0);
    for score in scores.iter().map(|score| f64::from(*score)) {
        let part = ((score - highest) * sharpness).exp();
        sum += part;
        expected += part * score;
    }
    f64::from(scores[*label]) - expected / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_is_right_three_times_in_four_gets_three_quarters() {
        let judged: Vec<Judged> = (0..400).map(|number| (vec![0.1, 0.0], usize::from(number % 4 == 0))).collect();
        let sharpness = sharpest(&judged);
        let probability = 1.0 / (1.0 + (-0.1 * sharpness).exp());
        assert!((probability - 0.75).abs() < 1e-3, "{probability}");
    }

    #[test]
    fn without_errors_the_sharpness_stays_within_bounds() {
        assert!((f64::from(sharpest(&[(vec![1e-3, 0.0], 0)])) - BOUNDS.1).abs() < 1.0);
        assert!((f64::from(sharpest(&[(vec![0.0, 1.0], 0)])) - BOUNDS.0).abs() < 0.01);
        assert!((f64::from(sharpest(&[])) - BOUNDS.0).abs() < 0.01);
    }

    #[test]
    fn every_label_is_spread_over_the_folds() {
        assert_eq!(folds(&[0, 0, 1, 0, 1, 0, 0, 0], 2), [0, 1, 0, 2, 1, 3, 4, 0]);
    }
}
