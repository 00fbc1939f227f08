// Keeps what is being written, every few seconds, on the server and sealed: a lost session loses nothing of it.
const form = document.querySelector("form[data-keep]");
const PAUSE = 4000;

function fields() {
  const kept = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") kept[name] = value;
  }
  return kept;
}

function putBack(kept) {
  for (const [name, value] of Object.entries(kept)) {
    const input = form.elements.namedItem(name);
    if (!input) continue;
    if (input.type === "checkbox") input.checked = true;
    else input.value = value;
  }
}

async function send(words) {
  const body = new URLSearchParams({ place: location.pathname, words: JSON.stringify(words) });
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(form.dataset.keep, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

if (form) {
  let last = JSON.stringify(fields());
  let timer = null;
  const note = document.querySelector("[data-kept-note]");
  const keep = async () => {
    timer = null;
    const now = JSON.stringify(fields());
    if (now === last) return;
    try {
      const answer = await send(fields());
      if (answer.ok) last = now;
      if (note) note.textContent = answer.ok ? note.dataset.kept : note.dataset.lost;
    } catch {
      if (note) note.textContent = note.dataset.lost;
      timer = setTimeout(keep, PAUSE);
    }
  };
  form.addEventListener("input", () => {
    timer ??= setTimeout(keep, PAUSE);
  });
  const offered = document.getElementById("kept-words");
  document.querySelector("[data-put-back]")?.addEventListener("click", (event) => {
    putBack(JSON.parse(offered.textContent));
    event.target.closest(".notice").remove();
    keep();
  });
}
