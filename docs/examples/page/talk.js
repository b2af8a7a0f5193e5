// A whole client of Into Words in plain JavaScript: it draws any turn of any flow, and keeps nothing.
//
// The token lives in one private field. Nothing goes to storage, to an address or to the console; a reload ends
// the conversation here, and the server erases it when its days are over.

const RETRIES = 3;
const PATIENCE = 8000; // milliseconds for one request

/** An error as the server tells it (RFC 9457); `slug` is its name. It holds none of the client's words. */
export class ProblemError extends Error {
  name = 'ProblemError';
  constructor(problem) {
    super(problem.title);
    this.status = problem.status;
    this.slug = problem.type.split('#')[1] ?? '';
    this.turn = problem.turn ?? null;
  }
}

/** One conversation. `turn` is the turn it stands at. */
export class Conversation {
  #at;
  #path = '';
  #token = '';
  turn = null;

  constructor(at) { this.#at = at; }

  /** A random key: a creation that is sent twice begins one conversation. */
  async begin(flow) {
    const opened = await this.#send('POST', '/v1/conversations', { flow });
    this.#path = `/v1/conversations/${opened.id}`;
    this.#token = opened.token;
    this.turn = opened.turn;
  }

  /** `given` is one of {value}, {values}, {text}, {skipped: true}, or text beside the first two. */
  answer(given) {
    // The version is always that of the last turn: a stale one is a 409 with the turn as it stands.
    const { version, question } = this.turn;
    return this.#move('/answers', { version, question_id: question.id, ...given });
  }

  back() { return this.#move('/back', { version: this.turn.version }); }

  note(length = 'letter') { return this.#send('GET', `${this.#path}/note.txt?length=${length}`); }

  /** Closes it; without a resume code that erases. */
  async leave() { await this.#end('POST', `${this.#path}/leave`); }

  async erase() { await this.#end('DELETE', this.#path); }

  async #move(path, body) {
    this.turn = (await this.#send('POST', this.#path + path, body)).turn;
  }

  async #end(method, path) {
    try {
      await this.#send(method, path);
    } catch (problem) {
      // What is not there any more is what was wanted.
      if (problem.status !== 404) throw problem;
    }
    this.#token = this.#path = '';
    this.turn = null;
  }

  /** Sends one request, and again under the same key where no answer came: it is never done twice. */
  async #send(method, path, body) {
    const headers = { Accept: 'application/json, text/plain' };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    if (body) headers['Content-Type'] = 'application/json';
    if (method !== 'GET') headers['Idempotency-Key'] = crypto.randomUUID();
    for (let left = RETRIES; ; left -= 1) {
      const response = await this.#tried(method, path, headers, body).catch((error) => {
        if (left <= 1) throw error;
      });
      if (response?.status >= 500 && left > 1) await pause(response.headers.get('Retry-After'));
      else if (response) return read(response);
      else await pause(1);
    }
  }

  #tried(method, path, headers, body) {
    return fetch(this.#at + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
  }
}

async function read(response) {
  if (response.status === 204) return null;
  const kind = response.headers.get('Content-Type') ?? '';
  if (!response.ok) throw new ProblemError(await response.json());
  return kind.includes('json') ? response.json() : response.text();
}

const pause = (seconds) => new Promise((resume) => setTimeout(resume, 1000 * (seconds ?? 1)));

// ---------------------------------------------------------------- drawing: text only, never HTML

const at = (id) => document.getElementById(id);
const say = at('words').dataset;

function make(name, text = '', attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  if (text) made.append(text);
  return made;
}

/** A text with the client's words marked in it. `own` counts code points, not the units of a string. */
function marked(text, own) {
  const points = [...text];
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const [start, end] of own) {
    parts.append(points.slice(from, start).join(''), make('q', points.slice(start, end).join('')));
    from = end;
  }
  parts.append(points.slice(from).join(''));
  return parts;
}

function drawContacts(contacts) {
  const list = make('ul');
  for (const { name, call, text_chat, hours, site } of contacts) {
    const line = make('li', `${name} `);
    if (call) line.append(make('a', call, { href: `tel:${call.replace(/[^0-9+]/g, '')}` }), ' ');
    line.append([text_chat, hours, site].filter(Boolean).join(', '));
    list.append(line);
  }
  return list;
}

function drawMessages(messages, asked) {
  return messages.filter((each) => each.text !== asked).map(({ text, own, language }) => {
    const line = make('p', '', language ? { lang: language } : {});
    line.append(marked(text, own));
    return line;
  });
}

/** The ways to answer, whatever the kind: marks for options, a box for words, or both. */
function drawAnswers(question) {
  const { kind, low, high, none, own_words, prefill } = question;
  const options = kind === 'confirm' && !question.options.length
    ? [{ value: 'yes', label: say.yes }, { value: 'no', label: say.no }]
    : question.options;
  const chosen = new Set(prefill?.values ?? (prefill?.value ? [prefill.value] : []));
  const shown = options.filter((each) => !each.more).map((each) => drawOption(each, kind, chosen));
  const rest = options.filter((each) => each.more).map((each) => drawOption(each, kind, chosen));
  const drawn = [low && make('p', low), ...shown, high && make('p', high)];
  if (rest.length) {
    const more = make('details');
    more.append(make('summary', say.more), ...rest);
    drawn.push(more);
  }
  // Nothing picked is an answer too, where the question has words for it.
  if (none) drawn.push(drawOption({ value: '', label: none }, kind, chosen));
  if (kind === 'ask' || own_words) drawn.push(drawBox(question, options.length > 0));
  return drawn.filter(Boolean);
}

function drawOption({ value, label }, kind, chosen) {
  const line = make('label');
  const type = kind === 'pick' ? 'checkbox' : 'radio';
  line.append(make('input', '', { type, name: 'option', value, checked: chosen.has(value) }), ` ${label}`);
  return line;
}

function drawBox({ prompt, prefill }, beside) {
  // Some browsers and checkers send away what is typed into a field: ask them not to.
  const box = make('textarea', '', { name: 'text', autocomplete: 'off', spellcheck: false, dir: 'auto' });
  box.value = prefill?.text ?? '';
  if (!beside) box.setAttribute('aria-label', prompt);
  const line = make('label', beside ? say.own : '');
  line.append(box);
  return line;
}

// ---------------------------------------------------------------- the page

const talk = new Conversation(document.body.dataset.at);
let contacts = [];

/** Draws where the conversation stands, and moves the focus there once. */
async function draw() {
  const { messages, question, support, finished, can_go_back, can_skip } = talk.turn;
  contacts = support.contacts; // kept in memory: they are shown when the server cannot be reached
  at('before').hidden = true;
  at('turn').hidden = at('ways').hidden = false;
  at('support').hidden = !support.shown;
  at('support').replaceChildren(...(support.shown ? [drawContacts(contacts)] : []));
  at('messages').replaceChildren(...drawMessages(messages, question?.prompt));
  at('form').hidden = finished;
  at('note').hidden = !finished;
  at('turn').setAttribute('aria-labelledby', finished ? 'yours' : 'asked');
  if (question) {
    at('asked').replaceChildren(marked(question.prompt, question.own));
    at('hint').replaceChildren([question.hint, question.why].filter(Boolean).join(' '));
    at('answers').replaceChildren(...drawAnswers(question));
    at('skip').replaceChildren(question.skip ?? say.skip);
    at('skip').hidden = !can_skip;
    at('back').hidden = !can_go_back;
  } else {
    document.querySelector('#note pre').replaceChildren(await talk.note());
  }
  at('turn').focus();
}

/** What stands in the form, as the interface takes it; null where there is nothing. */
function given() {
  const sent = new FormData(at('form'));
  const text = (sent.get('text') ?? '').trim();
  const picked = sent.getAll('option');
  const values = picked.filter(Boolean);
  const beside = text ? { text } : {};
  if (picked.length && talk.turn.question.kind === 'pick') return { values, ...beside };
  if (values.length) return { value: values[0], ...beside };
  return text ? beside : null;
}

/** Does one thing, and says what went wrong without a word of the client's. What was typed stays. */
async function act(work) {
  at('problem').replaceChildren();
  const buttons = document.querySelectorAll('button');
  buttons.forEach((each) => { each.disabled = true; });
  try {
    await work();
  } catch (error) {
    await explain(error);
  } finally {
    buttons.forEach((each) => { each.disabled = false; });
  }
}

async function explain(error) {
  if (error instanceof ProblemError && error.turn) {
    // 409: go on from the turn given. The words are not sent to another question than they were written for.
    talk.turn = error.turn;
    await draw();
    at('problem').append(say.moved);
  } else if (error.status === 404) {
    close(say.ended);
  } else {
    at('problem').append(say.unsent, drawContacts(contacts));
  }
}

function close(says) {
  at('turn').hidden = at('ways').hidden = true;
  for (const id of ['support', 'messages', 'asked', 'hint', 'answers']) at(id).replaceChildren();
  document.querySelector('#note pre').replaceChildren();
  at('before').hidden = false;
  at('problem').append(says);
}

at('begin').onclick = () => act(async () => {
  await talk.begin(document.body.dataset.flow);
  await draw();
});
at('form').onsubmit = (event) => {
  event.preventDefault();
  const answer = given();
  if (answer) act(async () => { await talk.answer(answer); await draw(); });
  else at('problem').replaceChildren(say.nothing);
};
at('skip').onclick = () => act(async () => { await talk.answer({ skipped: true }); await draw(); });
at('back').onclick = () => act(async () => { await talk.back(); await draw(); });
at('leave').onclick = () => act(async () => { await talk.leave(); close(say.left); });
at('erase').onclick = () => act(async () => { await talk.erase(); close(say.gone); });
// The browser may keep this page whole behind the next one.
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
