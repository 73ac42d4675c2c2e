// What the stock admin and its libraries leave without a name gets one: fields in rows, choosers, calendars, the editor.
"use strict";
{
  const FIELDS = "input:not([type=hidden], [type=submit], [type=button]), select, textarea";
  const words = (element) => element?.textContent.replace(/[\s:：]+/g, " ").trim() || "";

  // The heading above a cell; for the halves of a date and time the legend and the word before the half.
  const besides = (field) => {
    const cell = field.closest("td");
    if (cell) return words(cell.closest("table").tHead?.rows[0].cells[cell.cellIndex]);
    const legend = words(field.closest("fieldset")?.querySelector("legend")) || words(field.closest(".step-when")?.firstElementChild);
    const half = field.matches(".vDateField, .vTimeField") ? words(field.previousSibling?.previousSibling) || words(field.previousSibling) : "";
    return `${legend} ${half}`.trim();
  };
  const nameOf = (field) => field.getAttribute("aria-label") || words(field.labels?.[0]) || besides(field);

  const nameFields = (root) => {
    root.querySelectorAll(FIELDS).forEach((field) => {
      if (field.labels?.length || field.hasAttribute("aria-label")) return;
      const name = besides(field);
      if (name) field.setAttribute("aria-label", name);
    });
    root.querySelectorAll("th.original:empty").forEach((heading) => {
      heading.innerHTML = '<span class="visually-hidden">现有的行</span>';
    });
  };

  // A chooser is read as its label and what is chosen; the text inside it is no field of its own.
  const nameChooser = (container) => {
    const field = container.previousElementSibling;
    const name = field?.matches("select") ? nameOf(field) : "查找";
    const box = container.querySelector("[role=combobox]");
    const chosen = container.querySelector(".select2-selection__rendered");
    container.querySelectorAll("[role=searchbox]").forEach((search) => search.setAttribute("aria-label", name));
    if (!box || !chosen) return;
    chosen.id ||= `${field.id}-chosen`;
    box.id = `${chosen.id}-box`;
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`);
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
  };

  const nameAll = (root) => {
    nameFields(root);
    root.querySelectorAll(".select2-container").forEach(nameChooser);
  };

  // On a phone a list is shown as cards: each cell says what column it is of (office_phone.css).
  const nameCells = () => {
    const heads = [...(document.querySelector("#result_list thead tr")?.cells || [])].map((head) => words(head.querySelector(".text") || head));
    document.querySelectorAll("#result_list tbody tr").forEach((row) => [...row.cells].forEach((cell) => {
      if (cell.tagName === "TH" || cell.classList.contains("action-checkbox")) return;
      if (["", "-", "—"].includes(cell.textContent.trim()) && !cell.querySelector("img, input, select")) cell.classList.add("is-empty");
      else if (heads[cell.cellIndex]) cell.dataset.label = heads[cell.cellIndex];
    }));
  };

  // Actions on rows are buttons: one click, where a menu and 执行 take three. Without scripts the menu is there.
  const makeActionButtons = () => document.querySelectorAll("#changelist-form .actions").forEach((bar) => {
    const menu = bar.querySelector("select[name=action]");
    const run = bar.querySelector("[name=index]");
    if (!menu || !run) return;
    const isDelete = (option) => Number(option.value === "delete_selected"); // stands last
    const buttons = [...menu.options].filter((option) => option.value).sort((one, other) => isDelete(one) - isDelete(other)).map((option) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button action-button", textContent: option.textContent });
      button.addEventListener("click", () => {
        menu.value = option.value;
        run.click();
      });
      return button;
    });
    (menu.closest("label") || menu).classList.add("replaced");
    run.classList.add("replaced");
    const hint = document.createElement("span");
    Object.assign(hint, { className: "action-hint", textContent: "先勾选几行，再选要做的事。" });
    bar.prepend(hint, ...buttons);
  });

  // The whole cell around a row's box chooses the row.
  document.addEventListener("click", ({ target }) => {
    if (target.matches?.(".action-checkbox, .action-checkbox-column")) target.querySelector("input")?.click();
  });

  // One menu of filters is open at a time, and none when the list opens: the admin's own script opens what was open before.
  const menus = () => [...document.querySelectorAll(".list-filter[open]")];
  window.addEventListener("load", () => menus().forEach((menu) => (menu.open = false)));
  document.addEventListener("click", ({ target }) => menus().forEach((menu) => menu.contains(target) || (menu.open = false)));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && menus().forEach((menu) => (menu.open = false)));

  // A form that is on its way is not sent again: a second click on 保存 would save it twice.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    // Only after the browser has read which button it was.
    setTimeout(() => form.querySelectorAll("[type=submit]").forEach((button) => (button.disabled = true)), 0);
    submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[type=submit]").forEach((button) => (button.disabled = false));
    });
  });

  document.addEventListener("prose-editor:ready", ({ detail }) => {
    detail.editor.view.dom.setAttribute("aria-label", words(detail.textarea.labels?.[0]) || "正文");
  });
  document.addEventListener("formset:added", (event) => nameAll(event.target));
  document.addEventListener("DOMContentLoaded", () => {
    nameAll(document);
    nameCells();
    makeActionButtons();
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((change) => [...change.addedNodes])) {
        if (node.classList?.contains("select2-container")) nameChooser(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}
