// Keys in the queue: j and k go from case to case, / to the search, ? shows what the keys do. All else is the browser's.
const help = document.getElementById("keys");
const box = document.getElementById("q");

function go(steps) {
  const rows = [...document.querySelectorAll(".queue .subject")];
  const place = rows.indexOf(document.activeElement);
  const next = place < 0 ? (steps > 0 ? 0 : rows.length - 1) : place + steps;
  rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  "/": () => box?.focus(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (writes || event.ctrlKey || event.metaKey || event.altKey || help?.open || !(event.key in keys)) {
    return;
  }
  event.preventDefault();
  keys[event.key]();
});
