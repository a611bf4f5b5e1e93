//! Statements that are added to, and removed from, the policy of a queue.

use sqs_playground::sqs::ErrorCode;
use sqs_playground::sqs::api::{AddPermissionRequest, RemovePermissionRequest};

use crate::support::{Sqs, arn, check_error, check_invalid};

fn add(label: &str, accounts: &[&str], actions: &[&str]) -> AddPermissionRequest {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).into()).collect();
    AddPermissionRequest {
        queue_url: Some("q".into()),
        label: Some(label.into()),
        aws_account_ids: owned(accounts),
        actions: owned(actions),
    }
}

fn remove(label: &str) -> RemovePermissionRequest {
    RemovePermissionRequest {
        queue_url: Some("q".into()),
        label: Some(label.into()),
    }
}

/// What `AddPermission` grants to `123456789012`.
fn statement(label: &str) -> String {
    let arn = arn("q");
    format!(
        r#"{{"Sid":"{label}","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::123456789012:root"}},"Action":"SQS:ReceiveMessage","Resource":"{arn}"}}"#
    )
}

fn grant(label: &str) -> AddPermissionRequest {
    add(label, &["123456789012"], &["ReceiveMessage"])
}

#[test]
fn a_permission_is_a_statement_of_the_policy() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.pass_secs(5);
    sqs.call(grant("one")).expect("it is granted");
    let arn = arn("q");
    let policy = |statements: &str| {
        format!(
            r#"{{"Version":"2008-10-17","Id":"{arn}/SQSDefaultPolicy","Statement":[{statements}]}}"#
        )
    };
    let one = policy(&statement("one"));
    assert_eq!(sqs.attributes("q")["Policy"], one);
    assert_eq!(sqs.attributes("q")["LastModifiedTimestamp"], "1767225605");
    sqs.call(add(
        "two",
        &["111111111111", "222222222222"],
        &["SendMessage", "*"],
    ))
    .expect("it is granted");
    let two = format!(
        r#"{{"Sid":"two","Effect":"Allow","Principal":{{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]}},"Action":["SQS:SendMessage","SQS:*"],"Resource":"{arn}"}}"#
    );
    let both = policy(&format!("{},{two}", statement("one")));
    assert_eq!(sqs.attributes("q")["Policy"], both);
    sqs.call(remove("two")).expect("it is there");
    assert_eq!(sqs.attributes("q")["Policy"], one);
    sqs.call(remove("one")).expect("it is there");
    assert!(
        !sqs.attributes("q").contains_key("Policy"),
        "an empty policy is none"
    );
}

#[test]
fn the_rest_of_a_policy_stays_as_it_was_set() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let own = r#"{"Z":1,"Statement":{"Effect":"Deny","Sid":"own"},"A":[]}"#;
    sqs.set("q", &[("Policy", own)]);
    sqs.call(grant("one")).expect("it is granted");
    let expected = format!(
        r#"{{"Z":1,"Statement":[{{"Effect":"Deny","Sid":"own"}},{}],"A":[]}}"#,
        statement("one")
    );
    assert_eq!(sqs.attributes("q")["Policy"], expected);
}

#[test]
fn labels() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let missing = "The request must contain the parameter Label.";
    for label in [None, Some(String::new())] {
        let request = AddPermissionRequest {
            label: label.clone(),
            ..grant("")
        };
        check_error(sqs.call(request), ErrorCode::MissingParameter, missing);
        let request = RemovePermissionRequest {
            label,
            ..remove("")
        };
        check_error(sqs.call(request), ErrorCode::MissingParameter, missing);
    }
    for bad in ["a b", "ä", &"x".repeat(81)] {
        check_invalid(
            sqs.call(grant(bad)),
            &format!(
                "Value {bad} for parameter Label is invalid. Reason: Label can only include \
                 alphanumeric characters, hyphens, or underscores. 1 to 80 in length."
            ),
        );
    }
    sqs.call(grant("one")).expect("it is granted");
    check_invalid(
        sqs.call(grant("one")),
        "Value one for parameter Label is invalid. Reason: Already exists.",
    );
    check_invalid(
        sqs.call(remove("two")),
        "Value two for parameter Label is invalid. Reason: can't find label.",
    );
    sqs.call(remove("one")).expect("it is there");
    check_invalid(
        sqs.call(remove("one")),
        "Value one for parameter Label is invalid. Reason: can't find label.",
    );
}

#[test]
fn accounts_and_actions() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let (missing, accounts) = (ErrorCode::MissingParameter, ["123456789012"]);
    let text = "The request must contain the parameter AWSAccountIds.";
    check_error(sqs.call(add("one", &[], &["SendMessage"])), missing, text);
    let text = "The request must contain the parameter ActionName.";
    check_error(sqs.call(add("one", &accounts, &[])), missing, text);
    check_invalid(
        sqs.call(add("one", &["123456789012", "1234"], &["SendMessage"])),
        "Value [1234] for parameter PrincipalId is invalid. Reason: Unable to verify.",
    );
    for action in ["Foo", "SendMessageBatch", "sendmessage", ""] {
        check_invalid(
            sqs.call(add("one", &accounts, &[action])),
            &format!(
                "Value SQS:{action} for parameter ActionName is invalid. \
                 Reason: Please refer to the appropriate WSDL for a list of valid actions."
            ),
        );
    }
    for action in [
        "AddPermission",
        "CreateQueue",
        "TagQueue",
        "StartMessageMoveTask",
    ] {
        check_invalid(
            sqs.call(add("one", &accounts, &[action])),
            &format!(
                "Value SQS:{action} for parameter ActionName is invalid. \
                 Reason: Only the queue owner is allowed to invoke this action."
            ),
        );
    }
    assert!(!sqs.attributes("q").contains_key("Policy"));
}

#[test]
fn limits() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let over_limit = ErrorCode::OverLimit;
    let text = "8 Actions were found, maximum allowed is 7.";
    let request = add("one", &["123456789012"], &["SendMessage"; 8]);
    check_error(sqs.call(request), over_limit, text);
    let text = "51 Principals were found, maximum allowed is 50.";
    let request = add("one", &["123456789012"; 51], &["SendMessage"]);
    check_error(sqs.call(request), over_limit, text);
    for label in 0..20 {
        sqs.call(grant(&label.to_string())).expect("there is room");
    }
    let text = "21 Statements were found, maximum allowed is 20.";
    check_error(sqs.call(grant("21")), over_limit, text);
}
