// What the AWS SDK for JavaScript makes of the server. It recomputes the MD5s of what it sends and receives.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-sqs";

const endpoint = process.env.SQS_ENDPOINT;
const client = new sdk.SQSClient({
  endpoint,
  region: "ap-southeast-2",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  maxAttempts: 1,
});
const sqs = (action, input) => client.send(new sdk[`${action}Command`](input));

let queues = 0;
const create = async (suffix = "", Attributes = {}) => {
  if (suffix === ".fifo") Attributes.FifoQueue = "true";
  queues += 1;
  return (await sqs("CreateQueue", { QueueName: `js-${queues}${suffix}`, Attributes })).QueueUrl;
};
const attributes = async (QueueUrl) =>
  (await sqs("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).Attributes;
const refused = (name, status, action, input) =>
  assert.rejects(sqs(action, input), (error) => {
    assert.equal(error.name, name, `${error}`);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.equal(error.$fault, "client");
    assert.match(error.$metadata.requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    return true;
  });

test("messages there and back, MD5s verified", async () => {
  const QueueUrl = await create();
  assert.ok(QueueUrl.startsWith(`${endpoint}/000000000000/`), QueueUrl);
  const MessageBody = 'line\r\n\ttab & <b> "quoted" héllo ✓ 😀';
  const MessageAttributes = {
    color: { DataType: "String", StringValue: "blue" },
    count: { DataType: "Number.int", StringValue: "001.50" },
    blob: { DataType: "Binary.png", BinaryValue: Uint8Array.from({ length: 256 }, (_, i) => i) },
  };
  await sqs("SendMessage", { QueueUrl, MessageBody, MessageAttributes });
  const Entries = ["a", "b"].map((Id) => ({ Id, MessageBody: `${MessageBody} ${Id}`, MessageAttributes }));
  const batch = await sqs("SendMessageBatch", { QueueUrl, Entries });
  assert.equal(batch.Successful.length, 2);
  const { Messages } = await sqs("ReceiveMessage", {
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All"],
  });
  assert.deepEqual(
    Messages.map((message) => message.Body),
    [MessageBody, `${MessageBody} a`, `${MessageBody} b`],
  );
  assert.deepEqual(Messages[0].MessageAttributes.blob.BinaryValue, MessageAttributes.blob.BinaryValue);
  assert.equal(Messages[0].Attributes.ApproximateReceiveCount, "1");
  const handles = Messages.map(({ ReceiptHandle }, i) => ({ Id: `${i}`, ReceiptHandle }));
  const hidden = handles.map((entry) => ({ ...entry, VisibilityTimeout: 100 }));
  assert.equal((await sqs("ChangeMessageVisibilityBatch", { QueueUrl, Entries: hidden })).Successful.length, 3);
  const [{ ReceiptHandle }] = handles;
  await sqs("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
  await sqs("DeleteMessage", { QueueUrl, ReceiptHandle });
  const deleted = await sqs("DeleteMessageBatch", { QueueUrl, Entries: handles });
  assert.equal(deleted.Successful.length, 3);
  assert.equal(deleted.Failed, undefined);
  assert.equal((await sqs("ReceiveMessage", { QueueUrl })).Messages, undefined);
});

test("a long poll is woken by a message", async () => {
  const QueueUrl = await create();
  const poll = sqs("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  const waiting = async () => (await (await fetch(`${endpoint}/_clock`)).json()).waiting_calls;
  while ((await waiting()) === 0);
  await sqs("SendMessage", { QueueUrl, MessageBody: "wake up" });
  assert.equal((await poll).Messages[0].Body, "wake up");
});

test("a poll that is aborted takes nothing", async () => {
  const QueueUrl = await create();
  const abort = new AbortController();
  const poll = client.send(new sdk.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: abort.signal,
  });
  const waiting = async () => (await (await fetch(`${endpoint}/_clock`)).json()).waiting_calls;
  while ((await waiting()) === 0);
  abort.abort();
  await assert.rejects(poll, { name: "AbortError" });
  while ((await waiting()) !== 0);
  await sqs("SendMessage", { QueueUrl, MessageBody: "m" });
  assert.equal((await sqs("ReceiveMessage", { QueueUrl })).Messages[0].Body, "m");
});

test("FIFO queues", async () => {
  const QueueUrl = await create(".fifo", { ContentBasedDeduplication: "true" });
  const message = { QueueUrl, MessageBody: "m", MessageGroupId: "g" };
  const first = await sqs("SendMessage", message);
  assert.equal((await sqs("SendMessage", message)).MessageId, first.MessageId);
  assert.match(first.SequenceNumber, /^\d{20}$/);
});

test("queues", async () => {
  const QueueUrl = await create();
  const QueueName = QueueUrl.split("/").at(-1);
  assert.equal((await sqs("GetQueueUrl", { QueueName })).QueueUrl, QueueUrl);
  assert.deepEqual((await sqs("ListQueues", { QueueNamePrefix: QueueName })).QueueUrls, [QueueUrl]);
  await sqs("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "3" } });
  assert.equal((await attributes(QueueUrl)).DelaySeconds, "3");
  await sqs("TagQueue", { QueueUrl, Tags: { a: "1", b: "" } });
  await sqs("UntagQueue", { QueueUrl, TagKeys: ["a"] });
  assert.deepEqual((await sqs("ListQueueTags", { QueueUrl })).Tags, { b: "" });
  const share = { QueueUrl, Label: "l", AWSAccountIds: ["111122223333"], Actions: ["SendMessage"] };
  await sqs("AddPermission", share);
  await refused("InvalidParameterValue", 400, "AddPermission", share);
  await sqs("RemovePermission", { QueueUrl, Label: "l" });
  await sqs("PurgeQueue", { QueueUrl });
  await refused("PurgeQueueInProgress", 403, "PurgeQueue", { QueueUrl });
  await sqs("DeleteQueue", { QueueUrl });
  await refused("QueueDeletedRecently", 400, "CreateQueue", { QueueName });
});

test("dead letters and move tasks", async () => {
  const dead = await create();
  const SourceArn = (await attributes(dead)).QueueArn;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
  const QueueUrl = await create("", { RedrivePolicy, VisibilityTimeout: "0" });
  assert.deepEqual((await sqs("ListDeadLetterSourceQueues", { QueueUrl: dead })).queueUrls, [QueueUrl]);
  for (const MessageBody of ["1", "2"]) await sqs("SendMessage", { QueueUrl, MessageBody });
  while ((await sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 })).Messages);
  const { TaskHandle } = await sqs("StartMessageMoveTask", { SourceArn, MaxNumberOfMessagesPerSecond: 1 });
  const [task] = (await sqs("ListMessageMoveTasks", { SourceArn })).Results;
  assert.equal(task.TaskHandle, TaskHandle);
  assert.equal(task.Status, "RUNNING");
  const moved = await sqs("CancelMessageMoveTask", { TaskHandle });
  assert.equal(typeof moved.ApproximateNumberOfMessagesMoved, "number");
});

test("errors keep their names", async () => {
  const QueueUrl = await create();
  const QueueName = QueueUrl.split("/").at(-1);
  const entry = (Id, MessageBody = "m") => ({ Id: `${Id}`, MessageBody });
  const batch = (...Entries) => ({ QueueUrl, Entries });
  const eleven = Array.from({ length: 11 }, (_, i) => entry(i));
  const list = { a: { DataType: "String", StringListValues: ["x"] } };
  for (const [name, status, action, input] of [
    ["QueueDoesNotExist", 400, "ReceiveMessage", { QueueUrl: `${endpoint}/000000000000/none` }],
    ["QueueNameExists", 400, "CreateQueue", { QueueName, Attributes: { DelaySeconds: "9" } }],
    ["InvalidAttributeName", 400, "GetQueueAttributes", { QueueUrl, AttributeNames: ["Foobar"] }],
    ["InvalidAttributeValue", 400, "SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "x" } }],
    ["InvalidMessageContents", 400, "SendMessage", { QueueUrl, MessageBody: "\u0000" }],
    ["UnsupportedOperation", 400, "SendMessage", { QueueUrl, MessageBody: "m", MessageAttributes: list }],
    ["ReceiptHandleIsInvalid", 404, "DeleteMessage", { QueueUrl, ReceiptHandle: "garbage" }],
    ["EmptyBatchRequest", 400, "SendMessageBatch", batch()],
    ["TooManyEntriesInBatchRequest", 400, "SendMessageBatch", batch(...eleven)],
    ["BatchEntryIdsNotDistinct", 400, "SendMessageBatch", batch(entry(1), entry(1))],
    ["InvalidBatchEntryId", 400, "SendMessageBatch", batch(entry("a b"))],
    ["BatchRequestTooLong", 400, "SendMessageBatch", batch(entry(1, "x".repeat(1_048_577)))],
    ["ResourceNotFoundException", 404, "ListMessageMoveTasks", { SourceArn: "arn:aws:sqs:ap-southeast-2:000000000000:none" }],
  ]) {
    await refused(name, status, action, input);
  }
});
