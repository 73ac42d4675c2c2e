/* With JavaScript the trial follows what is typed, saved or not, stored parts are a line each until opened, and
   parts move by buttons. Without it: 保存并试算, every part open, and the numbers under 顺序. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const trial = document.getElementById("trial");
  if (!trial) return;
  const form = trial.closest("form");
  let waiting = 0;
  let asked = 0;

  async function tryOut() {
    const turn = ++asked;
    const answers = new FormData(form);
    answers.append("calculator", trial.dataset.calculator);
    const headers = { "X-Requested-With": "fetch" };
    const response = await fetch(trial.dataset.url, { method: "POST", body: answers, headers });
    if (response.status === 401) trial.textContent = (await response.json()).sentence;
    else if (response.ok && !response.redirected && turn === asked) {
      const chosen = document.activeElement && document.activeElement.id;
      trial.innerHTML = await response.text();
      if (chosen === "trial_case") document.getElementById("trial_case").focus();
    }
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(tryOut, 500);
  }

  function parts(group) {
    return [...group.querySelectorAll(".inline-related:not(.empty-form)")].filter((part) => part.querySelector("[name$='-order']"));
  }

  function move(part, step) {
    const group = part.closest(".inline-group");
    const all = parts(group);
    const other = all[all.indexOf(part) + step];
    if (!other) return;
    if (step < 0) other.before(part);
    else other.after(part);
    parts(group).forEach((each, place) => {
      if (each.querySelector("[name$='-name'], [name$='-code']")?.value) each.querySelector("[name$='-order']").value = (place + 1) * 10;
    });
    soon();
  }

  function addButtons(part) {
    const heading = part.querySelector("h3");
    if (!heading || heading.querySelector(".part-moves")) return;
    const buttons = document.createElement("span");
    buttons.className = "part-moves";
    [["上移", -1], ["下移", 1]].forEach(([word, step]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word;
      button.addEventListener("click", () => move(part, step));
      buttons.append(button);
    });
    heading.append(buttons);
  }

  const GIST = ["formula", "kind", "step", "answers"];

  function gist(part) {
    const box = GIST.map((name) => part.querySelector(`[name$='-${name}']`)).find(Boolean);
    if (!box) return "";
    return (box.selectedOptions ? box.selectedOptions[0].text : box.value).replaceAll(/\s*\n\s*/g, "，");
  }

  function addOpener(part) {
    const heading = part.querySelector("h3");
    if (!heading || !part.classList.contains("has_original") || part.classList.contains("part-openable")) return;
    const button = document.createElement("button");
    const told = document.createElement("span");
    button.type = "button";
    button.className = "part-opener";
    told.className = "part-gist";
    part.classList.add("part-openable");
    function close(closed) {
      part.classList.toggle("part-closed", closed);
      button.setAttribute("aria-expanded", !closed);
      button.textContent = closed ? "展开" : "收起";
      told.textContent = gist(part);
    }
    button.addEventListener("click", () => close(!part.classList.contains("part-closed")));
    heading.prepend(button);
    heading.append(told);
    close(!part.querySelector(".errorlist") && `#${part.id}` !== location.hash);
  }

  function offerNames(part) {
    part.querySelectorAll("[name^='outputs-'][name$='-step'], [name$='-each'], [name$='-day']").forEach((input) => input.setAttribute("list", "step-names"));
  }

  function dress(part) {
    addOpener(part);
    addButtons(part);
    offerNames(part);
  }

  document.querySelectorAll(".inline-related:not(.empty-form)").forEach(dress);
  document.addEventListener("formset:added", (event) => dress(event.target));
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
});
