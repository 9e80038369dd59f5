// A quiz by keyboard: digits choose, Enter sends and goes on. Without this file everything works by mouse and Tab.
import { onKeys, setUpDialog } from "./keys.js";
import "./trouble.js";

const dialog = setUpDialog();
const question = () => document.getElementById("question");

function choose(number) {
  const box = question().querySelector(`input[data-key="${number}"]`);
  if (!box) return false;
  box.click();
  box.focus();
  return true;
}

function goOn() {
  const next = document.getElementById("next");
  if (next) next.click();
  else question().querySelector("form.sheet")?.requestSubmit();
}

// A focused radio button would send the form by itself; a check box would not.
document.addEventListener("keydown", (event) => {
  const box = event.target instanceof Element && event.target.closest("#question input[data-key]");
  if (!box || event.key !== "Enter" || event.repeat) return;
  event.preventDefault();
  goOn();
});

onKeys({ digit: choose, Enter: goOn, "?": () => dialog.showModal() });

document.addEventListener("htmx:afterSettle", () => {
  const place = document.getElementById("result") || document.getElementById("trouble");
  place?.focus();
  const bar = document.querySelector("progress");
  if (document.getElementById("result") && bar) bar.value = Number(bar.dataset.after);
});

if (document.getElementById("result")) document.getElementById("result").focus({ preventScroll: true });
else document.querySelector('#question input[name="answer"][type="text"]')?.focus();
