// The form works without this. With it, questions and result follow each answer, and the address follows both.
(() => {
  const form = document.getElementById("answers");
  const outcome = document.getElementById("outcome");
  let waiting, latest = 0;

  const address = () => {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form));
    return url;
  };

  // A box that was never filled in is not wrong yet: only the button says so.
  const excuse = (field) => {
    const box = field.querySelector("input[type=text], input[type=date], input[type=month], select");
    if (box && !box.value) {
      field.classList.remove("wrong");
      field.querySelector(".error")?.remove();
    }
  };

  const follow = (page) => {
    const fresh = page.getElementById("answers");
    for (const old of form.querySelectorAll(".field")) {
      if (!page.getElementById(old.id)) old.remove();
    }
    let before = null;
    for (const field of fresh.querySelectorAll(".field")) {
      const old = document.getElementById(field.id);
      excuse(field);
      if (!old) {
        before ? before.after(field) : form.prepend(field);
        before = field;
      } else if (old.contains(document.activeElement)) {
        before = old;
      } else {
        old.replaceWith(field);
        before = field;
      }
    }
    const next = page.getElementById("outcome");
    if (!next.querySelector(".notice.wrong")) outcome.replaceChildren(...next.childNodes);
    tools();
  };

  const ask = async () => {
    const turn = ++latest;
    const url = address();
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest || !answer.ok) return;
    history.replaceState(null, "", url);
    follow(page);
  };

  const tools = () => {
    for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), 350);
  });
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) print();
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    await navigator.clipboard.writeText(location.href);
    copy.textContent = "已复制";
  });
  tools();
})();
