// The native dialog keeps the focus inside, closes on Escape, and returns the focus to the button that opened it.
export function open(dialog) {
  if (!dialog.open) dialog.showModal();
}

export function close(dialog) {
  dialog.close();
}
