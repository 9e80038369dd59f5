// Says before sending that notes are too large, so that nothing is sent in vain, and shows the preview where it begins.
const form = document.getElementById("note-form");
const limit = Number(form.dataset.limit);
const trouble = document.getElementById("too-large");

function size() {
  const file = form.elements.upload.files[0];
  return file ? file.size : new Blob([form.elements.markdown.value]).size;
}

form.addEventListener("submit", (event) => {
  const tooLarge = size() > limit;
  trouble.hidden = !tooLarge;
  if (tooLarge) event.preventDefault();
});

const saved = form.elements.markdown.value;
form.elements.markdown.addEventListener("input", () => {
  window.onbeforeunload = form.elements.markdown.value === saved ? null : (event) => event.preventDefault();
});
form.addEventListener("submit", () => {
  window.onbeforeunload = null;
});

const place = document.getElementById("says") || document.getElementById("preview");
if (place) {
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}
