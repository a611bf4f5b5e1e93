//! A call as people write it: the AWS CLI's command and what it prints, boto3's code and what it returns.
//!
//! Pure: a request or an answer in, text out. Names follow from AWS's by one rule, and the members
//! come from the tables that the wire walks, so that an action costs nothing here. A test hands all
//! actions, with nasty texts, to the real AWS CLI and to boto3.

mod boto3;
mod command;
mod python;

pub use boto3::{boto3_call, boto3_error, boto3_response, boto3_script};
pub use command::{aws_command, aws_error, aws_output, shell_word};
pub use python::{bytes_literal, text_literal};

use crate::json::{Member, Shape};

/// The most columns of a line that could also be broken.
const COLUMNS: usize = 79;

/// AWS's name as the CLI's options and commands spell it: `queue-url`.
#[cfg(feature = "workbench")]
pub fn option_name(name: &str) -> String {
    in_lower_case(name, '-')
}

/// AWS's name in lower case, with this between its words: `AWSAccountIds` has three.
fn in_lower_case(name: &str, between: char) -> String {
    let mut lower = String::new();
    let mut letters = name.chars().peekable();
    let mut last: Option<char> = None;
    while let Some(letter) = letters.next() {
        let ends_capitals = letters.peek().is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase()
            && last.is_some_and(|last| !last.is_ascii_uppercase() || ends_capitals);
        if begins {
            lower.push(between);
        }
        lower.push(letter.to_ascii_lowercase());
        last = Some(letter);
    }
    lower
}

/// The members that are there.
fn members(shape: &dyn Shape) -> Vec<(&'static str, Member<'_>)> {
    let mut members = Vec::new();
    for member in shape.members() {
        if !matches!(member.1, Member::Absent) {
            members.push(member);
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::in_lower_case;

    #[test]
    fn names_are_as_the_clients_spell_them() {
        for (name, ours) in [
            ("QueueUrl", "queue-url"),
            ("tags", "tags"),
            ("queueUrls", "queue-urls"),
            ("AWSAccountIds", "aws-account-ids"),
            ("QueueOwnerAWSAccountId", "queue-owner-aws-account-id"),
            ("GetQueueUrl", "get-queue-url"),
        ] {
            assert_eq!(in_lower_case(name, '-'), ours);
        }
        assert_eq!(in_lower_case("SendMessageBatch", '_'), "send_message_batch");
    }
}
