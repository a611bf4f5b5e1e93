//! What a signature says about who calls where. Whether it is right is not asked.

use super::query::Parameters;

/// From `ACCESS_KEY/DATE/REGION/sqs/aws4_request`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Credential {
    pub(super) region: Option<String>,
    /// The access key, if it is 12 digits: so a client can choose its account.
    pub(super) account: Option<String>,
}

impl Credential {
    /// From the header `Authorization`.
    pub(super) fn of_header(header: Option<&str>) -> Option<Self> {
        let (_, rest) = header?.split_once("Credential=")?;
        Some(Self::parse(rest.split([',', ' ']).next()?))
    }

    /// From a signed URL.
    pub(super) fn of_parameters(parameters: &Parameters) -> Option<Self> {
        let scope = parameters.get("X-Amz-Credential");
        scope
            .or_else(|| parameters.get("AWSAccessKeyId"))
            .map(Self::parse)
    }

    fn parse(scope: &str) -> Self {
        let mut parts = scope.split('/');
        let account = parts.next().filter(|key| is_account(key));
        let region = parts.nth(1).filter(|region| is_region(region));
        Self {
            region: region.map(str::to_owned),
            account: account.map(str::to_owned),
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_region(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes() {
        let check = |scope: &str, account: Option<&str>, region: Option<&str>| {
            let found = Credential::parse(scope);
            assert_eq!(found.account.as_deref(), account, "{scope}");
            assert_eq!(found.region.as_deref(), region, "{scope}");
        };
        check(
            "AKID/20260101/eu-west-1/sqs/aws4_request",
            None,
            Some("eu-west-1"),
        );
        check(
            "111122223333/20260101/us-east-1/sqs/aws4_request",
            Some("111122223333"),
            Some("us-east-1"),
        );
        check("AKID/20260101/EU/sqs/aws4_request", None, None);
        check("AKID/20260101//sqs/aws4_request", None, None);
        check("11112222333", None, None);
        check("", None, None);
    }
}
