// Tells how many characters are left. Nothing is cut off: the server says it when a text is too long.
const PAUSE = 800;

export function addCounters() {
  for (const counter of document.querySelectorAll("[data-counter-for]")) {
    const field = document.getElementById(counter.dataset.counterFor);
    const maximum = Number(counter.dataset.maximum);
    let timer = null;
    const show = () => {
      const left = maximum - [...field.value.replaceAll("\n", "\r\n")].length;
      const text = left < 0 ? counter.dataset.over : counter.dataset.left;
      counter.textContent = text.replace("{count}", Math.abs(left).toLocaleString(document.documentElement.lang));
      counter.classList.toggle("vpt-counter--over", left < 0);
    };
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(show, PAUSE);
    });
    show();
  }
}
