// What scripts have come to, by what they asked of the service and were answered.

const JSON_TYPE = 'application/x-amz-json-1.0';

const actionOf = ({ headers }) => (headers['X-Amz-Target'] ?? '').split('.').at(-1);
const queueOf = (url) => url.split('/').at(-1);

/** Counts for each queue. */
export class Counts {
  #queues = new Map();
  #seen = new Set(); // messages that were received
  #tried = new Set(); // messages that somebody tried to delete: the work on them was done
  #ofHandle = new Map(); // which message a receipt handle is of

  /** A call with its answer. */
  add(call, { status, body }) {
    const action = actionOf(call);
    if (!action.includes('Message') || action.includes('Task')) return;
    const asked = JSON.parse(call.body);
    const answer = body && status === 200 ? JSON.parse(body) : {};
    const queue = this.#queue(queueOf(asked.QueueUrl));
    queue.calls += 1;
    if (action.startsWith('Delete')) {
      for (const { ReceiptHandle } of asked.Entries ?? [asked]) {
        const message = this.#ofHandle.get(ReceiptHandle);
        if (this.#tried.has(message)) queue.twice += 1;
        this.#tried.add(message);
      }
    }
    if (status !== 200) return;
    const successes = answer.Successful?.length ?? 1;
    if (action.startsWith('Send')) queue.sent += successes;
    if (action.startsWith('Delete')) queue.deleted += successes;
    for (const { MessageId, ReceiptHandle } of answer.Messages ?? []) {
      queue.received += 1;
      if (this.#seen.has(MessageId)) queue.again += 1;
      this.#seen.add(MessageId);
      this.#ofHandle.set(ReceiptHandle, MessageId);
    }
  }

  /** Looks at what is left in all queues at the end. */
  look(service, now) {
    const ask = (action, members) => {
      const headers = { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': JSON_TYPE };
      service.call(now, { method: 'POST', url: 'http://localhost/', headers, body: JSON.stringify(members) });
      const [[, { body }]] = service.answers();
      return JSON.parse(body);
    };
    service.advance(now);
    service.answers();
    const states = ['', 'NotVisible', 'Delayed'].map((state) => `ApproximateNumberOfMessages${state}`);
    for (const url of ask('ListQueues', {}).QueueUrls ?? []) {
      const { Attributes } = ask('GetQueueAttributes', { QueueUrl: url, AttributeNames: states });
      this.#queue(queueOf(url)).left = states.reduce((sum, state) => sum + Number(Attributes[state]), 0);
    }
  }

  queues() {
    return Object.fromEntries(this.#queues);
  }

  #queue(name) {
    if (!this.#queues.has(name)) {
      this.#queues.set(name, { sent: 0, received: 0, again: 0, deleted: 0, twice: 0, calls: 0, left: 0 });
    }
    return this.#queues.get(name);
  }
}
