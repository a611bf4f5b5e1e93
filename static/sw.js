// The service worker: after one visit the page works without a network.
//
// It keeps the files of one build, all of them, before it answers for any: a page never gets parts of two builds. A newer
// build is fetched beside it and waits until the person takes it over, or until no page of the old one is open.
// What is large and not needed at once (the folder `python`) is kept when it is first used.

// The version and the files of this build, and the folder of what is kept later. `cargo xtask finish`, which Trunk runs after a release build, fills it in.
const BUILD = null;

const PREFIX = 'sqs-playground-';
const LAZY = 'python/';
const scope = new URL(self.registration.scope);

/** The cache of this build. */
const own = () => caches.open(PREFIX + BUILD.version);

/** The caches of all builds, the newest last. */
async function known() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(PREFIX));
}

/** Where a request leads within this site, without its query; undefined if it leads elsewhere. */
function pathOf(request) {
  const url = new URL(request.url);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return undefined;
  return url.pathname.slice(scope.pathname.length);
}

async function install() {
  const cache = await own();
  // Past the browser's own cache: that may hold an older file of the same name.
  await cache.addAll(BUILD.files.map((file) => new Request(file, { cache: 'reload' })));
}

/** Forgets the builds before the last one: a page of that may still be open, and ask for what it has not loaded yet. */
async function tidy() {
  const names = (await known()).filter((name) => name !== PREFIX + BUILD.version);
  for (const name of names) await takeOver(await caches.open(name));
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What was kept by another build, and is the same in this one: who has used it once need not fetch it again. */
async function takeOver(other) {
  const folder = BUILD.lazy && new URL(BUILD.lazy, scope).href;
  const same = (await other.keys()).filter(({ url }) => folder && url.startsWith(folder));
  const cache = await own();
  for (const request of same) await cache.put(request, await other.match(request)).catch(() => {});
}

/** Keeps all that a folder lists: what was fetched before this worker answered for the page was not kept. */
async function keep(folder) {
  const get = (name) => answer(new Request(new URL(folder + name, scope)), folder + name);
  const { files } = await (await get('manifest.json')).json();
  for (const { name } of files) await get(name);
}

async function answer(request, path) {
  const isPage = request.mode === 'navigate' && (path === '' || path === 'index.html');
  const cache = await own();
  const kept = (await cache.match(isPage ? 'index.html' : path)) ?? (await caches.match(path));
  if (kept) return kept;
  const response = await fetch(request);
  if (path.startsWith(LAZY) && response.ok) {
    // Told to nobody if there is no room: the next visit fetches it again.
    await cache.put(path, response.clone()).catch(() => {});
  }
  return response;
}

if (BUILD) {
  self.addEventListener('install', (event) => event.waitUntil(install()));
  self.addEventListener('activate', (event) => event.waitUntil(tidy()));
  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const path = request.method === 'GET' ? pathOf(request) : undefined;
    if (path !== undefined && path !== 'sw.js') event.respondWith(answer(request, path));
  });
  self.addEventListener('message', (event) => {
    if (event.data === 'take-over') self.skipWaiting();
    // Without a network, or room, it is kept another time.
    else if (event.data?.keep === BUILD.lazy) event.waitUntil(keep(BUILD.lazy).catch(() => {}));
  });
} else {
  // A page under development: nothing may be kept.
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => {
    const forget = async () => {
      await Promise.all((await known()).map((name) => caches.delete(name)));
      await self.registration.unregister();
    };
    event.waitUntil(forget());
  });
}
