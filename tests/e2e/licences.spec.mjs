// The page's About names what runs Python in it, with the licences; of a page without Python it says nothing of that.
import { expect, expectAccessible, test } from './harness.mjs';

// What a service worker answers for, a test cannot answer for.
test.use({ serviceWorkers: 'block' });

async function about(page) {
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'About', exact: true }).click();
  return page.getByRole('dialog', { name: 'About SQS Playground' });
}

const bundleOf = (page) => page.locator('meta[name=python]').getAttribute('content');

test('each part of the bundle is listed with its licence, which is fetched when it is opened', async ({ page, request }) => {
  await page.goto('/');
  const folder = await bundleOf(page);
  test.skip(folder === '', 'this page was built without Python');
  const asked = [];
  page.on('request', (made) => asked.push(new URL(made.url()).pathname));
  const dialog = await about(page);
  const entry = (name) => dialog.locator('details').filter({ has: page.getByText(name, { exact: true }) });
  for (const [name, terms] of [
    ['pyodide', 'MPL-2.0'],
    ['python', 'PSF-2.0'],
    ['boto3', 'Apache-2.0'],
    ['botocore', 'Apache-2.0'],
    ['s3transfer', 'Apache License 2.0'],
    ['jmespath', 'MIT'],
    ['python-dateutil', 'BSD License or Apache Software License'],
    ['urllib3', 'MIT'],
    ['six', 'MIT'],
    ['tzdata', 'Apache-2.0'],
    ['colorama', 'BSD License'],
    ['@codemirror/view', 'MIT'],
    ['@lezer/python', 'MIT'],
  ]) {
    await expect(entry(name).locator('summary')).toHaveText(new RegExp(`^${name} [\\d.]+\\S* · ${terms}$`));
  }
  expect(asked.filter((path) => path.includes('/licences/'))).toEqual([]);
  await entry('botocore').locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('region', { name: 'Licence of botocore' })).toContainText('Apache License');
  expect(asked.filter((path) => path.includes('/licences/'))).toHaveLength(1);
  await expectAccessible(page);
  // The text of each is there.
  const { packages } = await (await request.get(`/${folder}manifest.json`)).json();
  expect(packages.length).toBeGreaterThan(20);
  await expect(dialog.locator('details')).toHaveCount(packages.length);
  for (const { name, licence } of packages) {
    const response = await request.get(`/${folder}${licence}`);
    expect(response.ok(), name).toBe(true);
    expect((await response.text()).length, name).toBeGreaterThan(500);
  }
});

test('a page without Python lists nothing of it', async ({ page }) => {
  await page.route((url) => url.pathname === '/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/name="python" content="[^"]*"/, 'name="python" content=""') });
  });
  await page.goto('/');
  const dialog = await about(page);
  await expect(dialog).toContainText('MIT or Apache-2.0');
  await expect(dialog.locator('details')).toHaveCount(0);
  await expect(dialog).not.toContainText('Python');
});
