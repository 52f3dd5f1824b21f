// Keeps a page up to date: a stream says that it has changed, then it is fetched. It looks the same without this.
import { renew } from "./renew.js";

const CALM = 2000, SHORTEST = 3000, LONGEST = 600000, STEADY = 60000;
const line = () => document.querySelector("[data-stream]");
const sending = () => document.querySelector(".sending");
const { stream, page } = line().dataset;
let { mark } = line().dataset, told = mark;
let source, timer, opened, pause = SHORTEST, running, again, behind, over;

const close = () => {
  clearTimeout(timer);
  source?.close();
};

const later = () => {
  close();
  pause = opened && Date.now() - opened > STEADY ? SHORTEST : Math.min(2 * pause, LONGEST);
  timer = setTimeout(open, pause);
};

const end = () => {
  over = true;
  close();
};

const show = (text, seen) => {
  const found = renew(new DOMParser().parseFromString(text, "text/html"));
  behind = found.behind;
  mark = seen;
  line().textContent = line().dataset[found.news] || "";
  document.dispatchEvent(new Event("renewed"));
};

const look = async () => {
  const seen = told;
  try {
    const answer = await fetch(page + location.search, { headers: { "X-Casey-Live": "1" }, redirect: "manual" });
    const text = await answer.text();
    if (answer.ok && sending()) again = true;
    else if (answer.ok) show(text, seen);
    else if (answer.status >= 429) later();
    else end();
  } catch {
    later();
  }
};

const refresh = async () => {
  again = true;
  if (running || over || sending()) return;
  running = true;
  again = behind = false;
  await look();
  setTimeout(() => {
    running = false;
    if (again) refresh();
  }, CALM);
};

function open() {
  opened = 0;
  source = new EventSource(`${stream}?after=${mark}`);
  source.onopen = () => { opened = Date.now(); };
  source.onmessage = (event) => {
    told = event.lastEventId;
    refresh();
  };
  source.onerror = later;
  source.addEventListener("over", end);
}

const watch = () => {
  close();
  if (!over && document.visibilityState === "visible") open();
};

document.addEventListener("visibilitychange", watch);
document.addEventListener("renewed", () => again && refresh());
document.addEventListener("focusout", () => behind && setTimeout(refresh));
document.addEventListener("toggle", () => behind && refresh(), true);
watch();
