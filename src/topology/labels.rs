//! Names for queues in code, where the queues' own names will not do.

use super::Topology;

/// How a language wants names to look.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Style {
    /// `orders_dlq_fifo`: Terraform, Python and shells.
    Snake,
    /// `OrdersDlqFifo`: CloudFormation, which allows letters and digits only.
    Pascal,
}

/// A label for each queue, each once.
pub(super) fn labels(topology: &Topology, style: Style) -> Vec<String> {
    let names = topology.queues.iter().map(|queue| queue.name.as_str());
    distinct(names, |name| label(name, style), style)
}

/// A label for each name, each once.
pub(super) fn distinct<'a>(
    names: impl Iterator<Item = &'a str>,
    label: impl Fn(&str) -> String,
    style: Style,
) -> Vec<String> {
    let between = if style == Style::Snake { "_" } else { "" };
    let mut labels: Vec<String> = Vec::new();
    for name in names {
        let first = label(name);
        let mut label = first.clone();
        let mut number = 2;
        while labels.contains(&label) {
            label = format!("{first}{between}{number}");
            number += 1;
        }
        labels.push(label);
    }
    labels
}

/// A name in this style. It begins with a letter.
pub(super) fn label(name: &str, style: Style) -> String {
    let mut words = words(name);
    let is_late = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    if words.first().is_none_or(is_late) {
        words.insert(0, "queue".into());
    }
    match style {
        Style::Snake => words.join("_"),
        Style::Pascal => words.iter().map(|word| capitalized(word)).collect(),
    }
}

/// The words of a name, in lower case: `myOrders-dlq.fifo` has four.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            let begins = !last.is_ascii_alphanumeric()
                || (letter.is_ascii_uppercase() && last.is_ascii_lowercase());
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(letter.to_ascii_lowercase());
            }
        }
        last = letter;
    }
    words
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_labels() {
        for (name, snake, pascal) in [
            ("orders", "orders", "Orders"),
            ("orders-dlq.fifo", "orders_dlq_fifo", "OrdersDlqFifo"),
            ("MyOrders", "my_orders", "MyOrders"),
            ("DLQ", "dlq", "Dlq"),
            ("2024_q", "queue_2024_q", "Queue2024Q"),
            ("---", "queue", "Queue"),
        ] {
            assert_eq!(label(name, Style::Snake), snake);
            assert_eq!(label(name, Style::Pascal), pascal);
        }
    }

    #[test]
    fn no_two_labels_are_the_same() {
        let names = ["a-b", "a_b", "a-b_2", "A-B"];
        let labels = distinct(
            names.into_iter(),
            |name| label(name, Style::Snake),
            Style::Snake,
        );
        assert_eq!(labels, ["a_b", "a_b_2", "a_b_2_2", "a_b_3"]);
    }
}
