// Follows the cluster: asks once a second, less often when nothing changes or nobody looks, and takes over the answer.
import { offerCopy } from "./copy.js";

const SOON = 1000;
const QUIET = 2000;
const HIDDEN = 15000;
const LOST = 5000;

const live = document.getElementById("live");
const says = document.getElementById("lab-says");
const lost = document.getElementById("lost");
const state = () => document.getElementById("lab-state");
let timer;

async function look() {
  const body = new FormData();
  body.append("csrf_token", live.dataset.token);
  const reply = await fetch(live.dataset.check, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "error" });
  if (!reply.ok) throw new Error(String(reply.status));
  const piece = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("lab-state");
  if (!piece) throw new Error("no state in the reply");
  return piece;
}

function adopt(piece) {
  const old = state();
  if (old.dataset.digest === piece.dataset.digest) return false;
  const focused = document.activeElement?.closest("#lab-state a[href]")?.getAttribute("href");
  const heard = old.dataset.says;
  old.replaceWith(document.adoptNode(piece));
  offerCopy(state());
  if (focused) state().querySelector(`a[href="${focused}"]`)?.focus();
  if (piece.dataset.says !== heard) says.textContent = piece.dataset.says;
  return true;
}

async function round() {
  clearTimeout(timer);
  let wait = LOST;
  try {
    const changed = adopt(await look());
    lost.hidden = true;
    wait = document.hidden ? HIDDEN : changed ? SOON : QUIET;
  } catch {
    lost.hidden = false;
  }
  if (state().dataset.finished !== "yes") timer = setTimeout(round, wait);
}

document.getElementById("refused")?.focus();
offerCopy(document);
// Before the lab is started there is nothing to follow, and looking would start it.
if (live.dataset.follow === "yes") {
  document.getElementById("check").hidden = true;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && state().dataset.finished !== "yes") round();
  });
  round();
}
