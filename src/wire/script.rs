//! Answers to scripts in the page: AWS JSON, with what a server adds to it. They are written with the
//! page's own JSON writer, so that the page needs no second one.

use super::{HttpResponse, has_output, http_date};
use crate::json::{self, Member};
use crate::sim::Time;
use crate::sqs::Error;
use crate::sqs::api::Response;

/// Writes an answer as [`encode`](super::encode) does in AWS JSON, but for the order of members, and with
/// its date and length.
pub fn encode_for_script(
    now: Time,
    request_id: &str,
    result: &Result<Response, Error>,
) -> HttpResponse {
    let mut headers = vec![
        ("x-amzn-requestid", request_id.to_owned()),
        ("content-type", "application/x-amz-json-1.0".to_owned()),
        ("date", http_date(now)),
    ];
    let (status, body) = match result {
        Ok(response) if has_output(response) => {
            (200, json::compact(&Member::Shape(response.shape())))
        }
        Ok(_) => (200, String::new()),
        Err(error) => {
            let code = &error.code;
            let query_error = format!("{};{}", code.query_code(), code.fault());
            headers.push(("x-amzn-query-error", query_error));
            let shape = format!("{}#{}", code.namespace(), code.shape());
            let body = json::compact(&Member::Map(vec![
                ("__type", Member::Text(&shape)),
                ("message", Member::Text(&error.message)),
            ]));
            (code.status(), body)
        }
    };
    headers.push(("content-length", body.len().to_string()));
    HttpResponse {
        status,
        headers,
        body: body.into_bytes(),
    }
}
