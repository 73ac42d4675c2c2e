// Inside a frame: the page around it is told how high the calculator is, where in it to look, and nothing else.
(() => {
  const tell = () => parent.postMessage({ calculatorHeight: document.body.offsetHeight }, "*");
  const show = (top) => parent.postMessage({ calculatorTop: top }, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", ({ data }) => {
    if (data === "calculatorHeight") tell();
  });
  // The button was pressed, so the result stands above where the visitor looks.
  if (document.referrer.startsWith(location.origin + location.pathname)) show(0);
  // A link to a place in the calculator: a frame as high as its page has nothing to scroll.
  document.addEventListener("click", ({ target }) => {
    const place = document.getElementById(target.closest('a[href^="#"]')?.hash.slice(1));
    if (place) show(place.getBoundingClientRect().top + scrollY);
  });
})();
