// node bundle.mjs FOLDER: writes the editor as one module, editor.js, with a list of what is in it and the licences.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

const folder = process.argv[2];
const here = import.meta.dirname;

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ['editor.mjs'],
  outfile: join(folder, 'editor.js'),
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** The packages of which something is in the bundle. */
const packages = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean),
);

await mkdir(join(folder, 'licences'), { recursive: true });
const listed = [];
for (const name of [...packages].sort()) {
  const from = join(here, 'node_modules', name);
  const file = (await readdir(from)).find((entry) => /^licen[cs]e/i.test(entry));
  const { version, license } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  const licence = `${name.replace('/', '-').replace('@', '')}.txt`;
  listed.push(`${name} ${version} licences/${licence} ${license}\n`);
  if (!file) throw new Error(`${name} comes without a licence file`);
  await writeFile(join(folder, 'licences', licence), await readFile(join(from, file)));
}
await writeFile(join(folder, 'packages.txt'), listed.join(''));
