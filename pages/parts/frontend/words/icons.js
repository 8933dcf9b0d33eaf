// Drawn on a square of 24 units, in the colour of the text beside them.

const paths = {
  alert: ['M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18', 'M12 7.5v5.5', 'M12 16.4v.2'],
  arrow: ['M5 12h14', 'M13 6l6 6l-6 6'],
  beneath: ['M5 4v9a3 3 0 0 0 3 3h11', 'M15 12l4 4l-4 4'],
  check: ['M5 12.5l5 5L19.5 7'],
  clock: ['M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18', 'M12 7v5.3l3.6 2.2'],
  done: ['M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18', 'M8 12.3l2.8 2.8l5.2-5.6'],
  flag: ['M6 21V4h6.5l.8 2.2H19v9h-6l-.8-2.2H6'],
  hourglass: ['M7 3h10', 'M7 21h10', 'M8 3v3.5l4 5.5l4-5.5V3', 'M8 21v-3.5l4-5.5l4 5.5V21'],
  late: ['M4.5 8.5a8.5 8.5 0 1 1-1 4', 'M3.5 4.5v4.5H8', 'M12 7.8v4.6l3.2 2'],
  law: ['M12 4v16', 'M8 20h8', 'M5 6.5h14', 'M5 6.5l-2.5 6h5z', 'M19 6.5l-2.5 6h5z'],
  lock: ['M6 10.5h12V20H6z', 'M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3', 'M12 14.5v2'],
  open: ['M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18'],
  plan: ['M9 4.5H5.5V20.5h13V4.5H15', 'M9 3h6v3.5H9z', 'M8.8 11.5h6.4', 'M8.8 15.5h6.4'],
  urgent: ['M12 4v9.5', 'M12 18.7v.3'],
};

const SVG = 'http://www.w3.org/2000/svg';

// Without a name the icon only repeats what the words beside it say, and is not read out.
export function icon(sign, name) {
  const drawing = node('svg', { viewBox: '0 0 24 24', class: 'words-icon' });
  const said = name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': 'true' };
  Object.entries(said).forEach(([key, value]) => drawing.setAttribute(key, value));
  drawing.append(...paths[sign].map((d) => node('path', { d })));
  return drawing;
}

function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
