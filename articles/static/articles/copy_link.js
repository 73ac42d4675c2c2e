// The link for somebody outside is copied with one button; without JavaScript it is marked and copied by hand.
"use strict";
{
  const field = document.getElementById("preview-link");
  const button = document.getElementById("copy-link");
  if (field && button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        document.getElementById("copied").textContent = "已复制。";
      } catch {
        document.getElementById("copied").textContent = "已选中，按 Ctrl+C 复制。";
      }
    });
  }
}
