//! The one call of another service that scripts often begin with: STS says who one is.

use crate::console::who_you_are;
use crate::wire::{HttpRequest, HttpResponse};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Whether a request is one of STS: by its signature, or by the host that begins `rest` of its URL.
pub(super) fn is_asked(http: &HttpRequest<'_>, rest: &str) -> bool {
    let header = |name| {
        let header = http.headers.iter().find(|(given, _)| *given == name);
        header.map_or("", |(_, value)| *value)
    };
    let credential = header("authorization").split_once("Credential=");
    match credential.and_then(|(_, scope)| scope.split('/').nth(3)) {
        Some(service) => service == "sts",
        None => header("x-amz-target").is_empty() && rest.starts_with("sts."),
    }
}

/// The answer to a form with an action.
pub(super) fn answer(form: &str, request_id: &str, account: &str) -> HttpResponse {
    let action = form
        .split('&')
        .find_map(|field| field.strip_prefix("Action="));
    let action = action.unwrap_or_default();
    let (status, body) = if action == "GetCallerIdentity" {
        (200, caller(request_id, account))
    } else {
        (400, refusal(action, request_id))
    };
    HttpResponse {
        status,
        headers: vec![
            ("x-amzn-requestid", request_id.to_owned()),
            ("content-type", "text/xml".to_owned()),
        ],
        body: body.into_bytes(),
    }
}

fn caller(request_id: &str, account: &str) -> String {
    let members: String = who_you_are(account)
        .iter()
        .map(|(name, value)| format!("<{name}>{value}</{name}>"))
        .collect();
    format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\"><GetCallerIdentityResult>{members}</GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    )
}

fn refusal(action: &str, request_id: &str) -> String {
    let legal = |character: &char| character.is_ascii_alphanumeric();
    let action: String = action.chars().filter(legal).collect();
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The playground \
         simulates SQS alone; of STS it has GetCallerIdentity, not {action}.</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}
