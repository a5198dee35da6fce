/* Streamlit has no language option: this turns its built-in English, a closed list (svenska.json), into Swedish. */
(() => {
  "use strict";
  const strings = JSON.parse(document.getElementById("svenska").textContent);
  const exact = new Map(Object.entries(strings.exakt));
  const patterns = Object.entries(strings.monster).map(([from, to]) => [new RegExp(`^${from}$`), to]);
  const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt", "data-title"];
  /* What we or the förbund wrote: an insats may well be called "Open". */
  const OWN = '[data-testid="stHtml"], [role="option"], script, style';

  const translate = (text) => {
    const trimmed = text.trim();
    if (!trimmed) return null;
    let swedish = exact.get(trimmed);
    for (let i = 0; swedish === undefined && i < patterns.length; i += 1) {
      if (patterns[i][0].test(trimmed)) swedish = trimmed.replace(patterns[i][0], patterns[i][1]);
    }
    return swedish === undefined || swedish === trimmed ? null : text.replace(trimmed, () => swedish);
  };

  const isOwn = (node) => Boolean((node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(OWN));

  const translateText = (node) => {
    const swedish = translate(node.nodeValue);
    if (swedish !== null) node.nodeValue = swedish;
  };

  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const swedish = value === null ? null : translate(value);
      if (swedish !== null) element.setAttribute(name, swedish);
    }
  };

  /* Streamlit marks the current page by colour alone. */
  const markCurrentPage = () => {
    for (const link of document.querySelectorAll('[data-testid="stPageLink-NavLink"]')) {
      if (link.closest(".st-key-aktuell_sida")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  const WALK = {
    acceptNode: (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OWN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  };

  const translateTree = (root) => {
    if (isOwn(root)) return;
    if (root.nodeType === Node.TEXT_NODE) translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, WALK);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
  };

  new MutationObserver((changes) => {
    const theirs = changes.filter((change) => !isOwn(change.target));
    for (const change of theirs) {
      if (change.type === "childList") change.addedNodes.forEach(translateTree);
      else if (change.type === "characterData") translateText(change.target);
      else translateAttributes(change.target);
    }
    if (theirs.length > 0) markCurrentPage();
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  translateTree(document.documentElement);
})();
