// The Python panel, as a person uses it: files, runs, stops, and what is to be read there.
import { readFile } from 'node:fs/promises';

import { expect } from './harness.mjs';

export const KEY = 'sqs-playground/python-files';

/** As fast as possible: time goes on to whatever a script waits for. */
export const FASTEST = '100,000×';

/** So slowly that next to nothing happens by itself. */
export const SLOWEST = '0.1×';

/** Loading Python and starting a script, on a busy machine. */
const PATIENCE = { timeout: 90_000 };

const button = (page, name) => page.getByRole('button', { name, exact: true });

export const body = (page) => page.locator('.dock-body.python');
export const head = (page) => page.locator('.python-head');
export const phase = (page) => page.locator('.python-phase');
export const log = (page) => page.getByRole('log', { name: 'Output' });
export const tabs = (page) => page.locator('.python-tabs button:not(.python-add)');
export const tab = (page, name) => tabs(page).filter({ hasText: new RegExp(`^${name.replaceAll('.', '\\.')}`) });
export const clock = (page) => page.getByRole('timer').locator('.elapsed');

/** As a file of the panel. */
const fileOf = ([name, file]) =>
  typeof file === 'string' ? { name, text: file, arguments: '' } : { name, text: file.text, arguments: file.arguments };

/**
 * Opens an empty world with the panel in front, and these files: texts by their names, or `{ text, arguments }`.
 */
export async function begin(page, files) {
  await page.addInitScript(
    ([key, files]) => localStorage.getItem(key) ?? localStorage.setItem(key, JSON.stringify({ files })),
    [KEY, Object.entries(files).map(fileOf)],
  );
  await page.goto('/');
  await anew(page);
  await page.getByRole('tab', { name: 'Python' }).click();
  await expect(body(page)).toBeVisible();
}

/** An empty world, at its beginning. */
export async function anew(page) {
  await button(page, 'Your own world').click();
  await expect(clock(page)).toHaveText('00:00.000');
}

export const setSpeed = (page, speed) => page.getByLabel('Speed').selectOption({ label: speed });

export const run = (page) => head(page).getByRole('button', { name: 'Run', exact: true }).click();
export const runAll = (page) => head(page).getByRole('button', { name: 'Run all' }).click();
export const stop = (page) => head(page).getByRole('button', { name: 'Stop', exact: true }).click();
export const kill = (page) => head(page).getByRole('button', { name: 'End it' }).click();

/** Waits for the end of the script in front, or of one that is brought there, in these words. */
export const ended = (page, words) => expect(phase(page)).toContainText(words, PATIENCE);

/** Waits until the script in front has printed something. */
export const printed = (page, words) => expect(log(page)).toContainText(words, PATIENCE);

/** Has time stand still. */
export async function pause(page) {
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
}

export const play = (page) => button(page, 'Play').click();

/** Goes to an instant, in milliseconds since the start. */
export async function goTo(page, ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (number) => String(number).padStart(2, '0');
  const moment = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  const field = page.getByLabel('Moment', { exact: true });
  // A script that asks just then takes the keyboard.
  await expect(async () => {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('g');
    await expect(field).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await field.fill(moment);
  await button(page, 'Go').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(clock(page)).toHaveText(moment, PATIENCE);
}

/** Pastes a text into the editor, in the place of all that is there. */
export async function paste(page, text) {
  const editor = page.getByRole('textbox', { name: 'Code' });
  await editor.focus();
  await page.keyboard.press('Control+a');
  await editor.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  }, text);
}

/** Has these files, and no others, by what the panel offers for it. The first is in front. */
export async function setFiles(page, files) {
  const wanted = Object.entries(files).map(fileOf);
  for (let count = await tabs(page).count(); count > 1; count -= 1) {
    await button(page, 'Remove').click();
    await expect(tabs(page)).toHaveCount(count - 1);
  }
  for (const [index, { name, text, arguments: words }] of wanted.entries()) {
    if (index > 0) await button(page, 'New file').click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Name', { exact: true }).blur();
    await expect(tab(page, name)).toHaveAttribute('aria-pressed', 'true');
    await paste(page, text);
    if (name.endsWith('.py')) {
      await page.getByLabel('Arguments', { exact: true }).fill(words);
      await page.getByLabel('Arguments', { exact: true }).blur();
    }
  }
  if (wanted.length > 1) await tab(page, wanted[0].name).click();
  const kept = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)).files, KEY);
  expect(kept, 'what the panel keeps').toEqual(wanted);
}

/**
 * The run of the script in front: how it ended and when, and a line for each that it printed, with its time and stream
 * (`|` standard output, `!` standard error). What has a colour stands in braces: `{ansi-1 ansi-bold|text}`.
 */
export async function transcript(page) {
  return page.evaluate(() => {
    const [name, words, end] = document.querySelectorAll('.python-phase > *');
    const seen = [`${name.textContent}: ${words.textContent}, ${end?.textContent ?? 'not over'}\n`];
    if (document.querySelector('.python-log .note')) seen.push('...\n');
    const looks = ({ className, textContent }) =>
      className ? textContent.replaceAll(/[^\n]+/g, (piece) => `{${className}|${piece}}`) : textContent;
    let open = ''; // whose line has no end yet
    for (const block of document.querySelectorAll('.python-log > div > div')) {
      const start = `${block.querySelector('time').textContent} ${block.className === 'python-error' ? '!' : '|'}`;
      const text = [...block.querySelector('time + span').childNodes].map(looks).join('');
      for (const line of text.split(/(?<=\n)/)) {
        if (open && open !== start) seen.push('\n');
        if (open !== start) seen.push(`${start} `);
        seen.push(line);
        open = line.endsWith('\n') ? '' : start;
      }
    }
    if (open) seen.push('\n');
    return seen.join('').replaceAll(/ +$/gm, '');
  });
}

/** The run of the page as it is saved in a file, without where the playhead stands. */
export async function recording(page) {
  await button(page, 'Files').click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save recording' }).click(),
  ]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const { at, ...run } = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(at).toBeGreaterThan(0);
  return run;
}

/** The stage in words: the same for the same run at the same instant. */
export const stage = (page) => page.locator('[role=group].unseen').innerText();
