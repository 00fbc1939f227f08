// Says what is wrong beside a field when it is left, in the words the server would use. The server decides all the same.
const looksLikeAnAddress = /^[^\s@]+@[^\s@]+$/;

// Several choices under one legend are asked as one.
const group = (input) => input.closest("fieldset[data-missing]") ?? input;

function verdict(input) {
  if (input.matches("fieldset")) return input.querySelector(":checked") ? "" : input.dataset.missing;
  const value = input.value.trim();
  if (input.dataset.missing && !(input.type === "checkbox" ? input.checked : value)) return input.dataset.missing;
  if (input.type === "email" && value && !looksLikeAnAddress.test(value)) return input.dataset.wrong || "";
  return "";
}

// Of words that somebody else will read the server says what stands in their way, while they are written: it keeps nothing.
const PAUSE = 1200; // ms without a key
const heard = new WeakMap(); // field → { value, wrong }
const waiting = new WeakMap();

async function ask(input) {
  const { value } = input;
  if (!value.trim() || heard.get(input)?.value === value) return;
  try {
    const answer = await fetch(input.dataset.check, { method: "POST", body: new URLSearchParams({ words: value }) });
    if (answer.status !== 200) return;
    heard.set(input, { value, ...(await answer.json()) });
    if (input.value === value) show(input);
  } catch {
    // away for a moment: the server says it when the words are sent
  }
}

function soon(input, pause) {
  clearTimeout(waiting.get(input));
  waiting.set(input, setTimeout(() => ask(input), pause));
}

function judged(input) {
  const found = heard.get(input);
  return verdict(input) || (found && found.value === input.value ? found.wrong : ""); // a fieldset has no value
}

function show(input) {
  const says = judged(input);
  const holder = input.matches("fieldset") ? input : input.closest(".entry, .choice");
  if (!holder) return;
  const id = `${input.id}_error`;
  const hint = document.getElementById(`${input.id}_helptext`);
  const describe = (...ids) => ids.some(Boolean) ? input.setAttribute("aria-describedby", ids.filter(Boolean).join(" ")) : input.removeAttribute("aria-describedby");
  let note = document.getElementById(id);
  if (!says) {
    note?.remove();
    mark(input, false);
    describe(hint?.id);
    return;
  }
  if (!note) {
    note = document.createElement("span");
    note.className = "wrong";
    note.id = id;
    holder.append(note);
  }
  note.textContent = says;
  mark(input, true);
  describe(hint?.id, id);
}

function mark(input, isWrong) {
  for (const one of input.matches("fieldset") ? input.querySelectorAll("input") : [input]) {
    if (isWrong) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

for (const form of document.querySelectorAll("form[novalidate]")) {
  // What was wrong and is mended goes while it is being typed; what is wrong is said a moment after the field was left, so
  // that nothing moves under a finger that is just pressing something else.
  form.addEventListener("input", (event) => {
    const input = group(event.target);
    if (document.getElementById(`${input.id}_error`) && !judged(input)) show(input);
    if (input.dataset.check) soon(input, PAUSE);
  });
  form.addEventListener("focusout", (event) => {
    // Leaving an empty field on the way is no mistake yet; sending it empty is.
    if (event.target.value && verdict(event.target)) setTimeout(() => show(event.target), 300);
    if (event.target.dataset.check) soon(event.target, 0);
  });
  form.addEventListener("submit", (event) => {
    const inputs = [...form.querySelectorAll("[data-missing], input[type=email]")];
    inputs.forEach(show);
    const first = inputs.find((input) => verdict(input) && document.getElementById(`${input.id}_error`));
    if (first) {
      event.preventDefault();
      (first.matches("fieldset") ? first.querySelector("input") : first).focus();
    }
  });
}
