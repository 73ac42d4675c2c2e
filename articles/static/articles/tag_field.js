// The tag field suggests the tags that are there, at the word one is typing, and tells which typed ones are new.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const field = document.getElementById("id_tags");
  const url = field?.dataset.suggestions;
  if (!url) return;
  const SEPARATOR = /[，、；,;]/;

  const list = Object.assign(document.createElement("ul"), { id: "tag-suggestions", className: "tag-suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "已有的标签");
  const told = Object.assign(document.createElement("p"), { className: "typed-tags" });
  told.setAttribute("role", "status");
  field.after(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }

  // The word at the caret: where it begins and ends.
  const word = () => {
    const caret = field.selectionStart ?? field.value.length;
    let [begin, end] = [caret, caret];
    while (begin && !SEPARATOR.test(field.value[begin - 1])) begin -= 1;
    while (end < field.value.length && !SEPARATOR.test(field.value[end])) end += 1;
    return { begin, end, text: field.value.slice(begin, end).trim() };
  };

  let active = -1;
  const options = () => [...list.children];
  const mark = (place) => {
    active = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const choose = (name) => {
    const { begin, end } = word();
    const rest = field.value.slice(end);
    const before = `${field.value.slice(0, begin)}${name}${rest ? "" : "、"}`;
    field.value = before + rest;
    field.setSelectionRange(before.length, before.length);
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const option = ({ name, count, synonym }, number) => {
    const item = document.createElement("li");
    item.id = `tag-suggestion-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const uses = Object.assign(document.createElement("small"), { textContent: `${synonym ? `也叫“${synonym}” · ` : ""}${count} 篇` });
    item.append(name, " ", uses);
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(name));
    return item;
  };
  const chip = ({ name, count, is_new: isNew, meant }) => {
    const made = Object.assign(document.createElement("span"), { className: isNew ? "tag-chip new" : "tag-chip" });
    const note = Object.assign(document.createElement("small"), { textContent: isNew ? "新" : meant ? `存为“${meant}” · ${count} 篇` : `${count} 篇` });
    made.append(name, " ", note);
    return made;
  };

  let asked = 0;
  const ask = async (suggests) => {
    const turn = ++asked;
    const query = new URLSearchParams({ word: suggests ? word().text : "", names: field.value });
    let answer;
    try {
      answer = await fetch(`${url}?${query}`, { headers: { "X-Requested-With": "fetch" } });
    } catch {
      return;
    }
    if (!answer.ok || turn !== asked) return;
    const { suggestions, typed } = await answer.json();
    told.replaceChildren(...typed.map(chip));
    list.replaceChildren(...suggestions.map(option));
    mark(-1);
    const isOpen = suggestions.length > 0 && document.activeElement === field;
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
  };
  let pause = null;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => ask(word().text !== ""), 150);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") mark((active + 1) % count);
    else if (event.key === "ArrowUp") mark((active - 1 + count) % count);
    else if (event.key === "Enter" && active >= 0) choose(list.children[active].firstChild.textContent);
    else if (event.key === "Enter" || event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  if (field.value) ask(false);
});
