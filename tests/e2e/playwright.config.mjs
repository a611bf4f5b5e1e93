// How the browser tests run. `cargo xtask test --only e2e` builds the page, serves it, finds a Chromium and says so in
// these variables; without them a page served by `cargo xtask serve` is tested with Playwright's own Chromium.
import { defineConfig } from '@playwright/test';

const { CHROMIUM, CHROMIUM_ARGS = '', SQS_PLAYGROUND_URL = 'http://127.0.0.1:8080' } = process.env;

export default defineConfig({
  testMatch: '*.spec.mjs',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: 'list',
  // Long enough for a busy machine: none of them is there to tell how quick the page is.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: SQS_PLAYGROUND_URL,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: CHROMIUM || undefined,
      args: CHROMIUM_ARGS.split(' ').filter(Boolean),
    },
  },
});
