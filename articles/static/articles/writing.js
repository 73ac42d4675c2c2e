// The article form: settings wait behind one tap on a narrow screen, and menus close when one looks elsewhere.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const settings = document.getElementById("writing-settings");
  if (!settings) return;
  const narrow = matchMedia("(max-width: 1023px)");
  const fold = () => (settings.open = !narrow.matches || settings.querySelector(".errorlist") !== null);
  narrow.addEventListener("change", fold);
  fold();

  // The stock admin would begin in the bar: a new article begins with its title.
  const title = document.getElementById("id_title");
  if (!document.querySelector("[name=form_object]").value && !title.value) {
    window.addEventListener("load", () => setTimeout(() => document.activeElement?.closest(".form-bar") && title.focus()));
  }

  const menu = document.querySelector(".form-more");
  document.addEventListener("click", ({ target }) => {
    // The calendar of a moment hangs on the page, not on the menu.
    if (!menu.contains(target) && !target.closest(".calendarbox, .clockbox, .form-note")) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    document.querySelector(".form-bar [name=_continue]").click();
  });

  // The toolbar of the text stands below the bar, however high that is.
  const bar = document.querySelector(".form-bar");
  const measure = () => document.body.style.setProperty("--bar", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
});
