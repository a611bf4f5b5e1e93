// Links, files and workspaces: what was done is found again, wherever it is opened.
import { readFile } from 'node:fs/promises';

import { expect, expectAccessible, test } from './harness.mjs';

const KEPT = 'sqs-playground/';

/** The stage in words: the same for the same run at the same instant. */
const stage = (page) => page.locator('[role=group].unseen').innerText();

async function begin(page, name = 'jobs') {
  await page.goto('/');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await createQueue(page, name);
}

async function createQueue(page, name) {
  await page.getByRole('navigation', { name: 'Scenarios' }).getByRole('button', { name: 'New queue' }).click();
  await page.getByLabel('QueueName').fill(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.queue-card').filter({ hasText: name })).toBeVisible();
}

/** Goes to an instant, so that the run has one that no other run has by chance. */
async function jump(page, moment) {
  await page.keyboard.press('g');
  await page.getByRole('dialog').getByRole('textbox').fill(moment);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Waits until the workbench has come and keeps what is done. */
async function kept(page, inputs = 1) {
  await expect
    .poll(() => page.evaluate((prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length, `${KEPT}run/`))
    .toBeGreaterThanOrEqual(inputs);
}

async function open(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  return page.getByRole('dialog');
}

async function share(page) {
  const dialog = await open(page, 'Share');
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  return { dialog, link };
}

async function drop(page, name, text) {
  await page.evaluate(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'application/json' }));
      const stage = document.querySelector('.stage');
      const options = { bubbles: true, cancelable: true, dataTransfer: data };
      stage.dispatchEvent(new DragEvent('dragover', options));
      stage.dispatchEvent(new DragEvent('drop', options));
    },
    [name, text],
  );
}

test('a reload finds each input and the instant again', async ({ page }) => {
  await begin(page);
  await createQueue(page, 'more');
  await jump(page, '1:23.456');
  await kept(page);
  await expect.poll(() => stage(page)).toContain('more');
  const before = await stage(page);
  await page.reload();
  await expect(page.locator('.queue-card')).toHaveCount(2);
  await expect(page.locator('.elapsed')).toHaveText(/01:23\.456/);
  await expect.poll(() => stage(page)).toBe(before);
  // And again, though nothing was done in between.
  await page.reload();
  await expect(page.locator('.elapsed')).toHaveText(/01:23\.456/);
  await expect(page.locator('.queue-card')).toHaveCount(2);
});

test('a tab that is killed loses nothing', async ({ page, context }) => {
  // No event tells the page that it ends.
  await page.addInitScript(() => {
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (name, ...rest) {
      if (!['pagehide', 'visibilitychange', 'beforeunload'].includes(name)) listen.call(this, name, ...rest);
    };
  });
  await begin(page);
  await kept(page);
  await createQueue(page, 'last-words');
  const next = await context.newPage();
  await page.close();
  await next.goto('/');
  await expect(next.locator('.queue-card').filter({ hasText: 'last-words' })).toBeVisible();
  await expect(next.locator('.queue-card')).toHaveCount(2);
});

test('a link shows the same run in another browser', async ({ page, browser }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'FIFO', exact: true }).click();
  await jump(page, '45');
  await page.getByRole('switch', { name: /Work takes 7 s/ }).click();
  await jump(page, '1:05.250');
  const { dialog, link } = await share(page);
  expect(link).toMatch(/#run=1\.[\w-]+&at=65\.25$/);
  expect(link.length).toBeLessThan(2000);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close' }).click();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.locator('.elapsed')).toHaveText(/01:05\.250/);
  await expect.poll(async () => (await stage(other)) === (await stage(page))).toBe(true);
  await expect(other.locator('.open-name')).toHaveText(await page.locator('.open-name').innerText());
  // The address is free of the link, and a reload goes on from where it is now.
  expect(new URL(other.url()).hash).toBe('');
  await createQueue(other, 'added');
  await other.reload();
  await expect(other.locator('.queue-card').filter({ hasText: 'added' })).toBeVisible();
  await context.close();
});

test('a link that is followed while the page is open is opened', async ({ page }) => {
  await begin(page);
  await kept(page);
  const { link } = await share(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Your own world' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(0);
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(page.locator('.queue-card')).toHaveCount(1);
});

test('a broken or hostile link is told and opens nothing', async ({ page }) => {
  for (const link of ['1.AAAA', '1.', '2.AAAA', '%00%ff', '<img src=x onerror=alert(1)>', `1.${'A'.repeat(40_000)}`]) {
    await page.goto('about:blank');
    await page.goto(`/#run=${link}&at=soon&speed=11`);
    await expect(page.locator('#workbench-toast')).not.toBeEmpty();
    await expect(page.locator('.awaiting')).toHaveCount(0);
    await expect(page.locator('.queue-card, .actor-card').first()).toBeVisible();
  }
});

test('options say where and how to play', async ({ page }) => {
  await page.goto('/?theme=dark&panels=timeline#at=30&play=1&speed=5');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.locator('.speed')).toHaveValue('5×');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('.rail')).toBeHidden();
  await expect(page.locator('.inspector')).toBeHidden();
  await expect(page.locator('.dock')).toBeVisible();
  await page.goto('about:blank');
  await page.goto('/?theme=pink&lang=xx');
  await expect(page.locator('#workbench-toast')).toContainText('theme=pink, lang=xx');
});

test('a page within another has the stage, the clock and the transport', async ({ page }) => {
  await page.goto('/?embed=1&theme=light');
  await expect(page.getByRole('group', { name: 'Playback' })).toBeVisible();
  await expect(page.locator('.clock')).toBeVisible();
  for (const part of ['.rail', '.inspector', '.dock', '.tabs', '.top-end']) {
    await expect(page.locator(part)).toBeHidden();
  }
  await expect(page.getByRole('link', { name: 'Open in SQS Playground' })).toHaveAttribute('href', '?theme=light');
  await expectAccessible(page);
});

test('a presentation is entered and left by a key', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('.rail')).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.locator('.rail')).toBeHidden();
  await expect(page.locator('.dock')).toBeHidden();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('.rail')).toBeVisible();
  await page.goto('/?present=1');
  await page.getByRole('button', { name: 'Leave the presentation' }).click();
  await expect(page.locator('.rail')).toBeVisible();
});

test('an element for another page shows the run there', async ({ page }) => {
  await begin(page);
  await kept(page);
  const { dialog } = await share(page);
  await dialog.getByLabel('View').selectOption('Within another page');
  const element = await dialog.getByLabel('Element for another page').inputValue();
  // Another site of this machine: browsers keep pages from elsewhere away from what is served here.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  const host = new URL('/manifest.webmanifest', page.url());
  host.hostname = 'localhost';
  await page.goto(host.href);
  await page.setContent(`<!doctype html><html lang="en"><title>Host</title>${element}</html>`);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('.queue-card').filter({ hasText: 'jobs' })).toBeVisible();
  await expect(frame.locator('.rail')).toBeHidden();
});

test('a run is saved as a file and opened from one', async ({ page }) => {
  await begin(page);
  await jump(page, '12.5');
  let dialog = await open(page, 'Files');
  await expectAccessible(page);
  let [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save recording' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.recording\.json$/);
  const recording = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(recording)).toMatchObject({ format: 'sqs-playground-recording', version: 1 });
  [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as scenario' }).click()]);
  const scenario = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(scenario).world.set_up[0].CreateQueue.QueueName).toBe('jobs');
  await dialog.getByRole('button', { name: 'New workspace' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(0);

  dialog = await open(page, 'Files');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(recording) });
  await expect(page.locator('.queue-card').filter({ hasText: 'jobs' })).toBeVisible();
  await expect(page.locator('.elapsed')).toHaveText(/00:12\.500/);

  await drop(page, 'scenario.json', scenario);
  await expect(page.locator('.elapsed')).toHaveText(/00:00\.000/);
  await expect(page.locator('.queue-card').filter({ hasText: 'jobs' })).toBeVisible();
});

test('a broken file is told, and the run stays', async ({ page }) => {
  await begin(page);
  await kept(page);
  const files = ['', '{', '[]', '{"format":"sqs-playground-recording","version":9}', '{"world":{"seed":-1}}', '\u0000\u0001', '['.repeat(50_000)];
  for (const text of files) {
    await drop(page, '<img src=x onerror=alert(1)>.json', text);
    await expect(page.locator('#workbench-toast')).toContainText('<img src=x onerror=alert(1)>.json was not opened');
    await page.locator('#workbench-toast').getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.locator('.queue-card').filter({ hasText: 'jobs' })).toBeVisible();
  }
});

test('workspaces are named, duplicated, deleted and put back', async ({ page }) => {
  await begin(page);
  await kept(page);
  let dialog = await open(page, 'Files');
  const rows = dialog.locator('.workspaces > li');
  await expect(rows).toHaveCount(1);
  await dialog.getByRole('button', { name: /^Rename/ }).click();
  await dialog.getByLabel('Name of the workspace').fill('<b>Mine</b>');
  await page.keyboard.press('Enter');
  await expect(rows.first()).toContainText('<b>Mine</b>');
  await expect(rows.locator('b b')).toHaveCount(0);
  await dialog.getByRole('button', { name: /^Duplicate/ }).click();
  await expect(rows).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Delete: <b>Mine</b> (2)' }).click();
  await expect(rows).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Put back' }).click();
  await expect(rows).toHaveCount(2);
  await dialog.getByRole('button', { name: 'New workspace' }).click();
  await expect(page.locator('.queue-card')).toHaveCount(0);
  dialog = await open(page, 'Files');
  await dialog.getByRole('button', { name: 'Open: <b>Mine</b>', exact: true }).click();
  await expect(page.locator('.queue-card').filter({ hasText: 'jobs' })).toBeVisible();
});

test('two tabs go on apart', async ({ page, context }) => {
  await begin(page);
  await kept(page);
  const other = await context.newPage();
  await other.goto('/');
  await expect(other.locator('.queue-card')).toHaveCount(1);
  await createQueue(other, 'there');
  await createQueue(page, 'here');
  await expect(page.locator('#workbench-toast')).toContainText('here the run goes on as “Your own world (2)”');
  for (const [tab, name] of [[page, 'here'], [other, 'there']]) {
    await tab.reload();
    await expect(tab.locator('.queue-card').filter({ hasText: name })).toBeVisible();
    await expect(tab.locator('.queue-card')).toHaveCount(2);
  }
});

test('a full storage is told, and nothing is lost that was kept', async ({ page }) => {
  await begin(page);
  await kept(page);
  await page.evaluate(() => {
    let size = 1 << 20;
    for (let key = 0; size >= 1; ) {
      try {
        localStorage.setItem(`filler${key}`, 'x'.repeat(size));
        key += 1;
      } catch {
        size >>= 1;
      }
    }
  });
  await createQueue(page, 'too-much');
  const toast = page.locator('#workbench-toast');
  await expect(toast).toContainText('storage is full');
  const [download] = await Promise.all([page.waitForEvent('download'), toast.getByRole('button', { name: 'Save as a file' }).click()]);
  expect(JSON.parse(await readFile(await download.path(), 'utf8')).inputs).toHaveLength(2);
  await page.evaluate(() => localStorage.removeItem('filler0'));
  await createQueue(page, 'fits-again');
  await page.reload();
  await expect(page.locator('.queue-card')).toHaveCount(3);
});

test('a denied storage is told', async ({ page }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: denied });
    Object.defineProperty(window, 'sessionStorage', { get: denied });
  });
  await begin(page);
  // What keeps runs is loaded when the browser has time.
  await expect(page.locator('#workbench-toast')).toContainText('keeps nothing for this page', { timeout: 20_000 });
  await page.locator('#workbench-toast').getByRole('button', { name: 'Dismiss' }).click();
  const dialog = await open(page, 'Files');
  await expect(dialog).toContainText('keeps nothing for this page');
});

test('a run that cannot be read is left where it is', async ({ page }) => {
  await begin(page);
  await kept(page);
  const damaged = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.endsWith('/whole'));
    localStorage.setItem(key, 'damage');
    return key;
  });
  await page.reload();
  await expect(page.locator('#workbench-toast')).toContainText("can't be read");
  expect(await page.evaluate((key) => localStorage.getItem(key), damaged)).toBe('damage');
  const dialog = await open(page, 'Files');
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: /^Save what is there/ }).click()]);
  expect(await readFile(await download.path(), 'utf8')).toContain('damage');
});

test('settings are remembered', async ({ page }) => {
  await page.goto('/');
  let dialog = await open(page, 'Settings');
  await expectAccessible(page);
  await dialog.getByLabel('Theme').selectOption('Light');
  await dialog.getByLabel('Speed at the start').selectOption('10×');
  await dialog.getByLabel('Motion').selectOption('Less');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('data-less-motion', '');
  await expect(page.locator('.speed')).toHaveValue('10×');
  dialog = await open(page, 'Settings');
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'auto');
  await expect(page.locator('.speed')).toHaveValue('1×');
});
