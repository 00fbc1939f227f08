// Shows what of a photograph will be blurred, and lets a finger or a pointer draw it: <form data-blurs="what to do">.
const GRAIN = 10; // a blurred part is drawn as so many dots, so that nothing of it can be made out
const WIDEST = 960;

function rectangle(words) {
  const box = words.replaceAll("،", ",").split(",").map(Number);
  return words.trim() && box.length === 4 && box.every((side) => side >= 0 && side <= 100) ? box : null;
}

for (const form of document.querySelectorAll("form[data-blurs]")) {
  const inputs = [...form.querySelectorAll("input[name*=blur_]")];
  const file = form.querySelector("input[type=file]");
  const shown = document.getElementById(form.dataset.picture ?? "");
  const note = Object.assign(document.createElement("p"), { className: "meta", textContent: form.dataset.blurs });
  const canvas = Object.assign(document.createElement("canvas"), { className: "photograph drawn" });
  const coarse = document.createElement("canvas");
  coarse.width = coarse.height = GRAIN;
  let picture = null;
  let drawing = null;

  const draw = () => {
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const box of [...inputs.map((input) => rectangle(input.value)), drawing?.box]) {
      if (!box) continue;
      const [left, top, width, height] = box.map((side, index) => (side / 100) * (index % 2 ? canvas.height : canvas.width));
      if (width < 1 || height < 1) continue;
      coarse.getContext("2d").drawImage(canvas, left, top, width, height, 0, 0, GRAIN, GRAIN);
      pen.drawImage(coarse, 0, 0, GRAIN, GRAIN, left, top, width, height);
      pen.strokeRect(left, top, width, height);
    }
  };
  const show = (found, width, height) => {
    picture = found;
    const scale = Math.min(1, WIDEST / width);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    if (!canvas.isConnected) inputs[0].closest(".entry").before(note, canvas);
    draw();
  };
  const place = (event) => {
    const edges = canvas.getBoundingClientRect();
    const within = (part) => Math.min(100, Math.max(0, part * 100));
    return [within((event.clientX - edges.left) / edges.width), within((event.clientY - edges.top) / edges.height)];
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = { from: place(event), box: null };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const [x, y] = place(event);
    const [left, top] = [Math.min(x, drawing.from[0]), Math.min(y, drawing.from[1])];
    drawing.box = [left, top, Math.max(x, drawing.from[0]) - left, Math.max(y, drawing.from[1]) - top];
    draw();
  });
  canvas.addEventListener("pointerup", () => {
    const box = drawing?.box;
    drawing = null;
    // A mere touch is no rectangle; when every field is taken the last one moves.
    if (box && box[2] >= 1 && box[3] >= 1) {
      const free = inputs.find((input) => !input.value.trim()) ?? inputs.at(-1);
      free.value = box.map((side) => Math.floor(side * 10) / 10).join(", ");
    }
    draw();
  });
  for (const input of inputs) input.addEventListener("input", () => picture && draw());
  file?.addEventListener("change", async () => {
    try {
      const found = await createImageBitmap(file.files[0]);
      show(found, found.width, found.height);
    } catch {
      note.remove(); // no picture: the server says so, in words
      canvas.remove();
    }
  });
  if (shown?.complete) show(shown, shown.naturalWidth, shown.naturalHeight);
  else shown?.addEventListener("load", () => show(shown, shown.naturalWidth, shown.naturalHeight));
}
