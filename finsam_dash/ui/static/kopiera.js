/* "Kopiera listan som text": the button copies what stands hidden beside it, and says whether it worked. */
(() => {
  "use strict";
  const copyByHand = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".fd-kopiera");
    if (!button) return;
    const text = document.querySelector(".fd-kopia")?.textContent ?? "";
    let done;
    try {
      /* Only there on https and on this machine. */
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = copyByHand(text);
    }
    const answer = document.querySelector(".fd-kopierat");
    if (answer) answer.textContent = done ? "Listan är kopierad." : "Listan kunde inte kopieras. Ladda ner den i stället.";
  });
})();
