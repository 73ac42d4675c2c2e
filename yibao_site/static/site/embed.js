// On a page of another site: the frames of our calculators are as high as what stands in them.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${home}/embed/`));
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home || !Number.isFinite(data?.calculatorHeight)) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame) frame.style.height = `${Math.ceil(data.calculatorHeight)}px`;
  });
  for (const frame of frames()) frame.contentWindow?.postMessage("calculatorHeight", home);
})();
