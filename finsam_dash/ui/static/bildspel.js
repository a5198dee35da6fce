/* Styrelseläge: all slides are on the page; this shows the one that the URL names and reads the keys. It writes a
   style element of its own and a mark on html: what Streamlit draws is left alone, or its next run would undo it. */
(() => {
  "use strict";
  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
  const style = document.createElement("style");
  document.head.append(style);
  let number = 0;
  let dark = false;

  const show = () => document.querySelector(".fd-bildspel");
  const read = () => Number.parseInt(new URLSearchParams(location.search).get("bild") ?? "1", 10) || 1;

  const paint = () => {
    const stage = show();
    document.documentElement.toggleAttribute("data-bildspel", Boolean(stage));
    if (!stage) {
      number = 0;
      dark = false;
      style.textContent = "";
      return;
    }
    const count = Number(stage.dataset.antal);
    number = Math.min(Math.max(number || read(), 1), count);
    /* Charts set visibility on parts of their own, so opacity hides them too. */
    style.textContent = dark
      ? ".st-key-bildspel{background:#000!important}"
      : `.st-key-bild_${number}{visibility:visible!important;opacity:1!important}`;
    const said = document.getElementById("fd-bildnummer");
    if (said) said.textContent = dark ? "Bilden är släckt" : `Bild ${number} av ${count}`;
    const address = new URL(location.href);
    if (address.searchParams.get("bild") !== String(number)) {
      address.searchParams.set("bild", String(number));
      /* A step each in the history would make "back" walk through the slides instead of leaving. */
      history.replaceState(history.state, "", address);
    }
  };

  const turn = (to) => {
    if (dark) dark = false;
    else number = to;
    paint();
  };

  document.addEventListener(
    "keydown",
    (event) => {
      const stage = show();
      if (!stage || event.ctrlKey || event.altKey || event.metaKey) return;
      const onLink = event.target.closest?.("a, button") && (event.key === "Enter" || event.key === " ");
      if (onLink) return;
      if (NEXT.includes(event.key)) turn(number + 1);
      else if (BACK.includes(event.key)) turn(Math.max(number - 1, 1));
      else if (event.key === "Home") turn(1);
      else if (event.key === "End") turn(Number(stage.dataset.antal));
      else if (event.key === "b" || event.key === "B" || event.key === ".") {
        dark = !dark;
        paint();
      } else if (event.key === "f" || event.key === "F") {
        if (document.fullscreenElement) document.exitFullscreen();
        else document.documentElement.requestFullscreen?.();
      } else if (event.key === "Escape") location.assign(stage.querySelector(".fd-bildspel-ut").href);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  window.addEventListener("popstate", () => {
    number = 0;
    paint();
  });

  let there = false;
  new MutationObserver(() => {
    if (Boolean(show()) !== there) {
      there = !there;
      paint();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
