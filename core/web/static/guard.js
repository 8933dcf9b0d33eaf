// Covers the page: the Blank screen, and the end of a session.
//
// The server adds this file to the end of Streamlit's index.html as an ordinary, blocking script:
//   <script src="/assets/guard.js" data-idle-seconds="600" data-session="..."></script>
// So it is at work before Streamlit has drawn anything, and goes on working while the server is
// busy, the network is down or a page has failed. What can wait a moment is in idle.js and
// drafts.js.
//
// Events on window: it listens to `bigger-picture:blank` (the bar's button) and sends
// `bigger-picture:return` when the page can be seen again.
(() => {
  "use strict";

  // Streamlit would look for its server beneath the address of the page, be told that there is
  // none, and wait before it looks at the root: 150 ms of every first page (measured).
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };

  const settings = document.currentScript.dataset;
  const KEPT = "bigger-picture:blank"; // in sessionStorage: when this tab was blanked
  const FREE_RETURN = 60_000; // so long a click is enough; after that it takes the password
  const DOUBLE_PRESS = 700;
  const PLAIN_TITLE = "Bigger Picture";
  const BAR = "[data-bigger-picture-bar]";

  // open: the page can be seen · blank: a click returns · locked: the password returns ·
  // ended: nothing returns, the session is over
  let stage = "open";
  let cover = null;
  let blankedAt = 0;
  let lockTimer = 0;
  let title = "";
  let focused = null;
  let pressed = false;
  let button = null;

  // What idle.js and drafts.js need from here.
  const page = {
    session: settings.session,
    idleSeconds: Number(settings.idleSeconds) || 600,
    isDraftKept: false, // whether all that was typed here has reached the server
    isOpen: () => stage === "open",
    ask,
    isOver,
    end,
    layer,
    element,
  };

  // ---- what is drawn above the page --------------------------------------------------------

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; --paper: #FBFAFD; --field: #FFFFFF;
      --ink: #14101F; --note: #555064; --edge: #8B849C; --purple: #4B2E83; --link: #4B2E83;
      --red: #9B1C16; --red-paper: #FDECEA; }
    @media (prefers-color-scheme: dark) { :host { --paper: #15121D; --field: #201B2B;
      --ink: #F3F0F8; --note: #CFC9DB; --edge: #7D7590; --purple: #7B57C4; --link: #CDB9F7;
      --red: #FFB4AB; --red-paper: #4A1512; } }
    * { box-sizing: border-box; }
    .cover { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; display: flex;
      background: var(--paper); color: var(--ink);
      font: 18px/1.5 "Public Sans", system-ui, sans-serif; }
    .middle { margin: auto; padding: 24px; width: 100%; max-width: 480px; }
    .foot { margin: auto auto 32px; padding: 0 24px; text-align: center; }
    p { margin: 0 0 16px; }
    .note { color: var(--note); }
    label { display: block; margin-bottom: 8px; font-weight: 600; }
    input, button { font: inherit; min-height: 48px; border-radius: 6px; padding: 8px 16px; }
    input { display: block; width: 100%; margin-bottom: 16px; color: inherit;
      background: var(--field); border: 1px solid var(--edge); }
    button { cursor: pointer; border: 1px solid var(--edge); background: none; color: inherit; }
    button.filled { background: var(--purple); border-color: var(--purple); color: #FFFFFF;
      font-weight: 600; }
    form button { width: 100%; }
    form + form { margin-top: 16px; }
    .wrong { padding: 12px 16px; border-radius: 6px; background: var(--red-paper);
      color: var(--red); font-weight: 600; }
    .wrong:empty { display: none; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .corner { position: fixed; top: 5px; right: 8px; z-index: 2147483000; min-height: 44px;
      font: 600 16px/1.25 "Public Sans", system-ui, sans-serif; background: #4B2E83;
      color: #FFFFFF; border-color: #CDB9F7; }
    .corner:focus-visible { outline-color: #FFFFFF; outline-offset: -5px; }
    .notice { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%);
      z-index: 2147483000; width: max-content; max-width: calc(100vw - 32px); padding: 12px 20px;
      border-radius: 6px; background: #4B2E83; color: #FFFFFF; border: 1px solid #CDB9F7;
      font: 600 18px/1.4 "Public Sans", system-ui, sans-serif; }
  `);

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // Lays something over the page. It lies on <html>, beside the <body> that a cover hides, and in
  // a shadow tree that Streamlit's styles do not reach. The attribute tells React Aria that it
  // belongs to an open dialog: without it a click here would close the dialog and do no more.
  function layer(content) {
    const host = document.createElement("div");
    host.dataset.reactAriaTopLayer = "true";
    const inside = host.attachShadow({ mode: "open" });
    inside.adoptedStyleSheets = [sheet];
    inside.append(content);
    document.documentElement.append(host);
    return host;
  }

  // ---- covering and returning --------------------------------------------------------------

  // `display` and not `visibility`: a child that says it is visible would show through.
  function hidePage() {
    document.body.style.setProperty("display", "none", "important");
    title = document.title;
    document.title = PLAIN_TITLE;
    titles.observe(document.head, { childList: true, characterData: true, subtree: true });
  }

  function showPage() {
    titles.disconnect();
    document.title = title;
    document.body.style.removeProperty("display");
  }

  // Streamlit goes on running under a cover and may rename the page.
  const titles = new MutationObserver(() => {
    if (document.title === PLAIN_TITLE) return;
    title = document.title;
    document.title = PLAIN_TITLE;
  });

  function coverWith(next, content) {
    if (stage === "open") {
      focused = whatHasTheFocus();
      hidePage();
    }
    stage = next;
    cover?.remove();
    cover = layer(content);
    cover.addEventListener("pointerdown", () => (pressed = true));
    cover.addEventListener("click", returnIfFree);
    pressed = false;
    cover.shadowRoot.querySelector("input, button").focus();
  }

  function whatHasTheFocus(root = document) {
    const here = root.activeElement;
    return here?.shadowRoot?.activeElement ? whatHasTheFocus(here.shadowRoot) : here;
  }

  function uncover() {
    stage = "open";
    clearTimeout(lockTimer);
    sessionStorage.removeItem(KEPT);
    cover.remove();
    cover = null;
    showPage();
    focused?.focus?.({ preventScroll: true });
    dispatchEvent(new Event("bigger-picture:return"));
  }

  // ---- Blank screen ------------------------------------------------------------------------

  function blank(since = Date.now()) {
    if (stage !== "open") return;
    blankedAt = since;
    coverWith("blank", returnView());
    sessionStorage.setItem(KEPT, String(since));
    lockTimer = setTimeout(lock, Math.max(0, since + FREE_RETURN - Date.now()));
  }

  function lock() {
    if (stage === "blank") coverWith("locked", unlockView());
  }

  // A finger that blanks the page lifts over the cover, and the browser then sends the cover a
  // click. Only a press that began on the cover is meant for it; a key press has no detail.
  function returnIfFree(event) {
    if (stage !== "blank" || (event.detail && !pressed)) return;
    if (isFree()) uncover();
    else lock();
  }

  // A clock that was put back must not give the minute again.
  function isFree() {
    const passed = Date.now() - blankedAt;
    return passed >= 0 && passed < FREE_RETURN;
  }

  function returnView() {
    const back = element("button", { type: "button" }, "Click to return");
    return dialog("foot", "The screen is blank", back);
  }

  function unlockView() {
    const password = element("input", { id: "password", name: "password", type: "password" });
    password.autocomplete = "off";
    const wrong = element("p", { className: "wrong", id: "wrong", role: "alert" });
    password.setAttribute("aria-describedby", "wrong");
    const form = element(
      "form",
      {},
      element("label", { htmlFor: "password" }, "Password"),
      password,
      wrong,
      element("button", { className: "filled" }, "Return"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      unlock(form, wrong);
    });
    const said = element("p", {}, "Please give your password to return.");
    return dialog("middle", "The screen is blank", said, form, signOutForm());
  }

  // Whoever finds another person's blank screen on a shared tablet needs a way on.
  function signOutForm() {
    const leave = element("button", {}, "Sign out instead");
    return element("form", { method: "post", action: "/sign-out" }, leave);
  }

  async function unlock(form, wrong) {
    const answer = await ask("/session/unlock", {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    if (stage !== "locked") return;
    if (isOver(answer)) return end();
    const { ok, message } = await readAnswer(answer);
    if (ok) return uncover();
    wrong.textContent = message;
    form.password.select();
    form.password.focus();
  }

  async function readAnswer(answer) {
    try {
      return await answer.json();
    } catch {
      return { ok: false, message: "The server could not be reached. Please try again." };
    }
  }

  function dialog(place, label, ...children) {
    const box = element("section", { className: place, role: "dialog", ariaModal: "true" });
    box.ariaLabel = label;
    box.append(...children);
    return element("div", { className: "cover" }, box);
  }

  // ---- the end of a session ----------------------------------------------------------------

  const SIGNED_OUT = "You have been signed out. Sign in again to go on.";

  function end(sentence = SIGNED_OUT) {
    sessionStorage.removeItem(KEPT);
    const told = element("p", {}, "What you wrote has been kept for you.");
    const kept = page.isDraftKept ? [told] : [];
    coverForGood(sentence, kept, "Sign in again", "/sign-in");
  }

  // A page that nobody would sign out is not shown.
  function fail() {
    coverForGood("The page did not load completely.", [], "Load it again", location.href);
  }

  // Covers the page, and takes what it showed out of the document.
  function coverForGood(sentence, more, label, address) {
    if (stage === "ended") return;
    clearTimeout(lockTimer);
    const go = element("button", { type: "button", className: "filled" }, label);
    go.addEventListener("click", () => location.assign(address));
    const said = element("p", { role: "alert" }, sentence);
    coverWith("ended", dialog("middle", "The page is covered", said, ...more, go));
    setTimeout(emptyForGood); // after the cover has been painted
  }

  // Streamlit goes on drawing for a moment, beneath the cover; that is taken out as well.
  function emptyForGood() {
    document.body.replaceChildren();
    new MutationObserver(() => document.body.replaceChildren()).observe(document.body, {
      childList: true,
    });
  }

  // The answer, or null if the server could not be reached. The name of the session that this page
  // belongs to goes along, so that nothing from it reaches the next person who signs in.
  async function ask(address, options = {}) {
    const headers = {
      "X-Requested-With": "bigger-picture",
      "X-Page-Session": settings.session,
      ...options.headers,
    };
    try {
      return await fetch(address, { cache: "no-store", ...options, headers });
    } catch {
      return null;
    }
  }

  // 401: there is no session. 409: there is one, but not the one that this page belongs to.
  function isOver(answer) {
    return answer?.status === 401 || answer?.status === 409;
  }

  // ---- the button, while there is no bar ---------------------------------------------------

  // The bar has a button of its own, but it comes late, and an open dialog makes it inert.
  function barInReach() {
    const bar = document.querySelector(BAR);
    return bar !== null && bar.closest("[inert], [aria-hidden='true']") === null;
  }

  function drawButton() {
    const made = element("button", { type: "button", className: "corner" }, "Blank screen");
    made.title = "Esc Esc";
    made.addEventListener("pointerdown", () => blank());
    made.addEventListener("click", () => blank());
    return layer(made);
  }

  function keepButton() {
    if (stage === "open" && !barInReach()) {
      button ??= drawButton();
    } else {
      button?.remove();
      button = null;
    }
  }

  // ---- at work -----------------------------------------------------------------------------

  let escapedAt = -Infinity;
  function blankOnDoubleEscape(event) {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - escapedAt < DOUBLE_PRESS) blank();
    escapedAt = event.timeStamp;
  }

  // The server closes the sockets of a session that ends. Streamlit would try to connect again
  // above a page that still shows everything; idle.js asks at once what the matter is.
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      const tell = () => dispatchEvent(new Event("bigger-picture:socket-closed"));
      this.addEventListener("close", tell);
    }
  };

  function blankAgainAfterReload() {
    const since = sessionStorage.getItem(KEPT);
    if (since === null) return;
    blank(Number(since));
    if (!isFree()) lock();
  }

  function startTheOthers() {
    Promise.all([import("./idle.js"), import("./drafts.js")])
      .then((parts) => parts.forEach((part) => part.start(page)))
      .catch(fail);
  }

  blankAgainAfterReload();
  addEventListener("keydown", blankOnDoubleEscape, { capture: true });
  addEventListener("bigger-picture:blank", () => blank());
  // A page that the browser kept for its Back button shows what was there before signing out.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  keepButton();
  new MutationObserver(keepButton).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["inert", "aria-hidden", "data-bigger-picture-bar"],
  });
  if (settings.session) startTheOthers();
})();
