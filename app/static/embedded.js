// In a frame of somebody else's page Escape closes the window around it, as it does outside of the frame.
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && parent !== window) parent.postMessage("casey:close", "*");
});
