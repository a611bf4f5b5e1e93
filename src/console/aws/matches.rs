//! Which words are like another: the measure of Python's difflib, in whole numbers.

/// The three words most like this one, if they are like it at all (four fifths).
pub(super) fn close_matches(word: &str, words: &[String]) -> Vec<String> {
    let wanted: Vec<char> = word.chars().collect();
    if wanted.len() > 200 {
        return Vec::new();
    }
    let mut close: Vec<(usize, usize, &String)> = Vec::new();
    for candidate in words {
        let letters: Vec<char> = candidate.chars().collect();
        let both = letters.len() + wanted.len();
        let same = matching(&letters, &wanted);
        if both > 0 && same * 2 * 5 >= both * 4 {
            close.push((same, both, candidate));
        }
    }
    close.sort_by(|(same, both, word), (other_same, other_both, other)| {
        let by_ratio = (other_same * both).cmp(&(same * other_both));
        by_ratio.then_with(|| other.cmp(word))
    });
    close.truncate(3);
    close.into_iter().map(|(_, _, word)| word.clone()).collect()
}

/// How many letters are in blocks that both have, the longest block first.
fn matching(left: &[char], right: &[char]) -> usize {
    let (mut best, mut at_left, mut at_right) = (0, 0, 0);
    for i in 0..left.len() {
        for j in 0..right.len() {
            let pairs = left[i..].iter().zip(&right[j..]);
            let length = pairs.take_while(|(left, right)| left == right).count();
            if length > best {
                (best, at_left, at_right) = (length, i, j);
            }
        }
    }
    if best == 0 {
        return 0;
    }
    best + matching(&left[..at_left], &right[..at_right])
        + matching(&left[at_left + best..], &right[at_right + best..])
}
