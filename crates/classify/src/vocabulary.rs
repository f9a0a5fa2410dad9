//! The grams that a model knows (词表), each with its row in the table of weights, found in one step.

use crate::grams::{Gram, LONGEST, Occurrence, walk};

/// An odd number without pattern; its product spreads grams over the slots.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
/// The farthest that a gram may stand from its first slot. Found grams stand within some dozens; only contrived ones crowd.
const MOST_STEPS: usize = 1_000;
/// Marks a slot without a gram, which no gram is.
const EMPTY: Slot = Slot { gram: 0, row: 0 };

#[derive(Debug, Clone, Copy, PartialEq)]
struct Slot {
    gram: Gram,
    row: u32,
}

/// The known grams, and how much an occurrence of each counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vocabulary {
    /// A power of two of them, at most half taken, the next one where a slot is taken.
    slots: Vec<Slot>,
    shift: u32,
    /// By row, ascending.
    grams: Vec<Gram>,
    /// By row: what one occurrence counts; more where fewer samples have the gram.
    rarity: Vec<f32>,
}

impl Vocabulary {
    /// A vocabulary of ascending grams with the rarity of each; none where they do not ascend, are no grams,
    /// are not as many, or were made to crowd.
    pub fn new(grams: Vec<Gram>, rarity: Vec<f32>) -> Option<Self> {
        let gram = |gram: &Gram| *gram != 0 && *gram < 1 << (16 * LONGEST);
        if grams.len() != rarity.len() || !grams.iter().all(gram) || !grams.is_sorted_by(|one, next| one < next) {
            return None;
        }
        let size = (2 * grams.len()).next_power_of_two().max(2);
        let mut vocabulary = Self { slots: vec![EMPTY; size], shift: 64 - size.trailing_zeros(), grams, rarity };
        for row in 0..vocabulary.grams.len() {
            let gram = vocabulary.grams[row];
            let home = vocabulary.home(gram);
            let at = (home..home + MOST_STEPS).map(|at| at & (size - 1)).find(|at| vocabulary.slots[*at] == EMPTY)?;
            vocabulary.slots[at] = Slot { gram, row: u32::try_from(row).ok()? };
        }
        Some(vocabulary)
    }

    /// The number of grams.
    pub fn len(&self) -> usize {
        self.grams.len()
    }

    /// The grams by row.
    pub fn grams(&self) -> &[Gram] {
        &self.grams
    }

    /// The rarities by row.
    pub fn rarity(&self) -> &[f32] {
        &self.rarity
    }

    /// The row of a gram; none of one that the samples did not share.
    #[inline]
    pub fn row(&self, gram: Gram) -> Option<usize> {
        let mut at = self.home(gram);
        loop {
            let slot = self.slots[at];
            if slot.gram == gram {
                return Some(slot.row as usize);
            }
            if slot == EMPTY {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn home(&self, gram: Gram) -> usize {
        (gram.wrapping_mul(SPREAD) >> self.shift) as usize
    }
}

/// Counts the known grams of one text after the other, without asking for memory again.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    counts: Vec<u16>,
    met: Vec<u32>,
}

impl Tally {
    /// A tally for texts read with `vocabulary`.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self { counts: vec![0; vocabulary.len()], met: Vec::with_capacity(crate::grams::MOST_GRAMS) }
    }

    /// Tells `each` the rows of the known grams of `text`, each once, with what it counts: occurrences times rarity.
    #[inline]
    pub fn read(&mut self, vocabulary: &Vocabulary, text: &str, mut each: impl FnMut(usize, f32)) {
        walk(text, |Occurrence { gram, times, .. }| {
            if let Some(row) = vocabulary.row(gram) {
                if self.counts[row] == 0 {
                    self.met.push(row as u32);
                }
                self.counts[row] += times;
            }
        });
        for row in self.met.drain(..) {
            let row = row as usize;
            each(row, f32::from(std::mem::take(&mut self.counts[row])) * vocabulary.rarity[row]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(grams: &[Gram]) -> Option<Vocabulary> {
        Vocabulary::new(grams.to_vec(), vec![1.0; grams.len()])
    }

    #[test]
    fn every_gram_is_found_in_its_row_and_no_other() {
        let grams: Vec<Gram> = (1..5_000).map(|number| number * 37).collect();
        let vocabulary = of(&grams).unwrap();
        for (row, gram) in grams.iter().enumerate() {
            assert_eq!(vocabulary.row(*gram), Some(row));
            assert_eq!(vocabulary.row(gram + 1), None);
        }
        assert_eq!(of(&[]).unwrap().row(1), None);
    }

    #[test]
    fn what_is_no_vocabulary_is_refused() {
        assert_eq!(of(&[2, 1]), None);
        assert_eq!(of(&[1, 1]), None);
        assert_eq!(of(&[0]), None);
        assert_eq!(of(&[1 << 48]), None);
        assert_eq!(Vocabulary::new(vec![1], vec![]), None);
    }

    #[test]
    fn grams_that_crowd_are_refused() {
        // The spread is the golden ratio, and multiples of a Fibonacci number all land in the slots at one end.
        let crowd: Vec<Gram> = (1..3_000).map(|number| number * 32_951_280_099).collect();
        assert_eq!(of(&crowd), None);
        assert!(of(&crowd[..MOST_STEPS / 2]).is_some());
    }

    #[test]
    fn a_tally_begins_anew_with_each_text() {
        let vocabulary = Vocabulary::new(vec![u64::from('灯')], vec![2.0]).unwrap();
        let mut tally = Tally::new(&vocabulary);
        for _ in 0..2 {
            let mut told = Vec::new();
            tally.read(&vocabulary, "路灯不亮。灯，灯", |row, count| told.push((row, count)));
            // Three for the opening and one each for the two others, times the rarity.
            assert_eq!(told, [(0, 10.0)]);
        }
    }
}
