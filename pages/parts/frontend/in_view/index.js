// Leads the eye to where it stands, once, when it comes to be there.

const come = new WeakSet();

export default function draw({ parentElement }) {
  if (come.has(parentElement)) return;
  come.add(parentElement);
  const { host } = parentElement.getRootNode();
  host.style.scrollMarginTop = '6rem'; // beneath the bar
  requestAnimationFrame(() => host.scrollIntoView({ block: 'start' }));
}
