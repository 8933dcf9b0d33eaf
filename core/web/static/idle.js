// Ends a session in which nothing happens.
//
// The server keeps the time that counts. This file tells it when somebody is at work, which it
// cannot see by itself: Streamlit sends nothing while a person types. And it covers the page when
// the time is up, also when the server cannot be reached.

const SIGNS_OF_A_PERSON = ["pointerdown", "touchstart", "keydown", "input", "wheel"];
const GRACE = 1.5; // the server is asked first; the page follows on its own
const SECONDS = 1000;

let page;
let limit; // milliseconds, as everything below
let last = Date.now();
let sent = -Infinity;
let notice = null;
let tabs; // the others of this session in this browser

export function start(given) {
  page = given;
  limit = page.idleSeconds * SECONDS;
  tabs = new BroadcastChannel(`bigger-picture:${page.session}`);
  for (const sign of SIGNS_OF_A_PERSON) {
    addEventListener(sign, noticePerson, { capture: true, passive: true });
  }
  tabs.onmessage = ({ data }) => hearOtherTab(data);
  addEventListener("bigger-picture:return", beActive);
  addEventListener("bigger-picture:socket-closed", askIfAlive);
  document.addEventListener("visibilitychange", checkAtOnce);
  setInterval(checkTime, SECONDS);
  setInterval(askIfAlive, Math.min(15 * SECONDS, limit / 10));
  askIfAlive(); // and not more: a browser loads pages again without anybody there
}

// Only what a person does: events that a script makes are not trusted, and a reconnect, an
// automatic refresh or a poll makes none of these.
function noticePerson(event) {
  if (event.isTrusted && page.isOpen()) beActive();
}

function beActive() {
  const quiet = Date.now() - last;
  if (quiet > limit) return finish(quiet);
  last = Date.now();
  tabs.postMessage({ active: last });
  checkTime();
  if (last - sent > Math.min(5 * SECONDS, limit / 12)) tellServer(quiet);
}

async function tellServer(quiet) {
  sent = Date.now();
  const answer = await page.ask("/session/activity", { method: "POST", keepalive: true });
  if (answer === null) sent = -Infinity; // the next key press tries again
  else finishIfOver(answer, quiet);
}

// Asking is not activity: the server does not count it.
async function askIfAlive() {
  finishIfOver(await page.ask("/session/alive"), Date.now() - last);
}

function finishIfOver(answer, quiet) {
  if (page.isOver(answer)) finish(quiet);
}

function hearOtherTab({ active, ended, reason }) {
  if (ended) return page.end(reason);
  last = Math.max(last, Math.min(active, Date.now()));
  checkTime();
}

function checkAtOnce() {
  checkTime();
  if (document.visibilityState === "visible") askIfAlive();
}

function checkTime() {
  const quiet = Date.now() - last;
  if (quiet > limit + GRACE * SECONDS) finish(quiet);
  else warn(quiet > limit - Math.min(60 * SECONDS, limit / 3));
}

function warn(isClose) {
  if (isClose && !notice && page.isOpen()) {
    const text = "You will soon be signed out. Press a key or touch the screen to stay.";
    notice = page.layer(page.element("div", { className: "notice", role: "alert" }, text));
  } else if (!isClose && notice) {
    notice.remove();
    notice = null;
  }
}

// The server's clock may run a little ahead of this one, since not every key press is sent.
function finish(quiet) {
  const ofItself = quiet > limit * 0.9;
  const reason = ofItself
    ? `You have been signed out because nothing happened for ${spoken(limit / SECONDS)}. ` +
      "Sign in again to go on."
    : undefined;
  warn(false);
  page.end(reason);
  tabs.postMessage({ ended: true, reason });
}

function spoken(seconds) {
  const [count, unit] = seconds < 120 ? [seconds, "second"] : [Math.round(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
