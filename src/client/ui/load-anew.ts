/**
 * A browser that could not load a module does not ask for it again in this document, so the page is loaded anew: only with a line,
 * since what stands on it would be gone without one.
 * @param failed there is no line
 */
export const loadAnew = (failed: () => void): void => {
  fetch('').then(() => location.reload(), failed)
}
