// Makes the form of a case nicer: a draft stays in this browser, and files show how far they are. All works without it.
(() => {
  const keyOf = (form) => "draft:" + new URL(form.action).pathname;
  const bound = (form) => {
    const key = keyOf(form);
    const text = form.querySelector("textarea");
    const note = document.createElement("p");
    note.className = "hint";
    note.setAttribute("role", "status");
    form.append(note);
    const draft = localStorage.getItem(key);
    if (draft && !text.value) {
      text.value = draft;
      note.textContent = form.dataset.kept;
    }
    text.addEventListener("input", () => localStorage.setItem(key, text.value));
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      send(form, note);
    });
  };

  const send = (form, note) => {
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    const button = form.querySelector("button:not([formaction])");
    button.disabled = true;
    note.textContent = form.dataset.sending + " ";
    note.append(bar);
    bar.setAttribute("aria-label", form.dataset.sending);
    request.upload.onprogress = (step) => {
      if (step.lengthComputable) {
        bar.max = step.total;
        bar.value = step.loaded;
      }
    };
    request.onerror = () => {
      button.disabled = false;
      note.textContent = form.dataset.failed;
    };
    request.onload = () => show(request, keyOf(form));
    request.open("POST", form.action);
    request.responseType = "document";
    request.send(new FormData(form));
  };

  const show = (request, key) => {
    const page = request.response;
    const sent = request.status < 400;
    if (sent) localStorage.removeItem(key);
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    start();
    const place = document.getElementById(sent ? "latest" : "reply");
    if (place) {
      place.tabIndex = -1;
      place.focus();
      place.scrollIntoView();
    }
  };

  const start = () => document.querySelectorAll("form[data-reply]").forEach(bound);
  start();
})();
