// A mail shown in a frame stands at its whole height; without this script the frame scrolls.
function fit(frame) {
  const page = frame.contentDocument?.documentElement;
  if (page?.scrollHeight) frame.height = page.scrollHeight + 2;
}

for (const frame of document.querySelectorAll("iframe[data-whole]")) {
  frame.addEventListener("load", () => fit(frame));
  frame.closest("details")?.addEventListener("toggle", () => fit(frame)); // one in a closed part has no height yet
  fit(frame);
}
