/** Touch cannot hover: a tap on a tile shows what hovering would, for a while. */

const shownMs = 3_000;

/** Gives the last tapped tile the class `touched`. Returns the undo. */
export function revealOnTouch(page: Document = document): () => void {
  let undo = () => {};
  const reveal = (event: PointerEvent) => {
    if (event.pointerType === "mouse" || !(event.target instanceof Element)) return;
    const tile = event.target.closest(".tile");
    undo();
    if (tile === null) return;
    // After the click of this tap, which would otherwise press a key that has just appeared.
    const show = setTimeout(() => tile.classList.add("touched"), 0);
    const hide = setTimeout(() => undo(), shownMs);
    undo = () => {
      clearTimeout(show);
      clearTimeout(hide);
      tile.classList.remove("touched");
      undo = () => {};
    };
  };
  page.addEventListener("pointerup", reveal);
  return () => {
    page.removeEventListener("pointerup", reveal);
    undo();
  };
}
