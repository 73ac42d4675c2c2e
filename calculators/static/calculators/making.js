/* The form of a calculator works without this: parts are <details>, one blank of each kind is there, 保存并试算 tries it.
   With it the lines and the trial follow what is typed, parts are added, moved and taken away, cases are filled in
   question by question, and names are put into formulas from a list that explains them. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const trial = document.getElementById("trial");
  const form = trial?.closest("form");
  if (!form || !form.querySelector("[name=_continue]")) return;
  const FORMULAS = "[name$='-formula'], [name$='-shown_if']";
  let waiting = 0;
  let asked = 0;
  form.classList.add("with-script");

  const make = (tag, options = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), options);
    element.append(...children);
    return element;
  };
  const lists = () => [...form.querySelectorAll(".part-list")];
  const list = (prefix) => document.getElementById(`${prefix}-group`);
  const partsOf = (group) => [...group.querySelectorAll(".part:not(.part-blank)")];
  const box = (part, name) => part.querySelector(`[name$='-${name}']`);

  // What the server says of the form as it stands.

  async function tryOut() {
    const turn = ++asked;
    const answers = new FormData(form);
    answers.append("calculator", trial.dataset.calculator);
    const open = document.activeElement?.closest("#cases-group .part"); // the case being written is the one to try
    if (open) answers.set("trial_case", box(open, "name").value.trim() || open.querySelector(".part-title").textContent);
    const headers = { "X-Requested-With": "fetch" };
    const response = await fetch(trial.dataset.url, { method: "POST", body: answers, headers });
    if (response.status === 401) trial.textContent = (await response.json()).sentence;
    else if (response.ok && !response.redirected && turn === asked) show(await response.text());
  }

  function show(text) {
    const isChoosing = document.activeElement?.id === "trial_case";
    trial.innerHTML = text;
    if (isChoosing) document.getElementById("trial_case")?.focus();
    const report = document.getElementById("part-report");
    if (!report) return;
    form.querySelectorAll(".part-problems").forEach((place) => place.replaceChildren());
    for (const told of report.children) tell(told);
    report.remove();
  }

  function tell(told) {
    const part = document.getElementById(told.dataset.part);
    if (!part) return;
    part.querySelector(".part-title").textContent = told.dataset.title;
    part.querySelector(".part-gist").textContent = told.dataset.gist;
    part.querySelector(".part-result").textContent = told.dataset.result;
    part.querySelector(".part-flag").textContent = told.dataset.problems === "0" ? "" : "要改";
    for (const problems of [...told.children]) {
      const place = part.querySelector(`.part-problems[data-field="${problems.dataset.field}"]`);
      if (!place) continue;
      place.replaceChildren(...problems.childNodes);
      place.querySelectorAll("[data-column]:not([data-column='0'])").forEach((sentence) => addJump(sentence, place));
    }
  }

  function addJump(sentence, place) {
    const field = form.elements[place.dataset.field];
    const start = Number(sentence.dataset.column) - 1;
    const length = sentence.nextElementSibling?.querySelector("mark")?.textContent.replace("▲", "").length || 0;
    const button = make("button", { type: "button", className: "part-button", textContent: "到那里改" });
    button.addEventListener("click", () => {
      field.focus();
      field.setSelectionRange(start, start + length);
    });
    sentence.append(" ", button);
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(tryOut, 400);
  }

  // A question shows what matters to its kind: options to choose from, or the least and the greatest answer.

  const NEEDS = { options: ["choice", "area"], minimum: ["money", "count", "ratio", "date", "month", "moneys", "ratios", "years"], maximum: "minimum", unit: ["money", "count", "moneys"] };
  function fitToKind(part) {
    const kind = part.id.startsWith("questions-") && box(part, "kind").value;
    if (!kind) return;
    for (const [name, kinds] of Object.entries(NEEDS)) {
      const field = box(part, name);
      const fitting = typeof kinds === "string" ? NEEDS[kinds] : kinds;
      field.closest(".part-field").hidden = !fitting.includes(kind) && !field.value;
    }
  }

  // Adding, moving and taking away parts.

  function number(group) {
    partsOf(group).forEach((part, place) => {
      const order = box(part, "order");
      if (order) order.value = (place + 1) * 10;
    });
  }

  function addBlank(group) {
    const prefix = group.dataset.prefix;
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const text = document.getElementById(`${prefix}-empty`).innerHTML.replaceAll("__prefix__", total.value);
    const holder = make("div");
    holder.innerHTML = text;
    const part = holder.firstElementChild;
    group.querySelector(".parts").append(part);
    total.value = Number(total.value) + 1;
    dress(part);
  }

  // A case is tried by its title, so it has at once the one that the server gives it.
  function newTitle(group) {
    if (group.dataset.prefix !== "cases") return "新的一行";
    const taken = new Set(partsOf(group).map((part) => part.querySelector(".part-title").textContent));
    let place = 1;
    while (taken.has(`算例 ${place}`)) place += 1;
    return `算例 ${place}`;
  }

  function begin(part) {
    const group = part.closest(".part-list");
    part.querySelector(".part-title").textContent ||= newTitle(group);
    part.classList.remove("part-blank");
    part.querySelector(".part-add")?.remove();
    number(group);
    addBlank(group);
  }

  function move(part, step) {
    const group = part.closest(".part-list");
    const all = partsOf(group);
    const other = all[all.indexOf(part) + step];
    if (!other) return;
    if (step < 0) other.before(part);
    else other.after(part);
    number(group);
    soon();
  }

  function takeAway(part) {
    const kept = part.querySelector("[name$='-DELETE']");
    if (kept) {
      kept.checked = !kept.checked;
      part.classList.toggle("part-gone", kept.checked);
      part.querySelector(".part-away").textContent = kept.checked ? "不删了" : "删除";
    } else {
      for (const field of part.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (field.type === "checkbox") field.checked = field.defaultChecked;
        else if (field.tagName === "SELECT") field.selectedIndex = Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
        else field.value = field.defaultValue;
      }
      box(part, "order").value = "";
      part.hidden = true;
      part.classList.add("part-blank");
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function dress(part) {
    const panel = part.querySelector(".part-panel");
    const summary = panel.querySelector("summary");
    const button = (word, act, name) => {
      const made = make("button", { type: "button", className: `part-button ${name}`, textContent: word });
      made.addEventListener("click", act);
      return made;
    };
    const tools = make("p", { className: "part-tools" },
      button("上移", () => { move(part, -1); summary.scrollIntoView({ block: "nearest" }); }, "part-up"),
      button("下移", () => { move(part, 1); summary.scrollIntoView({ block: "nearest" }); }, "part-down"),
      button("删除", () => takeAway(part), "part-away"));
    panel.querySelector(".part-body").append(tools);
    summary.prepend(make("span", { className: "part-handle", textContent: "⠿", draggable: true, title: "拖动排序，或按 Alt+↑ Alt+↓" }));
    summary.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      move(part, event.key === "ArrowUp" ? -1 : 1);
      summary.focus();
    });
    panel.addEventListener("toggle", (event) => {
      if (event.target !== panel || !panel.open) return;
      if (part.classList.contains("part-blank")) {
        begin(part);
        part.querySelector(".part-body :is(input, textarea, select):not([type=hidden])")?.focus();
      }
      drawCase(part);
      fitToKind(part);
      if (part.id.startsWith("cases-")) soon(); // the case that is open is the one to try
    });
    part.querySelectorAll(FORMULAS).forEach(addInserter);
    part.querySelectorAll("[name^='outputs-'][name$='-step'], [name$='-each'], [name$='-day']").forEach((field) => field.setAttribute("list", "step-names"));
  }

  // Enter in a line of a part would press 保存 and close a part that is half written.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target.matches(".part input")) event.preventDefault();
  });

  let dragged = null;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".part") || null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest?.(".part:not(.part-blank)");
    if (!dragged || !over || over === dragged || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    number(dragged.closest(".part-list"));
    dragged = null;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // A case question by question; the lines under it stay what is posted.

  function questions() {
    return partsOf(list("questions"))
      .map((part) => ({ name: box(part, "name").value.trim(), kind: box(part, "kind").value, options: box(part, "options")?.value || "", part }))
      .filter(({ name, kind, part }) => name && !["area", "date"].includes(kind) && !part.classList.contains("part-gone"));
  }

  function outputs() {
    const named = partsOf(list("outputs")).filter((part) => !part.classList.contains("part-gone"))
      .map((part) => box(part, "label").value.trim() || box(part, "step").value.trim()).filter(Boolean);
    if (named.length) return named;
    return partsOf(list("steps")).map((part) => box(part, "name").value.trim()).filter(Boolean).slice(-1);
  }

  const PAIR = /^([^=＝:：]+)[=＝:：](.*)$/;
  const pairsIn = (area) => new Map(area.value.split("\n").map((line) => line.trim().match(PAIR)).filter(Boolean).map(([, key, text]) => [key.trim(), text.trim()]));

  function drawCase(part) {
    if (!part.id.startsWith("cases-")) return;
    drawPairs(box(part, "answers"), questions(), "填什么");
    drawPairs(box(part, "expected"), outputs().map((name) => ({ name, kind: "" })), "应得多少");
  }

  function drawPairs(area, entries, title) {
    area.parentElement.querySelector(".pair-boxes")?.remove();
    const holder = make("fieldset", { className: "pair-boxes" }, make("legend", { textContent: title }));
    entries.forEach((entry) => holder.append(pairBox(area, entry)));
    const lines = area.parentElement.querySelector(".pair-lines") || make("details", { className: "part-more pair-lines" }, make("summary", { textContent: "写成几行" }));
    if (!lines.isConnected) {
      area.before(lines);
      lines.append(area);
    }
    lines.before(holder);
    if (!entries.length) holder.append(make("p", { className: "help", textContent: "先在上面写问题和步骤，这里就有格子可填。" }));
  }

  function pairBox(area, { name, kind, options }) {
    const now = pairsIn(area).get(name) || "";
    const choices = kind === "yes_no" ? ["是", "否"] : kind === "choice" ? options.split("\n").map((line) => line.trim().replace(/^[A-Za-z0-9_]+(\s+|\s*[=＝:：]\s*)/, "")).filter(Boolean) : [];
    const field = choices.length ? make("select", {}, make("option", { value: "", textContent: "不填" }), ...choices.map((one) => make("option", { value: one, textContent: one }))) : make("input", { type: "text" });
    if (choices.length && now && !choices.includes(now)) field.append(make("option", { value: now, textContent: now }));
    field.value = now;
    field.dataset.pair = name;
    field.addEventListener("input", () => {
      const pairs = pairsIn(area);
      if (field.value.trim()) pairs.set(name, field.value.trim());
      else pairs.delete(name);
      area.value = [...pairs].map(([key, text]) => `${key} = ${text}`).join("\n");
    });
    return make("label", { className: "pair-box" }, make("span", { textContent: name }), field);
  }

  // Names, parameters and functions, put where the caret is.

  const chooser = make("div", { className: "names", hidden: true });
  let target = null;

  function addInserter(field) {
    const button = make("button", { type: "button", className: "part-button", textContent: "插入名称、参数或函数" });
    button.addEventListener("click", () => openChooser(field, button));
    field.after(button);
  }

  async function openChooser(field, button) {
    if (!chooser.hidden && target === field) {
      chooser.hidden = true;
      return;
    }
    target = field;
    button.after(chooser);
    if (!chooser.firstChild) {
      const response = await fetch(trial.dataset.names, { headers: { "X-Requested-With": "fetch" } });
      if (!response.ok) return;
      const search = make("input", { type: "search", placeholder: "找：起付线、取大、四舍五入…" });
      search.setAttribute("aria-label", "找名称、参数或函数");
      search.addEventListener("input", (event) => { event.stopPropagation(); filter(search.value); });
      const found = make("div", { className: "names-found" });
      found.innerHTML = await response.text();
      chooser.append(search, make("section", { className: "names-own names-group" }), found);
    }
    drawOwnNames();
    chooser.querySelectorAll(".name dt").forEach(makeInserting);
    chooser.hidden = false;
    filter("");
    chooser.querySelector("[type=search]").value = "";
    chooser.querySelector("[type=search]").focus();
  }

  function drawOwnNames() {
    const own = [
      ...partsOf(list("questions")).map((part) => [box(part, "name").value.trim(), `问题：${part.querySelector(".part-gist").textContent}`]),
      ...partsOf(list("steps")).map((part) => [box(part, "name").value.trim(), `步骤 ${part.querySelector(".part-gist").textContent}`]),
    ].filter(([name]) => name);
    const entries = own.map(([name, words]) => {
      const entry = make("div", { className: "name" }, make("dt", { textContent: name }), make("dd", { textContent: words }));
      entry.dataset.insert = name;
      return entry;
    });
    chooser.querySelector(".names-own").replaceChildren(make("h3", { textContent: "这个计算器里的" }), make("dl", {}, ...entries));
  }

  function makeInserting(term) {
    if (term.querySelector("button")) return;
    const entry = term.parentElement;
    const button = make("button", { type: "button", className: "part-button", textContent: term.textContent });
    button.addEventListener("click", () => {
      const { start, text } = { start: target.selectionStart, text: entry.dataset.insert };
      target.setRangeText(text, start, target.selectionEnd, "end");
      if (entry.dataset.function) {
        const first = start + text.indexOf("(") + 1;
        const last = start + text.search(/[,)]/);
        target.setSelectionRange(first, last);
      }
      chooser.hidden = true;
      target.focus();
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
    term.replaceChildren(button);
  }

  function filter(words) {
    const wanted = words.trim().split(/\s+/).filter(Boolean);
    chooser.querySelectorAll(".name").forEach((entry) => {
      entry.hidden = !wanted.every((word) => entry.textContent.includes(word));
    });
    chooser.querySelectorAll(".names-group").forEach((group) => {
      group.hidden = !group.querySelector(".name:not([hidden])");
    });
  }

  form.append(make("datalist", { id: "step-names" }));
  const nameSteps = () => {
    const names = [...partsOf(list("questions")), ...partsOf(list("steps"))].map((part) => box(part, "name").value.trim()).filter(Boolean);
    document.getElementById("step-names").replaceChildren(...names.map((value) => make("option", { value })));
  };

  lists().forEach((group) => {
    group.querySelectorAll(".parts > .part").forEach(dress);
    if (!group.querySelector(".part-blank")) addBlank(group);
  });
  form.querySelectorAll("#cases-group .part-panel[open]").forEach((panel) => drawCase(panel.closest(".part")));
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.querySelector?.(".part-panel")?.setAttribute("open", "");
  nameSteps();
  form.addEventListener("input", () => { nameSteps(); soon(); });
  form.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-kind")) fitToKind(target.closest(".part"));
    soon();
  });
});
