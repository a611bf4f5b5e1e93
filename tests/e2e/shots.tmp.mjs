import { chromium } from 'playwright-core';
const out = process.env.OUT ?? '/tmp/inspect-shots';
import fs from 'node:fs'; fs.mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const button = (page, name) => page.getByRole('button', { name, exact: true });
for (const colorScheme of (process.env.THEMES ?? 'dark,light').split(',')) for (const [width, height] of (process.env.SIZES ?? '1440x900').split(',').map((s) => s.split('x').map(Number))) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.on('pageerror', (e) => console.log('ERR', e.message));
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) console.log(m.text()); });
  const narrow = width < 800;
  const shot = async (name) => { await page.screenshot({ path: `${out}/${name}-${colorScheme}-${width}.png` }); };
  await page.goto('http://127.0.0.1:18431/');
  if (narrow) await button(page, 'Scenarios').click();
  await button(page, 'FIFO').click();
  if (narrow) await button(page, 'Details').click();
  await page.getByRole('switch', { name: /Work takes 7 s/ }).check();
  if (narrow) await button(page, 'Stage').click();
  await page.getByRole('slider', { name: 'Playhead' }).fill('12000');
  if (narrow) await button(page, 'Details').click();
  const aside = page.getByRole('complementary');
  await aside.getByRole('button', { name: 'mynewq.fifo', exact: true }).first().click();
  await shot('queue-messages');
  await button(page, 'Receive and explain').click();
  await shot('queue-explain');
  await button(page, 'Explain without receiving').click();
  await shot('queue-explain-now');
  await button(page, 'Settings').click(); await shot('queue-settings');
  await button(page, 'Change VisibilityTimeout').click();
  await page.locator('#set-VisibilityTimeout').fill('99999');
  await button(page, 'Save').click(); await shot('queue-settings-error');
  await button(page, 'Cancel').click();
  await page.getByLabel('Key', { exact: true }).fill('team'); await page.getByLabel('Value', { exact: true }).fill('blue'); await button(page, 'Add the tag').click();
  await button(page, 'Delete the queue').click();
  await page.evaluate(() => { const a = document.querySelector('.inspector'); a.scrollTop = a.scrollHeight; }); await shot('queue-settings-end');
  await button(page, 'Groups').click(); await shot('queue-groups');
  await button(page, 'Dead letters').click(); await shot('queue-dead');
  await button(page, 'Messages').click();
  await aside.locator('.listed').getByRole('button').first().click(); await shot('message');
  await page.evaluate(() => { const a = document.querySelector('.inspector'); a.scrollTop = a.scrollHeight; }); await shot('message-end');
  await aside.locator('.life').getByRole('button', { name: /^call/ }).first().click(); await shot('call');
  for (const t of ['boto3', 'AWS CLI']) { await button(page, t).click(); await shot('call-' + t.replace(' ', '')); }
  await button(page, 'Back to the overview').click();
  await aside.getByRole('button', { name: 'consumer', exact: true }).first().click(); await shot('actor');
  await page.evaluate(() => { const a = document.querySelector('.inspector'); a.scrollTop = a.scrollHeight; }); await shot('actor-end');
  if (!narrow) {
    await button(page, 'Send: mynewq.fifo').click();
    await button(page, 'Add an attribute').click(); await button(page, 'Add an attribute').click();
    await shot('send');
  }
  await page.close();
}
await browser.close();
