// The way to AWS and back: what was built as code, and queues from what people have.
import { readFile } from 'node:fs/promises';

import { expect, expectAccessible, test } from './harness.mjs';

const HTML = '<img src=x onerror=alert(1)>';

const TEMPLATE = JSON.stringify({
  Resources: {
    Jobs: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'jobs',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        Tags: [{ Key: 'team', Value: 'us' }],
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs-dead', DelaySeconds: 7 } },
    [HTML]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: HTML } },
  },
});

async function begin(page) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(0);
}

async function openDialog(page) {
  await page.getByRole('button', { name: 'Take it to AWS', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

async function bring(page, text) {
  const dialog = await openDialog(page);
  await dialog.getByRole('button', { name: 'From AWS' }).click();
  await dialog.getByRole('textbox').fill(text);
  return dialog;
}

async function drop(page, name, text) {
  await page.evaluate(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      const options = { bubbles: true, cancelable: true, dataTransfer: data };
      document.querySelector('.stage').dispatchEvent(new DragEvent('drop', options));
    },
    [name, text],
  );
}

const card = (page, name) => page.locator('.queue-card').filter({ hasText: name });

test('an empty world says so', async ({ page }) => {
  await begin(page);
  const dialog = await openDialog(page);
  await expect(dialog).toContainText('There are no queues in this world');
  await dialog.getByRole('button', { name: 'Actors as Python' }).click();
  await expect(dialog).toContainText('There are no actors in this world');
  await expect(dialog.locator('pre')).toHaveCount(0);
});

test('a template with a dead-letter queue makes both queues, and they go out again', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(page);
  let dialog = await bring(page, TEMPLATE);
  await expect(dialog).toContainText('2 queues to create');
  await expect(dialog.locator('.takeaway-queues')).toContainText('tag team = us');
  await expect(dialog.locator('ul.takeaway-notes')).toContainText('<img src=x');
  await expect(dialog.locator('img')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Create 2 queues' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('#workbench-toast')).toContainText('2 queues were created');
  await expect(page.locator('.queue-card')).toHaveCount(2);
  await expect(card(page, 'jobs-dead')).toHaveCount(1);

  dialog = await openDialog(page);
  const code = dialog.locator('pre');
  for (const [format, file, words] of [
    ['CloudFormation YAML', 'queues.yaml', 'AWS::SQS::Queue'],
    ['CloudFormation JSON', 'queues.json', '"AWS::SQS::Queue"'],
    ['Terraform', 'main.tf', 'resource "aws_sqs_queue"'],
    ['AWS CLI', 'create_queues.sh', 'aws sqs create-queue'],
    ['boto3', 'create_queues.py', 'create_queue('],
  ]) {
    await dialog.getByRole('button', { name: format, exact: true }).click();
    await expect(dialog.getByRole('heading', { name: file })).toBeVisible();
    await expect(code).toContainText(words);
    await expect(code).toContainText('jobs-dead');
    await expect(code).toContainText('team');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file);
    const text = await readFile(await download.path(), 'utf8');
    expect(await code.evaluate((shown) => shown.textContent)).toBe(text);
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
});

test('what the page gives is what it takes', async ({ page }) => {
  await begin(page);
  let dialog = await bring(page, TEMPLATE);
  await dialog.getByRole('button', { name: 'Create 2 queues' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(2);
  dialog = await openDialog(page);
  const yaml = await dialog.locator('pre').evaluate((shown) => shown.textContent);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(0);
  await drop(page, 'queues.yaml', yaml);
  dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create 2 queues' }).click();
  await expect(card(page, 'jobs-dead')).toHaveCount(1);
  await expect(page.locator('.queue-card')).toHaveCount(2);
});

test('the actors of a scenario are programs', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Slow and fast', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Slow and fast' })).toBeVisible();
  const dialog = await openDialog(page);
  await dialog.getByRole('button', { name: 'Actors as Python' }).click();
  await expect(dialog.locator('pre')).toContainText('create_queue(');
  const file = dialog.getByLabel('File', { exact: true });
  const names = await file.locator('option').allInnerTexts();
  expect(names[0]).toBe('set_up.py');
  expect(names.length).toBeGreaterThan(1);
  await file.selectOption(names[1]);
  await expect(dialog.getByRole('heading', { name: names[1] })).toBeVisible();
  await expect(dialog.locator('pre')).toContainText('import boto3');
  await expect(dialog.locator('.takeaway-run')).toContainText(`AWS_ENDPOINT_URL=http://127.0.0.1:9324 python ${names[1]}`);
});

test('what cannot be read is told, and nothing is made', async ({ page }) => {
  await begin(page);
  const dialog = await bring(page, '{');
  await expect(dialog).toContainText('this is not JSON');
  for (const [text, words] of [
    ['resource "aws_sqs_queue" "jobs" {}', 'terraform show -json'],
    ['{"some":"thing"}', 'no CloudFormation template'],
    ['{"Resources":{"Files":{"Type":"AWS::S3::Bucket"}}}', 'no queue in it'],
    [`{"Resources":{"${HTML}":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"${HTML}"}}}}`, '<img src=x'],
    ['['.repeat(50_000), 'not JSON'],
    ['a: '.repeat(800_000), 'larger than 2 MiB'],
  ]) {
    await dialog.getByRole('textbox').fill(text);
    await expect(dialog.getByRole('status')).toContainText(words);
    await expect(dialog.getByRole('button', { name: /^Create/ })).toHaveCount(0);
  }
  await dialog.getByRole('textbox').fill('');
  await expect(dialog.getByRole('status')).toBeEmpty();
  await dialog.locator('input[type=file]').setInputFiles({ name: `${HTML}.json`, mimeType: 'application/json', buffer: Buffer.alloc(5 << 20, 'a') });
  await expect(dialog.getByRole('alert')).toContainText(`${HTML}.json was not read: the text is larger than 2 MiB`);
  await expect(dialog.locator('img')).toHaveCount(0);
});

test('what the service refuses is told in its words', async ({ page }) => {
  await begin(page);
  let dialog = await bring(page, TEMPLATE);
  await dialog.getByRole('button', { name: 'Create 2 queues' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(2);
  // What is there already is left out; what was just deleted can't come back yet.
  dialog = await bring(page, TEMPLATE);
  await expect(dialog.getByRole('status')).toContainText('There is a queue jobs already');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('tab', { name: 'Console' }).click();
  await page.getByRole('textbox', { name: 'Command' }).fill('aws sqs delete-queue --queue-url jobs');
  await page.keyboard.press('Enter');
  await expect(page.locator('.queue-card')).toHaveCount(1);
  dialog = await bring(page, TEMPLATE);
  await dialog.getByRole('button', { name: 'Create one queue' }).click();
  await expect(dialog.getByRole('alert')).toContainText('jobs: You must wait 60 seconds');
  await expect(page.locator('.queue-card')).toHaveCount(1);
});

for (const theme of ['dark', 'light']) {
  test(`both ways are accessible, ${theme}`, async ({ page }) => {
    await page.goto(`/?theme=${theme}`);
    const dialog = await openDialog(page);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Actors as Python' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'From AWS' }).click();
    await dialog.getByRole('textbox').fill(TEMPLATE);
    await expect(dialog.getByRole('button', { name: /^Create/ })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('textbox').fill('{');
    await expect(dialog.getByRole('status')).not.toBeEmpty();
    await expectAccessible(page);
  });
}
