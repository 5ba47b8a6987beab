// The native dialog: it keeps the focus inside, closes on Escape and gives the focus back to the button it was opened from.
export function open(dialog) {
  if (!dialog.open) dialog.showModal();
}

export function close(dialog) {
  dialog.close();
}
