// A dry run goes through the rows in parts, so that the page can say how far it is; without it the form does all at once.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("import");
  const progress = document.getElementById("import-progress");
  const rows = document.getElementById("import-rows");
  const really = form.querySelector("[name=really]");

  const say = (text, done, of) => {
    progress.hidden = false;
    progress.querySelector("span").textContent = text;
    const bar = progress.querySelector("progress");
    if (of === undefined) bar.removeAttribute("value");
    else Object.assign(bar, { max: Math.max(of, 1), value: done });
  };
  const show = (row) => {
    const line = document.createElement("tr");
    [row.name, row.result, row.said].forEach((text) => (line.insertCell().textContent = text));
    if (row.refused) line.className = "refused";
    rows.tBodies[0].append(line);
  };

  const ask = (name) => {
    const asked = document.getElementById("import-categories");
    if ([...asked.querySelectorAll("[name=unknown]")].some((input) => input.value === name)) return;
    const line = asked.querySelector("template").content.cloneNode(true);
    line.querySelector("[name=unknown]").value = name;
    if (name) line.querySelector("span").textContent = `“${name}”`;
    asked.querySelector("div").append(line);
    asked.hidden = false;
  };

  const check = async (from, refused, skipped) => {
    const part = new FormData(form);
    part.set("from", from);
    const answer = await fetch(form.dataset.check, { method: "POST", body: part, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 401) return say((await answer.json()).sentence, 0, 0);
    const { total, rows: checked, unknown, error } = await answer.json();
    if (error) return say(error, 0, 0);
    checked.forEach(show);
    unknown.forEach(ask);
    refused += checked.filter((row) => row.refused).length;
    skipped += checked.filter((row) => row.skipped).length;
    const done = from + checked.length;
    if (done < total && checked.length) {
      say(`已检查 ${done} / ${total} 篇……`, done, total);
      return check(done, refused, skipped);
    }
    const articles = total - skipped;
    const rest = skipped ? `，另有 ${skipped} 条跳过` : "";
    if (refused) return say(`检查完了：${articles} 篇里有 ${refused} 篇不能导入，什么也没存${rest}。`, done, total);
    if (!really.checked) return say(`检查完了：${articles} 篇都可以导入${rest}。现在什么也没存：勾选“真的导入”再来一次。`, done, total);
    say(`${articles} 篇都可以导入，正在一起存入……请不要关掉这一页。`);
    return form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById("import-report")?.remove();
    rows.tBodies[0].replaceChildren();
    rows.hidden = false;
    say("正在读文件……");
    check(0, 0, 0).catch(() => say("网络断了，什么也没存，请再试一次。", 0, 0));
  });
});
