//! Long names that may be broken between their words.

use yew::prelude::*;

/// A name like `ApproximateNumberOfMessages`; what is copied from the page is the name.
pub(crate) fn breakable(name: &str) -> Html {
    html! {
        { for words(name).into_iter().map(|word| html! { <>{ word }<wbr /></> }) }
    }
}

/// The words of a name, which begin with capitals.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_small = true;
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !(was_small && letter.is_ascii_uppercase()) => word.push(letter),
            Some(_) | None => words.push(letter.to_string()),
        }
        was_small = letter.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_break_between_their_words() {
        assert_eq!(words("MD5OfBody"), ["MD5Of", "Body"]);
        assert_eq!(words("DelaySeconds"), ["Delay", "Seconds"]);
        assert_eq!(words("a b"), ["a b"]);
        assert!(words("").is_empty());
    }
}
