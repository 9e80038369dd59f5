// Single-key shortcuts: never while somebody types, never with Ctrl, Alt or Meta, and they can be switched off.
const SETTING = "quizapp-keys";
const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select, [contenteditable]";
const NATIVE = "a[href], button, summary, input, label";

const isOn = () => localStorage.getItem(SETTING) !== "off";

export function onKeys(handlers) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const pressed = event.key === " " ? "Space" : event.key;
    if ((pressed === "Enter" || pressed === "Space") && target.closest(NATIVE)) return;
    if (pressed !== "Enter" && !isOn()) return;
    const digit = /^[1-9]$/.test(pressed);
    const handler = handlers[pressed] || (digit && handlers.digit);
    if (handler && handler(digit ? Number(pressed) : pressed) !== false) event.preventDefault();
  });
}

export function setUpDialog() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const box = dialog.querySelector("#keys-on");
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  const offer = () => document.querySelectorAll("[data-keys]").forEach((button) => (button.hidden = false));
  offer();
  document.addEventListener("htmx:afterSettle", offer);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys]")) dialog.showModal();
  });
  return dialog;
}
