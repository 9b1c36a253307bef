// The code that opens this page's matter in a chat: copied at a tap.

import { copy } from "./copying.js";

for (const button of document.querySelectorAll(".copy-code")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = button.closest(".to-paste").querySelector("[role=status]");
    told.textContent = (await copy(button.dataset.copy)) ? button.dataset.copied : button.dataset.failed;
  });
}
