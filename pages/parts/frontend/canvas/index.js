// Takes the canvas's own toolbar away. By touch it cannot be seen, but it is there: a finger in the
// corner of the picture would wipe everything (measured). The page has buttons for what it does.

const bare = new CSSStyleSheet();
bare.replaceSync('.dc-toolbar { display: none !important; }');

const TRIES = 100; // frames, until the canvas has come

export default function draw() {
  let left = TRIES;
  const look = () => {
    for (const { shadowRoot } of document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')) {
      if (shadowRoot?.querySelector('.dc-root') && !shadowRoot.adoptedStyleSheets.includes(bare)) {
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, bare];
        left = 0;
      }
    }
    if (left-- > 0) requestAnimationFrame(look);
  };
  look();
}
