//! `AddPermission`, `RemovePermission`: statements of the queue's policy. The policy is stored, and
//! never applied.

use crate::sqs::api::{
    AddPermissionRequest, AddPermissionResponse, RemovePermissionRequest, RemovePermissionResponse,
};
use crate::sqs::policy::{Policy, Statement};
use crate::sqs::queue::Queue;
use crate::sqs::service::Context;
use crate::sqs::{Error, ErrorCode, Event, EventKind, Outbox, QueueId, Service};

const LABEL_LENGTH_MAX: usize = 80;
const ACTIONS_MAX: usize = 7;
const PRINCIPALS_MAX: usize = 50;
const STATEMENTS_MAX: usize = 20;

/// What can be granted `[T]`; a batch action goes with its single one.
const GRANTABLE: [&str; 9] = [
    "*",
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "PurgeQueue",
    "ReceiveMessage",
    "SendMessage",
];

/// What only the owner may do `[D, I for the move tasks]`.
const OWNER_ONLY: [&str; 12] = [
    "AddPermission",
    "CancelMessageMoveTask",
    "CreateQueue",
    "DeleteQueue",
    "ListMessageMoveTasks",
    "ListQueueTags",
    "ListQueues",
    "RemovePermission",
    "SetQueueAttributes",
    "StartMessageMoveTask",
    "TagQueue",
    "UntagQueue",
];

impl Service {
    pub(in crate::sqs) fn add_permission(
        &mut self,
        context: &Context,
        request: &AddPermissionRequest,
        out: &mut Outbox,
    ) -> Result<AddPermissionResponse, Error> {
        let id = self.resolve(request.queue_url.as_ref())?;
        let label = required_label(request.label.as_ref())?;
        check_label(label)?;
        check_actions(&request.actions)?;
        check_accounts(&request.aws_account_ids)?;
        let queue = &self.queues[id];
        let mut policy = policy_of(queue).unwrap_or_else(|| Policy::for_queue(queue.arn()));
        if policy.has(label) {
            return Err(Error::invalid("Label", label, "Already exists."));
        }
        let count = policy.len() + 1;
        if count > STATEMENTS_MAX {
            return Err(over_limit("Statements", count, STATEMENTS_MAX));
        }
        let account = |id: &String| self.config.account_arn(id);
        let action = |action: &String| format!("SQS:{action}");
        let principals: Vec<_> = request.aws_account_ids.iter().map(account).collect();
        let actions: Vec<_> = request.actions.iter().map(action).collect();
        policy.add(&Statement {
            sid: label,
            effect: "Allow",
            principals,
            actions,
            resource: queue.arn(),
        });
        self.set_policy(context, id, policy, out);
        Ok(AddPermissionResponse {})
    }

    pub(in crate::sqs) fn remove_permission(
        &mut self,
        context: &Context,
        request: &RemovePermissionRequest,
        out: &mut Outbox,
    ) -> Result<RemovePermissionResponse, Error> {
        let id = self.resolve(request.queue_url.as_ref())?;
        let label = required_label(request.label.as_ref())?;
        let policy = policy_of(&self.queues[id]).filter(|policy| policy.has(label));
        let Some(mut policy) = policy else {
            return Err(Error::invalid("Label", label, "can't find label."));
        };
        policy.remove(label);
        self.set_policy(context, id, policy, out);
        Ok(RemovePermissionResponse {})
    }

    fn set_policy(&mut self, context: &Context, id: QueueId, policy: Policy, out: &mut Outbox) {
        let now = context.now;
        self.queues.update(id, |queue| {
            queue.attributes.policy = policy.into_json();
            queue.modified_at = now;
        });
        let kind = EventKind::QueueAttributesSet { queue: id };
        out.events.push(Event { at: now, kind });
    }
}

fn policy_of(queue: &Queue) -> Option<Policy> {
    Policy::parse(queue.attributes().policy.as_deref()?)
}

fn required_label(given: Option<&String>) -> Result<&str, Error> {
    let given = given.filter(|text| !text.is_empty());
    given
        .map(String::as_str)
        .ok_or_else(|| Error::missing("Label"))
}

/// The text is our choice `[I]`.
fn check_label(label: &str) -> Result<(), Error> {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if label.len() <= LABEL_LENGTH_MAX && label.bytes().all(is_legal) {
        return Ok(());
    }
    let reason = "Label can only include alphanumeric characters, hyphens, or underscores. \
                  1 to 80 in length.";
    Err(Error::invalid("Label", label, reason))
}

fn check_actions(actions: &[String]) -> Result<(), Error> {
    if actions.is_empty() {
        return Err(Error::missing("ActionName"));
    }
    for action in actions {
        let reason = match action.as_str() {
            action if GRANTABLE.contains(&action) => continue,
            action if OWNER_ONLY.contains(&action) => {
                "Only the queue owner is allowed to invoke this action."
            }
            _ => "Please refer to the appropriate WSDL for a list of valid actions.",
        };
        let value = format!("SQS:{action}");
        return Err(Error::invalid("ActionName", value, reason));
    }
    match actions.len() {
        ..=ACTIONS_MAX => Ok(()),
        count => Err(over_limit("Actions", count, ACTIONS_MAX)),
    }
}

/// AWS looks accounts up; here every number of an account will do `[I]`.
fn check_accounts(accounts: &[String]) -> Result<(), Error> {
    if accounts.is_empty() {
        return Err(Error::missing("AWSAccountIds"));
    }
    let is_account = |id: &String| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(unknown) = accounts.iter().find(|id| !is_account(id)) {
        let value = format!("[{unknown}]");
        return Err(Error::invalid("PrincipalId", value, "Unable to verify."));
    }
    match accounts.len() {
        ..=PRINCIPALS_MAX => Ok(()),
        count => Err(over_limit("Principals", count, PRINCIPALS_MAX)),
    }
}

fn over_limit(what: &str, count: usize, max: usize) -> Error {
    Error::new(
        ErrorCode::OverLimit,
        format!("{count} {what} were found, maximum allowed is {max}."),
    )
}
