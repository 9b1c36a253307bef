// Buttons that copy the text beside them. Without the script there are none: the text is selected and copied by hand.

for (const button of document.querySelectorAll("button[data-copies]")) {
  const area = document.getElementById(button.dataset.copies);
  const said = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = (await copy(area)) ? button.dataset.done : button.dataset.failed;
    area.addEventListener("blur", () => (button.textContent = said), { once: true });
  });
}

async function copy(area) {
  // Selected in any case: where nothing may be copied, the person sees what to copy.
  area.focus();
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // A page without TLS may not use the clipboard.
    return document.execCommand("copy");
  }
}
