// The outlines of a body, and the marks that are set on them by click, tap or key.
//
// The marks live here as long as the page is open, so that each appears at once; the server is
// told of all of them after every change, and answers with what each of them is called. It says
// nothing here that anybody typed: regions and views have fixed names.

import { outline } from './outlines.js';
import { beside, towards, within } from './places.js';
import { element, node } from './nodes.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL('style.css', import.meta.url))).text());

const DISC = 11; // pixels

const open = new WeakMap(); // by the element that Streamlit gave

export default function draw({ parentElement, data, setStateValue }) {
  const root = parentElement.getRootNode();
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet];
  const tell = (marks) => setStateValue('marks', marks);
  if (!open.has(parentElement)) open.set(parentElement, new BodyMap(parentElement, data));
  open.get(parentElement).update(data, tell);
}

class BodyMap {
  constructor(parent, data) {
    this.marks = data.marks.map(bare);
    this.before = []; // what undo goes back to
    this.moving = null;
    this.shown = null;
    this.said = null; // of which mark the status tells
    this.parts = element('fieldset', 'parts');
    this.views = element('div', 'views');
    this.status = element('p', 'status', { role: 'status' });
    this.hint = element('p', 'note');
    this.undo = button('Undo', () => this.back());
    this.list = element('ol', 'marks', { 'aria-label': 'Marks' });
    const now = element('div', 'now', {}, [this.status, this.undo]);
    const whole = [this.parts, this.hint, now, this.views, this.list];
    parent.replaceChildren(element('div', 'body-map', {}, whole));
  }

  update(data, tell) {
    this.data = data;
    this.tell = tell;
    if (!this.shown) this.offerParts();
    this.drawMarks();
    this.sayAgain();
  }

  offerParts() {
    const legend = element('legend', 'hidden', {}, ['Part of the body']);
    const choices = Object.keys(this.data.parts).map((part) => {
      const input = element('input', '', { type: 'radio', name: 'part', value: part });
      input.addEventListener('change', () => this.show(part));
      return element('label', '', {}, [input, element('span', '', {}, [part])]);
    });
    this.parts.replaceChildren(legend, ...choices);
    const [first] = this.marks;
    const parts = Object.entries(this.data.parts);
    const [part] = parts.find(([, views]) => views.includes(first?.view)) ?? parts[0];
    this.parts.querySelector(`[value="${part}"]`).checked = true;
    this.show(part);
  }

  async show(part) {
    this.shown = part;
    const { edition, build, parts, said } = this.data;
    const loaded = parts[part].map((view) => outline(edition, build, view, said[view]));
    const drawn = await Promise.all(loaded);
    if (this.shown !== part) return;
    this.views.replaceChildren(...drawn.map((view) => this.figure(view)));
    this.views.dataset.many = String(drawn.length > 1);
    this.drawMarks();
  }

  figure({ title, sides, drawing }) {
    const svg = drawing.cloneNode(true);
    svg.addEventListener('click', (event) => this.touch(svg, event));
    svg.addEventListener('keydown', (event) => this.press(svg, event));
    const words = sides.map((side) => element('span', '', {}, [side]));
    const caption = element('strong', '', {}, [title]);
    if (words.length) words.splice(1, 0, caption);
    return element('figure', '', {}, [svg, element('figcaption', '', {}, words.length ? words : [caption])]);
  }

  touch(svg, { target, clientX, clientY }) {
    const region = target.closest('[data-region]') ?? beside(svg, clientX, clientY);
    if (!region) return;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    this.set(svg, region, x, y);
  }

  press(svg, event) {
    const region = event.target.closest('[data-region]');
    if (!region) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const { x, y } = within(svg, region);
      this.set(svg, region, x, y);
    } else {
      const next = towards(svg, region, event.key);
      if (!next) return;
      region.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    }
    event.preventDefault();
  }

  set(svg, region, x, y) {
    const { width, height } = svg.viewBox.baseVal;
    const view = svg.dataset.view;
    const at = { view, x: part(x / width), y: part(y / height), region: region.dataset.region };
    if (this.moving) {
      const { moving } = this;
      this.moving = null;
      this.change(this.marks.map((mark) => (mark.id === moving ? { ...mark, ...at } : mark)));
      this.say(this.marks.findIndex((mark) => mark.id === moving), 'Moved. ');
    } else if (this.marks.length < this.data.most) {
      this.change([...this.marks, { id: newId(), ...at }]);
      this.say(this.marks.length - 1);
    } else {
      this.status.textContent = `There are ${this.data.most} marks, which is the most.`;
    }
  }

  // “Mark 2, left forearm, back.”
  say(place, first = '') {
    const name = this.nameOf(this.marks[place]);
    this.said = { id: this.marks[place].id, first };
    this.tellOnce(`${first}Mark ${place + 1}, ${name[0].toLowerCase()}${name.slice(1)}.`);
  }

  // The server may call a touch on a border by the other side's name.
  sayAgain() {
    const place = this.marks.findIndex(({ id }) => id === this.said?.id);
    if (place >= 0) this.say(place, this.said.first);
  }

  // What is said already is not said to a screen reader again.
  tellOnce(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  change(marks) {
    this.before.push(this.marks);
    this.use(marks);
  }

  back() {
    if (!this.before.length) return;
    this.moving = null;
    this.use(this.before.pop());
    this.said = null;
    this.status.textContent = 'Undone.';
  }

  use(marks) {
    this.marks = marks;
    this.tell(marks.map(bare));
    this.drawMarks();
  }

  // What the server calls it, or until it has answered what was touched.
  nameOf({ id, view, x, y, region }) {
    const known = this.data.marks.find((mark) => mark.id === id);
    if (known?.name && known.view === view && known.x === x && known.y === y) return known.name;
    const touched = region ?? 'somewhere';
    return `${touched[0].toUpperCase()}${touched.slice(1).replaceAll('-', ' ')}, ${this.data.said[view]}`;
  }

  drawMarks() {
    for (const svg of this.views.querySelectorAll('svg')) this.drawOn(svg);
    for (const [part, views] of Object.entries(this.data.parts)) {
      const count = this.marks.filter(({ view }) => views.includes(view)).length;
      const label = this.parts.querySelector(`[value="${part}"] + span`);
      label.textContent = count ? `${part} (${count})` : part;
    }
    this.drawList();
    this.hint.textContent = this.moving
      ? 'Touch where this mark should be.'
      : 'Touch the place of each injury. Left and right are the child’s.';
    this.undo.disabled = !this.before.length;
  }

  drawOn(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const here = this.marks.map((mark, place) => ({ ...mark, place })).filter(({ view }) => view === svg.dataset.view);
    const shapes = this.data.shapes.filter(({ view }) => view === svg.dataset.view);
    const radius = DISC / svg.getScreenCTM().a; // the same on the screen, whatever is drawn
    svg.querySelector('.set').replaceChildren(
      ...shapes.map(({ d }) => node('path', { d, class: 'shape', 'stroke-width': width * 0.008 })),
      ...here.map(({ id, x, y, place }) => disc(x * width, y * height, radius, place + 1, id === this.moving)),
    );
  }

  drawList() {
    const { activeElement } = this.list.getRootNode();
    const focused = this.list.contains(activeElement) ? activeElement.dataset.does : null;
    this.list.replaceChildren(...this.marks.map((mark, place) => this.item(mark, place)));
    if (focused) (this.list.querySelector(`[data-does="${focused}"]`) ?? this.undo).focus();
  }

  item(mark, place) {
    const name = this.nameOf(mark);
    const number = place + 1;
    const move = button('Move', () => this.move(mark.id), `Move mark ${number}, ${name}`);
    const off = button('Take off', () => this.takeOff(mark.id), `Take off mark ${number}, ${name}`);
    move.dataset.does = `move ${mark.id}`;
    off.dataset.does = `off ${mark.id}`;
    move.setAttribute('aria-pressed', String(this.moving === mark.id));
    const words = element('span', 'name', {}, [name]);
    const disc = element('span', 'number', { 'aria-hidden': 'true' }, [String(number)]);
    return element('li', '', {}, [disc, words, element('span', 'ways', {}, [move, off])]);
  }

  move(id) {
    this.moving = this.moving === id ? null : id;
    this.said = null;
    this.status.textContent = this.moving ? 'Choose the new place of the mark.' : '';
    this.drawMarks();
  }

  takeOff(id) {
    this.moving = null;
    this.change(this.marks.filter((mark) => mark.id !== id));
    this.said = null;
    this.status.textContent = 'Taken off.';
  }
}

// In the steps in which the server keeps it, so that its answer can be told to be about this place.
function part(value) {
  return Math.round(Math.min(Math.max(value, 0), 1) * 1e5) / 1e5;
}

function bare({ id, view, x, y }) {
  return { id, view, x, y };
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function disc(x, y, radius, number, isMoving) {
  const circle = node('circle', { cx: x, cy: y, r: radius });
  const text = node('text', { x, y: y + radius * 0.42, 'font-size': radius * 1.25 });
  text.textContent = number;
  const group = node('g', { class: isMoving ? 'disc moving' : 'disc' });
  group.append(circle, text);
  return group;
}

function button(label, does, name = label) {
  const made = element('button', '', { type: 'button', 'aria-label': name }, [label]);
  made.addEventListener('click', does);
  return made;
}
