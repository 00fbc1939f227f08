// Renews a part of the page from its own address, while somebody is looking: <div data-live="/path/" data-every="20">.
for (const part of document.querySelectorAll("[data-live]")) {
  const pause = Number(part.dataset.every || 20) * 1000;
  const renew = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(part.dataset.live, { headers: { "X-Part": "1" } });
        if (answer.status === 200) {
          part.innerHTML = await answer.text();
          if (part.querySelector("[data-over]")) return location.reload();
        }
      }
    } catch {
      // away for a moment: what stands there stays
    }
    setTimeout(renew, pause);
  };
  setTimeout(renew, pause);
}
