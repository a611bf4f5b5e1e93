//! What people have, read: with what is understood, and what is told about the rest.

use sqs_playground::topology::{Import, ImportError, Topology, import};

use crate::support::{arn, create, home, topology};

fn read(text: &str) -> Import {
    import(text, &home()).unwrap_or_else(|error| panic!("{error}"))
}

/// Places and messages.
fn notes(import: &Import) -> Vec<(&str, &str)> {
    let notes = import.notes.iter();
    notes
        .map(|note| (note.place.as_str(), note.message.as_str()))
        .collect()
}

fn attribute<'a>(topology: &'a Topology, queue: &str, name: &str) -> Option<&'a str> {
    let mut queues = topology.queues().iter();
    let queue = queues
        .find(|other| other.name() == queue)
        .expect("the queue is there");
    queue.attributes().get(name).map(String::as_str)
}

fn names(topology: &Topology) -> Vec<&str> {
    topology.queues().iter().map(|queue| queue.name()).collect()
}

fn redrive(target: &str, count: u32) -> String {
    format!(
        r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":{count}}}"#,
        arn(target)
    )
}

const TEMPLATE: &str = r#"{
  "Parameters": {"Stage": {"Type": "String", "Default": "test"}, "Open": {"Type": "String"}},
  "Mappings": {"Times": {"test": {"visible": 90}}},
  "Resources": {
    "Orders": {
      "Type": "AWS::SQS::Queue",
      "DependsOn": "Topic",
      "Properties": {
        "QueueName": {"Fn::Join": ["-", ["orders", {"Ref": "Stage"}]]},
        "VisibilityTimeout": {"Fn::FindInMap": ["Times", {"Ref": "Stage"}, "visible"]},
        "DelaySeconds": {"Fn::If": ["Late", 5, 0]},
        "MessageRetentionPeriod": {"Ref": "Open"},
        "ReceiveMessageWaitTimeSeconds": {"Ref": "AWS::NoValue"},
        "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": "3"},
        "Colour": "red",
        "Tags": [{"Key": "stage", "Value": {"Fn::Sub": "${Stage}-${AWS::Region}"}}, {"Key": 1}]
      }
    },
    "Dead": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": false, "MaximumMessageSize": "2048"}},
    "Twin": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "Dead"}},
    "Wrong": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "wrong", "DelaySeconds": 901}},
    "Lost": {
      "Type": "AWS::SQS::Queue",
      "Condition": "Late",
      "Properties": {
        "QueueName": "lost",
        "RedrivePolicy": {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:123456789012:nowhere", "maxReceiveCount": 3}
      }
    },
    "Topic": {"Type": "AWS::SNS::Topic"},
    "Policy": {
      "Type": "AWS::SQS::QueuePolicy",
      "Properties": {
        "Queues": [{"Ref": "Orders"}, "https://sqs.eu-west-1.amazonaws.com/123456789012/elsewhere"],
        "PolicyDocument": {"Statement": [{"Resource": {"Fn::GetAtt": "Orders.Arn"}}]}
      }
    }
  }
}"#;

#[test]
fn a_template_and_what_is_left_out_of_it() {
    let import = read(TEMPLATE);
    let topology = &import.topology;
    assert_eq!(names(topology), ["Dead", "lost", "orders-test"]);
    assert_eq!(
        attribute(topology, "orders-test", "VisibilityTimeout"),
        Some("90")
    );
    assert_eq!(
        attribute(topology, "orders-test", "RedrivePolicy"),
        Some(&*redrive("Dead", 3))
    );
    let policy = format!(
        r#"{{"Statement":[{{"Resource":"{}"}}]}}"#,
        arn("orders-test")
    );
    assert_eq!(attribute(topology, "orders-test", "Policy"), Some(&*policy));
    assert_eq!(
        attribute(topology, "Dead", "MaximumMessageSize"),
        Some("2048")
    );
    assert_eq!(attribute(topology, "lost", "RedrivePolicy"), None);
    assert_eq!(
        notes(&import),
        [
            (
                "Resources.Dead.QueueName",
                "The queue has no QueueName. It is called Dead."
            ),
            (
                "Resources.Topic",
                "AWS::SNS::Topic is not a queue, and is left out."
            ),
            (
                "Resources.Orders.DelaySeconds",
                "Fn::If is not evaluated here. It is left out."
            ),
            (
                "Resources.Orders.MessageRetentionPeriod",
                "Ref \"Open\" is not known here. It is left out."
            ),
            (
                "Resources.Orders.Colour",
                "This property is unknown, and is left out."
            ),
            (
                "Resources.Orders.Tags",
                "A tag has a Key and a Value; one that has not is left out."
            ),
            (
                "Resources.Lost",
                "Conditions are not evaluated; the queue is made in any case."
            ),
            (
                "Resources.Policy",
                "One of its queues is not in this template."
            ),
            (
                "Resources.Twin",
                "There are two queues Dead; the first counts."
            ),
            (
                "Resources.Wrong",
                "SQS refuses this queue: Invalid value for the parameter DelaySeconds."
            ),
            (
                "Resources.Lost.RedrivePolicy",
                "It is left out, because SQS refuses it: Value \
                 {\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:123456789012:nowhere\",\"maxReceiveCount\":3} for \
                 parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist."
            ),
        ]
    );
}

#[cfg(feature = "yaml")]
#[test]
fn a_template_in_yaml_with_short_forms_and_anchors() {
    let import = read(
        r#"
# A comment.
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: test}
Resources:
  Dead: &dead
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "dead-${Stage}"
  Orders:
    Type: 'AWS::SQS::Queue'
    Properties:
      QueueName: !Join ['-', [orders, !Ref Stage]]
      VisibilityTimeout: 60
      SqsManagedSseEnabled: no
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead.Arn
        maxReceiveCount: 5
      RedriveAllowPolicy:
        Fn::Transform: nothing
      Tags:
        - Key: folded
          Value: >-
            a
            b
  Copy:
    <<: *dead
    Type: AWS::SQS::Queue
"#,
    );
    let topology = &import.topology;
    assert_eq!(names(topology), ["Copy", "dead-test", "orders-test"]);
    assert_eq!(
        attribute(topology, "orders-test", "RedrivePolicy"),
        Some(&*redrive("dead-test", 5))
    );
    let orders = &topology.queues()[2];
    assert_eq!(orders.tags().get("folded").map(String::as_str), Some("a b"));
    assert_eq!(
        notes(&import),
        [
            (
                "Resources.Copy.QueueName",
                "The queue has no QueueName. It is called Copy."
            ),
            (
                "Resources.Orders.RedriveAllowPolicy",
                "Fn::Transform is not evaluated here. It is left out."
            ),
        ]
    );
}

#[cfg(feature = "yaml")]
#[test]
fn yaml_that_is_none_is_told_with_its_line() {
    for (text, why) in [
        ("a: [1\nb: 2\n", "line 2"),
        ("? [a]\n: b\n", "a key that is no text"),
        ("a: *b\n", "unknown anchor"),
        ("", "nothing in it"),
    ] {
        let error = import(text, &home()).expect_err(text);
        assert!(matches!(error, ImportError::NotYaml(_)), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn a_state_of_terraform() {
    let import = read(
        r#"{"format_version":"1.0","values":{"root_module":{"resources":[
          {"address":"aws_sqs_queue.orders","mode":"managed","type":"aws_sqs_queue","name":"orders","values":{
            "arn":"arn:aws:sqs:us-east-1:999988887777:orders","id":"https://sqs.us-east-1.amazonaws.com/999988887777/orders",
            "name":"orders","name_prefix":"","fifo_queue":false,"content_based_deduplication":false,"deduplication_scope":"",
            "fifo_throughput_limit":"","delay_seconds":0,"visibility_timeout_seconds":45,"kms_master_key_id":"","policy":"",
            "kms_data_key_reuse_period_seconds":300,"max_message_size":262144,"sqs_managed_sse_enabled":true,
            "redrive_policy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:999988887777:dead\",\"maxReceiveCount\":4}",
            "redrive_allow_policy":"","tags":{"team":"a"},"tags_all":{"team":"a"},"timeouts":null,"colour":"red"}},
          {"address":"data.aws_sqs_queue.other","mode":"data","type":"aws_sqs_queue","name":"other","values":{"name":"other"}},
          {"address":"aws_sns_topic.t","mode":"managed","type":"aws_sns_topic","name":"t","values":{}}],
        "child_modules":[{"resources":[
          {"address":"module.m.aws_sqs_queue.dead","mode":"managed","type":"aws_sqs_queue","name":"dead","values":{"name":"dead"}},
          {"address":"module.m.aws_sqs_queue_policy.dead","mode":"managed","type":"aws_sqs_queue_policy","name":"dead",
            "values":{"queue_url":"https://sqs.us-east-1.amazonaws.com/999988887777/dead","policy":"{\"a\":1}"}}]}]}}}"#,
    );
    let topology = &import.topology;
    assert_eq!(names(topology), ["dead", "orders"]);
    assert_eq!(
        attribute(topology, "orders", "RedrivePolicy"),
        Some(&*redrive("dead", 4))
    );
    assert_eq!(
        attribute(topology, "orders", "VisibilityTimeout"),
        Some("45")
    );
    assert_eq!(
        attribute(topology, "orders", "MaximumMessageSize"),
        Some("262144")
    );
    assert_eq!(attribute(topology, "dead", "Policy"), Some(r#"{"a":1}"#));
    assert_eq!(topology.queues()[1].attributes().len(), 3);
    assert_eq!(
        notes(&import),
        [
            (
                "aws_sqs_queue.orders.colour",
                "This argument is unknown, and is left out."
            ),
            (
                "aws_sns_topic.t",
                "aws_sns_topic is not a queue, and is left out."
            ),
        ]
    );
}

#[test]
fn a_plan_of_terraform_says_what_it_does_not_know() {
    let import = read(
        r#"{"planned_values":{"root_module":{"resources":[{"address":"aws_sqs_queue.q","mode":"managed",
            "type":"aws_sqs_queue","name":"q","values":{"name":"q","delay_seconds":7}}]}},
          "resource_changes":[{"address":"aws_sqs_queue.q","change":{"after_unknown":{"redrive_policy":true,"arn":true}}}]}"#,
    );
    assert_eq!(attribute(&import.topology, "q", "DelaySeconds"), Some("7"));
    assert_eq!(notes(&import).len(), 1);
    assert_eq!(notes(&import)[0].0, "aws_sqs_queue.q.redrive_policy");
}

#[test]
fn a_configuration_of_terraform() {
    let import = read(
        r#"{"variable":{"stage":[{"default":"test"}]},"locals":{"name":"orders-${var.stage}"},"module":{"m":{}},
          "resource":[{"aws_sqs_queue":{
            "orders":[{"name":"${local.name}","visibility_timeout_seconds":"${60}","count":2,
              "kms_master_key_id":"${data.aws_kms_key.k.id}",
              "redrive_policy":"${jsonencode({\n deadLetterTargetArn = aws_sqs_queue.dead.arn\n maxReceiveCount = 2\n})}"}],
            "dead":{"fifo_queue":false,"tags":{"a":"${var.stage}"}}}}]}"#,
    );
    let topology = &import.topology;
    assert_eq!(names(topology), ["dead", "orders-test"]);
    assert_eq!(
        attribute(topology, "orders-test", "RedrivePolicy"),
        Some(&*redrive("dead", 2))
    );
    assert_eq!(
        attribute(topology, "orders-test", "VisibilityTimeout"),
        Some("60")
    );
    assert_eq!(
        notes(&import),
        [
            ("module", "Modules are not read; their queues are left out."),
            (
                "aws_sqs_queue.orders.count",
                "This is not evaluated: there is one queue."
            ),
            (
                "aws_sqs_queue.orders.kms_master_key_id",
                "`data.aws_kms_key.k.id` is not known here. It is left out."
            ),
            (
                "aws_sqs_queue.dead.name",
                "The queue has no name. It is called dead."
            ),
        ]
    );
}

#[test]
fn outputs_of_get_queue_attributes() {
    let import = read(
        r#"{"Attributes":{"QueueArn":"arn:aws:sqs:us-west-2:111122223333:dead","ApproximateNumberOfMessages":"3","New":"1"}}
          [{"QueueUrl":"https://sqs.us-west-2.amazonaws.com/111122223333/orders","Attributes":{"VisibilityTimeout":"40",
            "RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-west-2:111122223333:dead\",\"maxReceiveCount\":9}"}},
           {"Attributes":{"DelaySeconds":"1"}}]"#,
    );
    assert_eq!(names(&import.topology), ["dead", "orders"]);
    assert_eq!(
        attribute(&import.topology, "orders", "RedrivePolicy"),
        Some(&*redrive("dead", 9))
    );
    assert_eq!(
        notes(&import),
        [
            ("dead.New", "This attribute is unknown."),
            (
                "output 3",
                "There is no QueueArn, so the queue has no name; ask for all attributes."
            ),
        ]
    );
}

#[test]
fn what_is_at_home_counts() {
    let home = topology(&[create("dead", &[], &[]), create("orders", &[], &[])]);
    let output = |name: &str| {
        format!(
            r#"{{"QueueArn":"arn:aws:sqs:us-west-2:1:{name}",
                "RedrivePolicy":"{{\"deadLetterTargetArn\":\"arn:aws:sqs:us-west-2:1:dead\",\"maxReceiveCount\":9}}"}}"#
        )
    };
    let import_one = import(&output("new"), &home).expect("it is new");
    assert_eq!(
        attribute(&import_one.topology, "new", "RedrivePolicy"),
        Some(&*redrive("dead", 9))
    );
    assert_eq!(names(&import_one.topology), ["new"]);
    let error = import(&output("orders"), &home).expect_err("it is there");
    assert!(
        error
            .to_string()
            .contains("There is a queue orders already"),
        "{error}"
    );
}

#[test]
fn texts_of_another_kind() {
    let error = |text: &str| import(text, &home()).expect_err(text);
    assert_eq!(
        error("resource \"aws_sqs_queue\" \"q\" {}"),
        ImportError::TerraformLanguage
    );
    assert_eq!(error("{\"a\": 1}"), ImportError::Unknown);
    assert_eq!(error("[]"), ImportError::Unknown);
    assert!(matches!(
        error("{\"Resources\": }"),
        ImportError::NotJson(_)
    ));
    assert_eq!(
        error("{\"Resources\": {}}"),
        ImportError::NoQueues(Vec::new())
    );
}
