// A browser with one page: Chromium or Firefox, each as the system has it.
import { createRequire } from 'node:module';

const { CHROMIUM, CHROMIUM_ARGS = '', FIREFOX = '/usr/bin/firefox-esr' } = process.env;
// The browser tests' own packages: there is no need for a second set.
const require = createRequire(new URL('../e2e/package.json', import.meta.url));

/** Where the browser's person lives: scripts must not notice. */
const env = { ...process.env, TZ: 'America/New_York' };

async function launch(name) {
  const playwright = require('playwright-core');
  if (name === 'firefox') {
    return playwright.firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX, env });
  }
  return playwright.chromium.launch({
    env,
    executablePath: CHROMIUM || undefined,
    args: CHROMIUM_ARGS.split(' ').filter(Boolean),
  });
}

/** Opens the page, and resolves to what calls its functions. */
export async function open(name, url) {
  const browser = await launch(name);
  const page = await browser.newPage();
  page.on('console', (message) => console.log(`  [${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => console.log(`  [uncaught] ${error?.message} ${error?.stack}`));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.playground);
  return {
    call: (method, ...values) =>
      page.evaluate(([method, values]) => globalThis.playground[method](...values), [method, values]),
    close: () => browser.close(),
  };
}
