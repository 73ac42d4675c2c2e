// Writing an article: numbers are inserted from a list.
"use strict";
// The editor may be ready before the document is.
const editorOfBody = new Promise((resolve) => {
  document.addEventListener("prose-editor:ready", (event) => {
    if (event.detail.textarea.name === "body") resolve(event.detail);
  });
});
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  if (!form) return;
  let editor = null;

  const picker = document.getElementById("figure-picker");
  const query = document.getElementById("figure-query");
  const found = document.getElementById("figure-found");

  const insert = (reference) => {
    picker.close();
    editor.chain().focus().insertContent(reference).run();
  };
  const row = (figure) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const value = document.createElement("strong");
    value.textContent = figure.value;
    const source = document.createElement("small");
    source.textContent = figure.source;
    button.append(figure.reference, " ", value, source);
    button.addEventListener("click", () => insert(figure.reference));
    item.append(button);
    return item;
  };
  let asked = 0;
  const look = async () => {
    const turn = ++asked;
    const answer = await fetch(`${picker.dataset.url}?q=${encodeURIComponent(query.value)}`, { headers: { "X-Requested-With": "fetch" } });
    const { figures = [], sentence } = await answer.json();
    if (turn !== asked) return;
    if (sentence) return found.replaceChildren(sentence);
    found.replaceChildren(...figures.map(row));
    if (!figures.length) found.textContent = "没有找到今天有效的数字。";
  };
  let pause = null;
  query?.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(pause);
    pause = setTimeout(look, 200);
  });
  query?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  document.getElementById("figure-close")?.addEventListener("click", () => picker.close());

  editorOfBody.then((ready) => {
    editor = ready.editor;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button insert-figure";
    button.textContent = "插入数字…";
    button.addEventListener("click", () => {
      picker.showModal();
      query.focus();
      if (!found.children.length) look();
    });
    ready.textarea.closest(".prose-editor").prepend(button);
  });
});
