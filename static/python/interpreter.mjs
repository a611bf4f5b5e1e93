// Starts Pyodide in this worker, afresh or as a copy of a heap that another worker has made.
//
// Everything comes from the page as it was fetched and compiled there once; nothing is fetched here but two scripts.

const HOME = '/home/you';

/** No package is ever loaded by Pyodide's own means, so its list of them is empty. */
const NO_PACKAGES = JSON.stringify({
  info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2', version: '314.0.7' },
  packages: {},
});

const ENVIRONMENT = {
  HOME,
  USER: 'you',
  LOGNAME: 'you',
  TZ: 'UTC',
  PYTHONPATH: '/lib/python3.14', // where the library is unpacked to: Pyodide's own way is one large file
  PYTHONHASHSEED: '0',
  PYTHON_COLORS: '0', // Python's own; a script's colours are shown
  AWS_EC2_METADATA_DISABLED: 'true',
};

const AWS_FILES = {
  credentials: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  config: '[default]\nregion = us-east-1\noutput = json\n',
};

/** The mode of a file that may be read and written. */
const ORDINARY_FILE = 0o100666;

/** The most memory that the interpreter may take: 512 MB, in pages of 64 kB. */
const PAGES_MAX = 8192;

/** Has the two scripts of Pyodide loaded, for when it is started. */
export function preload() {
  for (const script of ['./pyodide.mjs', './pyodide.asm.mjs']) {
    import(script).catch(() => {}); // whoever starts it hears of that
  }
}

/**
 * Starts an interpreter and resolves to Pyodide.
 *
 * `archives` are the unpacked archives as Blobs; `module` is the compiled WebAssembly; `snapshot` is a heap to copy as a
 * Blob, or null; with `mayCopy`, the heap of this interpreter can be copied.
 */
export async function startInterpreter({ folder, module, archives, snapshot, mayCopy }) {
  limitMemory();
  const { fetch, instantiateStreaming } = replaceFetching(module);
  const [{ loadPyodide }, heap, ...contents] = await Promise.all([
    import(`${folder}pyodide.mjs`),
    snapshot?.arrayBuffer(),
    ...archives.map((archive) => archive.arrayBuffer()),
  ]);
  const options = {
    indexURL: folder,
    lockFileContents: NO_PACKAGES,
    packageBaseUrl: folder,
    env: { ...ENVIRONMENT },
    jsglobals: { Object, Array, Promise, Uint8Array, Error, console },
    stdin: () => null,
    fsInit: (files) => writeFiles(files, contents),
    checkAPIVersion: true,
  };
  if (mayCopy) options._makeSnapshot = true;
  if (heap) copyHeap(options, folder, new Uint8Array(heap));
  const python = await loadPyodide(options);
  Object.assign(globalThis, { fetch });
  WebAssembly.instantiateStreaming = instantiateStreaming;
  return python;
}

/** Pyodide asks for its own parts by their addresses; it gets what the page has sent. */
function replaceFetching(module) {
  const before = { fetch: globalThis.fetch, instantiateStreaming: WebAssembly.instantiateStreaming };
  globalThis.fetch = () => Promise.resolve(new Response(new Uint8Array()));
  WebAssembly.instantiateStreaming = async (response, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  return before;
}

/** Copies a heap: as large a one is made first, for it to be written over. The file system is no part of it. */
function copyHeap(options, folder, snapshot) {
  options._loadSnapshot = snapshot;
  options.createPyodideModule = async (settings) => {
    const { default: create } = await import(`${folder}pyodide.asm.mjs`);
    const made = await create(settings);
    const blocks = [];
    while (made.HEAP8.length < snapshot.byteLength) blocks.push(made._malloc(1 << 22));
    for (const block of blocks) made._free(block);
    return made;
  };
}

/** An archive is a line of JSON, `[[path, length], ...]`, and the files' contents; see xtask/python/pack.py. */
function writeFiles(files, archives) {
  const folders = new Map();
  for (const archive of archives) {
    const bytes = new Uint8Array(archive);
    const end = bytes.indexOf(10); // the end of the line
    let at = end + 1;
    for (const [path, length] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))) {
      writeFile(files, folders, path, bytes.subarray(at, at + length));
      at += length;
    }
  }
  const encoder = new TextEncoder();
  for (const [name, text] of Object.entries(AWS_FILES)) {
    writeFile(files, folders, `${HOME}/.aws/${name}`, encoder.encode(text));
  }
}

/** Makes a file that is not there yet in its folder, without the look at each part of the path that takes the most time. */
function writeFile(files, folders, path, content) {
  const cut = path.lastIndexOf('/');
  const name = path.slice(0, cut);
  if (!folders.has(name)) {
    files.mkdirTree(name);
    folders.set(name, files.lookupPath(name).node);
  }
  const folder = folders.get(name);
  const file = folder.node_ops.mknod(folder, path.slice(cut + 1), ORDINARY_FILE, 0);
  file.contents = content; // not copied
  file.usedBytes = content.length;
}

function limitMemory() {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength / 65_536 + pages > PAGES_MAX) throw new RangeError('no more memory for this script');
    return grow.call(this, pages);
  };
}
