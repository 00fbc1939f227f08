// Says what is wrong beside a field when it is left, in the words the server would use. The server decides all the same.
const looksLikeAnAddress = /^[^\s@]+@[^\s@]+$/;

function verdict(input) {
  const value = input.value.trim();
  if (input.dataset.missing && !(input.type === "checkbox" ? input.checked : value)) return input.dataset.missing;
  if (input.type === "email" && value && !looksLikeAnAddress.test(value)) return input.dataset.wrong || "";
  return "";
}

function show(input) {
  const says = verdict(input);
  const holder = input.closest(".entry, .choice");
  if (!holder) return;
  const id = `${input.id}_error`;
  const hint = document.getElementById(`${input.id}_helptext`);
  const describe = (...ids) => ids.some(Boolean) ? input.setAttribute("aria-describedby", ids.filter(Boolean).join(" ")) : input.removeAttribute("aria-describedby");
  let note = document.getElementById(id);
  if (!says) {
    note?.remove();
    input.removeAttribute("aria-invalid");
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
  input.setAttribute("aria-invalid", "true");
  describe(hint?.id, id);
}

for (const form of document.querySelectorAll("form[novalidate]")) {
  // What was wrong and is mended goes while it is being typed; what is wrong is said a moment after the field was left, so
  // that nothing moves under a finger that is just pressing something else.
  form.addEventListener("input", (event) => {
    if (event.target.getAttribute("aria-invalid") && !verdict(event.target)) show(event.target);
  });
  form.addEventListener("focusout", (event) => {
    // Leaving an empty field on the way is no mistake yet; sending it empty is.
    if (event.target.value && verdict(event.target)) setTimeout(() => show(event.target), 300);
  });
  form.addEventListener("submit", (event) => {
    const inputs = [...form.querySelectorAll("[data-missing], input[type=email]")];
    inputs.forEach(show);
    const first = inputs.find((input) => input.getAttribute("aria-invalid"));
    if (first) {
      event.preventDefault();
      first.focus();
    }
  });
}
