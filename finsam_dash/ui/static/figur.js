/* Charts come as SVG in an attribute, since Streamlit strips it out of HTML: this puts it in, and shows what a mark is. */
(() => {
  "use strict";
  const draw = (box) => {
    const bytes = Uint8Array.from(atob(box.dataset.svg), (sign) => sign.charCodeAt(0));
    const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
    box.replaceChildren(document.importNode(parsed.documentElement, true));
  };

  const drawAll = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(".fd-figur")) draw(node);
    else node.querySelectorAll(".fd-figur").forEach(draw);
  };

  /* Before the browser paints, so nothing is seen to jump. */
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(drawAll);
  }).observe(document.documentElement, { childList: true, subtree: true });

  const label = document.createElement("div");
  label.className = "fd-visning";
  label.setAttribute("aria-hidden", "true");

  const write = (text) => {
    label.replaceChildren(
      ...text.split("<br>").map((line) => {
        const part = document.createElement(line.startsWith("<b>") ? "strong" : "span");
        part.textContent = line.replace(/<\/?b>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
        return part;
      }),
    );
  };

  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.(".fd-figur [data-hover]");
    if (!mark) {
      label.remove();
      return;
    }
    write(mark.dataset.hover);
    document.body.append(label);
    const at = mark.getBoundingClientRect();
    const own = label.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), window.innerWidth - own.width - 8);
    const above = at.top - own.height - 4;
    label.style.left = `${left}px`;
    label.style.top = `${above < 4 ? at.bottom + 4 : above}px`;
  });
})();
