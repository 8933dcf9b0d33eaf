// Shows what people typed. Whatever they typed becomes a text node and nothing else: this file
// must never use innerHTML or put their words into an attribute.

import { icon } from './icons.js';

// One sheet for every mount: a link in each would show the words unstyled while it loads.
const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL('style.css', import.meta.url))).text());

// A trigger that is set while the server is busy takes the place of the one before it. Whoever marks
// a register taps faster than that, so every tap of this tab is sent again with the next one.
const taps = [];
const TAB = `${Date.now()}-${Math.random()}`;
const MOST = 500;
let nth = 0;

// A page that looks again every other second draws the same words each time: they stay, and so does
// a button that a finger is on, or the tap would be lost between the old one and the new one.
const drawn = new WeakMap();
const LIFTED = 40; // ms
const SPELT = new TextDecoder();

export default function draw(given) {
  const { parentElement } = given;
  const text = SPELT.decode(given.data); // JSON as bytes: see drawing.py
  const before = drawn.get(parentElement);
  clearTimeout(before?.waiting);
  if (before?.text === text && parentElement.firstChild === before.words) return;
  if (parentElement.querySelector('button:active')) {
    const waiting = setTimeout(() => draw(given), LIFTED);
    drawn.set(parentElement, { ...before, waiting });
    return;
  }
  drawn.set(parentElement, { text, words: drawAnew(given, JSON.parse(text)) });
}

function drawAnew({ parentElement, setStateValue, setTriggerValue }, blocks) {
  dress(parentElement.getRootNode());
  const words = element('div', 'words', blocks.map(block));
  words.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.closest('.words-slim, .words-alarm, .words-choices')) setStateValue('taps', tapped(button));
    else if (button) setTriggerValue('open', button.value);
  });
  const { value } = parentElement.querySelector('button:focus') ?? {};
  parentElement.replaceChildren(words);
  [...words.querySelectorAll('button')].find((button) => button.value === value)?.focus();
  return words;
}

function tapped(button) {
  if (button.closest('.words-choices')) {
    const held = button.getAttribute('aria-pressed') === 'true';
    button.setAttribute('aria-pressed', !held);
  } else if (button.hasAttribute('aria-pressed')) {
    button.parentElement.querySelectorAll('[aria-pressed]').forEach((each) => {
      each.classList.toggle('words-first', each === button);
      each.setAttribute('aria-pressed', each === button);
    });
  }
  nth += 1;
  taps.push({ id: `${TAB}-${nth}`, opens: button.value });
  taps.splice(0, taps.length - MOST);
  return [...taps];
}

function dress(root) {
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}

const manners = {
  heading, line, account, quote, facts, readers, recipients, badge, pictures, beneath, card, slim, alarm, choices, ways,
  dated, listing, table, marked,
};

function block(given) {
  return manners[given.kind](given);
}

function heading({ text, note, level, badges }) {
  const title = element('div', 'words-row', [typed(`h${level}`, '', text), ...badges.map(badge)]);
  const below = note === null ? [] : [typed('p', 'words-beside', note)];
  return element('div', `words-heading words-heading-${level}`, [title, ...below]);
}

function line({ text, strong, note, aside, badges, begins }) {
  const own = typed(strong ? 'strong' : 'span', '', text);
  const after = aside === null ? [] : [typed('span', 'words-note', aside)];
  const manner = ['words-row', note && 'words-note', (strong || begins) && 'words-begins'].filter(Boolean);
  return element('p', manner.join(' '), [own, ...after, ...badges.map(badge)]);
}

function account({ text }) {
  return typed('p', 'words-account', text);
}

function quote({ text }) {
  return typed('blockquote', '', text);
}

function facts({ facts: given, across, large }) {
  const pairs = given.map(({ label, value, note }) => {
    const below = note === null ? [] : [typed('dd', 'words-note', note)];
    return element('div', '', [typed('dt', 'words-note', label), typed('dd', '', value), ...below]);
  });
  const manner = [across && 'words-across', large && 'words-large'].filter(Boolean);
  return element('dl', manner.join(' '), pairs);
}

const states = {
  read: () => icon('done', 'Has read it'),
  unread: () => icon('open', 'Has not read it'),
};

function readers({ readers: given }) {
  const rows = given.map(({ name, when, state }) => {
    const who = [typed('span', '', name), typed('span', 'words-note', when)];
    return element('li', `words-${state}`, [states[state](), element('div', 'words-row', who)]);
  });
  return list('words-readers', rows);
}

function recipients({ recipients: given }) {
  const rows = given.map(({ name, post }) => {
    const who = [typed('span', '', name), typed('span', 'words-note', post)];
    return element('li', '', [icon('lock', 'Always told'), element('div', 'words-pair', who)]);
  });
  return list('words-recipients', rows);
}

function badge({ text, tone, icon: sign }) {
  const before = sign === null ? [] : [icon(sign)];
  return element('span', `words-badge words-${tone}`, [...before, typed('span', '', text)]);
}

// An image can run nothing and fetch nothing, whatever it is made of.
function pictures({ pictures: given, small }) {
  const drawn = given.map(({ svg, said }) => {
    const image = element('img', '', []);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    image.alt = said;
    return image;
  });
  return element('div', small ? 'words-pictures words-small' : 'words-pictures', drawn);
}

function beneath({ blocks }) {
  const inner = element('div', 'words', blocks.map(block));
  return element('div', 'words-beneath', [icon('beneath'), inner]);
}

function table({ title, head, rows, wide }) {
  const heads = [head.about, ...head.cells].map((text) => scoped('col', text));
  const lines = rows.map(({ about, cells }) => {
    return element('tr', '', [scoped('row', about), ...cells.map((each) => typed('td', '', each))]);
  });
  const parts = [element('thead', '', [element('tr', '', heads)]), element('tbody', '', lines)];
  const whole = element('table', '', [typed('caption', '', title), ...parts]);
  if (!wide) return whole;
  const moved = element('div', 'words-wide', [whole]);
  moved.tabIndex = 0; // or nobody could move it by keys
  return moved;
}

function scoped(scope, text) {
  const cell = typed('th', '', text);
  cell.scope = scope;
  return cell;
}

function card({ ways, blocks }) {
  const inner = element('div', 'words', blocks.map(block));
  return element('div', 'words-card', [inner, element('div', 'words-ways', ways.map(way))]);
}

function slim({ ways, blocks, tight }) {
  const inner = element('div', 'words', blocks.map(block));
  return element('div', tight ? 'words-slim words-tight' : 'words-slim', [inner, element('div', 'words-ways', ways.map(way))]);
}

function ways({ ways: given }) {
  return element('div', 'words-ways', given.map(way));
}

function choices({ ways }) {
  return element('div', 'words-choices', ways.map(way));
}

function alarm({ text, why, tone, icon: sign, ways }) {
  const said = element('p', '', [typed('strong', '', text), ' ', typed('span', '', why)]);
  const banner = element('div', `words-banner words-${tone}`, [icon(sign), said]);
  return element('div', 'words-alarm', [banner, ...ways.map(way)]);
}

function dated({ day, time, ways, blocks }) {
  const when = [typed('strong', '', day), typed('span', 'words-note', time)];
  const inner = element('div', 'words', blocks.map(block));
  return element('div', 'words-dated', [
    element('div', 'words-when', when), inner, element('div', 'words-ways', ways.map(way)),
  ]);
}

function way({ opens, button: label, first, pressed }) {
  const button = typed('button', first || pressed ? 'words-first' : '', label);
  if (pressed !== null) button.setAttribute('aria-pressed', pressed);
  button.type = 'button';
  button.value = opens;
  return button;
}

// On a phone each row stands by itself, and each cell says what it is.
function listing({ heads, rows }) {
  const head = element('tr', '', heads.map((each) => typed('th', '', each)));
  const body = rows.map(({ ways, cells }) => {
    const told = cells.map((each, nth) => {
      const cell = typed('td', each ? '' : 'words-empty', each);
      cell.dataset.head = heads[nth];
      return cell;
    });
    return element('tr', '', [...told, element('td', '', ways.map(way))]);
  });
  for (const each of head.children) each.scope = 'col';
  head.append(element('td', '', []));
  const whole = [element('thead', '', [head]), element('tbody', '', body)];
  return element('table', 'words-listing', whole);
}

// A text of which some places are buttons, pressed where their words are taken out.
function marked({ runs, manner }) {
  const told = runs.map((run) => (typeof run === 'string' ? typed('span', '', run) : place(run)));
  const whole = element(manner === 'quote' ? 'blockquote' : 'p', `words-marked words-${manner}`, told);
  whole.dir = 'auto';
  return whole;
}

function place({ text, opens, pressed, letter, doubtful }) {
  const button = typed('button', doubtful ? 'words-place words-doubtful' : 'words-place', text);
  button.setAttribute('aria-pressed', pressed);
  button.dataset.letter = pressed ? letter : '';
  button.type = 'button';
  button.value = opens;
  return button;
}

function list(className, rows) {
  const whole = element('ul', className, rows);
  whole.setAttribute('role', 'list'); // Safari forgets that a list without bullets is one
  return whole;
}

function typed(tag, className, text) {
  const whole = element(tag, className, []);
  whole.dir = 'auto'; // each text finds its own direction, and cannot turn its neighbours round
  whole.textContent = text;
  return whole;
}

function element(tag, className, children) {
  const whole = document.createElement(tag);
  if (className) whole.className = className;
  whole.append(...children);
  return whole;
}
