// Puts a text where it can be pasted from.

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** For pages without TLS and for frames that may not use the clipboard. */
function copyTheOldWay(text) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    // Said below: it was not copied.
  }
  area.remove();
  if (before) {
    before.focus({ preventScroll: true });
  }
  return copied;
}
