//! What a model learns, and what it refuses to learn from.

use classify::{MOST_CHARACTERS, MOST_LABEL_CHARACTERS, MOST_LABELS, Model, TrainError};

use crate::letters::{learned, letters};

/// The mean over the labels of the harmonic mean of precision and recall.
fn macro_f1(model: &Model, letters: &[(String, &str)]) -> f64 {
    let said: Vec<(&str, &str)> = letters.iter().map(|(text, label)| (*label, model.best(text).map_or("", |best| best.label))).collect();
    let f1 = |label: &String| {
        let count = |fits: &dyn Fn(&(&str, &str)) -> bool| said.iter().filter(|it| fits(it)).count() as f64;
        let both = count(&|it| it.0 == label && it.1 == label);
        2.0 * both / (count(&|it| it.0 == label) + count(&|it| it.1 == label))
    };
    model.labels().iter().map(f1).sum::<f64>() / model.labels().len() as f64
}

#[test]
fn letters_not_seen_before_find_their_field() {
    let model = learned(&letters(1));
    let found = macro_f1(&model, &letters(2));
    assert!(found > 0.8, "{found}");
}

#[test]
fn probabilities_come_true_about_as_often_as_they_say() {
    let model = learned(&letters(1));
    let unseen = letters(2);
    let (mut said, mut right) = (0.0, 0.0);
    for (text, label) in &unseen {
        let best = model.best(text).unwrap();
        said += f64::from(best.probability);
        right += f64::from(u8::from(best.label == *label));
    }
    let count = unseen.len() as f64;
    assert!((said / count - right / count).abs() < 0.1, "said {}, right {}", said / count, right / count);
}

#[test]
fn the_same_samples_give_the_same_model() {
    assert_eq!(learned(&letters(1)).to_bytes(), learned(&letters(1)).to_bytes());
}

#[test]
fn ranked_probabilities_make_one_and_begin_with_the_best() {
    let model = learned(&letters(1));
    for (text, _) in letters(3) {
        let ranked = model.classify(&text, usize::MAX);
        assert_eq!(ranked.len(), model.labels().len());
        assert!((ranked.iter().map(|guess| guess.probability).sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(ranked.is_sorted_by(|one, next| one.probability >= next.probability));
        let best = model.best(&text).unwrap();
        assert_eq!(best.label, ranked[0].label);
        assert!((best.probability - ranked[0].probability).abs() < 1e-5);
        assert_eq!(model.classify(&text, 2), ranked[..2]);
    }
}

#[test]
fn a_scorer_forgets_the_text_before() {
    let model = learned(&letters(1));
    let mut scorer = model.scorer();
    for (text, _) in letters(4) {
        assert_eq!(scorer.best(&text), model.best(&text));
    }
}

#[test]
fn of_a_text_without_known_words_nothing_is_said() {
    let model = learned(&letters(1));
    for text in ["", "  ", "12345 KTV", "\u{0}", "鬱鬱"] {
        assert_eq!(model.best(text), None, "{text:?}");
        assert_eq!(model.classify(text, 3), [], "{text:?}");
    }
}

#[test]
fn numbers_and_latin_letters_change_nothing() {
    let model = learned(&letters(1));
    let plain = model.best("电梯坏了，业主多次反映").unwrap();
    assert_eq!(plain.label, "住房物业");
    let noted = model.best("电梯坏了，13800000000业主多次反映330482199001010000").unwrap();
    assert_eq!(plain, noted);
}

#[test]
fn of_a_long_text_the_beginning_is_read() {
    let model = learned(&letters(1));
    let long = "，".repeat(MOST_CHARACTERS);
    assert_eq!(model.best(&format!("{long}拖欠工资")), None);
    assert_eq!(model.best(&format!("拖欠工资{long}学校老师")), model.best("拖欠工资"));
}

#[test]
fn hundreds_of_labels_are_learned() {
    // Each label has a word of its own: two characters of an alphabet of sixteen.
    let letter = |number: usize| char::from_u32(0x5000 + number as u32).unwrap();
    let named = |label: usize| format!("{}{}", letter(label / 16), letter(label % 16));
    let samples: Vec<(String, String)> =
        (0..750).map(|number| (format!("关于{}的问题", named(number % 250)), format!("类{}", number % 250))).collect();
    let model = Model::train(samples.iter().map(|(text, label)| (text.as_str(), label.as_str()))).unwrap();
    assert_eq!(model.labels().len(), 250);
    assert!(samples.iter().all(|(text, label)| model.best(text).unwrap().label == label));
}

fn refusal(samples: &[(&str, &str)]) -> TrainError {
    Model::train(samples.iter().copied()).unwrap_err()
}

#[test]
fn too_little_is_refused() {
    assert_eq!(refusal(&[]), TrainError::TooFewLabels(0));
    assert_eq!(refusal(&[("路灯", "市政"), ("路灯", " 市政 ")]), TrainError::TooFewLabels(1));
    assert_eq!(refusal(&[("路灯", "市政"), ("垃圾", "环卫")]), TrainError::NothingShared);
    assert_eq!(refusal(&[("1", "市政"), ("1", "环卫")]), TrainError::NothingShared);
    assert_eq!(refusal(&[("路灯", "市政"), ("路灯", " ")]), TrainError::NoLabel(2));
}

#[test]
fn too_much_is_refused() {
    let long = "类".repeat(MOST_LABEL_CHARACTERS + 1);
    assert_eq!(refusal(&[("路灯", &long)]), TrainError::LongLabel(1));
    let labels: Vec<String> = (0..=MOST_LABELS).map(|number| number.to_string()).collect();
    assert_eq!(Model::train(labels.iter().map(|label| ("路灯", label.as_str()))), Err(TrainError::TooManyLabels));
    let text = "长".repeat(MOST_CHARACTERS);
    assert_eq!(Model::train(std::iter::repeat((text.as_str(), "市政"))), Err(TrainError::TooMuchText));
    assert_eq!(Model::train(std::iter::repeat(("灯", "市政"))), Err(TrainError::TooManySamples));
}

#[test]
fn a_refusal_is_said_in_chinese() {
    assert_eq!(refusal(&[]).to_string(), "训练至少需要两个不同的标签，现有 0 个；请补充其他类别的样本");
}

#[test]
fn labels_without_samples_in_common_and_single_samples_are_learned() {
    let model = Model::train([("路灯不亮", "市政"), ("路灯坏了", "环卫")]).unwrap();
    assert!(model.best("路灯").is_some());
}
