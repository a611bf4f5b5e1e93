// Runs pack.py in the very interpreter that the page will run, so that what it compiles fits: node pack.mjs WHAT IN OUT.
//
// The folder of Pyodide comes from $PYODIDE: what is installed lies among the tools, not beside this file.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [what, from, to] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(process.env.PYODIDE, 'pyodide.mjs')));
const python = await loadPyodide();
for (const [path, folder] of [['/from', from], ['/to', to]]) {
  python.FS.mkdirTree(path);
  python.mountNodeFS(path, folder);
}
const program = readFileSync(new URL('pack.py', import.meta.url), 'utf8');
try {
  python.runPython(program, { globals: python.toPy({ __name__: 'pack', WHAT: what }) });
} catch (error) {
  console.error(error.message); // not its stack, which shows the interpreter's whole text
  process.exitCode = 1;
}
