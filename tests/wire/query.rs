//! The legacy query protocol: forms in, XML out.

use serde_json::Value;

use crate::support::{Answer, Endpoint, REQUEST_ID};

const NAMESPACE: &str = "http://queue.amazonaws.com/doc/2012-11-05/";

#[track_caller]
fn is(answer: &Answer, action: &str, result: &str) {
    let expect = format!(
        "<?xml version=\"1.0\"?><{action}Response xmlns=\"{NAMESPACE}\">{result}<ResponseMetadata>\
         <RequestId>{REQUEST_ID}</RequestId></ResponseMetadata></{action}Response>"
    );
    assert_eq!(answer.ok(), expect);
    assert_eq!(answer.header("content-type"), Some("text/xml"));
}

#[track_caller]
fn refuses(answer: &Answer, status: u16, code: &str, message: &str) {
    let expect = format!(
        "<?xml version=\"1.0\"?><ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type>\
         <Code>{code}</Code><Message>{message}</Message><Detail/></Error>\
         <RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    );
    assert_eq!(answer.body(), expect);
    assert_eq!(answer.0.status, status);
}

/// What is between the first `<name>` and `</name>`.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).expect("it is there");
    let (text, _) = rest.split_once(&format!("</{name}>")).expect("it ends");
    text
}

#[test]
fn a_message_goes_there_and_back() {
    let mut sqs = Endpoint::new();
    let send = "Action=SendMessage&Version=2012-11-05&QueueUrl=q&MessageBody=a+%26%3C%3E%22%0D%0A%C3%A9\
                &MessageAttribute.1.Name=color&MessageAttribute.1.Value.DataType=String\
                &MessageAttribute.1.Value.StringValue=blue\
                &MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary\
                &MessageAttribute.2.Value.BinaryValue=AQID";
    let sent = sqs.form("/", send);
    let id = element(sent.ok(), "MessageId").to_owned();
    let (attributes, body) = (
        element(sent.ok(), "MD5OfMessageAttributes").to_owned(),
        element(sent.ok(), "MD5OfMessageBody").to_owned(),
    );
    is(
        &sent,
        "SendMessage",
        &format!(
            "<SendMessageResult><MD5OfMessageAttributes>{attributes}</MD5OfMessageAttributes>\
             <MD5OfMessageBody>{body}</MD5OfMessageBody><MessageId>{id}</MessageId></SendMessageResult>"
        ),
    );
    // The path names the queue; lists count from 1.
    let receive = "Action=ReceiveMessage&AttributeName.1=SentTimestamp&AttributeName.2=ApproximateReceiveCount\
                   &MessageAttributeName.1=All&MaxNumberOfMessages=10";
    let received = sqs.form("/123456789012/q", receive);
    let handle = element(received.ok(), "ReceiptHandle").to_owned();
    is(
        &received,
        "ReceiveMessage",
        &format!(
            "<ReceiveMessageResult><Message>\
             <Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>\
             <Attribute><Name>SentTimestamp</Name><Value>1767225600000</Value></Attribute>\
             <Body>a &amp;&lt;&gt;&quot;&#xD;\né</Body><MD5OfBody>{body}</MD5OfBody>\
             <MD5OfMessageAttributes>{attributes}</MD5OfMessageAttributes>\
             <MessageAttribute><Name>b</Name><Value><BinaryValue>AQID</BinaryValue>\
             <DataType>Binary</DataType></Value></MessageAttribute>\
             <MessageAttribute><Name>color</Name><Value><DataType>String</DataType>\
             <StringValue>blue</StringValue></Value></MessageAttribute>\
             <MessageId>{id}</MessageId><ReceiptHandle>{handle}</ReceiptHandle></Message></ReceiveMessageResult>"
        ),
    );
    let handle: String = form_urlencoded::byte_serialize(handle.as_bytes()).collect();
    let delete = format!("Action=DeleteMessage&ReceiptHandle={handle}");
    is(&sqs.form("/123456789012/q", &delete), "DeleteMessage", "");
    is(
        &sqs.form("/123456789012/q", "Action=ReceiveMessage"),
        "ReceiveMessage",
        "<ReceiveMessageResult></ReceiveMessageResult>",
    );
}

#[test]
fn lists_and_maps() {
    let mut sqs = Endpoint::new();
    let create = "Action=CreateQueue&QueueName=x&Attribute.1.Name=DelaySeconds&Attribute.1.Value=7\
                  &Attribute.10.Name=VisibilityTimeout&Attribute.10.Value=8&Attribute.2.Name=MessageRetentionPeriod\
                  &Attribute.2.Value=60&Tag.1.Key=k&Tag.1.Value=&Tag.2.Key=l&Tag.2.Value=v";
    is(
        &sqs.form("/", create),
        "CreateQueue",
        "<CreateQueueResult><QueueUrl>https://sqs.us-east-1.amazonaws.com/123456789012/x</QueueUrl></CreateQueueResult>",
    );
    is(
        &sqs.form("/", "Action=ListQueueTags&QueueUrl=x"),
        "ListQueueTags",
        "<ListQueueTagsResult><Tag><Key>k</Key><Value></Value></Tag>\
         <Tag><Key>l</Key><Value>v</Value></Tag></ListQueueTagsResult>",
    );
    let get =
        "Action=GetQueueAttributes&AttributeName.1=DelaySeconds&AttributeName.2=VisibilityTimeout";
    is(
        &sqs.get("/123456789012/x", get, "*/*"),
        "GetQueueAttributes",
        "<GetQueueAttributesResult><Attribute><Name>DelaySeconds</Name><Value>7</Value></Attribute>\
         <Attribute><Name>VisibilityTimeout</Name><Value>8</Value></Attribute></GetQueueAttributesResult>",
    );
    let batch = "Action=SendMessageBatch&QueueUrl=x&SendMessageBatchRequestEntry.1.Id=a\
                 &SendMessageBatchRequestEntry.1.MessageBody=m&SendMessageBatchRequestEntry.2.Id=b\
                 &SendMessageBatchRequestEntry.2.MessageBody=%00";
    let answer = sqs.form("/", batch);
    let xml = answer.ok();
    let failed = element(xml, "BatchResultErrorEntry");
    assert!(
        failed.starts_with("<Code>InvalidMessageContents</Code><Id>b</Id>"),
        "{xml}"
    );
    assert!(failed.ends_with("<SenderFault>true</SenderFault>"), "{xml}");
    assert!(element(xml, "SendMessageBatchResultEntry").starts_with("<Id>a</Id>"));
    // botocore's way to say that a list is empty.
    for empty in ["Entries=", "SendMessageBatchRequestEntry="] {
        let answer = sqs.form("/", &format!("Action=SendMessageBatch&QueueUrl=x&{empty}"));
        let code = element(answer.body(), "Code");
        assert_eq!(code, "AWS.SimpleQueueService.EmptyBatchRequest", "{empty}");
    }
}

#[test]
fn queue_urls_are_a_list_without_a_wrapper() {
    let mut sqs = Endpoint::new();
    let url = "https://sqs.us-east-1.amazonaws.com/123456789012";
    is(
        &sqs.get("/", "Action=ListQueues", "*/*"),
        "ListQueues",
        &format!(
            "<ListQueuesResult><QueueUrl>{url}/q</QueueUrl><QueueUrl>{url}/q.fifo</QueueUrl></ListQueuesResult>"
        ),
    );
}

#[test]
fn errors_use_query_codes_and_the_old_words() {
    let mut sqs = Endpoint::new();
    refuses(
        &sqs.form("/", "Action=GetQueueUrl&QueueName=none"),
        400,
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist for this wsdl version.",
    );
    refuses(
        &sqs.form("/", "Action=DeleteMessage&QueueUrl=q&ReceiptHandle=%3C%00"),
        404,
        "ReceiptHandleIsInvalid",
        "The input receipt handle &quot;&lt;\u{fffd}&quot; is not a valid receipt handle.",
    );
    refuses(
        &sqs.form(
            "/",
            "Action=SendMessage&QueueUrl=q&MessageBody=m&DelaySeconds=x",
        ),
        400,
        "MalformedInput",
        "STRING_VALUE can not be converted to an Integer",
    );
}

#[test]
fn what_is_valid_where() {
    let mut sqs = Endpoint::new();
    // The parameter wins over the path.
    let both = "Action=GetQueueAttributes&QueueUrl=q.fifo&AttributeName.1=FifoQueue";
    let answer = sqs.get("/123456789012/q", both, "*/*");
    assert_eq!(element(answer.ok(), "Value"), "true");
    // GetQueueUrl works at any queue.
    sqs.get(
        "/123456789012/q",
        "Action=GetQueueUrl&QueueName=q.fifo",
        "*/*",
    )
    .ok();
    for action in ["CreateQueue", "ListQueues", "Bogus"] {
        refuses(
            &sqs.get(
                "/123456789012/q",
                &format!("Action={action}&QueueName=y"),
                "*/*",
            ),
            400,
            "InvalidAction",
            &format!("The action {action} is not valid for this endpoint."),
        );
    }
    for path in ["/", "/123456789012/q", "/favicon.ico"] {
        for answer in [
            sqs.get(path, "", "*/*"),
            sqs.form(path, "Version=2012-11-05"),
        ] {
            assert_eq!(answer.0.status, 404);
            assert_eq!(answer.body(), "<UnknownOperationException/>\n");
        }
    }
}

#[test]
fn who_accepts_json_gets_it_with_the_wrappers() {
    let mut sqs = Endpoint::new();
    let get = |sqs: &mut Endpoint, query: &str| {
        let answer = sqs.get("/123456789012/q", query, "application/json");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let value: Value = serde_json::from_str(answer.body()).expect("it is JSON");
        (answer.0.status, value)
    };
    get(&mut sqs, "Action=SendMessage&MessageBody=hello");
    let (status, answer) = get(&mut sqs, "Action=ReceiveMessage");
    assert_eq!(status, 200);
    let whole = &answer["ReceiveMessageResponse"];
    assert_eq!(
        whole["ReceiveMessageResult"]["messages"][0]["Body"],
        "hello"
    );
    assert_eq!(whole["ResponseMetadata"]["RequestId"], REQUEST_ID);
    let (status, answer) = get(&mut sqs, "Action=Bogus");
    assert_eq!(status, 400);
    assert_eq!(answer["Error"]["Code"], "InvalidAction");
}

#[test]
fn limits() {
    let mut sqs = Endpoint::new();
    let mut form = "Action=ListQueues".to_owned();
    for number in 0..10_001 {
        form += &format!("&p{number}=");
    }
    refuses(
        &sqs.form("/", &form),
        400,
        "MalformedInput",
        "More than 10000 parameters.",
    );
}
