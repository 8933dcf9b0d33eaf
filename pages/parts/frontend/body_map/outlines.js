// The drawings, fetched once each: they are the same for everybody.

import { node } from './nodes.js';

// The side of the child that is at the left of the picture, where both are seen.
const AT_THE_LEFT = {
  front: 'right', 'head-front': 'right', back: 'left', 'head-back': 'left', 'head-crown': 'left',
};

const fetched = new Map();

export function outline(edition, build, view, said) {
  const address = `/assets/outlines/${edition}/${build}/${view}.svg`;
  if (!fetched.has(address)) fetched.set(address, fetchOutline(address, view, said));
  return fetched.get(address);
}

async function fetchOutline(address, view, said) {
  try {
    const text = await (await fetch(address)).text();
    return drawn(new DOMParser().parseFromString(text, 'image/svg+xml'), view, said);
  } catch (error) {
    fetched.delete(address); // so that the next try is a try
    throw error;
  }
}

function drawn(file, view, said) {
  const given = file.documentElement;
  const drawing = node('svg', { viewBox: given.getAttribute('viewBox'), role: 'group' });
  drawing.setAttribute('aria-label', `${given.querySelector('title').textContent}. The arrow keys go from part to part.`);
  drawing.dataset.view = view;
  const regions = [...given.querySelectorAll('#regions path')].map((path) => region(path, said));
  regions[0].setAttribute('tabindex', '0');
  const lines = ['details', 'outline'].map((id) => node('path', { class: id, d: given.querySelector(`#${id}`).getAttribute('d') }));
  drawing.append(...regions, ...lines, node('g', { class: 'set' }));
  const left = AT_THE_LEFT[view];
  const sides = left ? [left, left === 'left' ? 'right' : 'left'] : [];
  return { title: given.querySelector('title').textContent, sides, drawing };
}

function region(path, said) {
  const key = path.id;
  const name = `${key[0].toUpperCase()}${key.slice(1).replaceAll('-', ' ')}, ${said}`;
  const made = node('path', { d: path.getAttribute('d'), role: 'button', tabindex: '-1', 'aria-label': name });
  made.dataset.region = key;
  return made;
}
