// Beside the text: the page it will be, and what it lacks. Asked for while one looks at it, a moment after one stopped typing.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  const checks = document.getElementById("writing-checks");
  const preview = document.getElementById("writing-preview");
  if (!form || !checks) return;
  const PAUSE = 700;
  const TRIES = 20;

  const ask = (panel) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    return fetch(panel.dataset.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  };
  // Asked again only after the answer is there, and with what was typed meanwhile.
  const follow = (panel, show) => {
    const state = { panel, pause: null, busy: false, stale: true };
    state.refresh = async () => {
      if (!panel.open || !state.stale) return;
      if (state.busy) return;
      Object.assign(state, { busy: true, stale: false });
      try {
        const answer = await ask(panel);
        if (answer.ok) await show(await answer.json());
        else state.stale = true;
      } catch {
        state.stale = true;
      }
      state.busy = false;
    };
    state.soon = () => {
      state.stale = true;
      clearTimeout(state.pause);
      state.pause = setTimeout(function again() {
        if (state.busy) state.pause = setTimeout(again, PAUSE);
        else state.refresh();
      }, PAUSE);
    };
    panel.hidden = false;
    panel.addEventListener("toggle", state.refresh);
    return state;
  };

  const frame = preview.querySelector("iframe");
  frame.addEventListener("load", () => {
    // A link in the preview opens beside it: the page would refuse to stand in a frame.
    frame.contentDocument.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    });
  });
  const showPage = ({ html }) => {
    const shown = frame.contentDocument?.querySelector("main");
    const next = new DOMParser().parseFromString(html, "text/html");
    // Only what is inside changes: the place one has scrolled to stays.
    if (shown && next.querySelector("main")) shown.replaceWith(frame.contentDocument.adoptNode(next.querySelector("main")));
    else frame.srcdoc = html;
  };

  const editor = () => document.querySelector("#id_body")?.closest(".prose-editor")?.querySelector(".tiptap")?.editor;
  const count = checks.querySelector(".count");
  const related = checks.querySelector(".draft-related");
  let turn = 0;
  const showRelated = async (result) => {
    const mine = ++turn;
    const url = checks.dataset.related.replace(/0{8}-[0-]+/, result);
    for (let number = 0; number < TRIES && mine === turn; number += 1) {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
      if (answer.status !== 202) {
        if (answer.ok && mine === turn) related.innerHTML = (await answer.json()).html;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (mine === turn) related.textContent = "相关阅读还没有算好：后台任务没有在运行。";
  };
  const showChecks = ({ html, count: found, findings, related: result }) => {
    checks.querySelector(".checks").innerHTML = html;
    count.textContent = found;
    count.hidden = !found;
    editor()?.commands.showFindings?.(findings);
    if (result) showRelated(result);
  };
  checks.addEventListener("click", ({ target }) => {
    const place = target.closest(".finding-place")?.dataset.place;
    if (place) editor()?.commands.goToWords?.(place);
  });

  const followed = [follow(checks, showChecks), follow(preview, showPage)];
  for (const name of ["input", "change"]) form.addEventListener(name, () => followed.forEach(({ soon }) => soon()));
  if (checks.open) followed[0].refresh();
});
