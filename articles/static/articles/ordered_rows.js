// Sources and pinned articles stand in the order of their rows: buttons and Alt+↑ Alt+↓ move one, its number follows.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const settings = document.getElementById("writing-settings");
  if (!settings) return;
  const groups = [...settings.querySelectorAll("#sources-group, #related_choices-group")];
  const rowsOf = (group) => [...group.querySelectorAll("tr.form-row:not(.empty-form)")];
  const orderOf = (row) => row.querySelector("[name$='-order']");

  function number(group) {
    rowsOf(group).forEach((row, place) => (orderOf(row).value = place + 1));
  }

  function move(row, step) {
    const group = row.closest(".inline-group");
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    number(group);
    const form = settings.closest("form");
    form.classList.add("is-changed");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    row.scrollIntoView({ block: "nearest" });
  }

  function dress(row) {
    const cell = orderOf(row)?.closest("td");
    if (!cell || cell.querySelector(".row-move")) return;
    for (const [words, step] of [["上移", -1], ["下移", 1]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "row-move", textContent: words });
      button.title = step < 0 ? "Alt+↑" : "Alt+↓";
      button.addEventListener("click", () => {
        move(row, step);
        button.focus();
      });
      cell.append(button);
    }
    row.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || event.target.closest("select, .select2-container")) return;
      event.preventDefault();
      const held = event.target;
      move(row, event.key === "ArrowUp" ? -1 : 1);
      held.focus();
    });
  }

  for (const group of groups) rowsOf(group).forEach(dress);
  document.addEventListener("formset:added", ({ target }) => {
    const group = groups.find((one) => one.contains(target));
    if (!group) return;
    dress(target);
    orderOf(target).value = rowsOf(group).length;
  });
});
