// Inside a frame: the page around it is told how high the calculator is, that it has just computed, and nothing else.
(() => {
  const tell = () => parent.postMessage({ calculatorHeight: document.body.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ data }) => {
    if (data === "calculatorHeight") tell();
  });
  // The button was pressed, so the result stands above where the visitor looks.
  if (document.referrer.startsWith(location.origin + location.pathname)) parent.postMessage({ calculatorAnswered: true }, "*");
})();
