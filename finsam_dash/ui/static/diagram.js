/* Draws the figures that ui/figure.py writes as <div class="fd-diagram">, with Plotly. A figure whose key is drawn
   already is changed where it stands: Streamlit's own element throws the old one away and draws the new one twice. */
(() => {
  "use strict";
  const plotly = document.getElementById("plotly");
  const drawn = new Map();
  let ready = false;

  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const node = target.firstChild;
      if (!node?._fullLayout || node.layout.width || !contentRect.width) continue;
      if (Math.abs(node._fullLayout.width - contentRect.width) >= 1) Plotly.Plots.resize(node);
    }
  });

  const draw = (place) => {
    const { figure, config } = JSON.parse(place.dataset.figur);
    let node = drawn.get(place.dataset.nyckel);
    if (!node || node.isConnected) {
      node = document.createElement("div");
      drawn.set(place.dataset.nyckel, node);
    }
    place.append(node);
    Plotly.react(node, figure.data, figure.layout, config);
    sizes.observe(place);
  };

  /* What is further down than a quarter of a window is drawn when the reader comes near, or prints. */
  const ahead = 0.25;
  const margin = `${100 * ahead}%`;
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        if (!target.firstChild) draw(target);
      }
    },
    { rootMargin: margin, scrollMargin: margin },
  );
  const isNear = (place) => {
    const { top, bottom, height } = place.getBoundingClientRect();
    return height && bottom > -ahead * innerHeight && top < (1 + ahead) * innerHeight;
  };

  const drawAll = (printing = false) => {
    if (!ready) return;
    const places = [...document.querySelectorAll(".fd-diagram")];
    for (const place of places.filter(({ firstChild }) => !firstChild)) {
      if (printing || isNear(place)) draw(place);
      else near.observe(place);
    }
    const keys = new Set(places.map(({ dataset }) => dataset.nyckel));
    for (const [key, node] of drawn) {
      if (keys.has(key)) continue;
      Plotly.purge(node);
      drawn.delete(key);
    }
  };
  addEventListener("beforeprint", () => drawAll(true));

  new MutationObserver((changes) => {
    if (changes.some(({ target }) => !target.closest?.(".fd-diagram > *"))) drawAll();
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* Plotly measures its texts when it draws: in the page's type, not in the one that stands in until it is there. */
  const types = Promise.allSettled(["", "600 ", "700 "].map((weight) => document.fonts.load(`${weight}14px "Source Sans 3"`)));
  const script = new Promise((resolve) => {
    if (window.Plotly) resolve();
    else plotly.addEventListener("load", resolve);
  });
  /* Without Plotly each chart is its text alternative. The page is loaded when every script is there or has failed. */
  addEventListener("load", () => document.documentElement.toggleAttribute("data-utan-diagram", !window.Plotly));
  Promise.all([types, script]).then(() => {
    ready = true;
    drawAll();
  });
})();
