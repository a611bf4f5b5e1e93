// The heap that scripts start with is kept from one visit to the next, and is no more than a help.
import { expect, test } from './harness.mjs';
import { begin, ended, FASTEST, run, setSpeed, transcript } from './python.mjs';

// What a service worker answers for, a test cannot answer for.
test.use({ serviceWorkers: 'block' });

const SCRIPT = `import random, uuid, boto3
sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="work")["QueueUrl"]
print(sqs.send_message(QueueUrl=url, MessageBody="x")["MessageId"], uuid.uuid4(), random.random(), hash("x"), id(print))
`;

/** Opens the page, runs the script, and resolves to what it has printed. */
async function visit(page) {
  await begin(page, { 'a.py': SCRIPT });
  test.skip((await page.locator('meta[name=python]').getAttribute('content')) === '', 'this page was built without Python');
  await setSpeed(page, FASTEST);
  await run(page);
  await ended(page, 'ended');
  return transcript(page);
}

/** How large the heap is that is kept, after doing something with it. */
const heap = (page, spoil) =>
  page.evaluate(async (spoil) => {
    const cache = await caches.open('python-heap');
    const [kept, ...others] = await cache.keys();
    if (!kept || others.length > 0) return 0;
    if (spoil) await cache.put(kept, new Response(new Uint8Array(1 << 20)));
    return (await (await cache.match(kept)).blob()).size;
  }, spoil);

test('a later visit starts with the heap of the first, and scripts do the same', async ({ context, page }) => {
  const first = await visit(page);
  expect(first).toMatch(/^a\.py: .*ended.*\n[\d:.]+ \| \S+ \S+ 0\.\d+ /);
  await expect.poll(() => heap(page)).toBeGreaterThan(10_000_000);
  const second = await context.newPage();
  expect(await visit(second)).toBe(first);
  // One that is broken is replaced.
  expect(await heap(page, true)).toBe(1 << 20);
  const third = await context.newPage();
  expect(await visit(third)).toBe(first);
  await expect.poll(() => heap(page)).toBeGreaterThan(10_000_000);
});
