//! Least squares with a penalty on large weights (岭回归), for all labels at once, by conjugate gradients.
//!
//! The unknowns are one number for each sample and label instead of one for each gram and label, since a city has fewer letters than
//! its letters have grams. Samples are never multiplied with each other: a round costs two walks over the grams of all samples.

/// How much large weights cost beside one sample's error.
const PENALTY: f32 = 1.0;
/// Rounds at most, and the share of the first error at which a label is done. Each round after that moves no text to another label.
const MOST_ROUNDS: usize = 200;
const DONE: f64 = 1e-4;

/// Samples as vectors of length one: sample after sample the rows of its grams with what each counts.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    pub entries: Vec<(u32, f32)>,
    /// Where each sample ends.
    pub ends: Vec<usize>,
}

impl Vectors {
    /// The grams of a sample.
    pub fn of(&self, sample: usize) -> &[(u32, f32)] {
        let start = if sample == 0 { 0 } else { self.ends[sample - 1] };
        &self.entries[start..self.ends[sample]]
    }
}

/// What is to be learned.
pub(crate) struct Task<'a> {
    pub vectors: &'a Vectors,
    /// The label of each sample.
    pub label_of: &'a [u32],
    pub labels: usize,
    /// How many grams there are.
    pub rows: usize,
}

impl Task<'_> {
    /// The weights, row after row and by label within, that fit the `chosen` samples best when each label counts alike. The weights of
    /// a row sum to zero.
    pub fn solve(&self, chosen: &[u32]) -> Vec<f32> {
        let width = self.labels;
        let emphasis = self.emphasis(chosen);
        // One for the sample's own label, nothing for the others, both less the mean, so that no constant need be learned.
        let mean = 1.0 / width as f32;
        let mut rest = vec![0.0; chosen.len() * width];
        for ((slot, sample), strength) in rest.chunks_exact_mut(width).zip(chosen).zip(&emphasis) {
            slot.fill(-mean * strength);
            slot[self.label_of[*sample as usize] as usize] += strength;
        }
        let mut found = vec![0.0; rest.len()];
        let mut way = rest.clone();
        let mut ahead = vec![0.0; rest.len()];
        let mut spread = vec![0.0; self.rows * width];
        let mut errors = dots(&rest, &rest, width);
        let first = errors.clone();
        for _ in 0..MOST_ROUNDS {
            let open = |label: usize| errors[label] > DONE * DONE * first[label];
            if !(0..width).any(open) {
                break;
            }
            self.gather(chosen, &emphasis, &way, &mut spread);
            self.scatter(chosen, &emphasis, &spread, &mut ahead);
            ahead.iter_mut().zip(&way).for_each(|(ahead, way)| *ahead += PENALTY * way);
            let steep = dots(&way, &ahead, width);
            // A label that is done stands still; going on would divide nothing by nothing.
            let step: Vec<f32> = (0..width).map(|it| if open(it) { (errors[it] / steep[it]) as f32 } else { 0.0 }).collect();
            add(&mut found, &way, &step, 1.0);
            add(&mut rest, &ahead, &step, -1.0);
            let after = dots(&rest, &rest, width);
            let turn: Vec<f32> = (0..width).map(|it| if errors[it] > 0.0 { (after[it] / errors[it]) as f32 } else { 0.0 }).collect();
            for (way, rest) in way.chunks_exact_mut(width).zip(rest.chunks_exact(width)) {
                for ((way, rest), turn) in way.iter_mut().zip(rest).zip(&turn) {
                    *way = rest + turn * *way;
                }
            }
            errors = after;
        }
        self.gather(chosen, &emphasis, &found, &mut spread);
        for row in spread.chunks_exact_mut(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            row.iter_mut().for_each(|weight| *weight -= mean);
        }
        spread
    }

    /// The root of what each chosen sample counts: a label's samples count together as much as any other's.
    fn emphasis(&self, chosen: &[u32]) -> Vec<f32> {
        let mut sizes = vec![0_u32; self.labels];
        let label = |sample: &u32| self.label_of[*sample as usize] as usize;
        chosen.iter().for_each(|sample| sizes[label(sample)] += 1);
        let share = chosen.len() as f32 / self.labels as f32;
        chosen.iter().map(|sample| (share / sizes[label(sample)] as f32).sqrt()).collect()
    }

    /// From numbers by sample to numbers by row.
    fn gather(&self, chosen: &[u32], emphasis: &[f32], from: &[f32], to: &mut [f32]) {
        to.fill(0.0);
        for ((sample, strength), from) in chosen.iter().zip(emphasis).zip(from.chunks_exact(self.labels)) {
            for (row, count) in self.vectors.of(*sample as usize) {
                let start = *row as usize * self.labels;
                for (to, from) in to[start..start + self.labels].iter_mut().zip(from) {
                    *to += strength * count * from;
                }
            }
        }
    }

    /// From numbers by row to numbers by sample.
    fn scatter(&self, chosen: &[u32], emphasis: &[f32], from: &[f32], to: &mut [f32]) {
        to.fill(0.0);
        for ((sample, strength), to) in chosen.iter().zip(emphasis).zip(to.chunks_exact_mut(self.labels)) {
            for (row, count) in self.vectors.of(*sample as usize) {
                let start = *row as usize * self.labels;
                for (to, from) in to.iter_mut().zip(&from[start..start + self.labels]) {
                    *to += strength * count * from;
                }
            }
        }
    }
}

/// The product of two columns, label by label.
fn dots(one: &[f32], other: &[f32], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for (one, other) in one.chunks_exact(width).zip(other.chunks_exact(width)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += f64::from(*one) * f64::from(*other);
        }
    }
    sums
}

fn add(to: &mut [f32], what: &[f32], step: &[f32], sign: f32) {
    for (to, what) in to.chunks_exact_mut(step.len()).zip(what.chunks_exact(step.len())) {
        for ((to, what), step) in to.iter_mut().zip(what).zip(step) {
            *to += sign * step * what;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_worked_out_by_hand() {
        // Two samples that share nothing: each weight is the target over one plus the penalty, which is one.
        let vectors = Vectors { entries: vec![(0, 1.0), (1, 1.0)], ends: vec![1, 2] };
        let task = Task { vectors: &vectors, label_of: &[0, 1], labels: 2, rows: 2 };
        for (found, wanted) in task.solve(&[0, 1]).iter().zip([0.25, -0.25, -0.25, 0.25]) {
            assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
        }
    }

    #[test]
    fn a_label_with_more_samples_does_not_count_more() {
        // The same gram three times for one label and once for the other: it speaks for neither.
        let vectors = Vectors { entries: vec![(0, 1.0); 4], ends: vec![1, 2, 3, 4] };
        let task = Task { vectors: &vectors, label_of: &[0, 0, 0, 1], labels: 2, rows: 1 };
        assert!(task.solve(&[0, 1, 2, 3]).iter().all(|weight| weight.abs() < 1e-6));
    }
}
