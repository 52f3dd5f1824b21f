// Keeps a draft in this browser until it was sent, and shows a message in its place while it is being sent.
const path = (address) => new URL(address).pathname;
const draftOf = (form) => "draft:" + path(form.action);
const say = (form, words) => { form.querySelector("[role=status]").textContent = words; };
const renewed = () => document.dispatchEvent(new Event("renewed"));

const bind = (form) => {
  const text = form.querySelector("textarea"), draft = localStorage.getItem(draftOf(form));
  form.dataset.bound = "";
  if (draft && !text.value) {
    text.value = draft;
    say(form, form.dataset.kept);
  }
  text.addEventListener("input", () => localStorage.setItem(draftOf(form), text.value));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (!text.readOnly) send(form, text);
  });
};

const send = (form, text) => {
  const request = new XMLHttpRequest(), content = new FormData(form), words = text.value;
  const message = shown(form, words), bar = message.querySelector("progress");
  const back = (why) => {
    message.remove();
    text.readOnly = false;
    text.value = words;
    say(form, why);
    text.focus();
    renewed();
  };
  text.value = "";
  text.readOnly = true;
  say(form, message.querySelector(".mark").textContent);
  request.upload.onprogress = (step) => {
    if (step.lengthComputable) [bar.max, bar.value] = [step.total, step.loaded];
  };
  request.onerror = () => back(form.dataset.failed);
  request.onload = () => answered(request, form, back);
  request.open("POST", form.action);
  request.responseType = "document";
  request.send(content);
};

const shown = (form, words) => {
  const message = form.querySelector("template").content.firstElementChild.cloneNode(true);
  message.querySelector(".text").textContent = words;
  document.querySelector(".conversation").append(message);
  message.scrollIntoView({ block: "nearest" });
  return message;
};

const answered = (request, form, back) => {
  const page = request.response, chosen = form.querySelector("[type=file]")?.files;
  if (!path(form.action).startsWith(path(request.responseURL))) location.assign(request.responseURL);
  else if (request.status < 400) {
    localStorage.removeItem(draftOf(form));
    show(page, "latest");
  } else if (page?.querySelector("main form")) {
    show(page, "reply");
    const files = document.querySelector("[data-reply] [type=file]");
    if (files) files.files = chosen;
  } else back(page?.querySelector("main .lead")?.textContent || form.dataset.failed);
};

const show = (page, id) => {
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  renewed();
  const place = document.getElementById(id);
  place.tabIndex = -1;
  place.focus();
  place.scrollIntoView();
};

const start = () => document.querySelectorAll("form[data-reply]:not([data-bound])").forEach(bind);
document.addEventListener("renewed", start);
start();
