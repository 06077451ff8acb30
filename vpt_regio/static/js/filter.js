// Puts a search field above a table that shows only the rows with the typed words.
export function addFilters() {
  for (const template of document.querySelectorAll("template[data-filter-for]")) {
    const table = document.getElementById(template.dataset.filterFor);
    const box = template.content.firstElementChild.cloneNode(true);
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    template.replaceWith(box);
    input.addEventListener("input", () => {
      const shown = filterRows(table, input.value);
      status.textContent = input.value ? status.dataset.text.replace("{count}", shown) : "";
    });
  }
}

function normal(text) {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

function filterRows(table, typed) {
  const words = normal(typed).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const text = normal(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  return shown;
}
