//! What people get, written: the order of things, and the forms that languages and services ask for. Whether real clients
//! and linters take it is checked in `tests/clients`.

use sqs_playground::json::{self, AsMember as _};
use sqs_playground::scenario::library;
use sqs_playground::topology::{
    aws_cli_script, boto3_code, cloudformation_yaml, scripts_of, terraform,
};
use sqs_playground::world::Config;

use crate::support::{arn, create, rich, topology};

fn zoo() -> Config {
    let mut config = Config::new(0);
    let json = json::parse(include_str!("zoo.json")).expect("it is JSON");
    json::fill(config.place(), json).expect("it is a world");
    config
}

#[test]
fn dead_letter_queues_come_first_and_what_cannot_comes_last() {
    let calls = rich().calls();
    let names: Vec<_> = calls
        .iter()
        .map(|call| (call.action(), call.queue_named().unwrap_or_default()))
        .collect();
    assert_eq!(
        names,
        [
            ("CreateQueue", "shut"),
            ("CreateQueue", "before"),
            ("CreateQueue", "events.fifo"),
            ("CreateQueue", "orders-dlq"),
            ("CreateQueue", "orders"),
            ("CreateQueue", "ring_a"),
            ("CreateQueue", "ring-a"),
            ("SetQueueAttributes", "ring_a"),
            ("SetQueueAttributes", "shut"),
            ("SetQueueAttributes", "orders-dlq"),
            ("SetQueueAttributes", "orders"),
        ]
    );
}

#[test]
fn a_small_topology_in_every_language() {
    let redrive = format!(
        r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":3}}"#,
        arn("dlq")
    );
    let attributes = [("RedrivePolicy", &*redrive), ("VisibilityTimeout", "60")];
    let topology = topology(&[
        create("dlq", &[], &[]),
        create("orders", &attributes, &[("team", "a")]),
    ]);
    assert_eq!(
        cloudformation_yaml(&topology),
        r#"AWSTemplateFormatVersion: "2010-09-09"
Description: "Queues of Amazon SQS, from the SQS Playground."
Resources:
  Dlq:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: dlq
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: 60
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dlq.Arn
        maxReceiveCount: 3
      Tags:
        - Key: team
          Value: a
"#
    );
    let from = |text: &str, start: &str| text[text.find(start).expect("it is there")..].to_owned();
    assert_eq!(
        from(
            &terraform(&topology),
            "resource \"aws_sqs_queue\" \"orders\""
        ),
        r#"resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 60
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dlq.arn
    maxReceiveCount     = 3
  })
  tags = {
    team = "a"
  }
}
"#
    );
    assert_eq!(
        from(&aws_cli_script(&topology), "dlq_url="),
        r#"dlq_url=$(aws sqs create-queue --queue-name dlq --query QueueUrl --output text)

dlq_arn=$(aws sqs get-queue-attributes --queue-url "$dlq_url" \
    --attribute-names QueueArn --query Attributes.QueueArn --output text)
orders_url=$(aws sqs create-queue \
    --queue-name orders \
    --attributes '{"RedrivePolicy":"{\"deadLetterTargetArn\":\"'"$dlq_arn"'\",\"maxReceiveCount\":3}","VisibilityTimeout":"60"}' \
    --tags team=a \
    --query QueueUrl --output text)
"#
    );
    assert_eq!(
        from(&boto3_code(&topology), "sqs = "),
        r#"sqs = boto3.client("sqs", region_name="eu-west-1")

dlq_url = sqs.create_queue(QueueName="dlq")["QueueUrl"]
dlq_arn = sqs.get_queue_attributes(
    QueueUrl=dlq_url, AttributeNames=["QueueArn"]
)["Attributes"]["QueueArn"]
orders_url = sqs.create_queue(
    QueueName="orders",
    Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": dlq_arn, "maxReceiveCount": 3}),
        "VisibilityTimeout": "60",
    },
    tags={"team": "a"},
)["QueueUrl"]
print("2 queues are there")
"#
    );
}

#[test]
fn every_actor_has_a_file_of_its_own() {
    let configs = library()
        .into_iter()
        .map(|scenario| scenario.world)
        .chain([zoo()]);
    for config in configs {
        let files = scripts_of(&config);
        let set_up = usize::from(!config.set_up.is_empty());
        assert_eq!(files.len(), config.actors.len() + set_up);
        let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names[0] == "set_up.py", set_up == 1);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), files.len());
        for file in &files {
            assert!(
                file.text.starts_with("\"\"\"") && file.text.ends_with('\n'),
                "{}",
                file.text
            );
            // Nothing that moves the cursor or turns the direction of writing.
            let is_odd = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(!file.text.contains(is_odd), "{}", file.text);
        }
    }
}

#[test]
fn a_script_is_what_a_person_would_write() {
    let library = library();
    let scenario = library
        .iter()
        .find(|scenario| scenario.id == "first-messages");
    let files = scripts_of(&scenario.expect("the library has it").world);
    assert_eq!(
        files[0].text,
        r#""""sender: calls CreateQueue, ListQueues and SendMessage.

Credentials come from the environment. To run it on a local server in place of AWS:
    AWS_ENDPOINT_URL=http://127.0.0.1:9324 python sender.py
"""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")

test_queue_url = sqs.create_queue(QueueName="test_queue")["QueueUrl"]
response = sqs.list_queues(QueueNamePrefix="test")
print(response.get("QueueUrls"))
for n in range(1, 101):
    response = sqs.send_message(QueueUrl=test_queue_url, MessageBody=f"message {n}")
    print(f"sent {response['MessageId']}")
"#
    );
}
