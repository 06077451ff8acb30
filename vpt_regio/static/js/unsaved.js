// Asks before leaving a page whose form was changed but not saved.
const changed = new Set();

export function markSaved(form) {
  changed.delete(form);
}

export function markChanged(form) {
  changed.add(form);
}

export function guardUnsaved() {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    form.addEventListener("input", () => markChanged(form));
    form.addEventListener("submit", () => changed.clear());
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed.size > 0) event.preventDefault();
  });
}
