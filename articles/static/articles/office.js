// Writing an article: what is typed is kept on the server, leaving with unsaved text warns, numbers are inserted from a list.
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
  const EVERY = 4000;
  let dirty = false;
  let timer = null;
  let editor = null;

  const say = (text) => {
    let status = document.getElementById("autosave-status");
    if (!status) {
      status = document.createElement("p");
      status.id = "autosave-status";
      status.setAttribute("role", "status");
      form.querySelector(".submit-row")?.append(status);
    }
    status.textContent = text;
  };

  const keep = async () => {
    timer = null;
    const place = location.pathname.replace(/(add|change)\/$/, "") + "autosave/";
    const typed = new FormData(form);
    typed.delete("_save");
    try {
      const answer = await fetch(place, { method: "POST", body: typed, credentials: "same-origin" });
      say(answer.ok ? `已自动保存 ${(await answer.json()).at}（读者看不到，点“保存”才记入历史）` : "自动保存没有成功，请复制一份您的文字。");
    } catch {
      say("网络断了，文字还没有存上；恢复后会再试。");
      timer = setTimeout(keep, EVERY);
    }
  };

  const changed = () => {
    dirty = true;
    if (timer === null) timer = setTimeout(keep, EVERY);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  if (window.django?.jQuery) django.jQuery(form).on("change", changed);
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

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
    const answer = await fetch(`${picker.dataset.url}?q=${encodeURIComponent(query.value)}`, { credentials: "same-origin" });
    const { figures } = await answer.json();
    if (turn !== asked) return;
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
