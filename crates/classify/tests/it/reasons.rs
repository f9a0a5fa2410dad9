//! The words that decided.

use classify::MOST_WORDS;

use crate::letters::{learned, letters};

#[test]
fn the_deciding_words_are_named_for_each_label() {
    let model = learned(&letters(1));
    let guesses = model.classify("当湖街道居民多次反映，用人单位拖欠工资，一直没有答复", 2);
    assert_eq!(guesses[0].label, "劳动保障");
    let words: Vec<&str> = guesses[0].words.iter().map(|word| word.text.as_str()).collect();
    assert!(words.iter().any(|word| word.contains("工资") || word.contains("拖欠")), "{words:?}");
    let loudest: f32 = guesses[0].words.iter().filter(|it| "用人单位拖欠工资".contains(it.text.as_str())).map(|it| it.share).sum();
    assert!(loudest > 0.5, "{:?}", guesses[0].words);
}

#[test]
fn a_word_that_occurs_again_is_named_once() {
    let model = learned(&letters(1));
    let guesses = model.classify("电梯。电梯，电梯！", 1);
    assert_eq!(guesses[0].words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["电梯"]);
    assert!((guesses[0].words[0].share - 1.0).abs() < 1e-5);
}

#[test]
fn words_stand_in_the_text_and_their_shares_are_parts_of_one() {
    let model = learned(&letters(1));
    for (text, _) in letters(5) {
        for guess in model.classify(&text, 3) {
            assert!(guess.words.len() <= MOST_WORDS);
            assert!(guess.words.iter().all(|word| text.contains(&word.text) && (0.0..=1.0).contains(&word.share)), "{guess:?}");
            assert!(guess.words.iter().map(|word| word.share).sum::<f32>() <= 1.0 + 1e-4, "{guess:?}");
            assert!(guess.words.is_sorted_by(|one, next| one.share >= next.share));
        }
    }
}
