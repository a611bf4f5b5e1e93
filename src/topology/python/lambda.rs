//! A Lambda function as a program: the handler as it would be deployed, and in place of Lambda a loop that polls and
//! calls it.

use super::actors::{duration, in_threads, poison_function, tried};
use super::calls::name_of;
use super::consumer::function;
use super::files::{Program, indented};
use crate::world::Lambda;

pub(super) fn write(name: &str, settings: &Lambda, program: &mut Program) {
    let queue = name_of(&settings.queue);
    program.about(&format!(
        "{name}: a Lambda function that the queue {queue} feeds."
    ));
    program.about("On AWS only handler() is deployed. An event source mapping polls the queue, calls it, and deletes.");
    program.about("The rest of this file is what does that here.");
    program.import("time");
    if let Some(poison) = &settings.poison {
        program.function(&poison_function(poison, true));
    }
    handler(settings, program);
    mapping(settings, program);
    let most = settings.maximum_concurrency.unwrap_or(u32::MAX);
    let pollers = settings.pollers.unwrap_or(5).min(most) as usize;
    in_threads("poll_for_ever", pollers, program);
}

/// The function itself.
fn handler(settings: &Lambda, program: &mut Program) {
    let is_fifo = settings.queue.ends_with(".fifo");
    let reports = settings.report_batch_item_failures && settings.poison.is_some();
    let mut body = String::new();
    if settings.idempotent {
        program.line(
            0,
            "done = set()  # in a real system a table that all functions share\n\n",
        );
    }
    if reports {
        body.push_str("failures = []\n");
        if is_fifo {
            body.push_str("failed_groups = set()\n");
        }
    }
    body.push_str("for record in event[\"Records\"]:\n");
    if reports && is_fifo {
        body.push_str(
            "    group = record[\"attributes\"].get(\"MessageGroupId\")\n    \
             if group in failed_groups:  # what follows a failure in its group must wait\n        \
             failures.append({\"itemIdentifier\": record[\"messageId\"]})\n        continue\n",
        );
    }
    if settings.idempotent {
        body.push_str("    if record[\"messageId\"] in done:\n        continue\n");
    }
    body.push_str("    print(f\"works on {record['body']}\")\n");
    if let Some(time) = duration(&settings.work_ms, program) {
        body.push_str(&format!("    time.sleep({time})  # the work\n"));
    }
    if settings.poison.is_some() {
        body.push_str("    if is_poison(record):\n");
        if reports {
            body.push_str("        failures.append({\"itemIdentifier\": record[\"messageId\"]})\n");
            if is_fifo {
                body.push_str("        failed_groups.add(group)\n");
            }
            body.push_str("        continue\n");
        } else {
            body.push_str(
                "        raise RuntimeError(\"the work failed\")  # the whole batch comes back\n",
            );
        }
    }
    if settings.idempotent {
        body.push_str("    done.add(record[\"messageId\"])\n");
    }
    body.push_str(if reports {
        "return {\"batchItemFailures\": failures}\n"
    } else {
        "return {\"batchItemFailures\": []}\n"
    });
    program.function(&function(
        "handler(event, context)",
        "The Lambda function.",
        &body,
    ));
}

/// What Lambda does around the function.
fn mapping(settings: &Lambda, program: &mut Program) {
    let size = settings.batch_size.unwrap_or(10);
    receive_function(program);
    program.function(RECORD);
    let delete = tried(
        "sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries[first : first + 10])",
        "not deleted",
        "",
        program,
    );
    let invoke = format!(
        "event = {{\"Records\": [record(message) for message in batch]}}\n\
         try:\n    answer = handler(event, None)\n\
         except Exception as error:\n    print(f\"the function failed: {{error}}\")\n    return\n\
         failed = {{failure[\"itemIdentifier\"] for failure in answer[\"batchItemFailures\"]}}\n\
         entries = [\n    {{\"Id\": str(number), \"ReceiptHandle\": message[\"ReceiptHandle\"]}}\n    \
         for number, message in enumerate(batch)\n    if message[\"MessageId\"] not in failed\n]\n\
         for first in range(0, len(entries), 10):\n{}",
        indented(1, &delete)
    );
    program.function(&function(
        "invoke(batch)",
        "Calls the function, and deletes what it has dealt with.",
        &invoke,
    ));
    let call = throttled(settings, program);
    let mut poll = format!(
        "while True:\n    batch = receive({}, 20)\n    if not batch:\n        continue\n",
        size.min(10)
    );
    let window = settings.batch_window_seconds.unwrap_or(0);
    if window > 0 {
        program.import("math");
        poll.push_str(&format!(
            "    # More messages are gathered for a while, until the batch is full.\n    \
             end = time.monotonic() + {window}\n    \
             while len(batch) < {size} and (left := end - time.monotonic()) > 0:\n        \
             batch += receive(min({size} - len(batch), 10), min(math.ceil(left), 20))\n"
        ));
    }
    poll.push_str(&indented(1, &call));
    program.function(&function(
        "poll_for_ever()",
        "A poller: it has one batch at a time.",
        &poll,
    ));
}

fn receive_function(program: &mut Program) {
    let call = "response = sqs.receive_message(\n    QueueUrl=queue_url,\n    \
                MessageSystemAttributeNames=[\"All\"],\n    MessageAttributeNames=[\"All\"],\n    \
                MaxNumberOfMessages=count,\n    WaitTimeSeconds=wait,\n)";
    let tried = tried(call, "not received", "time.sleep(1)\nreturn []", program);
    program.function(&function(
        "receive(count, wait)",
        "Messages, if any come in time.",
        &format!("{tried}return response.get(\"Messages\", [])"),
    ));
}

/// A message as the function gets it.
const RECORD: &str = "def record(message):
    \"\"\"A message as Lambda hands it to the function.\"\"\"
    attributes = message.get(\"MessageAttributes\", {})
    return {
        \"messageId\": message[\"MessageId\"],
        \"receiptHandle\": message[\"ReceiptHandle\"],
        \"body\": message[\"Body\"],
        \"attributes\": message.get(\"Attributes\", {}),
        \"messageAttributes\": {
            name: {key[0].lower() + key[1:]: value for key, value in attribute.items()}
            for name, attribute in attributes.items()
        },
        \"eventSource\": \"aws:sqs\",
    }";

/// The call of the function, where it accepts only so many at a time.
fn throttled(settings: &Lambda, program: &mut Program) -> String {
    let Some(most) = settings.function_concurrency else {
        return "invoke(batch)".into();
    };
    program.import("threading");
    program.line(
        0,
        &format!("free = threading.Semaphore({most})  # so many calls at a time\n"),
    );
    program.line(
        0,
        "attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=[\"VisibilityTimeout\"])\n\
         visibility_timeout = int(attributes[\"Attributes\"][\"VisibilityTimeout\"])\n\n",
    );
    let body = "end = time.monotonic() + visibility_timeout\n\
                while not free.acquire(blocking=False):\n    \
                if time.monotonic() >= end:\n        return\n    \
                print(\"throttled\")\n    time.sleep(max(0, min(1, end - time.monotonic())))\n\
                try:\n    invoke(batch)\nfinally:\n    free.release()";
    program.function(&function(
        "invoke_if_free(batch)",
        "Calls the function; while it is busy, tries again until the messages come back.",
        body,
    ));
    "invoke_if_free(batch)".into()
}
