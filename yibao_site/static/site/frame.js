// Inside a frame: the page around it is told how high the calculator is, and nothing else.
(() => {
  const tell = () => parent.postMessage({ calculatorHeight: document.body.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ data }) => {
    if (data === "calculatorHeight") tell();
  });
})();
