// Adds conveniences to pages that work without them.
import { watchAutosave } from "./autosave.js";
import { addCounters } from "./counter.js";
import { focusErrorSummary } from "./error-summary.js";
import { addFilters } from "./filter.js";
import { enableMenu } from "./menu.js";
import { enablePrint } from "./print.js";
import { guardUnsaved } from "./unsaved.js";

document.documentElement.classList.add("vpt-js");
enableMenu();
focusErrorSummary();
addCounters();
addFilters();
enablePrint();
guardUnsaved();
watchAutosave();
