// On a page of another site: the frames of our calculators are as high as what stands in them, and what was asked for comes into sight.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${home}/embed/`));
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (!frame) return;
    if (Number.isFinite(data?.calculatorHeight)) frame.style.height = `${Math.ceil(data.calculatorHeight)}px`;
    if (!Number.isFinite(data?.calculatorTop)) return;
    const top = frame.getBoundingClientRect().top + data.calculatorTop;
    if (top < 0 || top > innerHeight / 2) scrollBy(0, top);
  });
  // To any origin: a frame that is not loaded yet has none, and the question is no secret.
  for (const frame of frames()) frame.contentWindow?.postMessage("calculatorHeight", "*");
})();
