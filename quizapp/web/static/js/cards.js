// Flashcards by keyboard. The back of a card is in the page already, so that showing it takes no time.
import { onKeys, setUpDialog } from "./keys.js";
import "./trouble.js";

const dialog = setUpDialog();
let shownAt = performance.now();

const card = () => document.getElementById("card");
const isShown = () => card().dataset.shown === "yes";

function show() {
  for (const id of ["back", "ratings", "source"]) document.getElementById(id).hidden = false;
  document.getElementById("show-row").hidden = true;
  card().dataset.shown = "yes";
  document.getElementById("back").focus();
}

function rate(rating) {
  if (!isShown()) return false;
  const button = document.querySelector(`#ratings button[value="${rating}"]`);
  button?.click(); // htmx sends the pressed button along only when it was clicked
  return Boolean(button);
}

function setAside(how) {
  const button = document.querySelector(`#aside button[value="${how}"]`);
  button?.click();
  return Boolean(button);
}

function showOrGood() {
  if (!card().dataset.shown) return false;
  if (isShown()) return rate(3);
  show();
  return true;
}

onKeys({
  Space: showOrGood,
  Enter: showOrGood,
  digit: rate,
  "-": () => setAside("bury-card"),
  "=": () => setAside("bury-fact"),
  "@": () => setAside("suspend-card"),
  "!": () => setAside("suspend-fact"),
  u: () => document.getElementById("undo").requestSubmit(),
  "?": () => dialog.showModal(),
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("#show");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show();
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target instanceof Element && event.target.closest("#show")) {
    event.preventDefault();
    show();
  }
});

document.addEventListener("submit", (event) => {
  const took = event.target.querySelector('input[name="duration_ms"]');
  if (took) took.value = String(Math.round(performance.now() - shownAt));
}, true);

document.addEventListener("htmx:configRequest", (event) => {
  if ("duration_ms" in event.detail.parameters) {
    event.detail.parameters.duration_ms = String(Math.round(performance.now() - shownAt));
  }
});

document.addEventListener("htmx:afterSettle", () => {
  shownAt = performance.now();
  document.getElementById("front")?.focus({ preventScroll: true });
});
