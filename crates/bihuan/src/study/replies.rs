//! What the reply check finds among the orders' own replies, and what can be learned from how often each was handed on.
//!
//! The file names no unit: which of them would have kept an order cannot be learned from it. What can be asked is whether the place of an
//! order says how often it will be handed on, by the same estimate that the program counts send-backs with.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result, ensure};
use judgement::{
    acceptance::{self, Tally},
    reply::{self, Case, Code},
};

/// An order that was handed on so often went through more hands than its first unit and one other.
const OFTEN: u32 = 3;

/// What is read of an order.
struct Order {
    asked: String,
    reply: String,
    place: String,
    transfers: u32,
}

/// Counts, and hands each figure to `print`.
pub(super) fn run(file: &Path, print: &impl Fn(&str, f64)) -> Result<()> {
    let orders = read(file)?;
    ensure!(!orders.is_empty(), "the file has no orders");
    let found = findings(&orders);
    print("replies", orders.iter().filter(|order| !order.reply.trim().is_empty()).count() as f64);
    for code in Code::ALL {
        print(&format!("replies.{}", code.code()), found.iter().filter(|codes| codes.contains(code)).count() as f64);
    }
    print("replies.with_finding", found.iter().filter(|codes| !codes.is_empty()).count() as f64);
    for (name, from, to) in [("once", 0, 1), ("2_to_3", 2, 3), ("4_to_9", 4, 9), ("10_and_more", 10, u32::MAX)] {
        let of_band: Vec<usize> = (0..orders.len()).filter(|at| (from..=to).contains(&orders[*at].transfers)).collect();
        print(&format!("handed_on.{name}"), of_band.len() as f64);
        print(&format!("handed_on.{name}.with_finding"), of_band.iter().filter(|at| !found[**at].is_empty()).count() as f64);
    }
    let (learned, base) = learned(&orders);
    print("handed_on.brier_by_place", learned);
    print("handed_on.brier_without", base);
    Ok(())
}

fn read(file: &Path) -> Result<Vec<Order>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("{} 无法读取", file.display()))?;
    let header = reader.headers()?.clone();
    let column = |name: &str| {
        header.iter().position(|it| it.trim_start_matches('\u{feff}') == name).with_context(|| format!("{} 没有 {name} 列", file.display()))
    };
    let (title, text, answer) = (column("title")?, column("text")?, column("reply")?);
    let (place, transfers) = (column("place")?, column("transfers")?);
    let order = |row: csv::StringRecord| Order {
        asked: format!("{} {}", &row[title], &row[text]),
        reply: row[answer].to_owned(),
        place: row[place].to_owned(),
        transfers: row[transfers].trim().parse().unwrap_or(0),
    };
    reader.records().map(|row| Ok(order(row?))).collect()
}

/// What is wrong with each reply; a copy is one of an order that stands before it in the file. How the orders ended the file does not say.
fn findings(orders: &[Order]) -> Vec<Vec<Code>> {
    let mut in_these_words = HashMap::<String, Vec<usize>>::new();
    let mut found = Vec::with_capacity(orders.len());
    for (at, order) in orders.iter().enumerate() {
        let before = in_these_words.entry(reply::print_of(&order.reply)).or_default();
        let copied = before.iter().any(|other| reply::is_copy(&order.reply, &order.asked, &orders[*other].asked));
        before.push(at);
        let case = Case { asked: &order.asked, outcome: None, same_as: copied.then_some("另一件") };
        found.push(reply::check(&order.reply, &case).into_iter().map(|finding| finding.code).collect());
    }
    found
}

/// How far off the estimate is that an order will be handed on often (Brier score, 0 is perfect), by its place, and by nothing but how
/// often that happens at all. Learned from every other order, judged by the rest.
fn learned(orders: &[Order]) -> (f64, f64) {
    let (mut all, mut places) = (Tally::default(), HashMap::<&str, Tally>::new());
    for order in orders.iter().step_by(2) {
        all.add(order.transfers >= OFTEN);
        places.entry(&order.place).or_default().add(order.transfers >= OFTEN);
    }
    let off = |guess: f64, order: &Order| (guess - f64::from(u8::from(order.transfers >= OFTEN))).powi(2);
    let judged: Vec<&Order> = orders.iter().skip(1).step_by(2).collect();
    let mean =
        |guess: &dyn Fn(&Order) -> f64| judged.iter().map(|order| off(guess(order), order)).sum::<f64>() / judged.len().max(1) as f64;
    let base = acceptance::returns(&[all]).unwrap_or(0.0);
    let of_place = |order: &Order| {
        let place = places.get(order.place.as_str()).copied().unwrap_or_default();
        acceptance::returns(&[all, place]).unwrap_or(base)
    };
    (mean(&of_place), mean(&|_| base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(asked: &str, reply: &str, place: &str, transfers: u32) -> Order {
        Order { asked: asked.into(), reply: reply.into(), place: place.into(), transfers }
    }

    #[test]
    fn a_copy_is_counted_once_for_the_later_of_two() {
        let words = "经现场查看属实，已责令当事人改正，今后将加强巡查";
        let orders = [
            order("菜场后门的垃圾桶满了没人收", words, "甲河", 1),
            order("夜里工地打桩吵得睡不着", words, "乙河", 9),
            order("路灯不亮", "感谢您的反映，已转办", "乙河", 9),
        ];
        let found = findings(&orders);
        assert_eq!(found.iter().map(|codes| codes.contains(&Code::Copied)).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(found[2], [Code::Empty]);
    }

    #[test]
    fn a_place_where_everything_is_handed_on_is_learned() {
        let orders: Vec<Order> =
            (0..40).map(|n| if n / 2 % 2 == 0 { order("", "", "甲河", 9) } else { order("", "", "乙河", 1) }).collect();
        let (learned, base) = learned(&orders);
        assert!(learned < base / 3.0, "{learned} {base}");
    }
}
