// Search works without this. With it, what could be meant is offered below the box while typing.
(() => {
  const box = document.querySelector("[data-suggest]");
  const list = document.createElement("ul");
  list.className = "suggested";
  list.hidden = true;
  list.setAttribute("aria-label", "可能要找的");
  box.form.append(list);
  let waiting, latest = 0;

  const offer = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ text, url }) => {
      const link = Object.assign(document.createElement("a"), { href: url, textContent: text });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    list.hidden = suggestions.length === 0;
  };

  const ask = async () => {
    const turn = ++latest;
    const text = box.value.trim();
    if (text.length < 2) return offer([]);
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`);
    if (turn === latest && answer.ok) offer((await answer.json()).suggestions);
  };

  box.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(() => ask().catch(() => {}), 200);
  });
  box.addEventListener("compositionend", () => ask().catch(() => {}));
  box.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") offer([]);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const places = [box, ...list.querySelectorAll("a")];
    const place = places.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (places[place] && !list.hidden) {
      event.preventDefault();
      places[place].focus();
    }
  });
})();
