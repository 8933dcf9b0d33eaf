// The purple bar. The page's links lead to real addresses, so that they open in a new tab as any
// link does; a plain click asks Streamlit for the page instead, which spares a reload.

// There before the first drawing: a link would show the bar unstyled while it loads.
const [own, around] = await Promise.all(['style.css', 'page.css'].map(sheet));

const NARROW = 640;
const MARGIN = 12;
const LAYOUTS = ['wide', 'tight'];
const FEWEST = 3; // links on the line
const BLANK = 'bigger-picture:blank';
const bars = new WeakMap();

// Called again whenever the data change. The bar stays the same, so that it keeps the focus.
export default function draw({ parentElement, data, setTriggerValue }) {
  if (!bars.has(parentElement)) bars.set(parentElement, new Bar(parentElement));
  const bar = bars.get(parentElement);
  bar.stay(parentElement);
  bar.show(data, (path) => setTriggerValue('go', path));
  // Streamlit may take leave of an earlier drawing after the next one has begun: whoever is asked
  // to go looks first whether the place is gone as well.
  return () => setTimeout(() => {
    if (parentElement.isConnected || bars.get(parentElement) !== bar) return;
    bar.stop();
    bars.delete(parentElement);
  });
}

class Bar {
  constructor(root) {
    root.adoptedStyleSheets = [own];
    this.parts = build();
    this.stopping = new AbortController();
    this.listen();
  }

  // Also when what was drawn here has been cleared meanwhile.
  stay(root) {
    if (this.parts.header.isConnected) return;
    root.append(this.parts.header);
    place(root.host, this.parts.header);
  }

  listen() {
    const { header, menu, more, blank, missing } = this.parts;
    const { signal } = this.stopping;
    [menu, more].forEach((button) => button.addEventListener('click', () => this.toggle()));
    header.addEventListener('click', (event) => this.follow(event));
    missing.addEventListener('click', () => this.leaveFor(missing.dataset.path));
    blank.addEventListener('pointerdown', (event) => event.button === 0 && cover());
    // A click without a pointer is the keyboard's or a screen reader's.
    blank.addEventListener('click', (event) => event.detail === 0 && cover());
    header.addEventListener('keydown', (event) => this.escape(event));
    header.addEventListener('focusout', (event) => this.left(event));
    window.addEventListener('pointerdown', (event) => this.pressed(event), { signal });
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(header);
    document.fonts.ready.then(() => this.fit());
  }

  stop() {
    this.stopping.abort();
    this.sizes.disconnect();
    this.parts.header.remove();
  }

  show(data, go) {
    this.go = go;
    const { primary, secondary, people, missing, menu } = this.parts;
    const pages = data.offered.filter(({ path }) => path !== data.missing);
    this.gather();
    list(primary, pages.filter((page) => page.primary), data);
    list(secondary, pages.filter((page) => !page.primary), data);
    people.forEach((each) => tell(each, data));
    missing.hidden = pages.length === data.offered.length;
    missing.dataset.path = data.missing;
    mark(missing, data.current === data.missing);
    missing.classList.toggle('alarm', data.alarms > 0);
    count(missing, data.alarms, ['open log', 'open logs']);
    count(menu, pages.some(({ path }) => path === data.alerts) ? data.unread : 0);
    this.fit();
  }

  follow(event) {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.leaveFor(link.dataset.path);
  }

  leaveFor(path) {
    this.open(false);
    this.go(path);
  }

  toggle() {
    this.open(!this.parts.header.classList.contains('open'));
  }

  open(wanted) {
    this.parts.header.classList.toggle('open', wanted);
    [this.parts.menu, this.parts.more].forEach((button) => {
      button.setAttribute('aria-expanded', String(wanted));
    });
  }

  // The key travels on: pressed twice it covers the screen, which is another script's work.
  escape(event) {
    const { header, menu, more } = this.parts;
    if (event.key !== 'Escape' || !header.classList.contains('open')) return;
    this.open(false);
    (header.dataset.layout === 'narrow' ? menu : more).focus();
  }

  pressed(event) {
    if (!event.composedPath().includes(this.parts.header)) this.open(false);
  }

  // An open menu must not cover what the Tab key reaches next.
  left({ relatedTarget }) {
    if (relatedTarget && !this.parts.header.contains(relatedTarget)) this.open(false);
  }

  // One line if everything fits on it; else its last links go to the others, and where that is not
  // enough, all are in a menu. Names, roles and zoom differ too much for a width to be laid down.
  fit() {
    const { header: { dataset }, primary, secondary, more } = this.parts;
    const before = dataset.layout;
    const fits = (layout) => {
      dataset.layout = layout;
      return this.parts.blank.getBoundingClientRect().right <= window.innerWidth - MARGIN;
    };
    this.gather();
    const isNarrow = window.innerWidth <= NARROW;
    if (!isNarrow && !LAYOUTS.some(fits)) {
      do secondary.prepend(primary.lastElementChild);
      while (!fits('tight') && primary.children.length > FEWEST);
    }
    if (isNarrow || !fits(dataset.layout)) {
      this.gather();
      dataset.layout = 'narrow';
    }
    more.classList.toggle('current', Boolean(secondary.querySelector('[aria-current]')));
    if (dataset.layout !== before) this.open(false);
  }

  // The links that had no room on the line, back to it.
  gather() {
    const { primary, secondary } = this.parts;
    const wanted = (primary.dataset.paths || '').split('\n').filter(Boolean).length;
    while (primary.children.length < wanted) primary.append(secondary.firstElementChild);
  }
}

function build() {
  const parts = {
    menu: button('menu', [icon('menu'), element('span', 'word', ['Menu'])]),
    primary: element('ul', 'primary'),
    more: button('more', ['More', icon('down')]),
    secondary: element('ul', 'secondary'),
    people: [person(), person()],
    missing: button('missing', ['A child is missing']),
    blank: button('blank', [icon('covered'), 'Blank screen']),
  };
  const [here, inMenu] = parts.people;
  const foot = element('div', 'foot', [inMenu, signOut()]);
  const rest = element('div', 'rest', [parts.secondary, foot]);
  const pages = element('nav', '', [parts.primary, parts.more, rest]);
  pages.setAttribute('aria-label', 'Pages');
  const product = element('span', 'product', ['Bigger Picture']);
  const row = [parts.menu, product, pages, here, parts.missing, parts.blank];
  parts.strip = element('div', 'strip', row);
  parts.header = element('header', '', [parts.strip]);
  [parts.menu, parts.more].forEach((each) => each.setAttribute('aria-expanded', 'false'));
  return parts;
}

function place(host, header) {
  // A dialog makes the rest of the page inert, except for what carries the first of these.
  host.setAttribute('data-react-aria-top-layer', 'true');
  host.setAttribute('data-bigger-picture-bar', '');
  // The browser's top layer lies above every dialog, and no ancestor can fade or clip it. A tablet
  // that is too old for it has the bar all the same.
  header.popover = 'manual';
  header.showPopover?.();
  if (!document.adoptedStyleSheets.includes(around)) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, around];
  }
}

async function sheet(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  return new CSSStyleSheet().replace(await answer.text());
}

function cover() {
  window.dispatchEvent(new CustomEvent(BLANK));
}

function list(whole, pages, { current, alerts, unread }) {
  const paths = pages.map(({ path, label }) => `${path} ${label}`).join('\n');
  if (whole.dataset.paths !== paths) whole.replaceChildren(...pages.map(entry));
  whole.dataset.paths = paths;
  whole.querySelectorAll('a').forEach((link) => {
    mark(link, link.dataset.path === current);
    count(link, link.dataset.path === alerts ? unread : 0);
  });
}

function entry({ path, label }) {
  const link = element('a', '', [label]);
  link.href = `/${path}`;
  link.dataset.path = path;
  return element('li', '', [link]);
}

function mark(link, isCurrent) {
  if (isCurrent) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}

function count(place, unread, [one, many] = ['unread alert', 'unread alerts']) {
  place.querySelector('.count')?.remove();
  if (unread === 0) return;
  const said = element('span', 'unseen', [` ${unread === 1 ? one : many}`]);
  place.append(element('span', 'count', [String(unread), said]));
}

function person() {
  const name = element('span', 'name');
  name.dir = 'auto';
  return element('p', 'person', [name, element('span', 'standing')]);
}

function tell(person, { person: name, standing }) {
  person.firstChild.textContent = name;
  person.lastChild.textContent = standing;
}

function signOut() {
  const form = element('form', '', [element('button', 'sign-out', ['Sign out'])]);
  form.method = 'post';
  form.action = '/sign-out';
  return form;
}

function button(className, children) {
  const whole = element('button', className, children);
  whole.type = 'button';
  return whole;
}

function element(tag, className, children = []) {
  const whole = document.createElement(tag);
  if (className) whole.className = className;
  whole.append(...children);
  return whole;
}

const paths = {
  covered:
    'M4 4l16 16M9.5 6.3A9.3 9.3 0 0 1 21.5 12a12 12 0 0 1-2.7 3.5' +
    'M6.2 8A11.5 11.5 0 0 0 2.5 12a10.6 10.6 0 0 0 13.2 5.3M9.9 9.9a3 3 0 0 0 4.2 4.2',
  down: 'M6 9.5l6 6l6-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
};

function icon(sign) {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[sign]);
  drawing.append(path);
  return drawing;
}
