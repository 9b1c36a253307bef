// Buttons that copy the text beside them. Without the script there are none: the text is selected and copied by hand.

import { copy } from "./copying.js";

for (const button of document.querySelectorAll("button[data-copies]")) {
  const area = document.getElementById(button.dataset.copies);
  const said = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(area.value);
    // Selected in any case: where nothing may be copied, the person sees what to copy.
    area.focus();
    area.select();
    button.textContent = copied ? button.dataset.done : button.dataset.failed;
    area.addEventListener("blur", () => (button.textContent = said), { once: true });
  });
}
