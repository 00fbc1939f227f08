// Keeps what is being written, every few seconds, on the server and sealed. Where the session has ended it says so, and goes on
// once somebody has signed in again, in another window too.
const form = document.querySelector("form[data-keep]");
const PAUSE = 4000;

// Everything somebody typed, chose or ticked: {name: [values]}. A name without a value has nothing ticked.
function fields() {
  const kept = {};
  for (const one of form.elements) {
    if (!one.name || one.disabled || ["hidden", "file", "submit", "button"].includes(one.type)) continue;
    const values = (kept[one.name] ??= []);
    if (one.type === "checkbox" || one.type === "radio") {
      if (one.checked) values.push(one.value);
    } else if (one.type === "select-multiple") {
      values.push(...[...one.selectedOptions].map((option) => option.value));
    } else {
      values.push(one.value);
    }
  }
  return kept;
}

function putBack(kept) {
  const places = {};
  for (const one of form.elements) {
    if (!one.name || one.type === "hidden" || !Array.isArray(kept[one.name])) continue;
    const values = kept[one.name];
    if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
    else if (one.type === "select-multiple") for (const option of one.options) option.selected = values.includes(option.value);
    else if (one.type !== "file") one.value = values[(places[one.name] = (places[one.name] ?? -1) + 1)] ?? "";
  }
}

const token = () => form.querySelector("[name=csrfmiddlewaretoken]");

// Whoever signs in again has another token: the page of today knows it.
async function renewToken() {
  const page = await fetch(location.href, { redirect: "manual" });
  if (page.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = fresh.value;
}

async function send(words) {
  const body = new URLSearchParams({ place: location.pathname, words: JSON.stringify(words) });
  const answer = await fetch(form.dataset.keep, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token().value },
    redirect: "manual", // to signing in: then nothing was kept
  });
  return answer.status;
}

if (form) {
  let last = JSON.stringify(fields());
  let timer = null;
  const note = document.querySelector("[data-kept-note]");
  const say = (what) => {
    if (note && note.textContent !== note.dataset[what]) note.textContent = note.dataset[what];
  };
  const keep = async () => {
    timer = null;
    const words = fields();
    const now = JSON.stringify(words);
    if (now === last) return;
    try {
      let status = await send(words);
      if (status !== 204 && status !== 400) {
        await renewToken();
        status = await send(words);
      }
      if (status === 204) {
        last = now;
        return say("kept");
      }
      say(status === 0 || status === 403 ? "ended" : "lost");
    } catch {
      say("lost");
    }
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", () => {
    timer ??= setTimeout(keep, PAUSE);
  });
  const offered = document.getElementById("kept-words");
  const again = document.querySelector("[data-put-back]");
  if (again) again.hidden = false;
  again?.addEventListener("click", (event) => {
    putBack(JSON.parse(offered.textContent));
    event.target.closest(".notice").remove();
    keep();
  });
}
