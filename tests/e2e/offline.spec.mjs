// After one visit the page works without a network, and a new version waits until the person wants it.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

import { expect, test } from './harness.mjs';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
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
  site.url = `http://127.0.0.1:${server.address().port}${FOLDER}`;
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
