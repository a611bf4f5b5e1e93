//! Whatever the text, there is an answer.

use proptest::collection::vec;
use proptest::prelude::*;
use sqs_playground::topology::{
    ImportError, cloudformation_json, cloudformation_yaml, import, terraform_json,
};

use crate::support::{home, rich, text};

/// Texts with parts taken out, doubled, or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let topology = rich();
    let originals = [
        cloudformation_json(&topology),
        cloudformation_yaml(&topology),
        terraform_json(&topology),
    ];
    let change = (
        any::<prop::sample::Index>(),
        0..40_usize,
        text(),
        any::<bool>(),
    );
    (0..originals.len(), vec(change, 1..8)).prop_map(move |(which, changes)| {
        let mut letters: Vec<char> = originals[which].chars().collect();
        for (at, length, text, is_doubled) in changes {
            let at = at.index(letters.len().max(1)).min(letters.len());
            let end = (at + length).min(letters.len());
            let mut part: Vec<char> = text.chars().collect();
            if is_doubled {
                part.extend_from_slice(&letters[at..end]);
                part.extend_from_slice(&letters[at..end]);
            }
            letters.splice(at..end, part);
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn a_broken_text_is_answered(text in mutated()) {
        if let Ok(import) = import(&text, &home()) {
            prop_assert!(!import.topology.queues().is_empty());
        }
    }

    #[test]
    fn any_text_is_answered(text in text()) {
        for text in [text.clone(), format!("Resources: {text}"), format!("{{\"Resources\":{text}")] {
            prop_assert!(import(&text, &home()).is_err(), "{}", text);
        }
    }
}

/// Texts that take much for little.
#[test]
fn what_is_huge_deep_or_multiplies_is_answered() {
    let many = |part: &str| part.repeat(2 * 1024 * 1024 / part.len() - 100);
    let aliases: String = (0..30)
        .map(|n| format!("a{}: &a{} [*a{n}, *a{n}]\n", n + 1, n + 1))
        .collect();
    let mut locals: String = (0..30)
        .map(|n| format!("\"l{n}\":\"${{local.l{0}}}${{local.l{0}}}\",", n + 1))
        .collect();
    locals.push_str("\"l30\":\"\"");
    let queue = r#"{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"#;
    let list: String = (0..20_000)
        .map(|n| format!("\"r{n}\":{queue}\"q{n}\"}}}},"))
        .collect();
    let subs = many("{\"Ref\":\"P\"},");
    let texts = [
        many("["),
        many("{\"Resources\":"),
        many("- "),
        many("a:\n "),
        many("? "),
        many("!a "),
        many("{} "),
        many("[1]\n"),
        format!("a0: &a0 [x]\n{aliases}Resources: *a30\n"),
        format!(
            r#"{{"locals":{{{locals}}},"resource":{{"aws_sqs_queue":{{"q":{{"name":"${{local.l0}}"}},"r":{{"name":"${{local.l0}}"}}}}}}}}"#
        ),
        format!("{{\"Resources\":{{{list}\"last\":{queue}\"last\"}}}}}}}}"),
        format!(
            r#"{{"Parameters":{{"P":{{"Default":"{}"}}}},"Resources":{{"q":{queue}"q","RedrivePolicy":[{subs}1]}}}}}}}}"#,
            "x".repeat(4000)
        ),
        format!(
            r#"{{"resource":{{"aws_sqs_queue":{{"q":{{"name":"q","policy":"{}"}}}}}}}}"#,
            many("${[")
        ),
        format!(
            "{{\"Attributes\":{{{}\"QueueArn\":\"arn:aws:sqs:a:b:q\"}}}}",
            many("\"Policy\":\"{}\",")
        ),
        "x".repeat(2 * 1024 * 1024 + 1),
    ];
    for text in &texts {
        let shown: String = text.chars().take(60).collect();
        if let Err(error) = import(text, &home()) {
            assert!(error.to_string().len() < 2000, "{shown}: {error}");
        }
    }
    assert_eq!(import(&texts[14], &home()), Err(ImportError::TooLarge));
}
