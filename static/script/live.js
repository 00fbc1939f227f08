// Renews a part of the page from its own address, while somebody is looking: <div data-live="/path/" data-every="20">.
function renewed(part, words) {
  // The keyboard stays where it was: on the button that does the same.
  const doing = part.contains(document.activeElement) ? document.activeElement.closest("form")?.getAttribute("action") : null;
  part.innerHTML = words;
  if (doing) [...part.querySelectorAll("form")].find((form) => form.getAttribute("action") === doing)?.querySelector("button")?.focus();
}

for (const part of document.querySelectorAll("[data-live]")) {
  const pause = Number(part.dataset.every || 20) * 1000;
  let last = "";
  const renew = async () => {
    try {
      if (!document.hidden) {
        // A session that ended answers with the way to signing in: that is no part of this page.
        const answer = await fetch(part.dataset.live, { headers: { "X-Part": "1" }, redirect: "manual" });
        const words = answer.status === 200 ? await answer.text() : last;
        if (words !== last && !part.querySelector(":active")) renewed(part, (last = words)); // nothing goes from under a finger
        if (part.querySelector("[data-over]")) return location.reload();
      }
    } catch {
      // away for a moment: what stands there stays
    }
    setTimeout(renew, pause);
  };
  setTimeout(renew, pause);
}
