// After one visit the page works without a network, and a new version waits until the person wants it.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

import { expect, test } from './harness.mjs';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const FOLDER = '/some/folder/';

/** The release under a folder of a site of its own, which can go away, and come out with another version. */
async function host() {
  const dist = new URL('../../dist/', import.meta.url).pathname;
  const site = { edition: '' };
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const name = path === FOLDER ? 'index.html' : path.slice(FOLDER.length);
    try {
      let bytes = await readFile(join(dist, name));
      if (name === 'sw.js') bytes = bytes.toString().replace('version: "', `version: "${site.edition}`);
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  site.url = `http://127.0.0.1:${port}${FOLDER}`;
  site.open = () => new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  site.close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return site;
}

/** Waits until the page's service worker answers for it. */
const isKept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

test('after one visit the page opens without a network, in any folder', async ({ page }) => {
  const site = await host();
  await page.goto(site.url);
  await isKept(page);
  await site.close();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  // Also what is loaded late.
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(page.getByRole('textbox', { name: 'Command', exact: true })).toBeVisible();
});

test('a new version is offered, and never forced', async ({ page }) => {
  const site = await host();
  await page.goto(site.url);
  await isKept(page);
  await page.reload();
  site.edition = 'next-';
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
  });
  const offer = page.getByRole('button', { name: 'Reload with the new version' });
  await expect(offer).toBeVisible();
  const versions = () => page.evaluate(() => caches.keys());
  await expect.poll(versions).toContainEqual(expect.stringContaining('next-'));
  // What is open goes on with the version that it began with.
  expect(await page.evaluate(() => navigator.serviceWorker.controller.state)).toBe('activated');
  await Promise.all([page.waitForEvent('load'), offer.click()]);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(offer).toBeHidden();
  await site.close();
});

/** Opens the Python panel with one script, if the page has Python. */
async function openPython(page, site) {
  await page.addInitScript(() => {
    const text = 'import boto3\nsqs = boto3.client("sqs", region_name="us-east-1")\nprint(sqs.create_queue(QueueName="work")["QueueUrl"])\n';
    localStorage.setItem('sqs-playground/python-files', JSON.stringify({ files: [{ name: 'a.py', text, arguments: '' }] }));
  });
  await page.goto(site.url);
  test.skip((await page.locator('meta[name=python]').getAttribute('content')) === '', 'this page was built without Python');
  await isKept(page);
  await page.getByRole('tab', { name: 'Python' }).click();
}

const run = (page) => page.locator('.python-head').getByRole('button', { name: 'Run', exact: true }).click();
const ended = (page) => expect(page.locator('.python-phase')).toContainText('ended', { timeout: 90_000 });

test('Python that was used once runs without a network', async ({ page, context }) => {
  const site = await host();
  await openPython(page, site);
  await run(page);
  await ended(page);
  const kept = () =>
    page.evaluate(async () => {
      const names = [];
      for (const name of await caches.keys()) {
        const keys = await (await caches.open(name)).keys();
        names.push(...keys.map(({ url }) => url.replace(/^.*\/python\/[^/]*\//, '')));
      }
      return names;
    });
  for (const name of ['host.mjs', 'worker.mjs', 'editor.js', 'libraries.pack', 'licences/six.txt', 'pyodide.asm.wasm']) {
    await expect.poll(kept).toContain(name);
  }
  await site.close();
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('.cm-content')).toContainText('create_queue');
  await run(page);
  await ended(page);
  await expect(page.getByRole('log', { name: 'Output' })).toContainText('/work');
  // Its licences are there, too.
  await page.locator('.python-head').click();
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'About', exact: true }).click();
  await page.locator('details').filter({ hasText: 'colorama' }).locator('summary').click();
  await expect(page.getByRole('region', { name: 'Licence of colorama' })).toContainText('Jonathan Hartley');
});

test('Python that was never used says that it needs the network once', async ({ page, complaints }) => {
  const site = await host();
  await openPython(page, site);
  await expect(page.locator('.cm-content')).toBeVisible();
  await site.close();
  await page.reload();
  await run(page);
  const alert = page.locator('.dock-body.python').getByRole('alert');
  await expect(alert).toContainText('The first time it needs the network');
  await expect(page.locator('.python-tabs')).toContainText('a.py');
  // The browser has said that nobody answers.
  complaints.length = 0;
  await site.open();
  await run(page);
  await ended(page);
  await site.close();
});

test('what was kept of Python is still there with the next versions of the page', async ({ page }) => {
  const site = await host();
  await openPython(page, site);
  await run(page);
  await ended(page);
  for (const edition of ['second-', 'third-', 'fourth-']) {
    site.edition = edition;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    const offer = page.getByRole('button', { name: 'Reload with the new version' });
    await Promise.all([page.waitForEvent('load'), offer.click()]);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  }
  await site.close();
  await page.reload();
  await run(page);
  await ended(page);
});
