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

function show(input) {
  const says = verdict(input);
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
    if (document.getElementById(`${input.id}_error`) && !verdict(input)) show(input);
  });
  form.addEventListener("focusout", (event) => {
    // Leaving an empty field on the way is no mistake yet; sending it empty is.
    if (event.target.value && verdict(event.target)) setTimeout(() => show(event.target), 300);
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
