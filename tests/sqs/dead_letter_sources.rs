//! Which queues send their dead letters to a queue.

use sqs_playground::sqs::ErrorCode;
use sqs_playground::sqs::api::{
    ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResponse, Response,
};

use crate::support::{Sqs, check_error, check_invalid, redrive_to};

fn request(max_results: Option<i64>, token: Option<&str>) -> ListDeadLetterSourceQueuesRequest {
    ListDeadLetterSourceQueuesRequest {
        queue_url: Some("d".into()),
        max_results,
        next_token: token.map(str::to_owned),
    }
}

fn list(sqs: &mut Sqs, max: Option<i64>, token: Option<&str>) -> (String, Option<String>) {
    match sqs.call(request(max, token)) {
        Ok(Response::ListDeadLetterSourceQueues(ListDeadLetterSourceQueuesResponse {
            queue_urls,
            next_token,
        })) => {
            let names = queue_urls.iter().filter_map(|url| url.rsplit('/').next());
            (names.collect::<Vec<_>>().join(" "), next_token)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn sources_are_listed_by_name_in_pages() {
    let mut sqs = Sqs::with_queue("d", &[]);
    assert_eq!(list(&mut sqs, None, None), (String::new(), None));
    let policy = redrive_to("d", 3);
    for name in ["c", "a", "e", "b", "z", "D"] {
        sqs.create(name, &[("RedrivePolicy", &policy)]);
        sqs.create(&format!("{name}-not"), &[]);
    }
    sqs.set("e", &[("RedrivePolicy", "")]);
    sqs.delete_queue("z");
    assert_eq!(list(&mut sqs, None, None), ("D a b c".into(), None));
    assert_eq!(list(&mut sqs, Some(4), None), ("D a b c".into(), None));
    let (names, token) = list(&mut sqs, Some(3), None);
    assert_eq!(names, "D a b");
    assert_eq!(
        list(&mut sqs, Some(3), token.as_deref()),
        ("c".into(), None)
    );
}

#[test]
fn the_parameters_are_those_of_list_queues() {
    let mut sqs = Sqs::with_queue("d", &[]);
    for max in [0, -1, 1001] {
        check_invalid(
            sqs.call(request(Some(max), None)),
            "Value for parameter MaxResults is invalid. \
             Reason: MaxResults must be an integer between 1 and 1000.",
        );
    }
    check_invalid(
        sqs.call(request(None, Some("YQ=="))),
        "MaxResults is a mandatory parameter when you provide a value for NextToken.",
    );
    check_invalid(
        sqs.call(request(Some(1), Some("?"))),
        "Invalid NextToken value.",
    );
    let missing = ListDeadLetterSourceQueuesRequest::default();
    let text = "The specified queue does not exist.";
    check_error(sqs.call(missing), ErrorCode::QueueDoesNotExist, text);
}
