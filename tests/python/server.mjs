// Serves the tests' page, the bundle and the service on loopback.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const { PYTHON_BUNDLE, SQS_WASM } = process.env;
const PAGE = new URL('page/', import.meta.url).pathname;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** As the released page's, and no more: a static host sends no policy with a worker's script. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src data:";

function fileFor(path) {
  if (path === '/sqs.wasm') return SQS_WASM;
  if (path.startsWith('/python/')) return join(PYTHON_BUNDLE, normalize(path.slice('/python/'.length)));
  return join(PAGE, normalize(path === '/' ? '/index.html' : path));
}

/** Starts the server on a free port. */
export async function serve() {
  const server = createServer(async (request, response) => {
    const file = fileFor(new URL(request.url, 'http://localhost').pathname);
    try {
      const content = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const policy = extname(file) === '.html' ? { 'Content-Security-Policy': POLICY } : {};
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'max-age=3600', ...policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
