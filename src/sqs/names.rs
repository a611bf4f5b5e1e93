//! Names, URLs and ARNs of queues.

use super::{Config, Error, ErrorCode};

/// Checks the name of a new queue against its type.
///
/// # Errors
/// `InvalidParameterValue` `[A]`.
pub(super) fn check_queue_name(name: &str, is_fifo: bool) -> Result<(), Error> {
    let (stem, reason) = if is_fifo {
        let reason = "The name of a FIFO queue can only include alphanumeric characters, hyphens, \
                      or underscores, must end with .fifo suffix and be 1 to 80 in length";
        (name.strip_suffix(".fifo"), reason)
    } else {
        let reason = "Can only include alphanumeric characters, hyphens, or underscores. \
                      1 to 80 in length";
        (Some(name), reason)
    };
    let is_legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match stem {
        Some(stem) if !stem.is_empty() && name.len() <= 80 && stem.chars().all(is_legal) => Ok(()),
        Some(_) | None => Err(Error::new(ErrorCode::InvalidParameterValue, reason)),
    }
}

impl Config {
    /// The URL of the queue of this name.
    pub fn queue_url(&self, name: &str) -> String {
        format!(
            "https://sqs.{}.amazonaws.com/{}/{name}",
            self.region, self.account
        )
    }

    /// The ARN of the queue of this name.
    pub fn queue_arn(&self, name: &str) -> String {
        format!(
            "arn:{}:sqs:{}:{}:{name}",
            self.partition(),
            self.region,
            self.account
        )
    }

    /// The ARN of an account, as a policy names it.
    pub(super) fn account_arn(&self, account: &str) -> String {
        format!("arn:{}:iam::{account}:root", self.partition())
    }

    fn partition(&self) -> &'static str {
        if self.region.starts_with("cn-") {
            "aws-cn"
        } else {
            "aws"
        }
    }

    /// The name in a queue's URL, if the URL is of this account. The host does not matter; a
    /// bare name is the caller's own queue `[A]`.
    pub(super) fn name_in_url<'a>(&self, url_or_name: &'a str) -> Option<&'a str> {
        let Some((start, name)) = url_or_name.rsplit_once('/') else {
            return Some(url_or_name);
        };
        let before = start.strip_suffix(self.account.as_str())?;
        (before.is_empty() || before.ends_with('/')).then_some(name)
    }
}

/// The parts of `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Arn<'a> {
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) resource: &'a str,
}

impl<'a> Arn<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(':');
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (arn, _partition) = (part()?, part()?);
        let (service, region, account, resource) = (part()?, part()?, part()?, part()?);
        let is_whole = arn == "arn" && parts.next().is_none();
        is_whole.then_some(Self {
            service,
            region,
            account,
            resource,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queue_names() {
        let long = "a".repeat(81);
        for (name, is_fifo, legal) in [
            ("a", false, true),
            ("A-_9", false, true),
            (&long[..80], false, true),
            (&long[..], false, false),
            ("", false, false),
            ("a b", false, false),
            ("ä", false, false),
            ("a.fifo", false, false),
            ("a.fifo", true, true),
            (".fifo", true, false),
            ("a", true, false),
            ("a.b.fifo", true, false),
        ] {
            assert_eq!(check_queue_name(name, is_fifo).is_ok(), legal, "{name}");
        }
    }

    #[test]
    fn arns() {
        let arn = Arn::parse("arn:aws:sqs:eu-west-1:123456789012:q").expect("it is an ARN");
        assert_eq!((arn.service, arn.resource), ("sqs", "q"));
        for text in [
            "",
            "q",
            "arn:aws:sqs:r:1",
            "arn:aws:sqs:r:1:q:x",
            "arn:aws::r:1:q",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
