// The chosen picture goes back to the editor that opened this window, with its words.
"use strict";
document.querySelectorAll(".pictures button").forEach((button) => {
  button.addEventListener("click", () => {
    const turn = new URLSearchParams(location.search).get("CKEditorFuncNum");
    const words = { alternative_text: button.dataset.alt };
    window.opener.CKEDITOR.tools.callFunction(Number(turn), button.dataset.url, words);
    window.close();
  });
});
