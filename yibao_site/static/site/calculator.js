// The form works without this. With it, questions and result follow each answer, and the address follows both.
(() => {
  const form = document.getElementById("answers");
  const outcome = document.getElementById("outcome");
  const status = document.getElementById("status"); // read out, while the page itself is only looked at
  let waiting;
  let latest = 0;

  // A box still blank is left out: it is missing, not wrong. Only the button sends it blank.
  const address = () => {
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, text]) => text !== ""));
    return url;
  };

  // The field in use stays as it is, so that typing is never disturbed.
  const follow = (page) => {
    const fresh = [...page.querySelectorAll("#answers .field")];
    for (const old of form.querySelectorAll(".field")) {
      if (!page.getElementById(old.id)) old.remove();
    }
    for (const part of ["h2", "#places", "#result-bar"]) form.querySelector(part).replaceWith(page.querySelector(`#answers ${part}`));
    form.querySelector("button").textContent = page.querySelector("#answers button").textContent;
    document.title = page.title;
    let before = form.querySelector("h2");
    for (const field of fresh) {
      const old = document.getElementById(field.id);
      const kept = old?.contains(document.activeElement) ? old : field;
      if (old && kept !== old) old.replaceWith(field);
      else if (!old) before.after(field);
      before = kept;
    }
    const open = [...outcome.querySelectorAll("details[id][open]")].map(({ id }) => id);
    outcome.replaceChildren(...page.getElementById("outcome").childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    status.textContent = outcome.querySelector("h2")?.textContent ?? "";
    showTools();
  };

  const ask = async () => {
    const turn = latest;
    const url = address();
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest || !answer.ok) return;
    history.replaceState(null, "", url);
    follow(page);
  };

  // From the first key on, an answer still on its way is out of date: it would blank what was typed meanwhile.
  const askSoon = (event) => {
    latest += 1;
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), 350);
  };

  // The bar says the result while the result itself is out of sight: beside it, it would only cover a field.
  const told = new IntersectionObserver(([{ isIntersecting }]) => {
    document.getElementById("result-bar").hidden = isIntersecting;
  });

  const showTools = () => {
    for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
    told.disconnect();
    const answer = outcome.querySelector("h2, .headline");
    if (answer) told.observe(answer);
  };

  // Whoever types an answer knows it.
  form.addEventListener("input", ({ target }) => {
    const unknown = target.closest(".field")?.querySelector(".unknown input");
    if (unknown && target !== unknown && target.value !== "") unknown.checked = false;
  });
  form.addEventListener("input", askSoon);
  form.addEventListener("change", askSoon);
  form.addEventListener("compositionend", askSoon);
  document.addEventListener("click", async ({ target }) => {
    if (target.closest("[data-print]")) print();
    const copy = target.closest("[data-copy]");
    if (!copy) return;
    const text = document.getElementById("share-text");
    try {
      await navigator.clipboard.writeText(copy.dataset.copy || text.value);
      copy.textContent = "已复制";
    } catch {
      document.getElementById("share").open = true; // no clipboard here: it is marked, to be copied by hand
      text.select();
    }
  });
  showTools();
})();
