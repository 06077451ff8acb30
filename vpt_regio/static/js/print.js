// Shows the print buttons, which do nothing without JavaScript.
export function enablePrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
