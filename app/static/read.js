// Notes that a case was read, once its page has been looked at for a moment. Without this, there is a button.
const LOOKED_AT = 2000;
let looking;

async function noteRead() {
  const form = document.getElementById("read");
  if (!form || document.visibilityState !== "visible") return;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  form.hidden = answer.type === "opaqueredirect";
}

function look() {
  clearTimeout(looking);
  if (document.querySelector("#read:not([hidden])")) looking = setTimeout(noteRead, LOOKED_AT);
}

document.addEventListener("renewed", look);
look();
