/**
 * The browser may still read the file long after the click; the address only has to live until it
 * began. Milliseconds.
 */
const beginMs = 60_000;

/** Brings a file of the page into the person's downloads. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), beginMs);
}
