// A small page's side of the Python runtime: virtual time, a network with a delay, SQS. In the playground this is Rust;
// here it is as little as shows whether the runtime keeps to what host.mjs promises.

export const START_MS = Date.UTC(2026, 0, 1);

/** How long a call is on its way, there and as long back. */
const LEG_MS = 6;

export class World {
  now = START_MS;
  log = []; // what scripts printed and called, and how they ended
  #python;
  #service;
  #rate;
  #faults;
  #legMs;
  #settings;
  #onanswer;
  #events = []; // in the order of their times; at one time, of their numbers
  #numbers = 0;
  #atService = new Map(); // the service's number of a call -> how to answer
  #scripts = [];
  #expected = 0;
  #isTiming = false;
  #finish;
  calls = 0;

  /**
   * `rate` is virtual time per real time; `faults` maps the number of a call to what becomes of it;
   * `settings` are the service's; `onanswer` is told of each call with its answer, when that comes.
   */
  constructor(python, service, { rate = Infinity, faults = {}, legMs = LEG_MS, settings, onanswer = () => {} } = {}) {
    this.#python = python;
    this.#service = service;
    this.#rate = rate;
    this.#faults = faults;
    this.#legMs = legMs;
    this.#settings = settings;
    this.#onanswer = onanswer;
  }

  /** Runs scripts to their ends, and returns what has happened as lines. */
  async run(scripts, hands = []) {
    this.#service.reset(this.#settings);
    this.#expected = scripts.length;
    const finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    scripts.forEach((script, index) => {
      this.#at(START_MS + (script.at ?? 0), () => this.#start(script, index));
    });
    for (const hand of hands) this.#at(START_MS + hand.at, () => this.#act(hand));
    this.#pump();
    await finished;
    return this.log;
  }

  #start(order, index) {
    const { main, files, argv = [], env = {}, lines = [] } = order;
    const script = { name: main, isQuiet: false, isOver: false, pending: new Map(), lines: [...lines] };
    this.#scripts.push(script);
    const run = { files, main, argv, env, seed: index + 1, now: this.now };
    script.handle = this.#python.start(run, (message) => {
      script.isQuiet = false;
      this.#hear(script, message);
      this.#pump();
    });
  }

  #act({ script: index, what }) {
    const script = this.#scripts[index];
    if (script.isOver) return;
    if (what === 'kill') script.handle.kill(this.now);
    else this.#tell(script, { type: 'signal', number: what === 'interrupt' ? 2 : what });
  }

  #hear(script, message) {
    switch (message.type) {
      case 'quiet':
        script.isQuiet = true;
        break;
      case 'output':
        this.#note(script, message.at, message.stream === 'stderr' ? '! ' : '| ', message.text);
        break;
      case 'sleep':
        this.#owe(script, message.id, message.until, () => ({ type: 'wake' }));
        break;
      case 'input':
        this.#note(script, this.now, '? ', `${message.prompt}\n`);
        this.#owe(script, message.id, this.now + 1000, () => ({ type: 'line', text: script.lines.shift() ?? null }));
        break;
      case 'call':
        this.#call(script, message);
        break;
      case 'cancel':
        this.#cancel(script, message.id);
        break;
      case 'ended':
        this.#end(script, message);
        break;
    }
  }

  #call(script, message) {
    this.calls += 1;
    const fault = this.#faults[this.calls];
    const target = (message.headers['X-Amz-Target'] ?? '').split('.').at(-1) || message.url;
    this.#note(script, this.now, '> ', `${target} (${message.place}${message.thread && ` ${message.thread}`})\n`);
    const pending = { cancel: null };
    script.pending.set(message.id, pending);
    const answer = (reply) => this.#answer(script, message.id, reply);
    if (message.deadline !== null) {
      pending.deadline = this.#at(message.deadline, () => {
        pending.cancel?.();
        answer({ error: 'read-timeout' });
      });
    }
    if (fault === 'lost') return;
    pending.event = this.#at(this.now + this.#legMs, () => {
      if (fault) {
        pending.event = this.#at(this.now + this.#legMs, () => answer(fault));
        return;
      }
      const call = this.#service.call(this.now, message);
      pending.cancel = () => {
        this.#atService.delete(call);
        this.#service.cancel(call);
      };
      this.#atService.set(call, (reply) => {
        pending.cancel = null;
        pending.event = this.#at(this.now + this.#legMs, () => {
          this.#onanswer(message, reply);
          answer(reply);
        });
      });
      this.#deliver();
    });
  }

  #answer(script, id, reply) {
    const pending = script.pending.get(id);
    this.#drop(pending.deadline);
    script.pending.delete(id);
    this.#tell(script, { type: 'reply', id, ...reply });
  }

  #owe(script, id, at, message) {
    const event = this.#at(at, () => {
      script.pending.delete(id);
      this.#tell(script, { ...message(), id });
    });
    script.pending.set(id, { event, cancel: null });
  }

  #cancel(script, id) {
    const pending = script.pending.get(id);
    if (!pending) return;
    script.pending.delete(id);
    pending.cancel?.();
    this.#drop(pending.event);
    this.#drop(pending.deadline);
  }

  #end(script, { state, code, at, traceback, waits, reason }) {
    for (const id of [...script.pending.keys()]) this.#cancel(script, id);
    script.isOver = true;
    const place = traceback?.frames.at(-1);
    const where = place ? ` ${traceback.type} at ${place.file}:${place.line}` : '';
    const stuck = waits.map(({ thread, place }) => ` ${thread} at ${place};`).join('');
    this.#note(script, at, '= ', `${state} ${code ?? ''}${where}${stuck}${reason && ` ${reason}`}`.trim() + '\n');
  }

  #tell(script, message) {
    script.isQuiet = false;
    script.handle.tell({ ...message, now: this.now });
  }

  #note(script, at, mark, text) {
    this.log.push({ at, script: script.name, mark, text });
  }

  #at(at, fire) {
    this.#numbers += 1;
    const event = { at: Math.max(at, this.now), number: this.#numbers, fire };
    let place = this.#events.length;
    while (place > 0 && this.#events[place - 1].at > event.at) place -= 1;
    this.#events.splice(place, 0, event);
    return event;
  }

  #drop(event) {
    const place = this.#events.indexOf(event);
    if (place >= 0) this.#events.splice(place, 1);
  }

  /** Fires one thing after the other, each when all scripts wait. */
  #pump() {
    while (!this.#isTiming && this.#scripts.every(({ isQuiet, isOver }) => isQuiet || isOver)) {
      const service = this.#atService.size > 0 ? this.#service.timeout : Infinity;
      const next = Math.min(service, this.#events[0]?.at ?? Infinity);
      if (this.#scripts.length === this.#expected && this.#scripts.every(({ isOver }) => isOver)) {
        this.#finish();
        return;
      }
      if (next === Infinity) throw new Error('nothing will ever happen, though scripts wait');
      if (this.#rate !== Infinity && next > this.now) {
        this.#isTiming = true;
        setTimeout(() => {
          this.#isTiming = false;
          this.#fire(next);
          this.#pump();
        }, (next - this.now) / this.#rate);
        return;
      }
      this.#fire(next);
    }
  }

  #fire(at) {
    this.now = at;
    if (this.#atService.size > 0 && this.#service.timeout <= at) {
      this.#service.advance(at);
      this.#deliver();
      return;
    }
    this.#events.shift()?.fire();
  }

  #deliver() {
    for (const [call, reply] of this.#service.answers()) {
      const answer = this.#atService.get(call);
      this.#atService.delete(call);
      answer?.(reply);
    }
  }
}

/** What has happened, a line each: the virtual second, the script, and what it printed (|, !), called (>) or came to (=). */
export function transcript(log) {
  let text = '';
  let open = ''; // whose line has no end yet
  for (const { at, script, mark, text: said } of log) {
    const who = `${script} ${mark}`;
    for (const part of said.split(/(?<=\n)/)) {
      if (open && open !== who) text += '\n';
      if (open !== who) text += `${((at - START_MS) / 1000).toFixed(3).padStart(9)} ${who}`;
      text += part;
      open = part.endsWith('\n') ? '' : who;
    }
  }
  return text;
}
