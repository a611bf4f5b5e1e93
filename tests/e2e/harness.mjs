// What every browser test gets: a page that may not complain, and a check of its accessibility.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

export { expect };

/** What a page complains about from now on: errors and warnings that it logs, what it throws, files that it misses. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('console', (message) => {
    // Said by a test that answers requests itself, not by the page.
    const isOurs = message.text().startsWith('Service Worker registration blocked by Playwright');
    if (['error', 'warning'].includes(message.type()) && !isOurs) {
      complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What is loaded late may still be on its way when the page is left.
    const isLeft = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!isLeft) complaints.push(`no answer: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** Playwright's `test`, which also fails if the page complains. */
export const test = base.extend({
  complaints: [
    async ({ page }, use) => {
      const complaints = complaintsOf(page);
      await use(complaints);
      expect(complaints, 'what the page complained about').toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects that axe finds nothing to complain about in the page as it is now. */
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
  );
  expect(findings, 'what axe found').toEqual([]);
}

/** Waits until a scenario is open: most come from the workbench, a little later. */
export const opened = (page, name) => expect(page.locator('.open-name')).toHaveText(name);
