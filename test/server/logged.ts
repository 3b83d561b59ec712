/**
 * What the Worker has logged in this file, line by line, instead of the terminal. The runner passes lines on by a timer of the
 * object that wrote them, and waits for that for ever once the object is evicted.
 */
export const logged: string[] = []

console.log = (...words: unknown[]): void => {
  logged.push(words.join(' '))
}
