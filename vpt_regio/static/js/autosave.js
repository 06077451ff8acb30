// Saves a long form now and then while somebody types. The server answers {saved_at, version};
// 409 {message} means that someone else saved in between: then nothing is overwritten.
import { markChanged, markSaved } from "./unsaved.js";

const DELAY = 3000;
const RETRY = 15000;

export function watchAutosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    new Autosave(form);
  }
}

// Whether a text differs from what the server sent.
function isTyped(form) {
  const texts = form.querySelectorAll("textarea, input:not([type=hidden])");
  return [...texts].some((field) => field.value !== field.defaultValue);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]");
    this.timer = null;
    this.stopped = false;
    this.busy = false;
    this.dirty = false;
    form.addEventListener("input", () => this.plan(DELAY));
    form.addEventListener("submit", () => this.stop());
    if (isTyped(form)) this.begin();
  }

  // Somebody typed before this script ran, or the browser put back what they had typed.
  begin() {
    markChanged(this.form);
    this.plan(DELAY);
  }

  plan(delay) {
    this.dirty = true;
    window.clearTimeout(this.timer);
    if (!this.stopped) this.timer = window.setTimeout(() => this.save(), delay);
  }

  stop() {
    this.stopped = true;
    window.clearTimeout(this.timer);
  }

  async save() {
    if (this.busy) return;
    this.busy = true;
    this.dirty = false;
    const retry = !(await this.send());
    this.busy = false;
    if (retry) this.plan(RETRY);
    else if (this.dirty) this.plan(DELAY);
  }

  // Returns false when it is worth trying again later.
  async send() {
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      return await this.handle(response);
    } catch {
      this.say(this.status.dataset.offline, true);
      return false;
    }
  }

  async handle(response) {
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const answer = isJson ? await response.json() : {};
    if (response.status >= 500) {
      this.say(this.status.dataset.offline, true);
      return false;
    }
    if (response.ok && answer.saved_at) {
      this.accept(answer);
      return true;
    }
    if (response.status === 409) this.stop();
    this.say(answer.message ?? this.status.dataset.refused, true);
    return true;
  }

  accept(answer) {
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) version.value = answer.version;
    this.say(this.status.dataset.saved.replace("{time}", answer.saved_at), false);
    if (this.dirty) markChanged(this.form);
    else markSaved(this.form);
  }

  say(text, isProblem) {
    this.status.textContent = text;
    this.status.classList.toggle("vpt-save-status--problem", isProblem);
  }
}
