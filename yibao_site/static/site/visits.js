// Which changes began after the visit before this one. The days of the visits stay on this device, in localStorage.
// Without this the dated list stands as it is.
(() => {
  const section = document.querySelector("[data-changes]");
  const { today, changes: place } = section.dataset;
  let visits = {};
  try {
    visits = JSON.parse(localStorage.getItem("visits")) || {};
    if (visits.latest !== today) {
      visits = { before: visits.latest, latest: today };
      localStorage.setItem("visits", JSON.stringify(visits));
    }
  } catch {
    return; // storage is switched off, or holds what we did not write
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(visits.before)) return;
  const begun = [...section.querySelectorAll("li")].filter((item) => item.querySelector("time").dateTime > visits.before);
  begun.forEach((item) => item.classList.add("begun"));
  const [, month, day] = visits.before.split("-").map(Number);
  section.querySelector("h2").textContent = begun.length
    ? `从你上次来以后，${place}变了 ${begun.length} 项`
    : `从你上次来（${month}月${day}日）以后，${place}没有变化`;
})();
