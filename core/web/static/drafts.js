// Keeps what is being typed.
//
// Streamlit sends the text of a field when the field loses focus, not before, so a long account
// would be lost with the tab. Here it goes to the server a few seconds after it was typed.
//
// Which fields: Streamlit 1.67 gives the element around a widget with key="..." the class
// `st-key-...`, where every character but A-Z a-z 0-9 _ - has become a hyphen
// (convertKeyToClassName in its frontend). A key draft_<form>__<field> of these characters only,
// the form's id without two underscores in a row, is therefore readable from the page:
//   st.text_area("Incident", key=f"draft_{form}__account")
// It counts for text areas and text inputs, also in st.form and st.dialog.

const EVERY = 3000;
const TYPED = 'textarea, input[type="text"]:not([role="combobox"])';
const HOLDER = '[class*="st-key-draft_"]';
const CLASS = /(?:^|\s)st-key-draft_(.+?)__(\S+)/;
// Browsers refuse to outlive the page with more than 64 KiB.
const LAST_WORDS = 20_000;

let page;
let timer = 0;
let sending = false;
const changed = new Set(); // ids of forms

export function start(given) {
  page = given;
  document.addEventListener("input", noteTyping, { capture: true });
  // Before a click on a button is dealt with, so that what a form sends is not kept after it.
  document.addEventListener("focusout", () => keepChanged(), { capture: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepChanged({ leaving: true });
  });
  addEventListener("pagehide", () => keepChanged({ leaving: true }));
}

// Streamlit fills and empties fields too; only what a person types is a draft.
function noteTyping(event) {
  const place = event.isTrusted && placeOf(event.target);
  if (!place) return;
  changed.add(place.form);
  page.isDraftKept = false;
  timer ||= setTimeout(keepChanged, EVERY);
}

function placeOf(field) {
  const holder = field.matches(TYPED) && field.closest(HOLDER);
  const found = holder && CLASS.exec(holder.className);
  return found ? { form: found[1], name: found[2] } : null;
}

// All of a form's text as it stands on the page, by the names of its fields.
function textOf(form) {
  const fields = {};
  for (const field of document.querySelectorAll(TYPED)) {
    const place = placeOf(field);
    if (place?.form === form) fields[place.name] = field.value;
  }
  return fields;
}

// One message at a time, so that an older text never arrives after a newer one.
async function keepChanged({ leaving = false } = {}) {
  clearTimeout(timer);
  timer = 0;
  if (changed.size && (leaving || !sending)) {
    const forms = [...changed];
    changed.clear();
    sending = true;
    await Promise.all(forms.map((form) => keep(form, leaving)));
    sending = false;
  }
  if (changed.size) timer ||= setTimeout(keepChanged, EVERY);
}

async function keep(form, leaving) {
  const fields = textOf(form);
  if (Object.keys(fields).length === 0) return;
  const body = JSON.stringify({ form, fields });
  const answer = await page.ask("/session/draft", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    keepalive: leaving && body.length < LAST_WORDS,
  });
  if (answer?.ok) tellKept(form);
  else if (page.isOver(answer)) page.end();
  else if (answer === null || answer.status >= 500) changed.add(form);
}

// For a part of the page that says "Draft kept 13:48".
function tellKept(form) {
  page.isDraftKept = changed.size === 0;
  dispatchEvent(new CustomEvent("bigger-picture:draft-kept", { detail: { form } }));
}
