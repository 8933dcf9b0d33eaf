// Leads here, once, when it comes to be here: the eye where `scrolls` is asked for, and always the
// keyboard, if what had the focus is gone. The Tab key goes on from here, and not from the top.

const come = new WeakSet();

export default function draw({ parentElement, data }) {
  if (come.has(parentElement)) return;
  come.add(parentElement);
  const { host } = parentElement.getRootNode();
  host.style.scrollMarginTop = '6rem'; // beneath the bar
  requestAnimationFrame(() => {
    if (data.scrolls) host.scrollIntoView({ block: 'start' });
    lead(host, 30);
  });
}

// What had the focus may stay for a moment, until Streamlit takes it away.
function lead(host, times) {
  if (document.activeElement === document.body) {
    host.tabIndex = -1;
    host.style.outline = 'none'; // it says nothing: what comes next does
    host.focus({ preventScroll: true });
  } else if (times > 0) {
    setTimeout(() => lead(host, times - 1), 100);
  }
}
