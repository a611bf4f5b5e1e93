//! `help`: what there is, in words of our own.

use super::model::{Kind, OPERATIONS, Operation, QUEUE_ATTRIBUTES, option_name};

/// `aws help`
pub(super) const AWS: &str = "\
aws [options] <command> <subcommand> [parameters]

Here, the AWS CLI has the service sqs, and beside it:

  aws sqs help                  the commands of Amazon SQS
  aws configure                 keys (any will do), region, output format
  aws sts get-caller-identity   who you are
  aws --version

Options of all commands:

  --output json|text|table|yaml   how the answer is printed
  --query EXPRESSION              the part of it that is wanted, as JMESPath
  --region NAME                   accepted; the playground has one region
  --endpoint-url URL              accepted; the playground is the endpoint
  --profile NAME                  a profile of `aws configure --profile NAME`
  --no-paginate                   one page of a list only
  --no-cli-pager --color --debug  accepted
";

/// `aws sqs help`
pub(super) fn service() -> String {
    let mut text = String::from("aws sqs <command> [parameters]\n\n");
    for operation in OPERATIONS {
        text.push_str(&format!(
            "  {:<32}{}\n",
            operation.command(),
            operation.about
        ));
    }
    text.push_str("\naws sqs <command> help tells a command's options.\n");
    text
}

/// `aws sqs send-message help`
pub(super) fn operation(operation: &Operation) -> String {
    let command = operation.command();
    let mut text = format!("aws sqs {command}\n\n{}\n\n", operation.about);
    for member in operation.input.members {
        let is_paging =
            operation.paged.is_some() && ["NextToken", "MaxResults"].contains(&member.name);
        if is_paging {
            continue;
        }
        let option = format!("--{} {}", option_name(member.name), value(member.kind));
        let needed = if member.is_required { "(required)" } else { "" };
        text.push_str(format!("  {option:<60} {needed}").trim_end());
        text.push('\n');
    }
    if operation.paged.is_some() {
        for option in [
            "--max-items <count>",
            "--page-size <count>",
            "--starting-token <text>",
        ] {
            text.push_str(&format!("  {option}\n"));
        }
    }
    text.push_str(
        "  --cli-input-json <JSON, or file://NAME>\n  --generate-cli-skeleton [input|output]\n",
    );
    let has_attributes = operation
        .input
        .members
        .iter()
        .any(|member| member.name == "Attributes");
    if has_attributes {
        text.push_str("\nAttributes that can be set: ");
        let set = |name: &&&str| {
            !name.starts_with("Approximate")
                && ![
                    "All",
                    "CreatedTimestamp",
                    "LastModifiedTimestamp",
                    "QueueArn",
                ]
                .contains(*name)
        };
        let names: Vec<&str> = QUEUE_ATTRIBUTES.iter().filter(set).copied().collect();
        text.push_str(&names.join(", "));
        text.push_str(".\n");
    }
    text
}

fn value(kind: Kind) -> String {
    match kind {
        Kind::Text | Kind::Word(_) | Kind::Blob => "<text>".to_owned(),
        Kind::Integer => "<number>".to_owned(),
        Kind::Flag => "<true or false>".to_owned(),
        Kind::Map(Kind::Structure(_)) => {
            "<JSON, or Name={DataType=String,StringValue=...}>".to_owned()
        }
        Kind::Map(_) => "<JSON, or Name=value,Other=value>".to_owned(),
        Kind::List(Kind::Structure(_)) => "<JSON, or Id=a,... Id=b,...>".to_owned(),
        Kind::List(_) => "<word> <word> ...".to_owned(),
        Kind::Structure(_) => "<JSON>".to_owned(),
    }
}
