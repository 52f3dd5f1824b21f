// Notes that a case was read, once its page has been looked at for a moment. Without this, there is a button.
const form = document.getElementById("read");
const LOOKED_AT = 2000;

async function noteRead() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  form.hidden = answer.type === "opaqueredirect";
}

if (form) {
  setTimeout(() => document.visibilityState === "visible" && noteRead(), LOOKED_AT);
}
