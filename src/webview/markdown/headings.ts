/**
 * Says the level of each heading among the blocks by how deep it lies: a text may begin with any mark, and to who reads by headings a
 * level that is left out is a missing part. The element, and so the size, stays that of the mark. Headings in lists and quotations keep
 * their own level.
 *
 * @param above marks of the headings under which the first block lies, outermost first
 * @returns the same for a block after the last
 */
export function nestHeadings(blocks: readonly HTMLElement[], above: readonly number[]): readonly number[] {
  let open = above;
  for (const block of blocks) {
    const mark = Number(/^H([3-6])$/.exec(block.tagName)?.[1] ?? 0);
    if (mark === 0) continue;
    open = [...open.filter((outer) => outer < mark), mark];
    // The page's own headings are the first two levels.
    const level = open.length + 2;
    if (level !== mark) block.ariaLevel = String(level);
  }
  return open;
}
