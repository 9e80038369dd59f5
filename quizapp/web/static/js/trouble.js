// Says so when an answer could not be sent; htmx alone would stay silent. What was chosen stays on the page.
const WORDS = {
  "htmx:sendError": "quizapp does not answer. Is it still running? Nothing is lost here: try again.",
  "htmx:responseError": "That was not saved. Reload the page and send it again.",
};

for (const [event, words] of Object.entries(WORDS)) {
  document.addEventListener(event, () => {
    let note = document.getElementById("not-sent");
    if (!note) {
      note = document.createElement("p");
      note.id = "not-sent";
      note.className = "note bad";
      note.setAttribute("role", "alert");
      document.querySelector("main .narrow").prepend(note);
    }
    note.textContent = words;
  });
}

document.addEventListener("htmx:afterSwap", () => document.getElementById("not-sent")?.remove());
