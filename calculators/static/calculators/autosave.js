// Autosave of the office's forms: what a person changed is kept on the server every few seconds, and in this browser
// while the server cannot be reached; leaving a changed form warns.
// Nothing is stored before a trusted event: scripts fill in fields too, when a page loads, and that is nobody's text.
"use strict";
{
  const EVERY = 3000;
  const PATIENCE = 20000;
  const KEPT_FOR = 7 * 24 * 3600 * 1000;
  const OWN = new Set(["csrfmiddlewaretoken", "form_turn", "form_former", "form_untouched", "trial_case"]);
  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) || "";

  const post = (url, body) =>
    fetch(url, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": cookie("csrftoken"), // the newest: signing in again in another window changes it
        "X-Requested-With": "fetch",
      },
      signal: AbortSignal.timeout(PATIENCE),
    });

  const copies = () => {
    try {
      return Object.entries(localStorage).filter(([key]) => key.startsWith("kept|"));
    } catch {
      return [];
    }
  };

  // What the server has saved, the browser forgets; also what nobody came back for.
  const forgetSaved = () => {
    const saved = cookie("saved_opening");
    for (const [key, text] of copies()) {
      if ((saved && key.endsWith(saved)) || !(Date.now() - JSON.parse(text).turn < KEPT_FOR)) localStorage.removeItem(key);
    }
    if (saved) document.cookie = "saved_opening=; path=/admin/; max-age=0; SameSite=Lax";
  };

  const watch = (place) => {
    const form = place.closest("form");
    const { url, user, login } = place.dataset;
    const status = document.getElementById("autosave-status");
    // The browser's Back fetches a form for a new object again: it says which opening was submitted from here before.
    form.elements.form_former.value = history.state?.submitted || "";
    const own = `kept|${user}|${url}|${form.elements.form_opening.value}`;
    let untouched = null; // the form as it was when a person first did something; null before that
    let kept = null;
    let sending = false;
    let submitted = false;

    const typed = () => {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && !OWN.has(name)) fields.append(name, value);
      }
      return fields.toString();
    };
    const isChanged = (now) => untouched !== null && now !== untouched;

    const begin = (event) => {
      if (untouched !== null || !event.isTrusted) return;
      // Without a sign before it, the first input has changed the form already.
      untouched = event.type === "input" || event.type === "change" ? "" : typed();
    };
    for (const name of ["keydown", "beforeinput", "pointerdown", "paste", "drop", "input", "change"]) {
      form.addEventListener(name, begin, { capture: true });
    }
    if (place.hasAttribute("data-unsaved")) untouched = "";
    form.addEventListener("input", (event) => event.isTrusted && form.classList.add("is-changed"));

    const copy = (body, turn = Date.now()) => {
      try {
        localStorage.setItem(own, JSON.stringify({ body, turn }));
      } catch {
        // The browser is full, or keeps nothing.
      }
    };
    const say = (text, isSignedOut = false) => {
      if (status.textContent !== text) status.textContent = text;
      if (!isSignedOut || status.querySelector("a")) return;
      const link = document.createElement("a");
      link.href = login;
      link.target = "_blank";
      link.textContent = "登录";
      status.append(" ", link);
    };

    const told = async (answer, body, turn) => {
      if (answer.ok) {
        kept = body;
        localStorage.removeItem(own);
        say(`已自动保存 ${(await answer.json()).at}（读者看不到，点“保存”才算数）`);
        return;
      }
      copy(body, turn);
      if (answer.status === 401) say("你已退出登录，在新窗口登录后接着写。文字留在这个浏览器里。", true);
      else if (answer.status === 409) say((await answer.json()).sentence);
      else say("自动保存没有成功，文字先留在这个浏览器里。");
    };

    // One text travels at a time; what is typed meanwhile goes with the next.
    const keep = async () => {
      const body = typed();
      form.classList.toggle("is-changed", isChanged(body));
      if (sending || submitted || body === kept || (kept === null && !isChanged(body))) return;
      const turn = Date.now();
      sending = true;
      try {
        await told(await post(url, `${body}&form_turn=${turn}`), body, turn);
      } catch {
        copy(body, turn);
        say("连不上网站，文字先留在这个浏览器里，通了再存。");
      } finally {
        sending = false;
      }
    };
    setInterval(keep, EVERY);

    // What an earlier page of this form could not bring to the server is brought there now, and offered.
    const bringBack = async () => {
      let isBrought = false;
      for (const [key, text] of copies()) {
        if (!key.startsWith(`kept|${user}|${url}|`)) continue;
        const { body, turn } = JSON.parse(text);
        try {
          const answer = await post(url, `${body}&form_turn=${turn}`);
          if (!answer.ok) continue;
          localStorage.removeItem(key);
          isBrought = true;
        } catch {
          return;
        }
      }
      if (!isBrought) return;
      const asked = new URLSearchParams(location.search);
      asked.set("object", form.elements.form_object.value);
      asked.set("opening", form.elements.form_opening.value);
      const answer = await fetch(`${url}?${asked}`, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok) document.getElementById("kept-texts").innerHTML = await answer.text();
    };
    bringBack();

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      submitted = true;
      const turn = Date.now();
      form.elements.form_turn.value = turn;
      history.replaceState({ submitted: form.elements.form_former.value || form.elements.form_opening.value }, "");
      if (cookie("csrftoken") && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = cookie("csrftoken");
      const now = typed();
      form.elements.form_untouched.value = isChanged(now) ? "" : "1"; // sent back with errors, it still is nobody's text
      if (isChanged(now)) copy(now, turn);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) submitted = false;
    });
    window.addEventListener("pagehide", () => {
      const now = typed();
      if (!submitted && isChanged(now) && now !== kept) copy(now);
    });
    window.addEventListener("beforeunload", (event) => {
      if (!submitted && isChanged(typed())) event.preventDefault();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    forgetSaved();
    const place = document.getElementById("form-opening");
    if (place) watch(place);
  });
}
