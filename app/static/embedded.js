// In a frame of somebody else's page Escape closes the window around it, as it does outside of the frame.
// Not deferred: it listens before there is a field in which a key could be pressed.
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && parent !== window) parent.postMessage("casey:close", "*");
});
