/* A tab that is turned by key keeps the focus. While what lies behind it is fetched, Streamlit may take the row of tabs
   away and draw it again, and the browser then leaves the reader at the top of the page. */
(() => {
  "use strict";
  const patience = 3000;
  let byKey = false;
  addEventListener("keydown", ({ key }) => (byKey = key.startsWith("Arrow") || key === "Home" || key === "End"), true);
  addEventListener("pointerdown", () => (byKey = false), true);

  addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!byKey || relatedTarget || !target.matches('[role="tab"]')) return;
    const label = target.textContent;
    const until = performance.now() + patience;
    const giveBack = () => {
      if (!byKey || document.activeElement !== document.body || performance.now() > until) return;
      const tab = [...document.querySelectorAll('[role="tab"][aria-selected="true"]')].find(
        ({ textContent, offsetParent }) => textContent === label && offsetParent,
      );
      if (tab) tab.focus();
      if (document.activeElement !== tab) setTimeout(giveBack, 50);
    };
    setTimeout(giveBack, 50);
  });
})();
