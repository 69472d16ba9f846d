// Pages work without this. It gives govuk-frontend's parts their manners: error summaries take the focus, buttons wait.
import { initAll } from "/assets/govuk-frontend.min.js";
initAll();
