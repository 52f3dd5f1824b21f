/* The contact form of Casey on a page of yours:
   <script src="https://casey.example.com/widget.js" data-label="Contact us" data-color="#1b6a5c" defer></script> */
(() => {
  const script = document.currentScript;
  const words = {
    de: ["Kontakt", "Schließen"], es: ["Contacto", "Cerrar"], fr: ["Nous contacter", "Fermer"],
    ru: ["Написать нам", "Закрыть"], sv: ["Kontakta oss", "Stäng"],
  };
  const language = (document.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
  const [label, close] = words[language] || ["Contact us", "Close"];
  const address = new URL("/new?embedded=1", script.src);
  if (script.dataset.form) address.searchParams.set("form", script.dataset.form);

  const make = (tag, style, more) => {
    const one = Object.assign(document.createElement(tag), more);
    Object.assign(one.style, style);
    return one;
  };
  const look = {
    font: "600 1rem/1.2 system-ui, sans-serif", color: "#fff", background: script.dataset.color || "#1b6a5c",
    border: "0", borderRadius: "2rem", padding: ".9rem 1.4rem", cursor: "pointer",
  };

  const start = () => {
    const title = script.dataset.label || label;
    const button = make("button", { ...look, position: "fixed", insetBlockEnd: "1.25rem", insetInlineEnd: "1.25rem", zIndex: 2147483000 },
      { type: "button", textContent: title });
    const dialog = make("dialog", { padding: "0", border: "0", borderRadius: ".75rem", width: "min(40rem, 96vw)", height: "min(48rem, 94vh)", overflow: "hidden" },
      { ariaLabel: title });
    const end = make("button", { ...look, position: "absolute", insetBlockStart: ".5rem", insetInlineEnd: ".5rem", padding: ".5rem 1rem" },
      { type: "button", textContent: close });
    end.onclick = () => dialog.close();
    addEventListener("message", (said) => {
      const frame = dialog.querySelector("iframe");
      if (frame && said.source === frame.contentWindow && said.data === "casey:close") dialog.close();
    });
    button.onclick = () => {
      if (!dialog.querySelector("iframe")) {
        dialog.append(make("iframe", { width: "100%", height: "100%", border: "0" }, { src: address.href, title }));
      }
      dialog.showModal();
    };
    dialog.append(end);
    document.body.append(button, dialog);
  };
  if (document.body) start(); else document.addEventListener("DOMContentLoaded", start);
})();
